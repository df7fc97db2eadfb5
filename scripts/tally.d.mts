export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** For the summary: one sentence, or the names of what failed. */
  readonly note?: string;
}
export const noTests: Counts;
/** From vitest's JSON report. A file that could not even be collected is a failure of its own. */
export function countVitest(report: {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name?: string;
    status: string;
    message?: string;
    assertionResults: { status?: string; fullName?: string }[];
  }[];
}): Counts;
interface Suite {
  suites?: Suite[];
  specs?: { file: string; line: number; title: string; tests: { status: string }[] }[];
}
/** From Playwright's JSON report. A test that passed when tried again passed, and is named. */
export function countPlaywright(report: {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites?: Suite[];
  errors?: unknown[];
}): Counts;
/** A step without the program it needs: skipped with the sentence that says so, or failed where it must run. */
export function countMissing(note: string, mustRun: boolean): Counts;
/** The line of one step in the summary, with its sentence below it. */
export function stepLine(name: string, counts: Counts, seconds: number): string;
/** `N passed, N failed, N skipped`. */
export function closingLine(counts: readonly Counts[]): string;
