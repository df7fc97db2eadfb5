import type { Timer } from '../payments/timer.ts';
import type { FakeClock } from './fake-clock.ts';

/** Delays that end when a test lets time pass. */
export class FakeTimer implements Timer {
  readonly #clock: FakeClock;
  #waiting: { readonly at: number; readonly action: () => void }[] = [];

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.#clock.mono() + ms, action };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
    };
  }

  /** Moves the clock on and ends every delay that is over. */
  pass(ms: number): void {
    this.#clock.advance(ms);
    const due = this.#waiting.filter((each) => each.at <= this.#clock.mono());
    this.#waiting = this.#waiting.filter((each) => each.at > this.#clock.mono());
    for (const { action } of due.sort((a, b) => a.at - b.at)) action();
  }
}
