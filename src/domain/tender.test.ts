import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from './money.ts';
import { changeDue, isByHand, quickAmounts, TENDERS } from './tender.ts';

test('offers the exact amount and the notes that come next', () => {
  expect(quickAmounts(minor(1250), 100)).toEqual([1250, 1300, 1500, 2000]);
  expect(quickAmounts(minor(10_000), 100)).toEqual([10_000]);
});

test('never offers less than is due, and nothing twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }).map(minor), (due) => {
      const quick = quickAmounts(due, 100);
      expect(quick[0]).toBe(due);
      expect(new Set(quick).size).toBe(quick.length);
      for (const each of quick) expect(changeDue(due, each)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('people vouch for cash, for a printed code and for credit; a channel vouches for everything else', () => {
  expect(TENDERS.filter(isByHand)).toEqual(['cash', 'static-code', 'credit']);
});

test('the change is what was given above what is owed, and a row of yen notes starts at one', () => {
  expect(changeDue(minor(1250), minor(2000))).toBe(750);
  expect(quickAmounts(minor(7), 1)).toEqual([7, 10, 20, 50]);
});
