// Mutation tests: `npm run mutation` names the files of each part and reads its report (scripts/mutation.ts). The tests of a
// part are chosen in vitest.mutation.config.ts: Stryker's own `testFiles` never switches on what is evaluated on import.
const part = process.env.MUTATION_PART ?? 'by-hand';

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A timeout counts as noticed. On a busy machine a slow test must not: wait long before calling it one.
  timeoutMS: 8_000,
  timeoutFactor: 4,
  thresholds: { high: 95, low: 90, break: null }, // scripts/mutation.ts breaks, after all parts have run.
  incremental: true,
  incrementalFile: `reports/mutation/${part}.incremental.json`,
  reporters: ['progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: `reports/mutation/${part}.json` },
  htmlReporter: { fileName: `reports/mutation/${part}.html` },
  ignorePatterns: ['dist', 'data', 'docs', 'shots', 'test-results', 'reports', 'bench', 'e2e', '.cache', '*.log'],
  allowConsoleColors: false,
  disableTypeChecks: false, // Nothing checks types while it runs, so nothing has to be switched off.
};
