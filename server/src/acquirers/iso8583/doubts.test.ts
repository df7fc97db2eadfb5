import { describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../../../sandbox/amount-table.ts';
import type { Behaviour } from '../../../sandbox/behaviour.ts';
import { BankClient } from '../../../sandbox/testing/bank-client.ts';
import { until, useAdapter } from './testing/adapter-fixture.ts';

const shop = useAdapter();
const REVERSED = { state: 'reversed' };
const rule = (
  behaviour: Partial<Behaviour>,
  operation: 'pay' | 'reverse' | 'refund' | 'sign-in' = 'pay',
  times = 1,
) => shop.sandbox.admin.addRule({ host: 'bank', operation, behaviour, times });

describe('a sale without a valid answer', () => {
  test.each([
    ['the host hangs up before booking', 210, 'no-answer', '98'],
    ['the host hangs up after booking', 211, 'no-answer', '98'],
    ['the host says nothing and books nothing', 212, 'no-answer', '98'],
    ['the host says nothing and has booked', 213, 'no-answer', '98'],
    ['the MAC is wrong and it is booked', 230, 'bad-mac', 'A0'],
    ['the MAC is wrong and nothing is booked', 231, 'bad-mac', 'A0'],
    ['there is no MAC', 232, 'host-00', '06'],
    ['the host does not know, and has booked', 240, 'host-96', '06'],
    ['the host does not know, and has not booked', 241, 'host-96', '06'],
  ])('is unknown, and undone when it is asked to be: %s', async (_, digits, reason, reversalReason) => {
    const order = shop.order(MAGIC_BASE + digits);
    expect(await shop.unanswered(order)).toEqual({ state: 'unknown', reason });
    expect(await shop.bank.query(order, shop.never)).toEqual({ state: 'unknown', reason });
    expect(shop.store.records.get(order.reference)).toMatchObject({ state: 'unknown', reversalReason });
    expect(await shop.bank.reverse(order, 'operator', shop.never)).toEqual(REVERSED);
    expect(shop.net()).toBe(0);
    expect(await shop.bank.reverse(order, 'operator', shop.never)).toEqual(REVERSED);
    expect(await shop.bank.query(order, shop.never)).toEqual(REVERSED);
  });

  test.each([
    ['an unknown field', { answer: 'unknown-field' }, 'malformed-answer'],
    ['bytes that are no message', { answer: 'malformed' }, undefined],
    ['another amount', { answer: 'wrong-amount' }, 'amount-mismatch'],
    ['another trace', { answer: 'wrong-order' }, 'no-answer'],
  ] as const)('is unknown after an answer with %s', async (_, behaviour, reason) => {
    rule(behaviour);
    const order = shop.order(1_250);
    const outcome = await shop.unanswered(order);
    expect(outcome.state).toBe('unknown');
    if (reason !== undefined) expect(outcome).toEqual({ state: 'unknown', reason });
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual(REVERSED);
    expect(shop.net()).toBe(0);
  });

  test('an answer that comes twice counts once', async () => {
    expect((await shop.pay(shop.order(MAGIC_BASE + 220))).state).toBe('approved');
    expect((await shop.pay(shop.order(100))).state).toBe('approved');
    expect(shop.books()).toHaveLength(2);
  });

  test('an approval that comes late is what the next inquiry tells', async () => {
    rule({ answer: 'late' });
    const order = shop.order(1_250);
    expect(await shop.unanswered(order)).toEqual({ state: 'unknown', reason: 'no-answer' });
    shop.host.advance(70_000);
    await until(() => shop.store.records.get(order.reference)?.state === 'approved');
    expect(await shop.bank.query(order, shop.never)).toMatchObject({ state: 'approved' });
  });

  test('an approval that comes after the reversal changes nothing', async () => {
    rule({ answer: 'late' });
    const order = shop.order(1_250);
    await shop.unanswered(order);
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual(REVERSED);
    shop.host.advance(70_000);
    expect((await shop.pay(shop.order(100))).state).toBe('approved');
    expect(await shop.bank.query(order, shop.never)).toEqual(REVERSED);
    expect(shop.net()).toBe(100);
  });

  test('is reversed before the next trade is sent', async () => {
    const first = shop.order(MAGIC_BASE + 213);
    await shop.unanswered(first);
    expect(shop.net()).toBe(MAGIC_BASE + 213);
    expect((await shop.pay(shop.order(100))).state).toBe('approved');
    expect(shop.net()).toBe(100);
    expect(await shop.bank.query(first, shop.never)).toEqual(REVERSED);
  });

  test('holds the next trade back until its reversal is answered', async () => {
    await shop.unanswered(shop.order(MAGIC_BASE + 213));
    rule({ answer: 'drop', booking: 'never' }, 'reverse');
    const next = shop.order(100);
    expect(await shop.pay(next)).toEqual({ state: 'declined', reason: 'reversal-pending' });
    expect(await shop.bank.query(next, shop.never)).toEqual({ state: 'not-found' });
    expect((await shop.pay(shop.order(100))).state).toBe('approved');
    expect(shop.net()).toBe(100);
  });
});

describe('a reversal', () => {
  test('is repeated with the same trace until the host has answered', async () => {
    const order = shop.order(MAGIC_BASE + 262);
    await shop.unanswered(order);
    const outcomes = [];
    for (let round = 0; round < 3; round += 1) outcomes.push(await shop.bank.reverse(order, '', shop.never));
    expect(outcomes).toEqual([
      { state: 'unknown', reason: 'host-96' },
      { state: 'unknown', reason: 'host-96' },
      REVERSED,
    ]);
    expect(shop.net()).toBe(0);
  });

  test('that the bank refuses stays open for a person', async () => {
    rule({ answer: 'silence', reverseRefused: true });
    const order = shop.order(1_250);
    await shop.unanswered(order);
    // It is a matter for people, and holds nobody else up.
    expect((await shop.pay(shop.order(100))).state).toBe('approved');
    expect(shop.store.records.get(order.reference)).toMatchObject({ state: 'stuck', reason: 'host-21' });
    expect(await shop.bank.query(order, shop.never)).toEqual({ state: 'unknown', reason: 'host-21' });
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual({ state: 'unknown', reason: 'host-21' });
  });

  test('undoes an approved sale too', async () => {
    const order = shop.order(1_250);
    await shop.paid(order);
    expect(await shop.bank.reverse(order, 'chip-refused', shop.never)).toEqual(REVERSED);
    expect(shop.net()).toBe(0);
    expect(shop.store.records.get(order.reference)).toMatchObject({ reversalReason: '06' });
  });

  test('of what was never sent plants a tombstone', async () => {
    const order = shop.order(1_250);
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual(REVERSED);
    expect(await shop.pay(order)).toEqual(REVERSED);
    expect(shop.books()).toEqual([]);
  });

  test('of a refund is no reversal: the refund is repeated instead', async () => {
    const sale = shop.order(1_250);
    const refund = shop.about(sale, await shop.paid(sale), 'refund', 500);
    rule({ answer: 'silence' }, 'refund');
    expect(await shop.unanswered(refund)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(await shop.bank.reverse(refund, '', shop.never)).toEqual({
      state: 'unknown',
      reason: 'repeat-instead',
    });
    const { trace } = shop.store.records.get(refund.reference)!;
    expect(await shop.pay(refund)).toMatchObject({ state: 'approved', approval: { trace } });
    expect(shop.net()).toBe(750);
  });

  test('a void without an answer is repeated as it was', async () => {
    const sale = shop.order(1_250);
    const back = shop.about(sale, await shop.paid(sale), 'void');
    rule({ answer: 'silence' }, 'refund');
    await shop.unanswered(back);
    await shop.restart();
    expect(await shop.pay(back)).toMatchObject({ state: 'approved' });
    expect(shop.net()).toBe(0);
  });
});

describe('a crash', () => {
  const crashAt = (step: string): void => {
    shop.store.watch = (each) => {
      if (each === step) throw new Error('power cut');
    };
  };
  const recovered = async (): Promise<void> => {
    shop.store.watch = () => {};
    await shop.restart();
  };

  test('before the trade is written down has sent nothing', async () => {
    crashAt('begin');
    const order = shop.order(1_250);
    expect(await shop.pay(order)).toEqual({ state: 'unknown', reason: 'adapter-fault' });
    await recovered();
    expect(await shop.bank.query(order, shop.never)).toEqual({ state: 'not-found' });
    expect(shop.books()).toEqual([]);
  });

  test('before the answer is written down leaves a trade that is reversed before the next one', async () => {
    crashAt('move-approved');
    const order = shop.order(1_250);
    expect(await shop.pay(order)).toEqual({ state: 'unknown', reason: 'adapter-fault' });
    await recovered();
    expect(await shop.bank.query(order, shop.never)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect((await shop.pay(shop.order(100))).state).toBe('approved');
    expect(await shop.bank.query(order, shop.never)).toEqual(REVERSED);
    expect(shop.net()).toBe(100);
  });

  test('before a reversal is written down has not sent it', async () => {
    const order = shop.order(1_250);
    await shop.paid(order);
    crashAt('move-reversing');
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual({
      state: 'unknown',
      reason: 'adapter-fault',
    });
    expect(shop.net()).toBe(1_250);
    await recovered();
    expect(await shop.bank.query(order, shop.never)).toMatchObject({ state: 'approved' });
  });

  test('before the answer to a reversal is written down has it sent again', async () => {
    const order = shop.order(1_250);
    await shop.paid(order);
    crashAt('move-reversed');
    await shop.bank.reverse(order, '', shop.never);
    await recovered();
    expect(await shop.bank.query(order, shop.never)).toMatchObject({ state: 'unknown' });
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual(REVERSED);
    expect(shop.net()).toBe(0);
  });
});

describe('sign-in', () => {
  test('is made again when the host has new keys, and what was in doubt is undone under them', async () => {
    await shop.paid(shop.order(100));
    const other = new BankClient(shop.sandbox.bank);
    await other.open();
    await other.signIn();
    other.close();
    const order = shop.order(1_250);
    expect(await shop.pay(order)).toEqual({ state: 'unknown', reason: 'host-a0' });
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual(REVERSED);
    expect((await shop.pay(shop.order(200))).state).toBe('approved');
    expect(shop.net()).toBe(300);
  });

  test('that is refused or not answered leaves the sale unsent', async () => {
    rule({ answer: 'drop' }, 'sign-in');
    expect(await shop.pay(shop.order(1_250))).toEqual({ state: 'declined', reason: 'no-answer' });
    rule({ decline: '03', booking: 'never' }, 'sign-in');
    expect(await shop.pay(shop.order(1_250))).toEqual({ state: 'declined', reason: 'host-03' });
    expect(shop.store.records.size).toBe(0);
    expect((await shop.pay(shop.order(1_250))).state).toBe('approved');
  });

  test('is made again when the host says that the batch is another', async () => {
    const before = await shop.paid(shop.order(100));
    rule({ decline: '77', booking: 'never' });
    expect(await shop.pay(shop.order(1_250))).toEqual({ state: 'declined', reason: 'host-77' });
    // One trace for the refused sale, one for the sign-in.
    expect(Number((await shop.paid(shop.order(200))).trace)).toBe(Number(before.trace) + 3);
  });

  test('with a terminal number that no message carries is not made', async () => {
    await shop.restart({ terminals: [{ terminal: '1', masterKey: '11'.repeat(16) }] });
    expect(await shop.pay(shop.order(1_250))).toEqual({ state: 'declined', reason: 'not-carried' });
  });

  test('with keys under another master key is refused', async () => {
    await shop.restart({ terminals: [{ terminal: shop.terminal, masterKey: '11'.repeat(16) }] });
    expect(await shop.pay(shop.order(1_250))).toEqual({ state: 'declined', reason: 'bad-check-value' });
  });
});
