// Sums what the runners report, so that one closing line speaks for all of them.

export const noTests = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** Names of failed tests that the summary repeats: the log above it is long, and may be cut. */
const NAMED_MAX = 20;

const named = (names) => (names.length === 0 ? {} : { note: names.slice(0, NAMED_MAX).join('\n  ') });

const failuresIn = ({ name, status, message = '', assertionResults }) => {
  const file = name?.replace(/^.*?(?=(src|server|scripts|e2e)\/)/, '');
  const tests = assertionResults.filter((each) => each.status === 'failed');
  if (tests.length > 0) return tests.map(({ fullName }) => `${file}: ${fullName}`);
  return status === 'failed' ? [`${file}: ${message.split('\n')[0]}`] : [];
};

/** From vitest's JSON report. A file that could not even be collected is a failure of its own. */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
    ...named(report.testResults.flatMap(failuresIn)),
  };
}

const unevenIn = ({ suites = [], specs = [] }) => [
  ...specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status }) => `${status === 'flaky' ? 'at the second try: ' : ''}${file}:${line}: ${title}`),
  ),
  ...suites.flatMap(unevenIn),
];

/** From Playwright's JSON report. A test that passed when tried again (CI tries once more) passed; the runner names it flaky. */
export function countPlaywright({ stats, suites = [], errors = [] }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    ...named(suites.flatMap(unevenIn)),
  };
}

/** A step without the program it needs: skipped with the sentence that says so, or failed where it must run. */
export function countMissing(note, mustRun) {
  return { ...noTests, [mustRun ? 'failed' : 'skipped']: 1, note };
}

/** The line of one step in the summary, with its sentence below it. */
export function stepLine(name, counts, seconds) {
  const line = `${counts.failed > 0 ? '✗' : '✓'} ${name}: ${closingLine([counts])} (${seconds.toFixed(1)} s)`;
  return counts.note ? `${line}\n  ${counts.note}` : line;
}

/** `N passed, N failed, N skipped`. */
export function closingLine(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
}
