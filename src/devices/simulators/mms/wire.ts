/** A message as the reader sees it: a request taken apart, payload without its repeated command number. */
export interface Request {
  readonly ref: number;
  readonly command: number;
  readonly objects: ReadonlyMap<number, Uint8Array>;
}

const REPORT = 64;

/** Objects with one-byte tags on the first level; of two with one tag the last. */
export function objectsOf(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const objects = new Map<number, Uint8Array>();
  for (let at = 0; at + 1 < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    let size = bytes[at + 1] ?? 0;
    at += 2;
    if (size > 0x80) {
      const more = size - 0x80;
      size = bytes.subarray(at, at + more).reduce((sum, byte) => sum * 256 + byte, 0);
      at += more;
    }
    objects.set(tag, bytes.subarray(at, at + size));
    at += size;
  }
  return objects;
}

/** Undefined: not a request of the family. */
export function requestOf(message: Uint8Array): Request | undefined {
  if (message[0] !== 0xaa || message[1] !== 0x00) return undefined;
  const outer = objectsOf(message.subarray(2));
  const [type, ref = 0, high = 0, low = 0] = outer.get(0x81) ?? [];
  if (type !== 0x01) return undefined;
  return {
    ref,
    command: high * 256 + low,
    objects: objectsOf((outer.get(0x84) ?? new Uint8Array()).subarray(2)),
  };
}

/** Report by report, what was said; undefined while a message is not whole. */
export class ReportReader {
  #bytes: number[] = [];
  #size = 0;

  push(report: Uint8Array): Uint8Array | undefined {
    const [kind = 0, second = 0] = report;
    if (kind === 0x00) return report.slice(2, 2 + second);
    if (kind === 0x01) {
      this.#size = new DataView(report.buffer, report.byteOffset).getUint32(1);
      this.#bytes = [...report.subarray(5, 64)];
    } else if (kind === 0x02) this.#bytes.push(...report.subarray(3, 64));
    else if (kind === 0x03) {
      const whole = [...this.#bytes, ...report.subarray(2, 2 + second)];
      this.#bytes = [];
      return whole.length === this.#size ? Uint8Array.from(whole) : undefined;
    }
    return undefined;
  }
}

/** Cuts what the reader says into input reports. */
export function reportsOf(message: Uint8Array): readonly Uint8Array<ArrayBuffer>[] {
  if (message.length <= 62) return [filled([0x00, message.length], message)];
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, message.length);
  const reports = [filled([0x01, ...size], message.subarray(0, 59))];
  let at = 59;
  for (let number = 1; message.length - at > 62; number += 1) {
    reports.push(filled([0x02, number >> 8, number & 0xff], message.subarray(at, at + 61)));
    at += 61;
  }
  return [...reports, filled([0x03, message.length - at], message.subarray(at))];
}

function filled(header: readonly number[], part: Uint8Array): Uint8Array<ArrayBuffer> {
  const report = new Uint8Array(REPORT);
  report.set([...header, ...part]);
  return report;
}

const number16 = (command: number): readonly number[] => [command >> 8, command & 0xff];

/** `status`: four bytes. `data`: behind the repeated command number; absent for an empty payload. */
export const response = (
  { ref, command }: Pick<Request, 'ref' | 'command'>,
  status: readonly number[],
  data?: readonly number[],
): Uint8Array =>
  Uint8Array.from([
    ...[0xaa, 0x00, 0x81, 0x04, 0x82, ref, ...number16(command), 0x82, 0x04, ...status],
    ...sized(0x84, data === undefined ? [] : [...number16(command), ...data]),
  ]);

/** `detail`: four bytes. */
export const notification = (
  number: number,
  detail: readonly number[],
  data: readonly number[] = [],
): Uint8Array =>
  Uint8Array.from([
    ...[0xaa, 0x00, 0x81, 0x04, 0x83, 0x00, ...number16(number), 0x82, 0x04, ...detail],
    ...sized(0x84, [...number16(number), ...data]),
  ]);

/** An object with a one-byte tag. */
export function sized(tag: number, value: readonly number[]): readonly number[] {
  const size = value.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return [tag, ...length, ...value];
}

export const bytesOfHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));

export const hexOfBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
