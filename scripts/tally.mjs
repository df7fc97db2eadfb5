// Sums what the runners report, so that one closing line speaks for all of them.

export const noTests = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** From vitest's JSON report. A file that could not even be collected is a failure of its own. */
export function countVitest(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** From Playwright's JSON report. A test that passed when tried again (CI tries once more) passed; the runner names it flaky. */
export function countPlaywright({ stats, errors = [] }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
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
