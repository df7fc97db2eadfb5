import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AMOUNT_MAX,
  add,
  allocate,
  CURRENCY_EXPONENTS,
  DEFAULT_CURRENCY,
  type Minor,
  MoneyError,
  minor,
  sum,
  times,
} from './money.ts';
import { formatMoney, toDecimal } from './money-format.ts';

const amounts = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map(minor);

describe('the gate into money', () => {
  test.each([0.1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => {
    expect(() => minor(value)).toThrow(MoneyError);
  });
  test('refuses one fen beyond what a till may carry', () => {
    expect(minor(AMOUNT_MAX)).toBe(AMOUNT_MAX);
    expect(() => add(AMOUNT_MAX, minor(1))).toThrow('out-of-range');
  });
  test('says why: a fraction, or too much either way', () => {
    const codeOf = (value: number): unknown => {
      try {
        return minor(value);
      } catch (error) {
        return error;
      }
    };
    expect(codeOf(0.5)).toMatchObject({
      name: 'MoneyError',
      code: 'not-integer',
      message: 'not-integer: 0.5',
    });
    expect(codeOf(-AMOUNT_MAX - 1)).toMatchObject({ name: 'MoneyError', code: 'out-of-range' });
    expect(minor(-AMOUNT_MAX)).toBe(-AMOUNT_MAX);
  });
  test('knows no negative zero', () => {
    expect(Object.is(minor(-0), 0)).toBe(true);
  });
});

describe('allocation by largest remainder', () => {
  test('always adds up, and no part is off by a whole unit', () => {
    fc.assert(
      fc.property(amounts, fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 }), (amount, weights) => {
        const total = weights.reduce((all, each) => all + each, 0);
        fc.pre(total > 0);
        const parts = allocate(amount, weights);
        expect(sum(parts)).toBe(amount);
        for (const [index, part] of parts.entries()) {
          const exact = (amount * (weights[index] ?? 0)) / total;
          expect(Math.abs(part - exact)).toBeLessThan(1 + 1e-6);
        }
      }),
    );
  });
  test('gives the odd fen to the earlier of equal parts', () => {
    expect(allocate(minor(100), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(minor(-100), [1, 1, 1])).toEqual([-34, -33, -33]);
  });
  test.each([
    ['the odd fen goes to the part that lost the most by rounding down', 100, [1, 2], [33, 67]],
    ['wherever it stands', 100, [2, 1], [67, 33]],
    ['whatever its weight is', 4, [2, 7], [1, 3]],
    ['two odd fen go to two parts', 5, [3, 4, 4], [1, 2, 2]],
    ['money that goes back is split alike', -4, [2, 7], [-1, -3]],
    ['nothing is split into nothing', 0, [2, 7], [0, 0]],
    ['weights in the billions', 999_999_999_999, [1, 2_000_000_000], [500, 999_999_999_499]],
  ])('%s', (_, amount, weights, parts) => {
    expect(allocate(minor(amount), weights)).toEqual(parts);
  });
  test('names the sum of the weights that it refuses', () => {
    expect(() => allocate(minor(1), [0, 0])).toThrow('not-integer: 0');
  });
  test('gives nothing to a weight of zero', () => {
    expect(allocate(minor(7), [0, 1, 0])).toEqual([0, 7, 0]);
  });
  test('refuses weights that are all zero, negative or fractions', () => {
    for (const weights of [[0, 0], [-1, 2], [0.5, 0.5], []])
      expect(() => allocate(minor(1), weights)).toThrow(MoneyError);
  });
});

describe('price times quantity', () => {
  test('rounds half away from zero, once', () => {
    expect(times(minor(333), 1500)).toBe(500); // 499.5
    expect(times(minor(-333), 1500)).toBe(-500);
    expect(times(minor(1), 499)).toBe(0);
  });
  test.each([
    [333, 1501, 500],
    [333, 1499, 499],
    [-333, 1499, -499],
    [0, 1500, 0],
    [-1, 400, 0],
    [-1, 500, -1],
  ])('%i × %i thousandths is %i', (amount, quantityMilli, product) => {
    expect(times(minor(amount), quantityMilli)).toBe(product);
  });
  test('refuses part of a thousandth', () => {
    expect(() => times(minor(1), 0.5)).toThrow('not-integer: 0.5');
  });
  test('is exact far beyond what floating point keeps', () => {
    expect(times(minor(999_999_999), 999_999)).toBe(Math.round(999_999_999 * 999.999));
  });
});

test('a shop counts in fen until it says otherwise', () => {
  expect(toDecimal(minor(1250), DEFAULT_CURRENCY)).toBe('12.50');
  expect(DEFAULT_CURRENCY).toBe('CNY');
});

describe('amounts in writing', () => {
  test.each([
    [1250, 'CNY', '12.50'],
    [5, 'CNY', '0.05'],
    [-5, 'CNY', '-0.05'],
    [1250, 'JPY', '1250'],
    [1250, 'KWD', '1.250'],
  ] as const)('%i of %s is %s', (amount, currency, text) => {
    expect(toDecimal(minor(amount), currency)).toBe(text);
  });
  test('follow the locale on screen', () => {
    expect(formatMoney(minor(123_456), 'CNY', 'zh-CN')).toBe('¥1,234.56');
    expect(formatMoney(minor(1250), 'JPY', 'en')).toBe('¥1,250');
  });
  test('read back to the same amount in every currency', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom(...(Object.keys(CURRENCY_EXPONENTS) as (keyof typeof CURRENCY_EXPONENTS)[])),
        (amount, currency) => {
          const back = Math.round(Number(toDecimal(amount, currency)) * 10 ** CURRENCY_EXPONENTS[currency]);
          expect(back as Minor).toBe(amount);
        },
      ),
    );
  });
});
