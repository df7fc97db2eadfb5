import type { ScannerSession } from '../../kept/kept-scanner.ts';
import type { Scan } from '../../ports.ts';
import type { Timers } from '../../timers.ts';
import { Scans } from './scans.ts';

export interface ScannerSettings {
  readonly timers: Timers;
}

/** What both kinds of link have, whatever a piece is. */
interface Heard<Piece> {
  readonly lost: Promise<void>;
  readonly incoming: ReadableStream<Piece>;
  close(): Promise<void>;
}

/** A scanner that is only listened to; what a piece means is its own. */
export abstract class ListeningScanner<Piece> implements ScannerSession {
  readonly lost: Promise<void>;
  protected readonly scans: Scans;
  readonly #link: Heard<Piece>;
  readonly #timers: Timers;
  #stopWaiting: () => void = () => undefined;

  constructor(link: Heard<Piece>, source: Scan['source'], { timers }: ScannerSettings) {
    this.#link = link;
    this.#timers = timers;
    this.scans = new Scans(source);
    this.lost = link.lost;
    // What is heard first comes after the constructor of the scanner itself: reading never answers at once.
    void this.#listen();
  }

  onScan(listener: (scan: Scan) => void): () => void {
    return this.scans.subscribe(listener);
  }

  close(): Promise<void> {
    this.#stopWaiting();
    return this.#link.close();
  }

  /** To wipe the piece is its part. Apart from the loop, which would hold a used pay code in memory until the next one. */
  protected abstract hear(piece: Piece): void;

  /** Does `work` when nothing more is heard for so long, ms. */
  protected afterSilence(ms: number, work: () => void): void {
    this.#stopWaiting = this.#timers.after(ms, work);
  }

  async #listen(): Promise<void> {
    const incoming = this.#link.incoming.getReader();
    for (;;) {
      const { value } = await incoming.read().catch(() => ({ value: undefined }));
      this.#stopWaiting();
      if (value === undefined) return; // Half a code is none.
      this.hear(value);
    }
  }
}
