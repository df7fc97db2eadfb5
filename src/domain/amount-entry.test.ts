import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AMOUNT_KEYS,
  type AmountEntry,
  type AmountKey,
  amountOf,
  EMPTY_ENTRY,
  ENTRY_LENGTH_MAX,
  pressKey,
} from './amount-entry.ts';
import { AMOUNT_MAX, type Currency } from './money.ts';

const type = (keys: string, currency: Currency = 'CNY'): AmountEntry =>
  [...keys].reduce<AmountEntry>((entry, key) => pressKey(entry, key as AmountKey, currency), EMPTY_ENTRY);

describe('the keypad adds like a calculator', () => {
  test.each([
    ['12.5+3×2', '12.5+3×2', 1850],
    ['12.', '12.', 1200],
    ['12+', '12+', 1200],
    ['.5', '0.5', 50],
    ['007', '7', 700],
    ['1..5', '1.5', 150],
    ['1.999', '1.99', 199],
    ['3+×2', '3×2', 600],
    ['+5', '5', 500],
    ['3×0.333', '3×0.333', 100],
    ['1.01×1.5', '1.01×1.5', 152],
    ['12+×2', '12×2', 2400],
    ['3×', '3×', 300],
    ['12×+', '12+', 1200],
    ['0', '0', 0],
    ['00', '0', 0],
    ['0.07', '0.07', 7],
    ['5+00', '5+0', 500],
    ['1.2345×2', '1.23×2', 246],
    ['2×1.2345', '2×1.234', 247],
  ])('%s shows %s and is %i fen', (keys, shown, fen) => {
    const entry = type(keys);
    expect(entry).toBe(shown);
    expect(amountOf(entry, 'CNY')).toBe(fen);
  });
  test('00 starts an amount as a single zero', () => {
    expect(pressKey(EMPTY_ENTRY, '00', 'CNY')).toBe('0');
    expect(pressKey('1' as AmountEntry, '00', 'CNY')).toBe('100');
    expect(pressKey('0' as AmountEntry, '00', 'CNY')).toBe('0');
    expect(pressKey('2×0' as AmountEntry, '00', 'CNY')).toBe('2×0');
  });
  test('yen have no decimals, dinars three', () => {
    expect(type('12.5', 'JPY')).toBe('125');
    expect(amountOf(type('1.2345', 'KWD'), 'KWD')).toBe(1234);
  });
  test('a digit beyond the largest amount is not taken', () => {
    const full = type('9999999999');
    expect(pressKey(full, '9', 'CNY')).toBe(full);
    expect(amountOf(type('9999999999.99'), 'CNY')).toBe(AMOUNT_MAX);
    expect(amountOf('9999999999.99+0.01' as AmountEntry, 'CNY')).toBeUndefined();
  });
  test('an entry is as long as the display, and no longer', () => {
    expect(type('1+'.repeat(40))).toBe('1+'.repeat(ENTRY_LENGTH_MAX / 2));
  });
});

test('any keys in any order leave an entry that has a value, and back undoes a digit', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...AMOUNT_KEYS), { maxLength: 80 }), (keys) => {
      let entry = EMPTY_ENTRY;
      for (const key of keys) {
        entry = pressKey(entry, key, 'CNY');
        expect(entry.length).toBeLessThanOrEqual(ENTRY_LENGTH_MAX);
        expect(amountOf(entry, 'CNY')).toBeGreaterThanOrEqual(0);
      }
      const more = pressKey(entry, '5', 'CNY');
      if (more.length === entry.length + 1) expect(pressKey(more, 'back', 'CNY')).toBe(entry);
    }),
  );
});
