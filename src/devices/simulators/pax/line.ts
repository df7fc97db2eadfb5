import type { Timers } from '../../timers.ts';

const STX = 0x02;
const ETX = 0x03;
const EOT = 0x04;
const ACK = 0x06;
const NAK = 0x15;
/** A reply is repeated when nobody acknowledges it, ms; so many times at most. */
const ACK_MS = 3_000;
const TRIES_MAX = 3;

export function paxFrame(body: string): Uint8Array<ArrayBuffer> {
  const bytes = [...body].map((letter) => letter.charCodeAt(0));
  let lrc = ETX;
  for (const byte of bytes) lrc ^= byte;
  return Uint8Array.from([STX, ...bytes, ETX, lrc]);
}

export interface PaxLineOptions {
  readonly timers: Timers;
  readonly emit: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** False when the terminal is not ready: then the frame is not even acknowledged. */
  readonly isReadyFor: (body: string) => boolean;
  readonly onMessage: (body: string) => void;
}

/** The terminal's own end of the line: frames, ACK, NAK, EOT, and the faults a line can have. */
export class PaxLine {
  readonly faults = {
    /** So many good frames from the till are answered with NAK. */
    naks: 0,
    loseAcks: false,
    /** So many replies go out with a wrong check byte first. */
    badChecks: 0,
    twice: false,
  };
  readonly #options: PaxLineOptions;
  #body: number[] | undefined;
  #wantsCheck = false;
  #reply: Uint8Array<ArrayBuffer> | undefined;
  #tries = 0;
  #stopWaiting: () => void = () => undefined;

  constructor(options: PaxLineOptions) {
    this.#options = options;
  }

  receive(byte: number): void {
    if (this.#wantsCheck) return this.#ended(byte);
    if (this.#body !== undefined && byte !== STX) {
      if (byte === ETX) this.#wantsCheck = true;
      else this.#body.push(byte);
      return;
    }
    if (byte === STX) this.#body = [];
    if (this.#reply === undefined) return;
    if (byte === ACK) this.#done();
    if (byte === NAK) this.#try();
  }

  reply(body: string): void {
    this.#stopWaiting();
    this.#reply = paxFrame(body);
    this.#tries = 0;
    this.#try();
  }

  reset(): void {
    this.#stopWaiting();
    this.#reply = undefined;
    this.#body = undefined;
    this.#wantsCheck = false;
  }

  #ended(check: number): void {
    const body = this.#body ?? [];
    this.#body = undefined;
    this.#wantsCheck = false;
    if (body.reduce((lrc, byte) => lrc ^ byte, ETX) !== check) return this.#emit(Uint8Array.of(NAK));
    if (this.faults.naks > 0) {
      this.faults.naks -= 1;
      return this.#emit(Uint8Array.of(NAK));
    }
    const text = String.fromCharCode(...body);
    // A terminal that is not ready is silent. The acknowledgement goes out before the message is worked on.
    if (!this.#options.isReadyFor(text)) return;
    if (!this.faults.loseAcks) this.#emit(Uint8Array.of(ACK));
    this.#options.onMessage(text);
  }

  #try(): void {
    this.#stopWaiting();
    if (this.#reply === undefined) return;
    this.#tries += 1;
    if (this.#tries > TRIES_MAX) return this.#done();
    const bytes = this.#reply.slice();
    if (this.faults.badChecks > 0) {
      this.faults.badChecks -= 1;
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0x40;
    }
    this.#stopWaiting = this.#options.timers.after(ACK_MS, () => this.#try());
    this.#emit(bytes);
    if (this.faults.twice) this.#emit(bytes.slice());
  }

  #done(): void {
    this.#stopWaiting();
    this.#reply = undefined;
    this.#emit(Uint8Array.of(EOT));
  }

  #emit(bytes: Uint8Array<ArrayBuffer>): void {
    this.#options.emit(bytes);
  }
}
