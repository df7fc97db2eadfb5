import type { Clock, Random } from '../../../src/domain/clock.ts';
import type { SandboxWorld, Timer } from '../world.ts';

/** A sandbox world that stands still until a test moves it; delays fire in order while it moves. */
export class ManualWorld implements SandboxWorld {
  #now: number;
  #mono = 0;
  #waiting: { readonly at: number; readonly action: () => void }[] = [];
  readonly clock: Clock = { now: () => this.#now, mono: () => this.#mono };
  readonly random: Random;
  readonly timer: Timer = {
    after: (ms, action) => {
      const entry = { at: this.#now + ms, action };
      this.#waiting.push(entry);
      return () => {
        this.#waiting = this.#waiting.filter((each) => each !== entry);
      };
    },
  };

  /** Noon of 22 November 2026 in Beijing, unless said otherwise. */
  constructor(nowMs = Date.UTC(2026, 10, 22, 4, 0, 0), seed = 1) {
    this.#now = nowMs;
    this.random = seeded(seed);
  }

  get pending(): number {
    return this.#waiting.length;
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#move(next.at);
      next.action();
    }
    this.#move(end);
  }

  #move(to: number): void {
    this.#mono += to - this.#now;
    this.#now = to;
  }
}

function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  return { bytes: (length) => Uint8Array.from({ length }, next) };
}
