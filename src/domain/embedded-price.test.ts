import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EMBEDDED_PATTERNS,
  type EmbeddedLayout,
  hasCheckDigit,
  priceVerifier,
  readEmbeddedLabel,
} from './embedded-price.ts';

const LAYOUTS: readonly EmbeddedLayout[] = [
  { prefixes: ['21', '22'], pattern: EMBEDDED_PATTERNS.price },
  { prefixes: ['23'], pattern: EMBEDDED_PATTERNS.weight },
  { prefixes: ['24'], pattern: EMBEDDED_PATTERNS.priceProved },
  { prefixes: ['25'], pattern: EMBEDDED_PATTERNS.shortPriceProved },
  { prefixes: ['26'], pattern: EMBEDDED_PATTERNS.priceAndWeight },
];
/** The check digit by another way: complete the sum of the weighted digits, counted from the left. */
const checked = (digits: string): string => {
  const odd = digits.length % 2;
  const sum = [...digits].reduce((all, digit, at) => all + Number(digit) * (at % 2 === odd ? 1 : 3), 0);
  return digits + String((1_000 - sum) % 10);
};

describe('a label of a counter scale', () => {
  test.each([
    ['price', checked('210012301250'), { item: '00123', price: 1_250 }],
    ['another prefix of the same scale', checked('229999900001'), { item: '99999', price: 1 }],
    ['weight', checked('230012301234'), { item: '00123', grams: 1_234 }],
    ['price with its verifier', checked('240012614685'), { item: '0012', price: 14_685 }],
    ['four digits of price with their verifier', checked('250012392875'), { item: '00123', price: 2_875 }],
    [
      'price and weight, eighteen digits',
      checked('26001230125001234'),
      { item: '00123', price: 1_250, grams: 1_234 },
    ],
  ])('%s', (_, code, label) => {
    expect(readEmbeddedLabel(code, LAYOUTS)).toEqual({ kind: 'label', ...label });
  });

  test.each([
    ['one digit misread', '2100123012508'],
    ['a price that its verifier does not prove', checked('240012514685')],
  ])('%s: damaged, never sold', (_, code) => {
    expect(readEmbeddedLabel(code, LAYOUTS)).toEqual({ kind: 'damaged' });
  });

  test.each([
    ['an ordinary article', '6901234567892'],
    ['a pay code of eighteen digits', '134567890123456789'],
    ['a prefix that no scale of the shop has', checked('290012301250')],
    ['another length', checked('2100123012')],
    ['no number', '21ABC23012507'],
    ['nothing', ''],
  ])('%s is none', (_, code) => {
    expect(readEmbeddedLabel(code, LAYOUTS)).toBeUndefined();
  });

  test('whatever item and price are printed are read, and one wrong digit never becomes another price', () => {
    const five = fc.stringMatching(/^\d{5}$/);
    fc.assert(
      fc.property(five, five, fc.nat(12), fc.integer({ min: 1, max: 9 }), (item, price, at, by) => {
        const code = checked(`21${item}${price}`);
        expect(readEmbeddedLabel(code, LAYOUTS)).toEqual({ kind: 'label', item, price: Number(price) });
        const misread = code.slice(0, at) + String((Number(code[at]) + by) % 10) + code.slice(at + 1);
        expect(readEmbeddedLabel(misread, LAYOUTS)?.kind).not.toBe('label');
      }),
    );
  });
});

describe('check digits', () => {
  test.each(['6901234567892', '4006381333931', '9501101531000', '376104250021234569'])('%s', (code) => {
    expect(hasCheckDigit(code)).toBe(true);
    expect(checked(code.slice(0, -1))).toBe(code);
  });

  test.each([
    ['2875', 9],
    ['14685', 6],
    ['123', undefined],
  ])('the verifier of %s', (digits, verifier) => {
    expect(priceVerifier(digits)).toBe(verifier);
  });
});
