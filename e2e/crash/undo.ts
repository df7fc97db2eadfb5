import { constants } from 'node:os';

type Step = () => void;

/**
 * What must be taken back however the run ends: processes, mounts, folders. Steps are synchronous, because a signal leaves
 * no time for more, and run in reverse order.
 */
export class Undo {
  readonly #steps: Step[] = [];

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        this.run();
        process.exit(128 + constants.signals[signal]);
      });
    }
  }

  /** Returns a function that takes the step back at once, and for good. */
  add(step: Step): Step {
    this.#steps.push(step);
    return () => {
      const at = this.#steps.indexOf(step);
      if (at < 0) return;
      this.#steps.splice(at, 1);
      step();
    };
  }

  run(): void {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        step();
      } catch (error) {
        process.stderr.write(`could not clean up: ${(error as Error).message}\n`);
      }
    }
  }
}
