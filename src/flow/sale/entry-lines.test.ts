import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AMOUNT_KEYS, type AmountEntry, amountOf, EMPTY_ENTRY, pressKey } from '../../domain/amount-entry.ts';
import { newLineId } from '../../domain/ids.ts';
import { sum } from '../../domain/money.ts';
import { LineSchema, lineAmount } from '../../domain/sale.ts';
import { seededChance } from '../testing/ports.ts';
import { linesOfEntry } from './entry-lines.ts';

const chance = seededChance(3);
const linesOf = (entry: string) => linesOfEntry(entry as AmountEntry, 'CNY', () => newLineId(chance));

test('what was typed is what the slip shows', () => {
  expect(
    linesOf('12.5+3×2').map(({ price, quantityMilli, amount }) => [price, quantityMilli, amount]),
  ).toEqual([
    [1250, 1000, 1250],
    [300, 2000, 600],
  ]);
  expect(linesOf('2×3×4').map(({ price, amount }) => [price, amount])).toEqual([[2400, 2400]]);
  expect(linesOf('0+5×0')).toEqual([]);
});

test('the lines of any entry are valid and add up to its value', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...AMOUNT_KEYS), { maxLength: 60 }), (keys) => {
      const entry = keys.reduce((all, key) => pressKey(all, key, 'CNY'), EMPTY_ENTRY);
      const lines = linesOf(entry);
      expect(sum(lines.map((line) => line.amount))).toBe(amountOf(entry, 'CNY'));
      for (const line of lines) {
        expect(LineSchema.safeParse(line).success).toBe(true);
        expect(lineAmount(line.price, line.quantityMilli)).toBe(line.amount);
      }
    }),
  );
});
