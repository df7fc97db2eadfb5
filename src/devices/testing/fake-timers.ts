import type { Timers } from '../timers.ts';

/** Rounds of the task queue after which everything that only waits for promises has happened. */
const ROUNDS = 12;

/** Lets everything run that waits for promises only. Passes no time. */
export async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** A clock that moves when told. */
export class FakeTimers implements Timers {
  #now = 0;
  #due: { at: number; run: () => void }[] = [];

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#due.push(timer);
    return () => {
      this.#due = this.#due.filter((each) => each !== timer);
    };
  }

  /** Lets `ms` pass: every deadline on the way fires in its turn, and what it causes happens before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#due.filter((each) => each.at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((each) => each !== next);
      this.#now = next.at;
      next.run();
      await settle();
    }
    this.#now = until;
  }
}
