import type { Random } from '../domain/clock.ts';

/** Small ports that flows need beside the journal, the network and the devices. */

/** Waits without a clock of its own: real time in the product, a test's own time in tests. */
export interface Timer {
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Chance extends Random {
  /** Uniform in [0, 1): for jitter, never for secrets. */
  fraction(): number;
}
