// Feeds device codecs with broken, split and senseless bytes: nothing may escape, nothing may hold the page, what is written reads back.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { FuzzReport } from './fuzz/run.ts';
import type { FuzzOrder } from './fuzz/worker.ts';
import { CODECS } from './wire/codecs.ts';

/** Most cases in all. */
const CASES_MAX = 10_000_000;
const WORKERS_MAX = 4;

const { values } = parseArgs({
  options: {
    codec: { type: 'string', default: 'all' },
    n: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const [total, seed] = [Number(values.n), Number(values.seed)];
const ids = values.codec === 'all' ? Object.keys(CODECS) : [values.codec];
const isKnown = ids.every((id) => Object.hasOwn(CODECS, id));
if (!isKnown || !Number.isInteger(total) || total < 1 || total > CASES_MAX || !Number.isInteger(seed)) {
  console.error(`fuzz [--codec all|${Object.keys(CODECS).join('|')}] [--n 1…${CASES_MAX} in all] [--seed S]`);
  process.exit(2);
}

const cases = Math.ceil(total / ids.length);
const sums = { cases: 0, uncaught: 0, roundTrips: 0, slowestMs: 0 };

function told({ codec, failures, slowestMs, read, roundTrips, ...report }: FuzzReport): void {
  const slowest = `slowest ${slowestMs.toFixed(1)} ms`;
  console.error(
    `${codec}: ${report.cases} cases, ${read} read, ${roundTrips} came back the same, ${slowest}`,
  );
  for (const { what, hex } of failures) console.error(`  ${what}\n    ${hex}`);
  sums.cases += report.cases;
  sums.uncaught += failures.length;
  sums.roundTrips += roundTrips;
  sums.slowestMs = Math.max(sums.slowestMs, Math.round(slowestMs * 10) / 10);
}

/** One thread: takes the next codec until there is none. */
function work(waiting: string[]): Promise<void> {
  const worker = new Worker(new URL('./fuzz/worker.ts', import.meta.url));
  return new Promise<void>((resolve, reject) => {
    const next = (): void => {
      const id = waiting.shift();
      if (id === undefined) return resolve();
      const order: FuzzOrder = { id, cases, seed };
      worker.postMessage(order);
    };
    worker.on('message', (report: FuzzReport) => {
      told(report);
      next();
    });
    worker.on('error', reject);
    next();
  }).finally(() => worker.terminate());
}

const waiting = [...ids];
const threads = Math.min(ids.length, WORKERS_MAX, availableParallelism());
await Promise.all(Array.from({ length: threads }, () => work(waiting)));
console.log(JSON.stringify({ codecs: ids.length, ...sums, seed }));
process.exitCode = sums.uncaught > 0 ? 1 : 0;
