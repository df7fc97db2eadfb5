export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export const noTests: Counts;
/** From vitest's JSON report. A file that could not even be collected is a failure of its own. */
export function countVitest(report: {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}): Counts;
/** From Playwright's JSON report. A test that passed only when tried again is not a pass. */
export function countPlaywright(report: {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: unknown[];
}): Counts;
/** `N passed, N failed, N skipped`. */
export function closingLine(counts: readonly Counts[]): string;
