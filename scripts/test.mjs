// npm test: sets up, runs every check, goes on after a failure, and closes with one line that counts.
// `--fast` (npm run check) leaves out what needs a browser, a build or another database.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runBeside } from './beside.mjs';
import { build } from './build.mjs';
import { ROOT, runFile, runTool } from './pinned.mjs';
import { NO_POSTGRES } from './postgres.mjs';
import { ensureChromium, ensureFonts, ensurePostgres, installPackages } from './setup.mjs';
import { STRAY_ERRORS } from './stray-errors.mjs';
import { closingLine, countMissing, countPlaywright, countVitest, noTests, stepLine } from './tally.mjs';

const fast = process.argv.includes('--fast');
const UNIT_REPORT = join('.cache', 'unit.json');
const POSTGRES_REPORT = join('.cache', 'postgres.json');
const E2E_REPORT = join('.cache', 'e2e.json');
/** Biome colours each letter of a difference: unreadable in a log. */
const plain = process.stdout.isTTY ? [] : ['--colors=off'];
const CRASH = join('e2e', 'crash', 'crash.ts');
const NO_LAB = 'The lab of emulated USB devices is not built here: `npm run lab` builds and runs it.';
const STORM = join('e2e', 'storm', 'storm.ts');

/**
 * A step answers `true` or `false`, or the counts of its tests; `needs` names a step that must have passed, `beside` one that is
 * started with it: such a step has `start` in place of `run`, which gives what waits for its end.
 */
const STEPS = [
  { name: 'format and lint', run: () => runTool('biome', ['ci', '--error-on-warnings', ...plain]) === 0 },
  { name: 'types of the page', run: () => types('tsconfig.json') },
  { name: 'types of the workers', run: () => types('tsconfig.worker.json') },
  { name: 'types of server and tests', run: () => types('tsconfig.node.json') },
  { name: 'templates', run: templates },
  { name: 'fences', run: () => runFile('scripts/fences.mjs') === 0 },
  { name: 'architecture picture', run: () => runFile('scripts/architecture.mjs', ['--check']) === 0 },
  { name: 'dead code', run: () => runTool('knip', []) === 0 },
  { name: fast ? 'unit tests' : 'unit and browser tests', run: vitest },
  {
    name: 'fuzz',
    slow: true,
    run: () => runFile('scripts/fuzz.ts', ['--codec', 'all', '--n', '100000']) === 0,
  },
  { name: 'server on PostgreSQL', slow: true, run: postgres },
  { name: 'build', slow: true, run: () => build() === 0 },
  { name: 'size', slow: true, needs: 'build', run: () => runTool('size-limit', []) === 0 },
  { name: 'end to end', slow: true, needs: 'build', run: playwright },
  // Most of it waits for a browser that it has killed: the storm has a processor to itself meanwhile.
  { name: 'crash', slow: true, needs: 'build', beside: 'storm', run: crash },
  { name: 'storm', slow: true, start: storm },
  { name: 'lab', slow: true, needs: 'build', run: lab },
];

function types(config) {
  return runTool('tsc', ['-p', config]) === 0;
}

/** Why two rules are off: docs/adr/0011-lit-analyzer-with-two-rules-off.md. */
function templates() {
  const off = ['no-incompatible-type-binding', 'no-unknown-attribute'].flatMap((rule) => [
    `--rules.${rule}`,
    'off',
  ]);
  return runTool('lit-analyzer', ['src/ui/**/*.ts', '--strict', '--maxWarnings', '0', ...off]) === 0;
}

function vitest() {
  return runVitest(fast ? ['unit'] : ['unit', 'browser'], UNIT_REPORT);
}

/** Continuous integration as root can install what is missing, so there its absence is a failure. */
function postgres() {
  // Half the time is the database's and that of servers as processes, so two at once even on two cores.
  if (ensurePostgres()) return runVitest(['postgres'], POSTGRES_REPORT, ['--maxWorkers=2']);
  return countMissing(NO_POSTGRES, Boolean(process.env.CI) && process.getuid?.() === 0);
}

function runVitest(projects, report, more = []) {
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['default', 'json', './scripts/stray-errors.mjs'].map((each) => `--reporter=${each}`);
  rmSync(STRAY_ERRORS, { force: true });
  const code = runTool('vitest', ['run', ...chosen, ...more, ...reporters, `--outputFile.json=${report}`]);
  return counted(code, report, countVitest);
}

function playwright() {
  return counted(runTool('playwright', ['test']), E2E_REPORT, countPlaywright);
}

function crash() {
  if (!existsSync(join(ROOT, CRASH))) return { ...noTests, skipped: 1 };
  return runFile(CRASH, ['--kills', '20', '--cuts', '5']) === 0;
}

/** Small days, because what differs from seed to seed is how they begin to go wrong. Its last line counts. */
function storm() {
  const ended = runBeside(
    STORM,
    ['--seeds', '2000', '--seed', '1', '--sales', '10', '--workers', '1'],
    'storm',
  );
  return async () => (await ended()) === 0;
}

/** Only where it was built before: that takes minutes and gigabytes. */
function lab() {
  const folder = process.env.LAB_DIR || join(ROOT, '.cache', 'lab');
  if (!existsSync(join(folder, 'disk.qcow2'))) return countMissing(NO_LAB, false);
  return runFile(join('lab', 'lab.ts')) === 0;
}

/** A runner that failed without a failed test (a crash, an unhandled rejection, no tests at all) still counts. */
function counted(code, report, count) {
  const file = join(ROOT, report);
  const counts = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : noTests;
  if (code === 0 || counts.failed > 0) return counts;
  const stray = existsSync(STRAY_ERRORS) ? JSON.parse(readFileSync(STRAY_ERRORS, 'utf8')) : [];
  return { ...counts, failed: 1, note: stray.join('\n  ') || `the runner ended with ${code}` };
}

/** Steps that were begun beside another one, by name: what waits for their end. */
const begun = new Map();

function begin(name) {
  const step = STEPS.find((each) => each.name === name);
  if (step?.start && !begun.has(name)) begun.set(name, step.start());
  return begun.get(name);
}

async function result(step, results) {
  if (step.needs && results.get(step.needs)?.failed !== 0) return { ...noTests, skipped: 1 };
  if (step.beside) begin(step.beside);
  const answer = await (step.start ? begin(step.name)() : step.run());
  if (typeof answer === 'object') return answer;
  return answer ? { ...noTests, passed: 1 } : { ...noTests, failed: 1 };
}

// Tests make databases of their own: the one of a shop must not come into their hands.
delete process.env.DATABASE_URL;

installPackages();
if (!fast) {
  ensureChromium();
  ensureFonts();
}
mkdirSync(join(ROOT, '.cache'), { recursive: true });
for (const report of [UNIT_REPORT, POSTGRES_REPORT, E2E_REPORT]) rmSync(join(ROOT, report), { force: true });

const results = new Map();
const summary = [];
for (const step of STEPS.filter(({ slow }) => !(fast && slow))) {
  console.log(`\n── ${step.name}`);
  const started = performance.now();
  const counts = await result(step, results);
  results.set(step.name, counts);
  summary.push(stepLine(step.name, counts, (performance.now() - started) / 1_000));
}

const all = [...results.values()];
console.log(`\n${summary.join('\n')}\n\n${closingLine(all)}`);
process.exit(all.some(({ failed }) => failed > 0) ? 1 : 0);
