/** A real-time command, seen the moment it arrives, before anything that waits in the buffer. */
export type RealtimeQuestion =
  | { readonly kind: 'status'; readonly n: number }
  | { readonly kind: 'status-back' }
  | { readonly kind: 'pulse'; readonly pin: 2 | 5; readonly onMs: number };

const DLE = 0x10;
const EOT = 0x04;
const DC4 = 0x14;
/** DLE DC4 fn 1: t counts in 100 ms. */
const PULSE_UNIT_MS = 100;

/**
 * Finds DLE EOT n, DLE DC4 7 1 and DLE DC4 1 m t in the raw stream. As in real printers it knows nothing of the
 * commands around them: the same bytes inside a picture are taken for a question, too.
 */
export class RealtimeScanner {
  #seen: number[] = [];

  push(byte: number): RealtimeQuestion | undefined {
    this.#seen.push(byte);
    const [first, second, third, fourth, fifth] = this.#seen;
    if (first !== DLE) return this.#restart(byte);
    if (second === undefined) return undefined;
    if (second === EOT) {
      if (third === undefined) return undefined;
      this.#seen = [];
      return third >= 1 && third <= 4 ? { kind: 'status', n: third } : undefined;
    }
    if (second !== DC4) return this.#restart(byte);
    if (third === undefined || fourth === undefined) return undefined;
    if (third === 7) {
      this.#seen = [];
      return fourth === 1 ? { kind: 'status-back' } : undefined;
    }
    if (third !== 1) return this.#restart(byte);
    if (fifth === undefined) return undefined;
    this.#seen = [];
    if (fourth > 1 || fifth < 1 || fifth > 8) return undefined;
    return { kind: 'pulse', pin: fourth === 0 ? 2 : 5, onMs: fifth * PULSE_UNIT_MS };
  }

  #restart(byte: number): undefined {
    this.#seen = byte === DLE ? [byte] : [];
    return undefined;
  }
}
