import type { Bytes } from '../browser/cores.ts';

/** The sending end of a simulated serial line. */
export class Voice {
  readonly #listeners = new Set<(bytes: Bytes) => void>();
  /** Fault: says nothing. */
  isMute = false;

  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Codes below 256, as text. */
  say(text: string): void {
    if (this.isMute) return;
    const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    for (const listener of [...this.#listeners]) listener(bytes);
  }
}
