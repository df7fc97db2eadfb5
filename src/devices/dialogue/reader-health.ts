import { holdsCardNumber } from '../codecs/card-scan/card-scan.ts';
import type { DeviceHealth } from '../ports.ts';

/** Characters of a name or version that are worth showing. */
const TEXT_MAX = 40;

/** What a reader tells about itself, while it is told piece by piece. */
export class ReaderHealth {
  #now: DeviceHealth;
  readonly #listeners = new Set<() => void>();

  constructor(first: DeviceHealth) {
    this.#now = first;
  }

  get now(): DeviceHealth {
    return this.#now;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** It works as it should, whatever was wrong with it before. */
  mended(): void {
    const { refused: _, ...healthy } = this.#now;
    this.#now = healthy;
  }

  learn(news: Partial<DeviceHealth>): void {
    this.#now = { ...this.#now, ...news };
    for (const listener of [...this.#listeners]) listener();
  }
}

/** A name or version as a reader sends it; empty when there is nothing to show, or what may never be shown. */
export function shownText(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes.subarray(0, TEXT_MAX))
    .replace(/[^\x20-\x7e]/g, '')
    .trim();
  return holdsCardNumber(text) ? '' : text;
}
