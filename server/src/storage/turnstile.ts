import { LANE_WAITING_MAX } from './lane.ts';
import { StorageBusyError } from './sql.ts';

/**
 * Lets a few tasks in at a time, in order of arrival; one that must be alone goes next, when those inside have left.
 * Throws StorageBusyError when `LANE_WAITING_MAX` wait already.
 */
export class Turnstile {
  readonly #places: number;
  #shared: (() => void)[] = [];
  #alone: (() => void)[] = [];
  #emptied: (() => void)[] = [];
  #inside = 0;
  #isTaken = false;

  constructor(places: number) {
    this.#places = places;
  }

  async run<T>(task: () => Promise<T>, how: 'shared' | 'alone' = 'shared'): Promise<T> {
    if (this.#shared.length + this.#alone.length >= LANE_WAITING_MAX) throw new StorageBusyError();
    await new Promise<void>((enter) => {
      (how === 'alone' ? this.#alone : this.#shared).push(enter);
      this.#admit();
    });
    try {
      return await task();
    } finally {
      this.#inside -= 1;
      this.#isTaken = false;
      this.#admit();
    }
  }

  /** Resolves when nobody is inside and nobody waits. */
  async emptied(): Promise<void> {
    if (this.#inside === 0) return;
    await new Promise<void>((done) => this.#emptied.push(done));
  }

  #admit(): void {
    while (!this.#isTaken) {
      const mustBeAlone = this.#alone.length > 0;
      if (this.#inside >= (mustBeAlone ? 1 : this.#places)) return;
      const next = (mustBeAlone ? this.#alone : this.#shared).shift();
      if (next === undefined) break;
      this.#inside += 1;
      this.#isTaken = mustBeAlone;
      next();
    }
    if (this.#inside > 0) return;
    for (const done of this.#emptied.splice(0)) done();
  }
}
