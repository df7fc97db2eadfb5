import { describe, expect, it } from 'vitest';
import { type Attempt, PURPOSES, type Purpose } from '../../../src/domain/attempt.ts';
import type { AttemptId, SaleId } from '../../../src/domain/ids.ts';
import { minor } from '../../../src/domain/money.ts';
import { CHILDREN_MAX, type OrderRow } from './orders.ts';
import { checkOriginal, liveChildren, needsOriginal } from './original.ts';

const rowOf = (purpose: Purpose, amount: number, more: Partial<OrderRow> = {}): OrderRow =>
  ({
    purpose,
    amount: minor(amount),
    tender: 'card',
    currency: 'CNY',
    state: 'approved',
    ...more,
  }) as OrderRow;
const attemptOf = (amount: number): Attempt => ({
  attemptId: 'a'.repeat(32) as AttemptId,
  saleId: 'b'.repeat(32) as SaleId,
  tender: 'card',
  amount: minor(amount),
  currency: 'CNY',
});
const check = (
  purpose: Purpose,
  amount: number,
  original: OrderRow | undefined,
  children: readonly OrderRow[] = [],
) => checkOriginal(attemptOf(amount), purpose, original, children);
const FITS: Readonly<Record<Purpose, readonly Purpose[]>> = {
  sale: [],
  authorisation: [],
  void: ['sale', 'tip'],
  refund: ['sale', 'tip', 'completion'],
  completion: ['authorisation'],
  'authorisation-cancel': ['authorisation'],
  'completion-cancel': ['completion'],
  tip: ['sale'],
};

describe('what may refer to what', () => {
  it.each(PURPOSES)('%s', (purpose) => {
    expect(needsOriginal(purpose)).toBe(FITS[purpose].length > 0);
    for (const of of PURPOSES)
      expect(check(purpose, 1000, rowOf(of, 1000)), of).toBe(
        FITS[purpose].includes(of) ? undefined : 'original-unknown',
      );
  });

  it.each<[string, OrderRow | undefined]>([
    ['nothing', undefined],
    ['something that is not paid yet', rowOf('sale', 1000, { state: 'unknown' })],
    ['something undone', rowOf('sale', 1000, { state: 'reversed' })],
    ['another tender', rowOf('sale', 1000, { tender: 'wechat' })],
    ['another currency', rowOf('sale', 1000, { currency: 'USD' })],
  ])('%s is no original', (_, original) => {
    expect(check('refund', 1, original)).toBe('original-unknown');
  });
});

describe('how much', () => {
  const beyond = 'amount-beyond-original';
  const dead = [rowOf('refund', 900, { state: 'declined' }), rowOf('void', 1000, { state: 'reversed' })];

  it('counts what moved money or still may', () => {
    const pending = rowOf('refund', 300, { state: 'unknown' });
    expect(liveChildren([...dead, pending])).toEqual([pending]);
  });

  it('a refund takes what others left; a tip takes nothing away', () => {
    const others = [
      ...dead,
      rowOf('refund', 300),
      rowOf('refund', 200, { state: 'sending' }),
      rowOf('tip', 150),
    ];
    expect(check('refund', 500, rowOf('sale', 1000), others)).toBeUndefined();
    expect(check('refund', 501, rowOf('sale', 1000), others)).toBe(beyond);
  });

  it('a completion takes up to 115 %, once', () => {
    expect(check('completion', 1150, rowOf('authorisation', 1000), dead)).toBeUndefined();
    expect(check('completion', 1151, rowOf('authorisation', 1000))).toBe(beyond);
    expect(check('completion', 1, rowOf('authorisation', 1000), [rowOf('completion', 1)])).toBe(beyond);
  });

  it('a tip is at most the sale, once, and before anything went back', () => {
    expect(check('tip', 1000, rowOf('sale', 1000), dead)).toBeUndefined();
    expect(check('tip', 1001, rowOf('sale', 1000))).toBe(beyond);
    expect(check('tip', 1, rowOf('sale', 1000), [rowOf('tip', 1)])).toBe(beyond);
    expect(check('tip', 1, rowOf('sale', 1000), [rowOf('refund', 1)])).toBe(beyond);
  });

  it.each([
    ['void', 'sale'],
    ['authorisation-cancel', 'authorisation'],
    ['completion-cancel', 'completion'],
  ] as const)('a %s is for all of it, and nothing else has touched it', (purpose, of) => {
    expect(check(purpose, 1000, rowOf(of, 1000), dead)).toBeUndefined();
    expect(check(purpose, 999, rowOf(of, 1000))).toBe(beyond);
    expect(check(purpose, 1001, rowOf(of, 1000))).toBe(beyond);
    expect(check(purpose, 1000, rowOf(of, 1000), [rowOf('tip', 1)])).toBe(beyond);
  });

  it('an original with as many followers as can be read takes no more', () => {
    const many = Array.from({ length: CHILDREN_MAX }, () => rowOf('refund', 1, { state: 'declined' }));
    expect(check('refund', 1, rowOf('sale', 1000), many)).toBe(beyond);
    expect(check('refund', 1, rowOf('sale', 1000), many.slice(1))).toBeUndefined();
  });
});
