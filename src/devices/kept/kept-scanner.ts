import type { DeviceSession } from '../driver.ts';
import type { Scan, Scanner } from '../ports.ts';
import { Forwarded } from './forwarded.ts';
import type { KeptLink } from './kept-link.ts';

/** A scanner on one open link. */
export interface ScannerSession extends DeviceSession, Omit<Scanner, 'link' | 'subscribe'> {}

/** The till's scanner as flows see it: there from the start, whether or not one is plugged in. */
export class KeptScanner<Settings> implements Scanner {
  readonly kept: KeptLink<ScannerSession, Settings>;
  readonly #scans: Forwarded<ScannerSession, Scan>;

  constructor(kept: KeptLink<ScannerSession, Settings>) {
    this.kept = kept;
    this.#scans = new Forwarded(kept, (session, tell) => session.onScan(tell));
  }

  get link(): 'connected' | 'absent' {
    return this.kept.session === undefined ? 'absent' : 'connected';
  }

  subscribe(listener: () => void): () => void {
    return this.kept.subscribe(listener);
  }

  onScan(listener: (scan: Scan) => void): () => void {
    return this.#scans.subscribe(listener);
  }
}
