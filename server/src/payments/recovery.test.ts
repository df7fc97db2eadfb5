import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Attempt } from '../../../src/domain/attempt.ts';
import { dyingDatabase } from '../testing/dying-database.ts';
import { type Act, FakeAcquirer } from '../testing/fake-acquirer.ts';
import { openPaymentTill, type PaymentTill, WECHAT_CODE } from '../testing/payment-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';
import { findOrder } from './orders.ts';
import type { Payments } from './payments.ts';
import { isDefinite } from './standing.ts';

let server: TestApp;
let wechat: FakeAcquirer;
let till: PaymentTill;
beforeEach(async () => {
  wechat = new FakeAcquirer();
  server = await openTestApp({ acquirers: [wechat] });
  till = await openPaymentTill(server);
});
afterEach(() => server.close());

const rowOf = (attempt: Attempt) =>
  server.database.read((sql) => findOrder(sql, till.till.merchant, attempt.attemptId));
const place = () => ({ merchant: till.till.merchant, till: till.till.till });
const request = (attempt: Attempt) => ({
  contract: 1,
  attempt,
  subject: 'x',
  ...(attempt.method === 'customer-code' ? { code: WECHAT_CODE } : {}),
});

/** Lets the completer work until nothing is left to do; two minutes at a time, at most `roundsMax` times. */
async function complete(payments: Payments, roundsMax = 20): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    server.clock.advance(120_000);
    await payments.complete();
  }
}

/** What must be true when everything has come to its end. */
async function expectSettled(attempt: Attempt): Promise<void> {
  const row = await rowOf(attempt);
  if (row === undefined) {
    expect(wechat.held(attempt.attemptId)).toBe(0);
    return;
  }
  expect([row.state, isDefinite(row.state)]).toEqual([row.state, true]);
  expect(wechat.held(attempt.attemptId)).toBe(row.state === 'approved' ? attempt.amount : 0);
  expect(row.next_at).toBeNull();
}

/** A till's day: pay, ask, undo. What fails is the network to the till, as it sees it. */
async function day(payments: Payments, attempt: Attempt): Promise<void> {
  const steps = [
    () => payments.post(place(), request(attempt)),
    () => payments.query(place(), { contract: 1, attempt }),
    () => payments.reverse(place(), { contract: 1, attempt, reason: 'no-answer' }),
  ];
  for (const step of steps) {
    await step().catch(() => undefined);
    server.clock.advance(15_000);
  }
}

describe('a server that dies between any two of its writes', () => {
  const deaths = [1, 2, 3, 4, 5, 6].flatMap((at) =>
    (['before', 'after'] as const).map((when) => ({ at, when })),
  );
  const truths: readonly (readonly [string, readonly Act[], readonly Act[]])[] = [
    ['the host approves', [], []],
    ['the host declines', ['decline'], []],
    ['the host approves and nobody hears it', ['silent'], []],
    ['the request never arrives', ['lost'], []],
    ['the host acts late', ['late'], []],
    ['the undoing is done and nobody hears it', ['silent'], ['silent']],
    ['the undoing never arrives', ['silent'], ['lost']],
  ];
  for (const method of ['customer-code', 'shop-code'] as const) {
    it.each(truths)(`brings a ${method} to its end when %s`, async (_name, pay, reverse) => {
      for (const death of deaths) {
        wechat.next('pay', ...pay).next(method === 'shop-code' ? 'close' : 'reverse', ...reverse);
        const attempt = till.attempt({ method });
        const dying = dyingDatabase(server.database, death);
        await day(server.newPayments(dying), attempt);
        wechat.confirm(attempt.attemptId);
        wechat.arrive();
        wechat.forget();
        await complete(server.newPayments());
        await expectSettled(attempt);
      }
    });
  }
});

describe('the row', () => {
  it('is on the disk as sending before the first byte leaves', async () => {
    const attempt = till.attempt();
    let seen: unknown;
    wechat.watch(async () => {
      seen = (await rowOf(attempt))?.state;
    });
    await till.post(attempt);
    expect(seen).toBe('sending');
  });

  it('says reversing on the disk before the undo request leaves', async () => {
    wechat.next('pay', 'silent');
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(15_000);
    let seen: unknown;
    wechat.watch(async () => {
      seen = (await rowOf(attempt))?.state;
    });
    await till.reverse(attempt);
    expect(seen).toBe('reversing');
  });

  it('holds no pay code and no card', async () => {
    const attempt = till.attempt();
    await till.post(attempt);
    expect(JSON.stringify(await rowOf(attempt))).not.toContain(WECHAT_CODE);
    expect(server.logs.join('')).not.toContain(WECHAT_CODE);
  });
});

describe('a server that stops', () => {
  it('cuts its calls short, frees the acquirers, and leaves the end to the next start', async () => {
    wechat.next('pay', 'hang');
    const attempt = till.attempt();
    const answer = till.post(attempt);
    await expect.poll(() => wechat.calls.length).toBe(1);
    server.payments.start();
    await server.payments.stop();
    expect(await answer).toEqual({ state: 'unknown', reason: 'stopping' });
    expect([wechat.isStopped, (await rowOf(attempt))?.state]).toEqual([true, 'unknown']);
    await complete(server.newPayments(), 2);
    await expectSettled(attempt);
  });

  it('looks after due orders by itself while it runs', async () => {
    wechat.next('pay', 'silent');
    const attempt = till.attempt();
    await till.post(attempt);
    const payments = server.newPayments();
    payments.start();
    server.timer.pass(120_000);
    await expect.poll(async () => (await rowOf(attempt))?.state).toBe('approved');
    await payments.stop();
  });
});

describe('the completer', () => {
  it('leaves an order alone while its till may still speak', async () => {
    wechat.next('pay', 'silent');
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(59_999);
    expect(await server.payments.complete()).toBe(0);
    await till.query(attempt).catch(() => undefined);
    expect((await rowOf(attempt))?.state).toBe('approved');
  });

  it('asks once more after the window and keeps a payment that went through', async () => {
    wechat.next('pay', 'silent');
    const attempt = till.attempt();
    await till.post(attempt);
    await complete(server.payments, 1);
    expect((await rowOf(attempt))?.state).toBe('approved');
    expect(await till.query(attempt)).toMatchObject({ state: 'approved' });
  });

  it('undoes what has no end, again and again until there is an answer, and calls a manager', async () => {
    wechat.next('pay', 'silent').next('query', 'lost');
    wechat.next('reverse', ...Array.from({ length: 24 }, () => 'lost' as const));
    const attempt = till.attempt();
    await till.post(attempt);
    await complete(server.payments, 21);
    expect((await rowOf(attempt))?.state).toBe('reversing');
    expect(server.logs.join('')).toContain('"kind":"payment-stuck"');
    await complete(server.payments, 5);
    expect((await rowOf(attempt))?.state).toBe('reversed');
    expect(wechat.held(attempt.attemptId)).toBe(0);
  });

  it('leaves money alone that a manager has booked while it was being undone', async () => {
    wechat.next('pay', 'silent').next('query', 'lost');
    wechat.next('reverse', 'lost');
    const attempt = till.attempt();
    await till.post(attempt);
    await complete(server.payments, 1);
    expect((await rowOf(attempt))?.state).toBe('reversing');
    const { attemptId, amount } = attempt;
    const sale = { ...till.till.sale([amount]), saleId: attempt.saleId };
    const entry = await till.till.write({
      type: 'sale.completed',
      body: { ...sale, payments: [{ attemptId, tender: 'wechat', method: 'customer-code', amount }] },
    });
    expect((await till.till.send([entry])).status).toBe(200);
    await complete(server.payments, 3);
    await expectSettled(attempt);
    expect((await rowOf(attempt))?.state).toBe('approved');
    expect(await till.reverse(attempt)).toMatchObject({ state: 'approved' });
  });

  it('leaves money alone that a manager has booked as a part of a sale that is still open', async () => {
    wechat.next('pay', 'silent').next('query', 'lost');
    wechat.next('reverse', 'lost');
    const attempt = till.attempt();
    await till.post(attempt);
    await complete(server.payments, 1);
    expect((await rowOf(attempt))?.state).toBe('reversing');
    const approved = { type: 'attempt.approved', body: { attempt, reason: 'manager' } } as const;
    expect((await till.till.send([await till.till.write(approved)])).status).toBe(200);
    await complete(server.payments, 3);
    await expectSettled(attempt);
    expect((await rowOf(attempt))?.state).toBe('approved');
  });

  it('two processes do not work on the same order', async () => {
    wechat.next('pay', 'waiting');
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(120_000);
    await Promise.all([server.payments.complete(), server.newPayments().complete()]);
    expect(wechat.calls.filter((call) => call.startsWith('reverse'))).toHaveLength(1);
  });

  it('a process that looks while another undoes leaves the order to it', async () => {
    wechat.next('pay', 'waiting').next('reverse', 'hang');
    await till.post(till.attempt());
    server.clock.advance(120_000);
    const reverses = () => wechat.calls.filter((call) => call.startsWith('reverse'));
    const first = server.payments.complete();
    await vi.waitFor(() => expect(reverses()).toHaveLength(1));
    await server.newPayments().complete();
    expect(reverses()).toHaveLength(1);
    await server.payments.stop();
    await first;
  });

  it('refunds a payment that the channel no longer undoes', async () => {
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(15_000);
    wechat.next('reverse', { say: { state: 'declined', reason: 'too-late' } });
    wechat.next('refund', 'silent');
    expect(await till.reverse(attempt)).toEqual({ state: 'unknown', reason: 'reversing' });
    wechat.next('reverse', { say: { state: 'declined', reason: 'too-late' } });
    expect(await till.reverse(attempt)).toEqual({ state: 'reversed', reason: 'given-back' });
    const refunds = wechat.orders.filter((order) => order.purpose === 'refund');
    expect(new Set(refunds.map((order) => order.reference)).size).toBe(1);
    expect(wechat.held(attempt.attemptId)).toBe(0);
  });

  it('gives money back that a channel books after it has confirmed the undoing', async () => {
    wechat.next('pay', 'waiting');
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(15_000);
    expect((await till.reverse(attempt)).state).toBe('reversed');
    wechat.breakItsWord(attempt.attemptId);
    await server.payments.notify({
      acquirer: 'wechatpay',
      merchant: till.till.merchant,
      headers: {},
      body: JSON.stringify({ reference: attempt.attemptId, amount: attempt.amount }),
    });
    expect(await till.query(attempt)).toMatchObject({ state: 'reversed' });
    await complete(server.payments, 2);
    expect([wechat.held(attempt.attemptId), (await rowOf(attempt))?.surplus]).toEqual([0, 'returned']);
    expect(server.logs.join('')).toContain('"kind":"payment-contradiction"');
  });

  it('undoes an open payment when its sale is begun again with another', async () => {
    wechat.next('pay', 'waiting');
    const first = till.attempt();
    await till.post(first);
    const second = till.attempt({ saleId: first.saleId });
    expect((await till.post(second)).state).toBe('approved');
    wechat.confirm(first.attemptId);
    await complete(server.payments, 2);
    expect([wechat.held(first.attemptId), wechat.held(second.attemptId)]).toEqual([0, 1_000]);
    expect(await till.query(first)).toMatchObject({ state: 'reversed' });
  });
});
