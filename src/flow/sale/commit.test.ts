import { describe, expect, test } from 'vitest';
import { ATTEMPT_STATES } from '../../domain/attempt.ts';
import { minor } from '../../domain/money.ts';
import type { Payment } from '../payment/payment.ts';
import { attemptOf, paidBy, SALE } from '../testing/sale-in-hand.ts';
import { closesSale, draftsOf, needsRecovery, paymentOf, type SaleInHand, unpaidEnd } from './commit.ts';

const wechat = attemptOf('wechat', 600);
const cash = attemptOf('cash', 1000);
const paid = [paidBy('cash', 400)];
const fresh: SaleInHand = { sale: SALE, paid: [], opened: false };
const known: SaleInHand = { sale: SALE, paid, opened: true };
const payment = (at: Payment['at'], attempt = wechat, reason?: string): Payment =>
  ({ attempt, at, ...(reason === undefined ? {} : { reason }) }) as Payment;
const types = (next: Payment, inHand: SaleInHand, before = payment('sending', next.attempt)) =>
  draftsOf(next, before, inHand).map(({ type }) => type);

describe('what is written of a sale’s attempt', () => {
  test('the sale is opened with the first state that lasts, once', () => {
    expect(draftsOf(payment('sending'), payment('prepared'), fresh)[0]).toStrictEqual({
      type: 'sale.opened',
      body: SALE,
    });
    expect(types(payment('sending'), fresh)).toEqual(['sale.opened', 'attempt.prepared', 'attempt.sending']);
    expect(types(payment('sending'), known)).toEqual(['attempt.prepared', 'attempt.sending']);
    expect(types(payment('prepared'), fresh)).toEqual([]);
  });

  test('it is completed with the approval that makes it whole', () => {
    expect(draftsOf(payment('approved'), payment('sending'), known).at(-1)).toStrictEqual({
      type: 'sale.completed',
      body: { ...SALE, payments: [...paid, paymentOf({ attempt: wechat })] },
    });
    expect(types(payment('approved'), known)).toEqual(['attempt.approved', 'sale.completed']);
  });

  test('the tip must be paid as well', () => {
    const tipped = { ...known, sale: { ...SALE, tip: minor(50) } };
    expect(types(payment('approved'), tipped)).toEqual(['attempt.approved']);
    expect(types(payment('approved', attemptOf('wechat', 650)), tipped)).toEqual([
      'attempt.approved',
      'sale.completed',
    ]);
  });

  test('a part completes nothing, and a doubt neither', () => {
    expect(types(payment('approved'), { ...fresh, opened: true })).toEqual(['attempt.approved']);
    expect(types(payment('unknown'), known)).toEqual(['attempt.unknown']);
  });

  test.each(['declined', 'reversed', 'refunded'] as const)('cash that is %s ends the sale with it', (at) => {
    expect(
      draftsOf(payment(at, cash), payment('inquiring', cash), { ...fresh, opened: true }).at(-1),
    ).toStrictEqual({
      type: 'sale.voided',
      body: { saleId: SALE.saleId, reason: at },
    });
  });

  test('a wallet that declines, cash beside other money, and cash in doubt end no sale', () => {
    expect(types(payment('declined'), { ...fresh, opened: true })).toEqual(['attempt.declined']);
    expect(types(payment('declined', cash), known)).toEqual(['attempt.declined']);
    expect(types(payment('unknown', cash), { ...fresh, opened: true })).toEqual(['attempt.unknown']);
    expect(types(payment('abandoned', cash), { ...fresh, opened: true })).toEqual(['attempt.abandoned']);
    expect(closesSale(payment('declined', cash), fresh)).toBe(true);
    expect(closesSale(payment('declined', cash), known)).toBe(false);
    expect(closesSale(payment('declined'), fresh)).toBe(false);
  });
});

test('an attempt that ended without money says how, and why when somebody knows', () => {
  const ends = ['declined', 'abandoned', 'reversed', 'refunded'];
  for (const at of ATTEMPT_STATES)
    expect(unpaidEnd(payment(at)), at).toStrictEqual(ends.includes(at) ? { result: at } : undefined);
  expect(unpaidEnd(payment('declined', wechat, 'notenough'))).toStrictEqual({
    result: 'declined',
    reason: 'notenough',
  });
});

test('a payment is what its attempt brought, and nothing is made up', () => {
  const more = { method: 'customer-code', tendered: minor(700), account: 'Mrs Li' } as const;
  const { saleId: _, currency: __, ...plain } = wechat;
  expect(paymentOf({ attempt: wechat })).toStrictEqual(plain);
  expect(
    paymentOf({ attempt: { ...wechat, ...more, tip: minor(5) }, approval: { fee: minor(2) } }),
  ).toStrictEqual({
    ...plain,
    ...more,
    approval: { fee: 2 },
  });
});

test('a restart takes up what was prepared or has no end', () => {
  expect(ATTEMPT_STATES.filter((state) => !needsRecovery(state))).toEqual([
    'approved',
    'declined',
    'abandoned',
    'reversed',
    'refunded',
  ]);
});
