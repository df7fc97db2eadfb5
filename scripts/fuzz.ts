// Feeds device codecs with broken, split and senseless bytes: nothing may escape, nothing may hold the page, what is written reads back.
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz/run.ts';
import { seedsOf } from './fuzz/seeds.ts';
import { CODECS } from './wire/codecs.ts';

const CASES_MAX = 10_000_000;

const { values } = parseArgs({
  options: {
    codec: { type: 'string', default: 'all' },
    n: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const [cases, seed] = [Number(values.n), Number(values.seed)];
const ids = values.codec === 'all' ? Object.keys(CODECS) : [values.codec];
if (!Number.isInteger(cases) || cases < 1 || cases > CASES_MAX || !Number.isInteger(seed)) {
  console.error(
    `fuzz [--codec all|${Object.keys(CODECS).join('|')}] [--n 1…${CASES_MAX} for each] [--seed S]`,
  );
  process.exit(2);
}

const sums = { cases: 0, uncaught: 0, roundTrips: 0, slowestMs: 0 };
for (const id of ids) {
  const codec = CODECS[id];
  if (codec === undefined) {
    console.error(`${id} is none of ${Object.keys(CODECS).join(', ')}`);
    process.exit(2);
  }
  const report = fuzz(id, codec, { seeds: seedsOf(id), cases, seed });
  const { failures, slowestMs, read, roundTrips } = report;
  console.error(
    `${id}: ${report.cases} cases, ${read} read, ${roundTrips} came back the same, slowest ${slowestMs.toFixed(1)} ms`,
  );
  for (const { what, hex } of failures) console.error(`  ${what}\n    ${hex}`);
  sums.cases += report.cases;
  sums.uncaught += failures.length;
  sums.roundTrips += roundTrips;
  sums.slowestMs = Math.max(sums.slowestMs, Math.round(slowestMs * 10) / 10);
}
console.log(JSON.stringify({ codecs: ids.length, ...sums, seed }));
process.exitCode = sums.uncaught > 0 ? 1 : 0;
