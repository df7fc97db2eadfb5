import type { Code } from '../../codecs/scanner/code-text.ts';
import type { Scan } from '../../ports.ts';

/** Whoever wants to hear of codes. */
export class Scans {
  readonly #source: Scan['source'];
  readonly #listeners = new Set<(scan: Scan) => void>();

  constructor(source: Scan['source']) {
    this.#source = source;
  }

  subscribe(listener: (scan: Scan) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(code: Code): void {
    for (const listener of [...this.#listeners]) listener({ ...code, source: this.#source });
  }
}
