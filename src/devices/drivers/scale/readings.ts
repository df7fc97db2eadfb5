import type { WeightReading } from '../../ports.ts';
import type { Timers } from '../../timers.ts';

/** A weight that nothing has confirmed for so long is nobody's weight any more, ms: the customer may have changed the plate. */
const OLD_MS = 2_000;

/** What the plate showed last, who wants to hear of it, and who waits for the next word. */
export class Readings {
  reading: WeightReading = { state: 'unknown' };
  readonly #timers: Timers;
  readonly #listeners = new Set<(reading: WeightReading) => void>();
  #stopAging: () => void = () => undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  subscribe(listener: (reading: WeightReading) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  take(reading: WeightReading): void {
    this.#stopAging();
    this.#stopAging = this.#timers.after(OLD_MS, () => this.#set({ state: 'unknown' }));
    this.#set(reading);
  }

  /** The link is gone. */
  end(): void {
    this.#stopAging();
    this.#set({ state: 'unknown' });
  }

  #set(reading: WeightReading): void {
    const { state, grams } = this.reading;
    if (reading.state === state && reading.grams === grams) return;
    this.reading = reading;
    for (const listener of [...this.#listeners]) listener(reading);
  }
}
