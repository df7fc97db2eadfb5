import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AMOUNT_MAX, minor } from '../../../../src/domain/money.ts';
import { fenOf, yuanText } from './yuan.ts';

describe('yuan and fen', () => {
  it('go over and back exactly, whatever the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -AMOUNT_MAX, max: AMOUNT_MAX }), (fen) => {
        expect(yuanText(minor(fen))).toMatch(/^-?\d+\.\d{2}$/);
        expect(fenOf(yuanText(minor(fen)))).toBe(fen === 0 ? 0 : fen);
      }),
      { seed: 20261122 },
    );
  });

  it.each([
    ['12.05', 1205],
    ['12.5', 1250],
    ['12', 1200],
    ['0.07000', 7],
    [' -3.00 ', -300],
    [88.88, 8888],
    ['-0.00', 0],
  ])('%s is %i fen', (text, fen) => {
    expect(fenOf(text)).toBe(fen);
  });

  it.each(['12.051', '1,205.00', '', '.5', '1e3', '0x10', 'NaN', '99999999999.00', undefined, 0.001])(
    '%s is no amount',
    (text) => {
      expect(fenOf(text)).toBeUndefined();
    },
  );
});
