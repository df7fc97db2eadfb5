import { expect, test } from 'vitest';
import { cellsOf } from './cells.ts';
import { runCells } from './run-cells.ts';

/**
 * Goal: an undoing that is interrupted is gone on with, and undoes once.
 * Method: K15 (stored, not sent) and K16 (done, unheard); the host acts and answers nothing but undo requests.
 */
const POINTS = ['K15', 'K16'] as const;

test('there are 72 of these cells', () => {
  expect(cellsOf(POINTS)).toHaveLength(72);
});

test.each(POINTS)('a page that dies at %s leaves the money where the journal says', async (point) => {
  expect(await runCells(cellsOf([point]))).toEqual([]);
});
