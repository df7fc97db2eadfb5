import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from './money.ts';
import { changeDue, quickAmounts } from './tender.ts';

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
