import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/attempt.ts';
import { minor } from '../../../src/domain/money.ts';
import { type Act, FakeAcquirer } from '../testing/fake-acquirer.ts';
import { openPaymentTill, type PaymentTill } from '../testing/payment-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';
import { findOrder } from './orders.ts';

/**
 * Goal: what a channel has accepted to give back is waited for, at its own pace, through days and restarts; the till hears that it
 * is on its way, and the office hears when it does not arrive.
 * Method: a channel that accepts and ends when the test says so; the completer with a clock that jumps.
 */

const HOUR = 3_600_000;
const HALF_HOUR = HOUR / 2;
const DAY = 24 * HOUR;

let server: TestApp;
let wechat: FakeAcquirer;
let till: PaymentTill;
beforeEach(async () => {
  wechat = new FakeAcquirer();
  server = await openTestApp({ acquirers: [wechat] });
  till = await openPaymentTill(server);
});
afterEach(() => server.close());

const onItsWay = { state: 'waiting', reason: 'refund-processing' };
const rowOf = (attempt: Attempt) =>
  server.database.read((sql) => findOrder(sql, till.till.merchant, attempt.attemptId));
const alarms = async () =>
  (
    await server.database.read((sql) => sql.all<{ kind: string }>('SELECT kind FROM alarm ORDER BY kind'))
  ).map(({ kind }) => kind);

/** The completer looks once in half an hour, on a server that is started anew each time; tokens of the till end meanwhile. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += HALF_HOUR) {
    server.clock.advance(HALF_HOUR);
    await server.newPayments().complete();
  }
}

async function accepted(): Promise<{ readonly sale: Attempt; readonly refund: Attempt }> {
  const sale = till.attempt();
  await till.post(sale);
  const refund = till.attempt({
    saleId: sale.saleId,
    original: sale.attemptId,
    purpose: 'refund',
    amount: minor(400),
  });
  wechat.next('refund', 'accept');
  expect(await till.post(refund)).toEqual(onItsWay);
  return { sale, refund };
}

describe('a refund that the channel has accepted', () => {
  it('is on its way to whoever asks, and is neither undone nor repeated', async () => {
    const { sale, refund } = await accepted();
    expect(await till.post(refund)).toEqual(onItsWay);
    expect(await till.query(refund)).toEqual(onItsWay);
    expect(await till.reverse(refund)).toEqual(onItsWay);
    await pass(DAY);
    expect(await rowOf(refund)).toMatchObject(onItsWay);
    expect(wechat.calls.filter((call) => call.startsWith('refund'))).toHaveLength(1);
    expect(wechat.calls.filter((call) => call === `reverse ${refund.attemptId}`)).toEqual([]);
    expect(wechat.held(sale.attemptId)).toBe(600);
    expect(await alarms()).toEqual([]);
  });

  it('is asked about ever less often, and not for each question of a till', async () => {
    const { refund } = await accepted();
    await pass(DAY);
    const asked = wechat.calls.length;
    expect(asked).toBeLessThan(50);
    await pass(DAY);
    expect(wechat.calls.length - asked).toBeLessThanOrEqual(25);
    const next = (await rowOf(refund))?.next_at;
    till = await openPaymentTillAgain();
    await till.query(refund);
    expect((await rowOf(refund))?.next_at).toBe(next);
  });

  it('ends when it has arrived, also when the till has gone', async () => {
    const { refund } = await accepted();
    await pass(HOUR);
    wechat.finish(refund.attemptId, 'paid');
    await pass(2 * HOUR);
    expect(await rowOf(refund)).toMatchObject({ state: 'approved', next_at: null });
    expect(await alarms()).toEqual([]);
  });

  it('that is closed after all raises an alarm, and leaves the amount to be given back again', async () => {
    const { sale, refund } = await accepted();
    wechat.finish(refund.attemptId, 'declined');
    expect(await till.query(refund)).toEqual({ state: 'declined', reason: 'refund-closed' });
    expect(await alarms()).toEqual(['refund-failed']);
    const again = till.attempt({
      saleId: sale.saleId,
      original: sale.attemptId,
      purpose: 'refund',
      amount: sale.amount,
    });
    expect((await till.post(again)).state).toBe('approved');
    expect(wechat.held(sale.attemptId)).toBe(0);
  });

  it('that no account takes raises an alarm, and is asked about all the same', async () => {
    const { refund } = await accepted();
    wechat.finish(refund.attemptId, 'held');
    await pass(HOUR);
    expect(await alarms()).toEqual(['refund-held']);
    expect(await rowOf(refund)).toMatchObject({ state: 'waiting' });
    wechat.finish(refund.attemptId, 'paid');
    await pass(3 * HOUR);
    expect((await rowOf(refund))?.state).toBe('approved');
  });

  it('that does not arrive for days raises an alarm, once', async () => {
    await accepted();
    await pass(5 * DAY - HOUR);
    expect(await alarms()).toEqual([]);
    await pass(DAY);
    expect(await alarms()).toEqual(['refund-slow']);
  });
});

/** The same till with a fresh token. */
async function openPaymentTillAgain(): Promise<PaymentTill> {
  const authorization = `Bearer ${await till.till.token()}`;
  till.headers.authorization = authorization;
  return till;
}

describe('a payment that can only be undone by a refund', () => {
  async function undone(): Promise<Attempt> {
    const attempt = till.attempt({ method: 'shop-code' });
    await till.post(attempt);
    wechat.confirm(attempt.attemptId);
    wechat.next('refund', 'accept');
    expect(await till.reverse(attempt)).toEqual(onItsWay);
    return attempt;
  }
  const refundOf = (attempt: Attempt): string =>
    [...wechat.books.keys()].find((reference) => reference !== attempt.attemptId)!;

  it('is on its way back while the channel is at it, calls nobody, and is reversed when it has arrived', async () => {
    const attempt = await undone();
    expect(await till.reverse(attempt)).toEqual(onItsWay);
    await pass(DAY);
    expect(await alarms()).toEqual([]);
    expect(await rowOf(attempt)).toMatchObject({ state: 'reversing' });
    wechat.finish(refundOf(attempt), 'paid');
    await pass(2 * HOUR);
    expect(await rowOf(attempt)).toMatchObject({ state: 'reversed', reason: 'given-back' });
    expect(wechat.held(attempt.attemptId)).toBe(0);
  });

  it('calls somebody when the channel closes that refund', async () => {
    const attempt = await undone();
    wechat.finish(refundOf(attempt), 'declined');
    wechat.next('refund', ...Array.from({ length: 99 }, () => 'decline' as const));
    expect(await till.reverse(attempt)).toEqual({ state: 'unknown', reason: 'reversing' });
    await pass(15 * HOUR);
    expect(await alarms()).toEqual(['payment-stuck']);
    expect(await rowOf(attempt)).toMatchObject({ state: 'reversing', reason: 'give-back-refused' });
  });

  it('is waited for in the same way when the money came after its end', async () => {
    wechat.next('pay', 'waiting');
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(20_000);
    expect((await till.reverse(attempt)).state).toBe('reversed');
    wechat.breakItsWord(attempt.attemptId);
    await server.payments.notify({
      acquirer: 'wechatpay',
      merchant: till.till.merchant,
      headers: {},
      body: JSON.stringify({ reference: attempt.attemptId, amount: attempt.amount }),
    });
    wechat.next('refund', 'accept');
    // The payment itself stays paid in this channel's books, whatever went back of it.
    const paid: Act = { say: { state: 'approved', approval: {} } };
    wechat.next('query', ...Array.from({ length: 60 }, () => paid));
    await pass(HOUR);
    expect(await rowOf(attempt)).toMatchObject({ state: 'reversed', surplus: 'returning' });
    await pass(DAY);
    expect(await alarms()).toEqual(['payment-contradiction']);
    wechat.finish(refundOf(attempt), 'paid');
    await pass(2 * HOUR);
    expect(await rowOf(attempt)).toMatchObject({ surplus: 'returned', next_at: null });
  });
});
