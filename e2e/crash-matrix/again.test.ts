import { expect, test } from 'vitest';
import { BUGS } from '../storm/bugs.ts';
import type { Point } from '../storm/till/life.ts';
import { cellsOf } from './cells.ts';
import { runCells } from './run-cells.ts';

/**
 * Goal: taking up what a dead page left may be interrupted itself, at any point, in any way.
 * Method: the first page dies when its request is out (cash: when the intent is stored), the second one at each point that it comes
 * to; where it comes to none it ends the payment, and that is as good.
 */
const AGAIN = [
  'K8',
  'K9',
  'K12',
  'K13',
  'K14',
  'K15',
  'K16',
  'flush-before',
  'flush-torn',
  'flush-after',
] as const;

const cellsWith = (again: readonly Point[]) =>
  cellsOf(['K5'], { again }).filter(({ death }) => death === 'power-cut' || death === 'second-tab');

test('there are 240 of these cells', () => {
  expect(cellsWith(AGAIN)).toHaveLength(240);
});

test.each(AGAIN)('a second page that dies at %s is taken up as the first was', async (again) => {
  expect(await runCells(cellsWith([again]))).toEqual([]);
});

/** The matrix bites: mistakes that real tills have made (facts: reliability 2.4, 7) are found by it. */
test('a till that charges again when nobody answers is found', async () => {
  const cells = cellsOf(['K6']).filter(({ rail, truth }) => rail === 'wechat' && truth === 'approved-late');
  expect((await runCells(cells, BUGS['charge-again'])).join()).toContain('I4 charged twice');
});

test('a till that stores what it sends only after it was sent is found', async () => {
  const cells = cellsOf(['K5']).filter(({ rail, death }) => rail === 'alipay' && death === 'killed');
  expect((await runCells(cells, BUGS['saved-after-sending'])).join()).toContain('I8 the charge');
});
