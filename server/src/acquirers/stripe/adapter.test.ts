import { afterEach, describe, expect, it } from 'vitest';
import type { Purpose } from '../../../../src/domain/attempt.ts';
import { minor } from '../../../../src/domain/money.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import type { Outcome, PayOrder } from '../acquirer.ts';
import { PATIENT, referenceMaker, refundOrder, saleOrder } from '../shared/testing/orders.ts';
import { createStripe } from './adapter.ts';
import type { StripeConfig } from './config.ts';
import { type Fault, StripeHost } from './testing/stripe-host.ts';

const TEST_CONFIG: StripeConfig = {
  secretKey: 'sk_test_not_a_key',
  webhookSecret: 'whsec_not_a_secret',
  readers: { A1: 'tmr_1' },
  currencies: ['EUR', 'USD'],
  timeZone: 'Europe/Berlin',
  demo: true,
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const reference = referenceMaker(7);

function order(purpose: Purpose = 'sale', amount = 1205): PayOrder {
  return {
    ...saleOrder({ reference: reference(), tender: 'card', method: 'terminal', amount }),
    currency: 'EUR',
    purpose,
  };
}

async function shop() {
  const clock = new FakeClock();
  const host = new StripeHost(() => clock.now());
  const { origin, stop } = await host.start();
  stops.push(stop);
  const make = () => createStripe({ ...TEST_CONFIG, origin }, { clock });
  return { host, clock, acquirer: await make(), restarted: make };
}

async function paid(amount = 1205) {
  const { host, acquirer, ...rest } = await shop();
  const sale = order('sale', amount);
  await acquirer.pay(sale, PATIENT);
  host.tap();
  const outcome = await acquirer.query(sale, PATIENT);
  if (outcome.state !== 'approved') throw new Error(`not paid: ${outcome.state}`);
  const back = (fen: number) => refundOrder(sale, reference(), minor(fen), outcome.approval);
  return { host, acquirer, sale, outcome, back, ...rest };
}

describe('a sale on a reader', () => {
  it('waits for the card, and is approved with what a slip needs', async () => {
    const { host, acquirer } = await shop();
    const sale = order();
    expect(await acquirer.pay(sale, PATIENT)).toEqual({ state: 'waiting', reason: 'reader' });
    expect(await acquirer.query(sale, PATIENT)).toEqual({ state: 'waiting', reason: 'reader' });
    host.tap();
    expect(await acquirer.query(sale, PATIENT)).toMatchObject({
      state: 'approved',
      approval: { card: '****4242', entry: 'contactless', authCode: '123456', issuer: 'visa', demo: true },
    });
  });

  it('is declined by the issuer, with its word', async () => {
    const { host, acquirer } = await shop();
    const sale = order();
    await acquirer.pay(sale, PATIENT);
    host.tap('insufficient_funds');
    expect(await acquirer.query(sale, PATIENT)).toEqual({ state: 'declined', reason: 'insufficient-funds' });
  });

  it('is declined when the reader is off line, and then nothing can be charged any more', async () => {
    const { host, acquirer } = await shop();
    host.isOffline = true;
    expect(await acquirer.pay(order(), PATIENT)).toEqual({
      state: 'declined',
      reason: 'terminal-reader-offline',
    });
    expect([...host.intents.values()].map(({ status }) => status)).toEqual(['canceled']);
  });

  it('is not carried for a till without a reader, or in another currency', async () => {
    const { host, acquirer } = await shop();
    expect(await acquirer.pay({ ...order(), till: 'B2' }, PATIENT)).toMatchObject({ reason: 'not-carried' });
    expect(await acquirer.pay({ ...order(), currency: 'CNY' }, PATIENT)).toMatchObject({
      reason: 'not-carried',
    });
    expect(host.asked).toEqual([]);
  });

  it.each<[string, Fault['kind'], string]>([
    ['POST /v1/payment_intents', 'drop-before', 'not-found'],
    ['POST /v1/payment_intents', 'drop-after', 'waiting'],
    ['POST /v1/payment_intents', 'server-error', 'waiting'],
    ['POST /v1/payment_intents', 'rubbish', 'waiting'],
    ['process_payment_intent', 'drop-before', 'waiting'],
    ['process_payment_intent', 'drop-after', 'waiting'],
    ['process_payment_intent', 'server-error', 'waiting'],
  ])('%s met with %s is unknown; the inquiry says %s', async (path, kind, state) => {
    const { host, acquirer } = await shop();
    const sale = order();
    host.faults.push({ path: new RegExp(`${path}$`), kind });
    expect(await acquirer.pay(sale, PATIENT)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state });
  });

  it('gives up in time when Stripe is silent', async () => {
    const { host, acquirer } = await shop();
    host.faults.push({ path: /payment_intents$/, kind: 'silence' });
    expect(await acquirer.pay(order(), AbortSignal.timeout(30))).toEqual({
      state: 'unknown',
      reason: 'no-answer',
    });
  });

  it('is found again after a restart', async () => {
    const { sale, outcome, restarted } = await paid();
    expect(await (await restarted()).query(sale, PATIENT)).toEqual(outcome);
  });

  it('with another amount or currency than was asked for is no approval', async () => {
    const { host, acquirer, sale } = await paid();
    const [intent] = host.intents.values();
    Object.assign(intent ?? {}, { amount_received: 1204 });
    expect(await acquirer.query(sale, PATIENT)).toEqual({ state: 'unknown', reason: 'amount-mismatch' });
    Object.assign(intent ?? {}, { amount_received: 1205, currency: 'usd' });
    expect(await acquirer.query(sale, PATIENT)).toEqual({ state: 'unknown', reason: 'amount-mismatch' });
    Object.assign(intent?.['metadata'] ?? {}, { reference: 'f'.repeat(32) });
    expect(await acquirer.query(sale, PATIENT)).toEqual({ state: 'unknown', reason: 'other-order' });
  });
});

describe('undoing', () => {
  const net = (host: StripeHost): number =>
    host.movements.reduce((sum, { amount }) => sum + Number(amount), 0);

  it('stops the reader and cancels the payment', async () => {
    const { host, acquirer } = await shop();
    const sale = order();
    await acquirer.pay(sale, PATIENT);
    expect(await acquirer.reverse(sale, 'operator', PATIENT)).toEqual({ state: 'reversed' });
    expect(await acquirer.reverse(sale, 'operator', PATIENT)).toEqual({ state: 'reversed' });
    expect(host.reader['action']).toBeNull();
  });

  it('gives back what was paid in the last moment, once', async () => {
    const { host, acquirer, sale, outcome } = await paid();
    expect(await acquirer.close(sale, PATIENT)).toEqual(outcome);
    expect(await acquirer.reverse(sale, 'window', PATIENT)).toEqual({ state: 'reversed' });
    expect(await acquirer.reverse(sale, 'window', PATIENT)).toEqual({ state: 'reversed' });
    expect(net(host)).toBe(0);
  });

  it('asks again when the answer to giving back is lost, under the same key', async () => {
    const { host, acquirer, sale } = await paid();
    host.faults.push({ path: /refunds$/, kind: 'drop-after' });
    expect(await acquirer.reverse(sale, 'window', PATIENT)).toEqual({
      state: 'unknown',
      reason: 'no-answer',
    });
    expect(await acquirer.reverse(sale, 'window', PATIENT)).toEqual({ state: 'reversed' });
    expect(net(host)).toBe(0);
  });

  it('of a payment that never arrived plants a cancelled one under its key', async () => {
    const { host, acquirer } = await shop();
    const sale = order();
    expect(await acquirer.reverse(sale, 'window', PATIENT)).toEqual({ state: 'reversed' });
    // The request that was on its way arrives at last.
    expect(await acquirer.pay(sale, PATIENT)).toEqual({ state: 'reversed' });
    expect(host.intents.size).toBe(1);
  });

  it('finds a payment that the search does not show yet, by its key', async () => {
    const { host, sale, restarted } = await paid();
    for (const id of host.intents.keys()) host.hidden.add(id);
    const later = await restarted();
    expect(await later.query(sale, PATIENT)).toEqual({ state: 'not-found' });
    expect(await later.reverse(sale, 'window', PATIENT)).toEqual({ state: 'reversed' });
    expect(net(host)).toBe(0);
  });
});

describe('giving back', () => {
  it('parts, all, and never more; repeating moves nothing', async () => {
    const { host, acquirer, back } = await paid();
    const first = back(500);
    expect(await acquirer.refund(first, PATIENT)).toMatchObject({ state: 'approved' });
    expect(await acquirer.refund(first, PATIENT)).toMatchObject({ state: 'approved' });
    expect(await acquirer.query(first, PATIENT)).toMatchObject({ state: 'approved' });
    expect(await acquirer.refund(back(706), PATIENT)).toEqual({
      state: 'declined',
      reason: 'amount-too-large',
    });
    expect(await acquirer.refund(back(705), PATIENT)).toMatchObject({ state: 'approved' });
    expect(host.refunds).toHaveLength(2);
  });

  it('whose answer is lost is unknown, is found, and is not made twice', async () => {
    const { host, acquirer, back } = await paid();
    const refund = back(500);
    host.faults.push({ path: /refunds$/, kind: 'drop-after' });
    expect(await acquirer.refund(refund, PATIENT)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(await acquirer.query(refund, PATIENT)).toMatchObject({ state: 'approved' });
    await acquirer.refund(refund, PATIENT);
    expect(host.refunds).toHaveLength(1);
    expect(await acquirer.query(back(1), PATIENT)).toEqual({ state: 'not-found' });
  });
});

describe('pre-authorisation', () => {
  async function authorised() {
    const { host, acquirer } = await shop();
    const held = order('authorisation', 5_000);
    await acquirer.pay(held, PATIENT);
    host.tap();
    const outcome: Outcome = await acquirer.query(held, PATIENT);
    if (outcome.state !== 'approved') throw new Error(`not held: ${outcome.state}`);
    const { approval } = outcome;
    const original = {
      reference: held.reference,
      amount: held.amount,
      purpose: held.purpose,
      at: held.at,
      approval,
    };
    const follow = (purpose: Purpose, amount: number): PayOrder => ({ ...order(purpose, amount), original });
    return { host, acquirer, follow };
  }

  it('is completed for less, once, and the statement names the completion', async () => {
    const { acquirer, follow } = await authorised();
    const completion = follow('completion', 4_200);
    expect(await acquirer.query(completion, PATIENT)).toEqual({ state: 'not-found' });
    expect(await acquirer.pay(completion, PATIENT)).toMatchObject({ state: 'approved' });
    expect(await acquirer.query(completion, PATIENT)).toMatchObject({ state: 'approved' });
    expect(await acquirer.pay(follow('completion', 100), PATIENT)).toMatchObject({ state: 'declined' });
    expect(await acquirer.statement('2026-11-22', PATIENT)).toMatchObject([
      { kind: 'payment', reference: completion.reference, amount: 4_200 },
    ]);
  });

  it('is not completed for more than was held', async () => {
    const { acquirer, follow } = await authorised();
    expect(await acquirer.pay(follow('completion', 5_001), PATIENT)).toMatchObject({ state: 'declined' });
  });

  it('is cancelled, and cannot be completed after that', async () => {
    const { acquirer, follow } = await authorised();
    const cancel = follow('authorisation-cancel', 5_000);
    expect(await acquirer.pay(cancel, PATIENT)).toMatchObject({ state: 'approved' });
    expect(await acquirer.query(cancel, PATIENT)).toMatchObject({ state: 'approved' });
    expect(await acquirer.pay(follow('completion', 100), PATIENT)).toMatchObject({ state: 'declined' });
  });
});

it('the statement is the shop day in order, page by page', async () => {
  const { acquirer, sale, back, clock } = await paid();
  const refund = back(300);
  await acquirer.refund(refund, PATIENT);
  await acquirer.reverse({ ...sale, amount: sale.amount }, 'window', PATIENT);
  const lines = await acquirer.statement('2026-11-22', PATIENT);
  expect(lines.map(({ kind, reference: name, amount, fee }) => [kind, name, amount, fee])).toEqual([
    ['payment', sale.reference, 1205, 30],
    ['refund', refund.reference, -300, 0],
  ]);
  clock.advance(86_400_000);
  expect(await acquirer.statement('2026-11-23', PATIENT)).toEqual([]);
  await expect(acquirer.statement('22.11.', PATIENT)).rejects.toMatchObject({ code: 'malformed' });
});
