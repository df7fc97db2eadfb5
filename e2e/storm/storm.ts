import { availableParallelism } from 'node:os';
import { readArgs } from './args.ts';
import type { DayReport } from './day.ts';
import { runSeeds } from './run-seeds.ts';

/** Pause between two lines of progress, ms. */
const PROGRESS_MS = 10_000;
/** Violations told of one seed. */
const TOLD_MAX = 5;

async function storm(): Promise<number> {
  const { seed, seeds, sales, workers, bug } = readArgs(process.argv.slice(2), availableParallelism());
  const sums = { days: 0, sales: 0, faults: 0, violations: 0 };
  const failing: number[] = [];
  const counts: Record<string, number> = {};
  const again = `npm run -s storm --${sales === 200 ? '' : ` --sales ${sales}`}${bug === 'none' ? '' : ` --bug ${bug}`}`;
  const say = (text: string): void => console.error(text);
  const progress = setInterval(
    () => say(`${sums.days} of ${seeds} days, ${failing.length} failing`),
    PROGRESS_MS,
  );
  const ended = (report: DayReport): boolean => {
    sums.days += 1;
    sums.sales += report.sales;
    sums.faults += report.faults;
    sums.violations += report.violations.length;
    for (const [name, count] of Object.entries(report.faultCounts))
      counts[name] = (counts[name] ?? 0) + count;
    if (report.violations.length > 0) {
      failing.push(report.seed);
      for (const { invariant, what } of report.violations.slice(0, TOLD_MAX))
        say(`${invariant} seed ${report.seed}: ${what}`);
      say(`  again: ${again} --seed ${report.seed}`);
    }
    if (seeds === 1)
      say(`digest ${report.digest}, ${report.events} events, alarms ${JSON.stringify(report.alarms)}`);
    return true;
  };
  const numbers = Array.from({ length: seeds }, (_, at) => seed + at);
  await runSeeds({ seeds: numbers, sales, workers, bug, ended });
  clearInterval(progress);
  say(`faults ${JSON.stringify(counts)}`);
  failing.sort((a, b) => a - b);
  const { violations, faults } = sums;
  console.log(
    JSON.stringify({ seeds: sums.days, sales: sums.sales, faults, violations, failingSeeds: failing }),
  );
  return failing.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await storm();
} catch (error) {
  console.error(error instanceof RangeError || error instanceof TypeError ? error.message : error);
  process.exitCode = 2;
}
