import type { Timer } from '../../../src/flow/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Most events of one day: a loop that never rests is a bug, not a long day. */
const EVENTS_MAX = 2_000_000;

/** Runs every promise job and every tick that waits, at once. Node has it for its own timers; nothing else is so quick. */
const tick = (process as unknown as { readonly _tickCallback: () => void })._tickCallback;

/** Time that passes only when everybody waits. Same order in every run of a seed. */
export class Time implements Timer {
  #mono = 0;
  #order = 0;
  #heap: Sleeper[] = [];
  #soon: (() => void)[] = [];
  events = 0;
  /** Wall clock ms at the beginning: a morning in Shanghai. */
  readonly wallStart = Date.UTC(2026, 10, 22, 1, 0, 0);

  mono(): number {
    return this.#mono;
  }

  now(): number {
    return this.wallStart + this.#mono;
  }

  after(ms: number, run: () => void): () => void {
    if (!Number.isFinite(ms)) return () => undefined;
    this.#order += 1;
    const sleeper: Sleeper = { at: this.#mono + Math.max(0, ms), order: this.#order, run };
    this.#push(sleeper);
    return () => {
      sleeper.run = undefined;
    };
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const cancel = this.after(ms, resolve);
      signal?.addEventListener(
        'abort',
        () => {
          cancel();
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }

  /** After everything that waits for promises only: the next turn of the event loop. */
  soon(run: () => void): void {
    this.#soon.push(run);
  }

  /** Lets time pass until `isOver`. Must be called from a task of its own, not from a promise. False: nobody waits any more. */
  run(isOver: () => boolean): boolean {
    this.#settle();
    while (!isOver()) {
      const next = this.#pop();
      if (next === undefined) return false;
      if (next.run === undefined) continue;
      this.events += 1;
      if (this.events > EVENTS_MAX) throw new Error('time never comes to rest');
      this.#mono = next.at;
      next.run();
      this.#settle();
    }
    return true;
  }

  /** Everything that waits for promises only has happened when this returns. */
  #settle(): void {
    tick();
    while (this.#soon.length > 0) {
      const turn = this.#soon;
      this.#soon = [];
      for (const run of turn) run();
      tick();
    }
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(sleeper);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Sleeper;
      if (!isBefore(sleeper, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = sleeper;
  }

  #pop(): Sleeper | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Sleeper, heap[child] as Sleeper)) child += 1;
      const below = heap[child] as Sleeper;
      if (!isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

const isBefore = (a: Sleeper, b: Sleeper): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
