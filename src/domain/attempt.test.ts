import { describe, expect, test } from 'vitest';
import { ATTEMPT_STATES, AttemptMovedSchema, AttemptSchema, isUnresolved, purposeOf } from './attempt.ts';
import type { AttemptId, SaleId } from './ids.ts';
import { minor } from './money.ts';

const id = (digit: string): string => digit.repeat(32);
const attempt = {
  attemptId: id('a') as AttemptId,
  saleId: id('b') as SaleId,
  tender: 'wechat',
  amount: minor(1200),
  currency: 'CNY',
} as const;

test('an attempt takes money for a sale unless it says otherwise', () => {
  expect(purposeOf(attempt)).toBe('sale');
  expect(purposeOf({ ...attempt, purpose: 'refund' })).toBe('refund');
});

test('money may have moved in every state between sending and a definite end', () => {
  expect(ATTEMPT_STATES.filter((state) => !isUnresolved(state))).toEqual([
    'prepared',
    'approved',
    'declined',
    'abandoned',
    'reversed',
    'refunded',
  ]);
});

describe('an attempt on the wire', () => {
  test.each([
    ['plain', {}],
    [
      'with everything',
      {
        method: 'customer-code',
        purpose: 'completion-cancel',
        original: id('c'),
        tip: 200,
        tendered: 2000,
        account: 'x'.repeat(40),
      },
    ],
  ])('%s is an attempt', (_, more) => {
    expect(AttemptSchema.parse({ ...attempt, ...more })).toEqual({ ...attempt, ...more });
  });

  test.each([
    ['a foreign field', { pan: '4111111111111111' }],
    ['a fraction of a fen', { amount: 0.5 }],
    ['less than nothing', { amount: -1 }],
    ['a tender nobody has', { tender: 'shells' }],
    ['a method nobody has', { method: 'mail' }],
    ['a purpose nobody has', { purpose: 'gift' }],
    ['a currency nobody has', { currency: 'XXX' }],
    ['an account of 41 characters', { account: 'x'.repeat(41) }],
  ])('with %s it is none', (_, wrong) => {
    expect(AttemptSchema.safeParse({ ...attempt, ...wrong }).success).toBe(false);
  });

  test.each([
    ['not an attempt id', 'attemptId'],
    ['not an attempt id', 'original'],
    ['not a sale id', 'saleId'],
  ])('%s is said of a wrong %s', (message, field) => {
    for (const wrong of [`0${id('a')}`, `${id('a')}0`, id('a').slice(1), id('G'), 7]) {
      const { error } = AttemptSchema.safeParse({ ...attempt, [field]: wrong });
      expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
    }
  });

  test('moves with a reason, an approval and what a manager saw, and nothing else', () => {
    const moved = { attempt, reason: 'x'.repeat(64), approval: { fee: 5 }, evidence: 'y'.repeat(200) };
    expect(AttemptMovedSchema.parse(moved)).toEqual(moved);
    for (const wrong of [
      { reason: 'x'.repeat(65) },
      { evidence: 'y'.repeat(201) },
      { approval: { pan: '4111' } },
      { cvv: '123' },
    ])
      expect(AttemptMovedSchema.safeParse({ ...moved, ...wrong }).success).toBe(false);
  });
});
