// npm run mutation -- [--only GLOB] [--fresh]: changes the money code bit by bit and counts what its tests notice.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { parseArgs } from 'node:util';
import { PARTS, type Part } from './mutation/parts.ts';
import {
  both,
  type MutationReport,
  NOTHING,
  scoreOf,
  type Tally,
  table,
  tallyOf,
  unnoticed,
} from './mutation/score.ts';
import { PINNED_NODE, pinnedEnv, ROOT } from './pinned.mjs';

/** Per cent of the changes that the tests of each part must notice. */
const SCORE_MIN = 90;
const REPORTS = join(ROOT, 'reports', 'mutation');
const STRYKER = join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

const { values } = parseArgs({ options: { only: { type: 'string' }, fresh: { type: 'boolean' } } });
const files = ({ mutate }: Part): readonly string[] =>
  globSync([...mutate], { cwd: ROOT }).filter(
    (file) => values.only === undefined || matchesGlob(file, values.only),
  );

/**
 * The report of one part, or undefined when Stryker could not make one: its tests fail, or there is nothing to change. What it
 * remembers of other files from an earlier run is left out.
 */
function run(part: Part, mutate: readonly string[]): MutationReport | undefined {
  const report = join(REPORTS, `${part.name}.json`);
  rmSync(report, { force: true });
  const args = ['run', '--mutate', mutate.join(','), ...(values.fresh ? ['--force'] : [])];
  spawnSync(PINNED_NODE, [STRYKER, ...args], {
    cwd: ROOT,
    env: pinnedEnv({ MUTATION_PART: part.name }),
    stdio: ['ignore', 2, 2], // The last line of stdout is ours.
  });
  try {
    const { files } = JSON.parse(readFileSync(report, 'utf8')) as MutationReport;
    return { files: Object.fromEntries(Object.entries(files).filter(([file]) => mutate.includes(file))) };
  } catch {
    return undefined;
  }
}

mkdirSync(REPORTS, { recursive: true });
const rows: (readonly [string, Tally])[] = [];
let failed = false;
for (const part of PARTS) {
  const mutate = files(part);
  if (mutate.length === 0) continue;
  const report = run(part, mutate);
  if (report === undefined) {
    console.error(`${part.name}: no result.`);
    failed = true;
    continue;
  }
  for (const line of unnoticed(report)) console.error(line);
  rows.push([part.name, tallyOf(report)]);
}
const total = rows.reduce((all, [, tally]) => both(all, tally), NOTHING);
console.log(table([...rows, ['total', total]]));
console.log(JSON.stringify({ ...total, score: scoreOf(total) }));
if (failed || rows.length === 0 || rows.some(([, tally]) => scoreOf(tally) < SCORE_MIN)) process.exitCode = 1;
