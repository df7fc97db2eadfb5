import type { Bytes, SerialCore } from '../browser/cores.ts';

export interface SerialScannerOptions {
  /** What it sends after a code; many are set to nothing. */
  readonly suffix?: string;
  /** Bytes that come at once, as a UART cuts them. */
  readonly pieceBytes?: number;
}

/** A scanner on a serial line. */
export class SerialScanner implements SerialCore {
  readonly #options: SerialScannerOptions;
  readonly #listeners = new Set<(bytes: Bytes) => void>();

  constructor(options: SerialScannerOptions = {}) {
    this.#options = options;
  }

  receive(): void {
    // It obeys no command of ours.
  }

  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A code in front of it. */
  scan(text: string): void {
    this.say(new TextEncoder().encode(text + (this.#options.suffix ?? '\r')));
  }

  /** Any bytes, in pieces. */
  say(bytes: Bytes): void {
    const step = this.#options.pieceBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += step) {
      for (const listener of [...this.#listeners]) listener(bytes.slice(at, at + step));
    }
  }
}
