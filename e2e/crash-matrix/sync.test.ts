import { expect, test } from 'vitest';
import { cellsOf } from './cells.ts';
import { runCells } from './run-cells.ts';

/**
 * Goal: every entry is at the server once, wherever its sending is interrupted, and the day can be closed after it.
 * Method: K12 (sent, not committed), K13 (committed, unheard), K14 (heard, not stored) while a payment is under way, and K18: the
 * till dies in the evening, while what is open is brought to its end and the last entries go out.
 */
const POINTS = ['K12', 'K13', 'K14', 'K18'] as const;

test('there are 220 of these cells', () => {
  expect(cellsOf(POINTS)).toHaveLength(220);
});

test.each(POINTS)('a page that dies at %s loses no entry and doubles none', async (point) => {
  expect(await runCells(cellsOf([point]))).toEqual([]);
});
