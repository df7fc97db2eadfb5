import { expect, test } from 'vitest';
import { cellsOf } from './cells.ts';
import { runCells } from './run-cells.ts';

/**
 * Goal: paper and drawer are effects of a sale that is stored: dying beside them costs no sale, and makes no second first slip.
 * Method: K10 (the slip is out, nobody knows) and K11 (before the drawer, which is kicked alone when there is no paper).
 */
const POINTS = ['K10', 'K11'] as const;

test('there are 32 of these cells', () => {
  expect(cellsOf(POINTS)).toHaveLength(32);
});

test.each(POINTS)('a page that dies at %s keeps its sale', async (point) => {
  expect(await runCells(cellsOf([point]))).toEqual([]);
});
