import type { Scan, Scanner } from '../../ports.ts';
import { attachWedge, type WedgeOptions } from './wedge.ts';

export interface WedgeScannerOptions extends Omit<WedgeOptions, 'onScan'> {
  /** The focused element had the first characters of a code already, as keys: a figure that they went into is wrong. */
  readonly onLeaked?: (characters: string) => void;
}

/** Whatever scanner is plugged in as a keyboard. Nobody can tell whether there is one: it is `connected` once it has scanned. */
export class WedgeScanner implements Scanner {
  readonly #options: WedgeScannerOptions;
  readonly #scans = new Set<(scan: Scan) => void>();
  readonly #links = new Set<() => void>();
  #hasScanned = false;
  #end: (() => void) | undefined;

  constructor(options: WedgeScannerOptions) {
    this.#options = options;
  }

  get link(): 'connected' | 'absent' {
    return this.#hasScanned && this.#end !== undefined ? 'connected' : 'absent';
  }

  subscribe(listener: () => void): () => void {
    this.#links.add(listener);
    return () => this.#links.delete(listener);
  }

  onScan(listener: (scan: Scan) => void): () => void {
    this.#scans.add(listener);
    return () => this.#scans.delete(listener);
  }

  /** Listens from now on, until `stop`. Call it before the page's own key listeners are added. */
  start(): void {
    const { onLeaked, ...options } = this.#options;
    this.#end ??= attachWedge({
      ...options,
      onScan: (text, leaked) => {
        if (leaked !== '') onLeaked?.(leaked);
        const isFirst = !this.#hasScanned;
        this.#hasScanned = true;
        if (isFirst) this.#tellLinks();
        for (const listener of [...this.#scans]) listener({ text, source: 'keyboard' });
      },
    });
  }

  stop(): void {
    this.#end?.();
    this.#end = undefined;
    this.#tellLinks();
  }

  #tellLinks(): void {
    for (const listener of [...this.#links]) listener();
  }
}
