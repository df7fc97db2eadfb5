import { expect, test } from 'vitest';
import { cellsOf, DAMAGES } from './cells.ts';
import { runCells } from './run-cells.ts';

/**
 * Goal: a payment whose till dies while it opens its books, or finds one copy of them damaged, ends as every other.
 * Method: the page dies when the request is out (cash: when the intent is stored); then K17, the next page dies while it opens, as
 * one does that was updated; or K19, one copy of the journal is damaged in each of four ways while the till is down.
 */
test('there are 56 and 168 of these cells', () => {
  expect(cellsOf(['K17'])).toHaveLength(56);
  expect(cellsOf(['K19'], { damages: DAMAGES })).toHaveLength(168);
});

test('a page that dies while it opens leaves everything to the next', async () => {
  expect(await runCells(cellsOf(['K17']))).toEqual([]);
});

test.each(DAMAGES)(
  'with %s the other copy is believed, and nothing that was stored is lost',
  async (damage) => {
    expect(await runCells(cellsOf(['K19'], { damages: [damage] }))).toEqual([]);
  },
);
