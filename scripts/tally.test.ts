import { describe, expect, test } from 'vitest';
import { closingLine, countMissing, countPlaywright, countVitest, stepLine } from './tally.mjs';

describe('the closing line', () => {
  test('sums all runners', () => {
    const counts = [
      { passed: 2, failed: 0, skipped: 1 },
      { passed: 3, failed: 1, skipped: 0 },
    ];
    expect(closingLine(counts)).toBe('5 passed, 1 failed, 1 skipped');
  });

  test('a test file that cannot be loaded counts as a failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 0,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{}, {}] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(countVitest(report)).toMatchObject({ passed: 4, failed: 1, skipped: 2 });
  });

  test('what failed is named once more in the summary', () => {
    const report = {
      numPassedTests: 1,
      numFailedTests: 1,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [
        {
          name: '/home/shop/src/domain/money.test.ts',
          status: 'failed',
          assertionResults: [{ status: 'passed' }, { status: 'failed', fullName: 'money adds up' }],
        },
        {
          name: '/home/shop/src/x.test.ts',
          status: 'failed',
          message: 'no such file\nat',
          assertionResults: [],
        },
      ],
    };
    expect(countVitest(report).note).toBe(
      'src/domain/money.test.ts: money adds up\n  src/x.test.ts: no such file',
    );
    const spec = { file: 'a.spec.ts', line: 4, title: 'pays', tests: [{ status: 'flaky' }] };
    const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 0 };
    expect(countPlaywright({ stats, suites: [{ suites: [{ specs: [spec] }] }] }).note).toBe(
      'at the second try: a.spec.ts:4: pays',
    );
  });

  test('a second try may pass, an error outside the tests may not', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 6, failed: 2, skipped: 2 });
  });

  test('a step without its program says why it did not run, and fails where it must run', () => {
    const skipped = countMissing('No database was found.', false);
    expect(closingLine([skipped])).toBe('0 passed, 0 failed, 1 skipped');
    expect(stepLine('database', skipped, 0.04)).toBe(
      '✓ database: 0 passed, 0 failed, 1 skipped (0.0 s)\n  No database was found.',
    );
    expect(closingLine([countMissing('', true)])).toBe('0 passed, 1 failed, 0 skipped');
  });
});
