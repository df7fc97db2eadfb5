import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from './money.ts';
import { ROUNDING_RULES, roundingAdjustment } from './rounding.ts';

test.each([
  [1256, 'jiao-down', -6],
  [1256, 'yuan-down', -56],
  [1256, 'jiao-nearest', 4],
  [1250, 'yuan-nearest', 50],
  [1249, 'yuan-nearest', -49],
  [1252, 'nearest-5', -2],
  [1253, 'nearest-5', 2],
  [1256, 'none', 0],
  [-1256, 'jiao-down', 6],
  [-1253, 'nearest-5', -2],
  [0, 'yuan-nearest', 0],
  [51, 'yuan-nearest', 49],
] as const)('%i fen under %s changes by %i', (total, rule, change) => {
  expect(roundingAdjustment(minor(total), rule, 'CNY')).toBe(change);
});

test('抹零 never gives the whole sale away', () => {
  expect(roundingAdjustment(minor(7), 'jiao-down', 'CNY')).toBe(0);
  expect(roundingAdjustment(minor(99), 'yuan-down', 'CNY')).toBe(0);
});

test('a currency without jiao keeps its amounts', () => {
  expect(roundingAdjustment(minor(1256), 'yuan-down', 'JPY')).toBe(0);
});

test('the change is smaller than the step, and a -down rule never asks for more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000_000, max: 10_000_000 }),
      fc.constantFrom(...ROUNDING_RULES),
      (total, rule) => {
        const change = roundingAdjustment(minor(total), rule, 'CNY');
        expect(Math.abs(change)).toBeLessThan(100);
        if (rule.endsWith('-down') && total > 0) expect(change).toBeLessThanOrEqual(0);
        expect(roundingAdjustment(minor(-total), rule, 'CNY')).toBe(change === 0 ? 0 : -change);
      },
    ),
  );
});
