import type { Clock } from '../../domain/clock.ts';
import type { Timer } from '../ports.ts';

/** Most wake-ups in one run: a loop that never rests is a bug, not a long day. */
const WAKES_MAX = 100_000;

interface Sleeper {
  readonly at: number;
  readonly order: number;
  wake(): void;
}

/** Time that passes only when everybody waits: clocks and timer of a simulated till. Same order in every run. */
export class SimulatedTime implements Timer, Clock {
  #mono = 0;
  #order = 0;
  #sleepers: Sleeper[] = [];
  /** What the wall clock says beyond the time that passed: a test may make it jump. */
  wallStart: number;

  constructor(wallStart = 1_800_000_000_000) {
    this.wallStart = wallStart;
  }

  now(): number {
    return this.wallStart + this.#mono;
  }

  mono(): number {
    return this.#mono;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      if (!Number.isFinite(ms)) return; // For ever.
      this.#order += 1;
      const sleeper: Sleeper = { at: this.#mono + Math.max(0, ms), order: this.#order, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }

  /** The timers of `devices/`, so that a simulated device shares the till's time. */
  after(ms: number, run: () => void): () => void {
    const stop = new AbortController();
    void this.wait(ms, stop.signal).then(run, () => undefined);
    return () => stop.abort(new DOMException('stopped', 'AbortError'));
  }

  /** Lets `ms` pass; everybody who is due on the way wakes in turn, and what that causes happens before the next. */
  async pass(ms: number): Promise<void> {
    const until = this.#mono + ms;
    await this.run(() => false, until);
    this.#mono = until;
  }

  /** Lets time pass until `isTrue`, nobody waits for time any more, or the time is over. Resolves to whether it came true. */
  async run(isTrue: () => boolean, untilMono = Number.POSITIVE_INFINITY): Promise<boolean> {
    for (let wakes = 0; wakes < WAKES_MAX; wakes += 1) {
      await settled();
      if (isTrue()) return true;
      const next = this.#sleepers.reduce<Sleeper | undefined>(
        (first, each) =>
          first === undefined || each.at < first.at || (each.at === first.at && each.order < first.order)
            ? each
            : first,
        undefined,
      );
      if (next === undefined || next.at > untilMono) return false;
      this.#sleepers = this.#sleepers.filter((each) => each !== next);
      this.#mono = Math.max(this.#mono, next.at);
      next.wake();
    }
    throw new Error('time never comes to rest');
  }
}

/** Everything that waits for promises only has happened: one turn of the event loop runs them all. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
