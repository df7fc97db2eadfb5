import { parentPort } from 'node:worker_threads';
import { type DayOptions, type DayReport, runDay } from './day.ts';

/** A thread that runs one day after the other, as it is told. */
parentPort?.on('message', (options: DayOptions) => {
  runDay(options).then(
    (report) => parentPort?.postMessage(report),
    (error: unknown) => parentPort?.postMessage(broken(options.seed, error)),
  );
});

/** A day that could not be brought to its end proves nothing, and must be seen. */
const broken = (seed: number, error: unknown): DayReport => ({
  seed,
  sales: 0,
  faults: 0,
  faultCounts: {},
  alarms: {},
  violations: [{ invariant: 'harness', what: error instanceof Error ? `${error.stack}` : String(error) }],
  digest: '',
  events: 0,
});
