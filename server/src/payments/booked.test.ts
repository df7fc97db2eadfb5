import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt, AttemptState } from '../../../src/domain/attempt.ts';
import { type Minor, minor } from '../../../src/domain/money.ts';
import { rebuildProjections } from '../projections/rebuild.ts';
import { FakeAcquirer } from '../testing/fake-acquirer.ts';
import { openPaymentTill, type PaymentTill } from '../testing/payment-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';
import { findOrder } from './orders.ts';

/**
 * Goal: what a till has booked and the channel does not hold is told in the office, and never stands as money of the shop.
 * Method: every order of events between a till's approval and the server's own undo, in one real database; the ledger is compared
 * with the channel's books, with zero, and with itself made again from the journal.
 */

let server: TestApp;
let wechat: FakeAcquirer;
let till: PaymentTill;
beforeEach(async () => {
  wechat = new FakeAcquirer();
  server = await openTestApp({ acquirers: [wechat] });
  till = await openPaymentTill(server);
});
afterEach(() => server.close());

/** The till's journal says how an attempt went. */
async function writes(attempt: Attempt, ...states: readonly AttemptState[]): Promise<void> {
  const entries = [];
  for (const state of states)
    entries.push(
      await till.till.write({
        type: `attempt.${state}`,
        body: { attempt, ...(state === 'approved' ? { reason: 'manager', evidence: '账单上有此单' } : {}) },
      }),
    );
  expect((await till.till.send(entries)).status).toBe(200);
}

/** The completer works until nothing is left to do. */
async function complete(): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    server.clock.advance(120_000);
    await server.payments.complete();
  }
}

const balances = async (): Promise<Record<string, number>> => {
  const rows = await server.database.read((sql) =>
    sql.all<{ account: string; amount: number }>(
      'SELECT account, amount FROM ledger_account ORDER BY account',
    ),
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
};
const alarms = () =>
  server.database.read((sql) =>
    sql.all<{ kind: string; detail: string }>('SELECT kind, detail FROM alarm ORDER BY kind'),
  );
const rowOf = (attempt: Attempt) =>
  server.database.read((sql) => findOrder(sql, till.till.merchant, attempt.attemptId));
const notify = (attempt: Attempt) =>
  server.payments.notify({
    acquirer: 'wechatpay',
    merchant: till.till.merchant,
    headers: {},
    body: JSON.stringify({ reference: attempt.attemptId, amount: attempt.amount }),
  });

/** Debits are credits, no undone money stands in the channel's account, and the journal gives the same again. */
async function expectTrueBooks(held: number, disputed: number): Promise<void> {
  const kept = await balances();
  expect(Object.values(kept).reduce((all, each) => all + each, 0)).toBe(0);
  expect([kept['channel/wechat'] ?? 0, kept['disputed'] ?? 0]).toEqual([held, disputed]);
  await server.database.transaction((sql) => rebuildProjections(sql, till.till.merchant));
  const again = await balances();
  for (const account of new Set([...Object.keys(kept), ...Object.keys(again)]))
    expect([account, again[account] ?? 0]).toEqual([account, kept[account] ?? 0]);
}

/** A payment of which nobody heard, undone by the server itself. */
async function undone(change: Partial<Attempt> = {}): Promise<Attempt> {
  wechat.next('pay', 'silent');
  const attempt = till.attempt(change);
  await till.post(attempt);
  server.clock.advance(20_000);
  await till.reverse(attempt);
  expect((await rowOf(attempt))?.state).toBe('reversed');
  expect(wechat.held(attempt.attemptId)).toBe(0);
  return attempt;
}

describe('money that a till has booked and the server has undone', () => {
  it('raises an alarm when the booking arrives after the undo, and is not counted as held by the channel', async () => {
    const attempt = await undone();
    await writes(attempt, 'sending', 'unknown', 'stuck', 'approved');
    expect(await alarms()).toEqual([{ kind: 'payment-not-held', detail: attempt.attemptId }]);
    await expectTrueBooks(0, 1_000);
  });

  it('raises the same alarm when the booking arrives while the undo is on its way', async () => {
    wechat.next('pay', 'silent');
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(20_000);
    let arrived = false;
    wechat.watch(async () => {
      if (arrived) return;
      arrived = true;
      await writes(attempt, 'sending', 'stuck', 'approved');
    });
    expect((await till.reverse(attempt)).state).toBe('reversed');
    expect(await alarms()).toEqual([{ kind: 'payment-not-held', detail: attempt.attemptId }]);
    await expectTrueBooks(0, 1_000);
  });

  it('raises it for a payment that was declined, and for one that the server refuses for ever', async () => {
    wechat.next('pay', 'decline');
    const declined = till.attempt();
    await till.post(declined);
    const stone = till.attempt();
    await till.reverse(stone);
    await writes(declined, 'sending', 'stuck', 'approved');
    await writes(stone, 'sending', 'stuck', 'approved');
    expect((await alarms()).map(({ kind }) => kind)).toEqual(['payment-not-held', 'payment-not-held']);
    await expectTrueBooks(0, 2_000);
  });

  it('raises it when the undo is asked for after the booking, of an order that the server never got', async () => {
    const attempt = till.attempt();
    await writes(attempt, 'sending', 'stuck', 'approved');
    await till.reverse(attempt);
    expect((await alarms()).map(({ kind }) => kind)).toEqual(['payment-not-held']);
    await expectTrueBooks(0, 1_000);
  });

  it('tells the till nothing new, and says it once however often the entry arrives', async () => {
    const attempt = await undone();
    const entry = await till.till.write({ type: 'attempt.sending', body: { attempt } });
    const approved = await till.till.write({
      type: 'attempt.approved',
      body: { attempt, reason: 'manager' },
    });
    for (let times = 0; times < 3; times += 1)
      expect((await till.till.send([entry, approved])).status).toBe(200);
    expect(await alarms()).toHaveLength(1);
    expect(await till.query(attempt)).toMatchObject({ state: 'reversed' });
    await expectTrueBooks(0, 1_000);
  });

  it('is shown in the office with the sum, the order, and what the manager wrote', async () => {
    const attempt = await undone();
    await writes(attempt, 'sending', 'stuck', 'approved');
    const entered = await server.call(await till.till.officeLink());
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
    const page = async (language: string) =>
      (await server.call(`/office?lang=${language}`, { headers: { cookie } })).text();
    for (const text of ['钱不在店里', '有争议款', '10.00', attempt.attemptId, '经理依据: 账单上有此单'])
      expect(await page('zh-CN')).toContain(text);
    for (const text of ['the money is not with the shop', 'Disputed', 'This server: undone'])
      expect(await page('en')).toContain(text);
  });

  it('is no alarm when both agree', async () => {
    const paid = till.attempt();
    await till.post(paid);
    await writes(paid, 'sending', 'approved');
    const open = till.attempt();
    wechat.next('pay', 'silent');
    await till.post(open);
    await writes(open, 'sending', 'stuck', 'approved');
    await complete(); // Booked by a manager while it is open: kept, not undone.
    expect(await alarms()).toEqual([]);
    expect([wechat.held(paid.attemptId), wechat.held(open.attemptId)]).toEqual([1_000, 1_000]);
    await expectTrueBooks(2_000, 0);
  });
});

describe('money that the channel books after all', () => {
  it('stays when the till has booked it, and leaves the dispute', async () => {
    const attempt = await undone();
    await writes(attempt, 'sending', 'stuck', 'approved');
    await expectTrueBooks(0, 1_000);
    wechat.breakItsWord(attempt.attemptId);
    await notify(attempt);
    await complete();
    expect([wechat.held(attempt.attemptId), (await rowOf(attempt))?.surplus]).toEqual([1_000, 'kept']);
    await expectTrueBooks(1_000, 0);
  });

  it('stays when the till books it before it has gone back', async () => {
    const attempt = await undone();
    wechat.breakItsWord(attempt.attemptId);
    await notify(attempt);
    await writes(attempt, 'sending', 'stuck', 'approved');
    await complete();
    expect([wechat.held(attempt.attemptId), (await rowOf(attempt))?.surplus]).toEqual([1_000, 'kept']);
    await expectTrueBooks(1_000, 0);
  });

  it('is disputed when the booking arrives after it has gone back, or while it goes', async () => {
    const after = await undone();
    const during = await undone();
    wechat.breakItsWord(after.attemptId);
    await notify(after);
    await complete();
    expect((await rowOf(after))?.surplus).toBe('returned');
    await writes(after, 'sending', 'stuck', 'approved');
    wechat.breakItsWord(during.attemptId);
    await notify(during);
    let arrived = false;
    wechat.watch(async () => {
      if (arrived) return;
      arrived = true;
      await writes(during, 'sending', 'stuck', 'approved');
    });
    await complete();
    const kinds = (await alarms()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'payment-not-held')).toHaveLength(2);
    expect([wechat.held(after.attemptId), wechat.held(during.attemptId)]).toEqual([0, 0]);
    await expectTrueBooks(0, 2_000);
  });
});

describe('a refund that a till has booked and the channel has not made', () => {
  it('raises an alarm of its own, and the money counts as still there', async () => {
    const sale = till.attempt();
    await till.post(sale);
    await writes(sale, 'sending', 'approved');
    wechat.next('refund', 'decline');
    const refund = till.attempt({
      saleId: sale.saleId,
      original: sale.attemptId,
      purpose: 'refund',
      amount: 400 as Minor,
    });
    expect((await till.post(refund)).state).toBe('declined');
    await writes(refund, 'sending', 'stuck', 'approved');
    expect(await alarms()).toEqual([{ kind: 'refund-not-made', detail: refund.attemptId }]);
    expect(wechat.held(sale.attemptId)).toBe(minor(1_000));
    await expectTrueBooks(1_000, -400);
  });
});
