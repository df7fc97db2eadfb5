import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ATTEMPT_STATES, type Attempt, type AttemptState, PURPOSES } from './attempt.ts';
import type { Entry, EntryDraft } from './entry.ts';
import type { AttemptId, SaleId } from './ids.ts';
import { balanceOf, EMPTY_LEDGER, type Ledger, openAmount, post } from './ledger.ts';
import { type Minor, minor } from './money.ts';
import { TENDERS } from './tender.ts';

const saleId = '1'.repeat(32) as SaleId;
const head = {
  v: 1,
  till: '01',
  epoch: 'AAAAAA',
  seq: 1,
  prev: '0'.repeat(64),
  at: 0,
  mono: 0,
  operator: 'owner',
} as const;
const entry = (draft: EntryDraft, training = false): Entry => ({ ...head, training, ...draft }) as Entry;

const attemptOf = (n: number, more: Partial<Attempt> = {}): Attempt => ({
  attemptId: n.toString(16).padStart(32, '0') as AttemptId,
  saleId,
  tender: 'wechat',
  amount: minor(1000),
  currency: 'CNY',
  ...more,
});
const move = (attempt: Attempt, state: AttemptState, fee?: Minor): Entry =>
  entry({ type: `attempt.${state}`, body: { attempt, ...(fee === undefined ? {} : { approval: { fee } }) } });
const folded = (...entries: readonly Entry[]): Ledger => entries.reduce(post, EMPTY_LEDGER);
const sale = (total: number, tip?: number): Entry =>
  entry({
    type: 'sale.completed',
    body: {
      saleId,
      day: '2026-11-22',
      currency: 'CNY',
      lines: [],
      subtotal: minor(total),
      rounding: minor(0),
      total: minor(total),
      ...(tip === undefined ? {} : { tip: minor(tip) }),
      payments: [],
    } as never,
  });

describe('the ledger', () => {
  test('a sent attempt stands in suspense until its end is known', () => {
    const attempt = attemptOf(1);
    expect(folded(move(attempt, 'prepared')).accounts).toEqual({});
    const sent = folded(move(attempt, 'sending'));
    expect(sent.accounts).toEqual({ suspense: 1000, owed: -1000 });
    for (const state of [
      'unknown',
      'inquiring',
      'not-found',
      'reversing',
      'approved-late',
      'refund-due',
      'stuck',
    ] as const)
      expect(post(sent, move(attempt, state)).accounts).toEqual({ suspense: 1000, owed: -1000 });
  });

  test('approved money is owed by its channel, less the fee, and the sale takes what the customer owed', () => {
    const attempt = attemptOf(1);
    const paid = folded(move(attempt, 'sending'), move(attempt, 'approved', minor(6)), sale(1000));
    expect(paid.accounts).toEqual({ suspense: 0, owed: 0, 'channel/wechat': 994, fee: 6, sales: -1000 });
    expect(paid.open.size).toBe(0);
  });

  test.each([
    ['cash', 'drawer'],
    ['credit', 'receivable'],
    ['stored-value', 'stored-value'],
    ['card', 'channel/card'],
  ] as const)('%s lands in %s', (tender, account) => {
    const attempt = attemptOf(1, { tender });
    expect(folded(move(attempt, 'sending'), move(attempt, 'approved')).accounts[account]).toBe(1000);
  });

  test('a tip is not a sale', () => {
    const attempt = attemptOf(1, { amount: minor(1100) });
    const paid = folded(move(attempt, 'sending'), move(attempt, 'approved'), sale(1000, 100));
    expect(paid.accounts).toMatchObject({ owed: 0, sales: -1000, tips: -100 });
  });

  test('a tip given later is a tip, and the customer owes nothing for it', () => {
    const attempt = attemptOf(1, { purpose: 'tip', amount: minor(150), tender: 'card' });
    const body = { saleId, day: '2026-11-22', currency: 'CNY', payment: { amount: minor(150) } };
    const given = entry({ type: 'tip.added', body } as never);
    expect(folded(move(attempt, 'sending'), move(attempt, 'approved'), given).accounts).toEqual({
      suspense: 0,
      owed: 0,
      'channel/card': 150,
      tips: -150,
    });
  });

  test.each(['declined', 'abandoned', 'reversed', 'refunded'] as const)(
    '%s leaves nothing behind',
    (state) => {
      const attempt = attemptOf(1);
      const ended = folded(move(attempt, 'sending'), move(attempt, state));
      expect(ended.accounts).toEqual({ suspense: 0, owed: 0 });
      expect(ended.open.size).toBe(0);
    },
  );

  test('a refund takes from the channel what the sale brought', () => {
    const paid = attemptOf(1);
    const back = attemptOf(2, { purpose: 'refund', original: paid.attemptId, amount: minor(400) });
    const before = folded(move(paid, 'sending'), move(paid, 'approved'), sale(1000));
    const sent = post(before, move(back, 'sending'));
    expect(sent.accounts).toMatchObject({ suspense: -400, owed: 400 });
    const refund = { type: 'refund.completed', body: { amount: minor(400) } } as unknown as EntryDraft;
    expect([move(back, 'approved'), entry(refund)].reduce(post, sent).accounts).toMatchObject({
      suspense: 0,
      owed: 0,
      'channel/wechat': 600,
      returns: 400,
    });
  });

  test.each([
    ['completion', 1000],
    ['tip', 1000],
    ['void', -1000],
    ['completion-cancel', -1000],
    ['authorisation', 0],
    ['authorisation-cancel', 0],
  ] as const)('a %s moves %d', (purpose, amount) => {
    const attempt = attemptOf(1, { purpose });
    const done = folded(move(attempt, 'sending'), move(attempt, 'approved'));
    expect(done.accounts['channel/wechat'] ?? 0).toBe(amount);
  });

  test('a state told twice counts once, and an end without a beginning counts nothing', () => {
    const attempt = attemptOf(1);
    const once = folded(move(attempt, 'sending'), move(attempt, 'approved'));
    expect(
      folded(
        move(attempt, 'sending'),
        move(attempt, 'sending'),
        move(attempt, 'approved'),
        move(attempt, 'approved'),
      ),
    ).toEqual(once);
    expect(folded(move(attempt, 'approved'))).toEqual(EMPTY_LEDGER);
  });

  test('training never counts', () => {
    const attempt = attemptOf(1);
    expect(post(EMPTY_LEDGER, entry({ type: 'attempt.sending', body: { attempt } }, true))).toBe(
      EMPTY_LEDGER,
    );
  });

  test('any row of moves sums to zero at every step, with suspense equal to the open attempts', () => {
    const moves = fc.array(
      fc.record({
        n: fc.integer({ min: 1, max: 6 }),
        state: fc.constantFrom(...ATTEMPT_STATES),
        fee: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 60 },
    );
    const kinds = fc.array(
      fc.record({ tender: fc.constantFrom(...TENDERS), purpose: fc.constantFrom(...PURPOSES) }),
      {
        minLength: 7,
        maxLength: 7,
      },
    );
    fc.assert(
      fc.property(moves, kinds, (plan, each) => {
        let ledger = EMPTY_LEDGER;
        for (const { n, state, fee } of plan) {
          ledger = post(
            ledger,
            move(attemptOf(n, { ...each[n], amount: minor(100 * n) }), state, minor(fee)),
          );
          expect(balanceOf(ledger)).toBe(0);
          expect(ledger.accounts.suspense ?? 0).toBe(openAmount(ledger));
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
