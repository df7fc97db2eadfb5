import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PRICE_LABELS, priceLabel } from './price-label.ts';
import { walletOf } from './rails.ts';

/** Completes twelve digits, by weights counted from the left. */
const checked = (digits: string): string => {
  const sum = [...digits].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return digits + String((1_000 - sum) % 10);
};

describe('the label of a scale', () => {
  test.each([
    ['price', checked('210012301250'), '00123', 1_250],
    ['price', checked('290000199999'), '00001', 99_999],
    ['price-proved', checked('240012614685'), '0012', 14_685],
    ['short-price-proved', checked('250012392875'), '00123', 2_875],
  ] as const)('%s: %s is article %s at %i fen', (labels, code, item, price) => {
    expect(priceLabel(code, labels)).toEqual({ kind: 'article', item, price });
  });

  test.each([
    ['one digit misread', 'price', '2100123012508', 'label-damaged'],
    ['a price that its own digit does not prove', 'price-proved', checked('240012514685'), 'label-damaged'],
    ['no price in it', 'price', checked('210012300000'), 'label-without-price'],
    ['a shop that has not said how they are read', 'none', checked('210012301250'), 'label-off'],
  ] as const)('%s is not sold', (_, labels, code, problem) => {
    expect(priceLabel(code, labels)).toEqual({ kind: 'problem', problem });
  });

  test.each(['6901234567892', '4006381333931', '12345678', checked('21001230125').slice(0, 12), ''])(
    '%s is none',
    (code) => {
      for (const labels of PRICE_LABELS) expect(priceLabel(code, labels)).toBeUndefined();
    },
  );

  test('no code is a label and a pay code at once', () => {
    const digits = fc.stringMatching(/^[1-3]\d{12,23}$/);
    fc.assert(
      fc.property(digits, fc.constantFrom(...PRICE_LABELS), (code, labels) => {
        expect(priceLabel(code, labels) !== undefined && walletOf(code) !== undefined).toBe(false);
      }),
    );
  });
});
