import type { Timers } from '../../timers.ts';

/** The terminal's own end of the line, written from the rules of the transport and not from our codec. */

const ACK = 0x06;
const NAK = 0x15;
/** T3: wait for an acknowledgement, ms; the frame goes out so many times at most. */
const ACK_MS = 5_000;
const TRIES_MAX = 3;

/** Bit by bit with the polynomial the other way round: x16 + x12 + x5 + 1 over mirrored bytes, mirrored back. */
function crcOf(bytes: readonly number[]): number {
  let register = 0;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit += 1) {
      const top = (register >> 15) & 1;
      register = ((register << 1) & 0xffff) ^ (top === ((byte >> bit) & 1) ? 0 : 0x1021);
    }
  let mirrored = 0;
  for (let bit = 0; bit < 16; bit += 1) mirrored |= ((register >> bit) & 1) << (15 - bit);
  return mirrored;
}

export function frameBytes(apdu: readonly number[]): Uint8Array<ArrayBuffer> {
  const crc = crcOf([...apdu, 0x03]);
  const stuffed: number[] = [];
  for (const byte of apdu) {
    stuffed.push(byte);
    if (byte === 0x10) stuffed.push(0x10);
  }
  return Uint8Array.from([0x10, 0x02, ...stuffed, 0x10, 0x03, crc % 256, Math.floor(crc / 256)]);
}

export interface TerminalLineOptions {
  readonly timers: Timers;
  readonly emit: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly onApdu: (apdu: readonly number[]) => void;
  /** A frame went unacknowledged for good. */
  readonly onSilence: (apdu: readonly number[]) => void;
}

/** Frames in, frames out, acknowledgements and repeats; with the faults a line can have. */
export class TerminalLine {
  readonly faults = {
    /** So many good frames from the till are answered with NAK. */
    naks: 0,
    /** Frames with this command are not heard at all. */
    deafTo: undefined as number | undefined,
    loseAcks: false,
    /** So many frames to the till go out with a wrong CRC first. */
    badChecks: 0,
    twice: false,
    /** Nothing from the terminal arrives any more. */
    mute: false,
  };
  readonly #options: TerminalLineOptions;
  #bytes: number[] | undefined;
  #escape = false;
  #tail: number[] | undefined;
  #queue: (readonly number[])[] = [];
  #isWaiting = false;
  #stopWaiting: () => void = () => undefined;

  constructor(options: TerminalLineOptions) {
    this.#options = options;
  }

  receive(byte: number): void {
    if (this.#tail !== undefined) {
      this.#tail.push(byte);
      if (this.#tail.length === 2) this.#ended();
      return;
    }
    if (this.#bytes === undefined) return this.#outside(byte);
    if (!this.#escape) {
      if (byte === 0x10) this.#escape = true;
      else this.#bytes.push(byte);
      return;
    }
    this.#escape = false;
    if (byte === 0x10) this.#bytes.push(0x10);
    else if (byte === 0x03) this.#tail = [];
    else this.#bytes = byte === 0x02 ? [] : undefined;
  }

  /** Queues a frame; each waits for its acknowledgement. */
  send(apdu: readonly number[]): void {
    this.#queue.push(apdu);
    if (!this.#isWaiting) this.#next();
  }

  /** Power or cable gone: what was under way is forgotten. */
  reset(): void {
    this.#stopWaiting();
    this.#queue = [];
    this.#isWaiting = false;
    this.#bytes = undefined;
    this.#tail = undefined;
    this.#escape = false;
  }

  #outside(byte: number): void {
    if (this.#escape && byte === 0x02) this.#bytes = [];
    this.#escape = byte === 0x10;
    if (byte === ACK && this.#isWaiting) this.#done();
    if (byte === NAK && this.#isWaiting) this.#try(this.#tries + 1);
  }

  #ended(): void {
    const apdu = this.#bytes ?? [];
    const [low = 0, high = 0] = this.#tail ?? [];
    this.#bytes = undefined;
    this.#tail = undefined;
    const { faults } = this;
    const command = (apdu[0] ?? 0) * 256 + (apdu[1] ?? 0);
    if (faults.deafTo === command) return;
    if (crcOf([...apdu, 0x03]) !== high * 256 + low) return this.#emit(Uint8Array.of(NAK));
    if (faults.naks > 0) {
      faults.naks -= 1;
      return this.#emit(Uint8Array.of(NAK));
    }
    if (!faults.loseAcks) this.#emit(Uint8Array.of(ACK));
    this.#options.onApdu(apdu);
  }

  #tries = 0;

  #next(): void {
    if (this.#queue.length === 0) return;
    this.#isWaiting = true;
    this.#try(1);
  }

  #try(tries: number): void {
    this.#stopWaiting();
    const [apdu] = this.#queue;
    if (apdu === undefined) return;
    this.#tries = tries;
    if (tries > TRIES_MAX) {
      this.#done();
      return this.#options.onSilence(apdu);
    }
    const bytes = frameBytes(apdu);
    if (this.faults.badChecks > 0) {
      this.faults.badChecks -= 1;
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0x01;
    }
    this.#stopWaiting = this.#options.timers.after(ACK_MS, () => this.#try(tries + 1));
    this.#emit(bytes);
  }

  #done(): void {
    this.#stopWaiting();
    this.#queue.shift();
    this.#isWaiting = false;
    this.#next();
  }

  #emit(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.faults.mute) return;
    this.#options.emit(bytes);
    if (this.faults.twice && bytes.length > 1) this.#options.emit(bytes.slice());
  }
}
