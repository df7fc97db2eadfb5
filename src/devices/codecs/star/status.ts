/** What a Star printer says back. One stream carries all kinds; the first byte tells them apart. */
export type StarReply =
  /** Automatic status, also the answer to ESC ACK SOH. */
  | ({ readonly kind: 'status' } & StarStatus)
  /** ESC GS ETX: the two bytes of the question and the printer's own counter. `asked` is s: 1 waited for the print. */
  | { readonly kind: 'counter'; readonly asked: number; readonly id: number; readonly counter: number }
  /** XON and XOFF. */
  | { readonly kind: 'flow'; readonly go: boolean }
  /** Nothing that a Star printer says. */
  | { readonly kind: 'noise'; readonly byte: number };

export interface StarStatus {
  /** The sense switch of the drawer ('compulsion switch'): true is what the manual calls open. */
  readonly drawerPinHigh: boolean;
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly hasError: boolean;
  readonly paper: 'ok' | 'near-end' | 'end';
  /** 0–31; undefined where the model sends no such byte. */
  readonly etbCounter?: number;
}

const ESC = 0x1b;
const GS = 0x1d;
const ETX = 0x03;
const XON = 0x11;
const XOFF = 0x13;
/** ESC GS ETX s n1 n2 counter NUL. */
const COUNTER_BYTES = 8;
/** Headers and printer status 1 to 4: less than that says nothing about paper. */
const STATUS_BYTES_MIN = 6;
/** Bits 0, 4 and 7 are fixed at 0 in every byte of a status but the first, where bit 0 is 1. */
const FIXED_BITS = 0x91;
/** The two headers may carry a version in bit 7. */
const HEADER_BITS = 0x11;

/**
 * Cuts a Star printer's bytes into replies, whatever the borders they arrive with. A fresh one per connection. Never throws
 * and keeps at most one unfinished status.
 */
export class StarStatusDecoder {
  #kept: number[] = [];

  push(chunk: Uint8Array): readonly StarReply[] {
    const replies: StarReply[] = [];
    for (const byte of chunk) {
      this.#kept.push(byte);
      this.#take(replies);
    }
    return replies;
  }

  /** Takes as many whole replies as the kept bytes hold. Every round of the loop removes at least one byte. */
  #take(replies: StarReply[]): void {
    for (;;) {
      const step = reply(this.#kept);
      if (step === undefined) return;
      replies.push(step.reply);
      this.#kept.splice(0, step.length);
    }
  }
}

type Step = { readonly reply: StarReply; readonly length: number };

/** The reply that the bytes begin with; undefined while it is not whole. */
function reply(bytes: readonly number[]): Step | undefined {
  const first = bytes[0];
  if (first === undefined) return undefined;
  if (first === XON || first === XOFF) return { reply: { kind: 'flow', go: first === XON }, length: 1 };
  if (first === ESC) return counter(bytes);
  if ((first & FIXED_BITS) === 0x01) return status(bytes, first);
  return noise(first);
}

const noise = (byte: number): Step => ({ reply: { kind: 'noise', byte }, length: 1 });

function counter(bytes: readonly number[]): Step | undefined {
  const [first = 0, second, third, asked, n1, n2, count, last] = bytes;
  if ((second !== undefined && second !== GS) || (third !== undefined && third !== ETX)) return noise(first);
  if (asked !== undefined && asked > 5) return noise(first);
  if (last === undefined) return undefined;
  if (last !== 0) return noise(first);
  return {
    reply: {
      kind: 'counter',
      asked: asked ?? 0,
      id: ((n1 ?? 0) << 8) | (n2 ?? 0),
      counter: count ?? 0,
    },
    length: COUNTER_BYTES,
  };
}

/** Length with both headers: bits 1–3 and 5 of the first, and two more when bit 7 of the second is set. */
const lengthOf = (first: number, second: number): number =>
  ((first & 0x20) >> 2) + ((first & 0x0e) >> 1) + ((second & 0x80) >> 6);

function status(bytes: readonly number[], first: number): Step | undefined {
  const second = bytes[1];
  if (second === undefined) return undefined;
  const length = lengthOf(first, second);
  if ((second & HEADER_BITS) !== 0 || length < STATUS_BYTES_MIN) return noise(first);
  for (let at = 2; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    if ((byte & FIXED_BITS) !== 0) return noise(first);
  }
  const etb = length > 7 ? bytes[7] : undefined;
  return { reply: { kind: 'status', ...read(bytes, etb) }, length };
}

function read(bytes: readonly number[], etb: number | undefined): StarStatus {
  const printer = bytes[2] ?? 0;
  const error = bytes[3] ?? 0;
  const sensor = bytes[5] ?? 0;
  return {
    drawerPinHigh: (printer & 0x04) !== 0,
    offline: (printer & 0x08) !== 0,
    coverOpen: (printer & 0x20) !== 0,
    // Mechanical, cutter, unrecoverable; bit 6 is a hot head, which cools by itself.
    hasError: (error & 0x2c) !== 0,
    paper: (sensor & 0x08) !== 0 ? 'end' : (sensor & 0x04) !== 0 ? 'near-end' : 'ok',
    // Bits 6 and 5 are bits 4 and 3 of the counter, bits 3 to 1 the rest: bit 4 is fixed at 0.
    ...(etb === undefined ? {} : { etbCounter: ((etb & 0x60) >> 2) | ((etb & 0x0e) >> 1) }),
  };
}
