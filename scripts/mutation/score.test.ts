import { expect, test } from 'vitest';
import { both, type MutationReport, NOTHING, scoreOf, table, tallyOf, unnoticed } from './score.ts';

const location = { start: { line: 3, column: 7 } };
const report = (...statuses: string[]): MutationReport => ({
  files: {
    'src/domain/money.ts': {
      mutants: statuses.map((status) => ({
        status,
        mutatorName: 'EqualityOperator',
        replacement: 'a\n  >= b',
        location,
      })),
    },
  },
});

test('what runs on is noticed, what no test reaches is not, what does not compile is left out', () => {
  const tally = tallyOf(
    report('Killed', 'Killed', 'Timeout', 'Survived', 'NoCoverage', 'CompileError', 'Ignored'),
  );
  expect(tally).toEqual({ files: 1, killed: 2, survived: 1, timeout: 1, noCoverage: 1 });
  expect(scoreOf(tally)).toBe(60);
});

test('a score is never rounded up', () => {
  expect(scoreOf({ ...NOTHING, killed: 89_999, survived: 10_001 })).toBe(89.99);
  expect(scoreOf(NOTHING)).toBe(100);
});

test('parts add up', () => {
  const tally = tallyOf(report('Killed', 'Survived'));
  expect(both(tally, tally)).toEqual({ files: 2, killed: 2, survived: 2, timeout: 0, noCoverage: 0 });
});

test('a change that nobody noticed is named on one line', () => {
  expect(unnoticed(report('Killed', 'Survived'))).toEqual([
    'src/domain/money.ts:3:7 Survived EqualityOperator a >= b',
  ]);
});

test('the table has a row a part, its columns under each other', () => {
  const lines = table([
    ['money', tallyOf(report('Killed'))],
    ['signatures', NOTHING],
  ]).split('\n');
  expect(lines).toHaveLength(3);
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[1]).toMatch(/^money +1 +1 +0 +0 +0 +100[.]00$/);
});
