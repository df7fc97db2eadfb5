import { Worker } from 'node:worker_threads';
import type { BugName } from './bugs.ts';
import type { DayReport } from './day.ts';

/** A day that takes longer than this, ms, hangs: its thread is given up. */
const DAY_DEADLINE_MS = 120_000;

export interface SeedRun {
  readonly seeds: readonly number[];
  readonly sales: number;
  readonly workers: number;
  readonly bug: BugName;
  /** Told of each day, in the order in which they end. False: no more days. */
  ended(report: DayReport): boolean;
}

/** Runs days on as many threads. Resolves when all have ended, or nobody wants more. */
export async function runSeeds({ seeds, sales, workers, bug, ended }: SeedRun): Promise<void> {
  const left = [...seeds];
  const next = (): number | undefined => left.shift();
  const run = async (): Promise<void> => {
    let worker = newWorker();
    for (let seed = next(); seed !== undefined; seed = next()) {
      worker.postMessage({ seed, sales, bug });
      const report = await answer(worker);
      if (report === undefined) {
        await worker.terminate();
        worker = newWorker();
      }
      if (!ended(report ?? hung(seed))) left.length = 0;
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(workers, seeds.length) }, run));
}

const newWorker = (): Worker => new Worker(new URL('./seed-worker.ts', import.meta.url));

/** Undefined when the thread has died or hangs. */
function answer(worker: Worker): Promise<DayReport | undefined> {
  return new Promise((resolve) => {
    const died = (): void => end(undefined);
    const end = (report: DayReport | undefined): void => {
      clearTimeout(late);
      worker.off('message', end).off('error', died).off('exit', died);
      resolve(report);
    };
    const late = setTimeout(() => end(undefined), DAY_DEADLINE_MS);
    worker.once('message', end);
    worker.once('error', died);
    worker.once('exit', died);
  });
}

const hung = (seed: number): DayReport => ({
  seed,
  sales: 0,
  faults: 0,
  faultCounts: {},
  alarms: {},
  violations: [{ invariant: 'harness', what: 'the day did not end' }],
  digest: '',
  events: 0,
});
