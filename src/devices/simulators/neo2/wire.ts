/** `ViVOtech2` and a zero, as hex. */
const MARK = '5669564F746563683200';
const REPORT = 63;

export interface Command {
  readonly command: number;
  readonly sub: number;
  readonly data: Uint8Array;
  /** False: its checksum is wrong. */
  readonly isSound: boolean;
}

const REMAINDERS = Array.from({ length: 256 }, (_, index) => {
  let value = index << 8;
  for (let bit = 0; bit < 8; bit += 1) value = ((value << 1) ^ ((value >> 15) * 0x1_1021)) & 0xffff;
  return value;
});

const checksum = (bytes: Uint8Array): number =>
  bytes.reduce((crc, byte) => ((crc & 0xff) << 8) ^ (REMAINDERS[(crc >> 8) ^ byte] ?? 0), 0xffff);

/** Takes commands out of what the page says. */
export class CommandReader {
  #hex = '';

  push(bytes: Uint8Array): readonly Command[] {
    this.#hex += hexOf(bytes);
    const commands: Command[] = [];
    for (;;) {
      const at = this.#hex.indexOf(MARK);
      if (at < 0 || this.#hex.length - at < 28) return commands;
      const size = 28 + Number.parseInt(this.#hex.slice(at + 24, at + 28), 16) * 2 + 4;
      if (this.#hex.length - at < size) return commands;
      const frame = bytesOf(this.#hex.slice(at, at + size));
      this.#hex = this.#hex.slice(at + size);
      const crc = checksum(frame.subarray(0, -2));
      commands.push({
        command: frame[10] ?? 0,
        sub: frame[11] ?? 0,
        data: frame.slice(14, -2),
        isSound: frame.at(-2) === (crc & 0xff) && frame.at(-1) === crc >> 8,
      });
    }
  }

  /** A report begins a frame: what was left of the one before, and zeros behind it, are forgotten. */
  restart(): void {
    this.#hex = '';
  }
}

/** An answer: checksum high byte first. */
export function answerFrame(command: number, status: number, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = bytesOf(MARK);
  const body = Uint8Array.from([...head, command, status, data.length >> 8, data.length & 0xff, ...data]);
  const crc = checksum(body);
  return Uint8Array.from([...body, crc >> 8, crc & 0xff]);
}

/** Id and 63 bytes of each report. */
export function answerReports(
  frame: Uint8Array,
): readonly (readonly [id: number, bytes: Uint8Array<ArrayBuffer>])[] {
  const reports: [number, Uint8Array<ArrayBuffer>][] = [];
  for (let at = 0; at < frame.length; at += REPORT) {
    const bytes = new Uint8Array(REPORT);
    bytes.set(frame.subarray(at, at + REPORT));
    const isLast = at + REPORT >= frame.length;
    reports.push([at === 0 ? (isLast ? 1 : 2) : isLast ? 4 : 3, bytes]);
  }
  return reports;
}

export const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
