import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RailsSchema } from '../../../src/contract/api.ts';
import { minor } from '../../../src/domain/money.ts';
import { FakeAcquirer } from '../testing/fake-acquirer.ts';
import { openPaymentTill, type PaymentTill } from '../testing/payment-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let wechat: FakeAcquirer;
let till: PaymentTill;
beforeEach(async () => {
  wechat = new FakeAcquirer();
  server = await openTestApp({ acquirers: [wechat] });
  till = await openPaymentTill(server);
});
afterEach(() => server.close());

describe('an attempt', () => {
  it('that the channel approves is approved, once, however often it is sent', async () => {
    const attempt = till.attempt();
    const first = await till.post(attempt);
    expect(first).toEqual({ state: 'approved', approval: { channelId: `fake-${attempt.attemptId}` } });
    expect([await till.post(attempt), await till.query(attempt)]).toEqual([first, first]);
    expect(wechat.calls).toEqual([`pay ${attempt.attemptId}`]);
  });

  it('that the channel declines is declined, with the reason', async () => {
    wechat.next('pay', 'decline');
    const attempt = till.attempt();
    const declined = { state: 'declined', reason: 'not-enough-money' };
    expect([await till.post(attempt), await till.query(attempt)]).toEqual([declined, declined]);
  });

  it('without an answer is unknown, and a query learns its end', async () => {
    wechat.next('pay', 'silent');
    const attempt = till.attempt();
    expect(await till.post(attempt)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(await till.post(attempt)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect((await till.query(attempt)).state).toBe('approved');
    expect(wechat.calls).toEqual([`pay ${attempt.attemptId}`, `query ${attempt.attemptId}`]);
  });

  it('whose adapter breaks or never comes back is unknown after the longest answer time', async () => {
    wechat.next('pay', 'throw', 'hang');
    expect(await till.post(till.attempt())).toEqual({ state: 'unknown', reason: 'adapter-fault' });
    const waiting = till.post(till.attempt());
    await expect.poll(() => wechat.calls.length).toBe(2);
    server.timer.pass(10_000);
    expect(await waiting).toEqual({ state: 'unknown', reason: 'no-answer' });
  });

  it('sent twice at once moves money once; the twin hears that it is in progress', async () => {
    wechat.next('pay', 'hang');
    const attempt = till.attempt();
    const first = till.post(attempt);
    await expect.poll(() => wechat.calls.length).toBe(1);
    expect(await till.post(attempt)).toEqual({ state: 'unknown', reason: 'in-progress' });
    server.timer.pass(10_000);
    await first;
    expect(wechat.calls).toHaveLength(1);
  });

  it('with other fields under the same id is a conflict, in every call', async () => {
    const attempt = till.attempt();
    await till.post(attempt);
    const other = { ...attempt, amount: minor(999) };
    expect(await till.refusal(other)).toEqual([409, 'attempt-conflict']);
    const asked = await till.send('/api/attempts/query', { attempt: other });
    const undone = await till.send('/api/attempts/reverse', { attempt: other });
    expect([asked.status, undone.status]).toEqual([409, 409]);
    expect(wechat.calls).toHaveLength(1);
  });

  it('on a rail that nobody carries is refused before anything is stored', async () => {
    const before = await server.counts();
    expect(await till.refusal(till.attempt({ tender: 'alipay', method: 'shop-code' }))).toEqual([
      422,
      'rail-unavailable',
    ]);
    expect(await server.counts()).toEqual(before);
  });

  it('of nothing, without a pay code or with the code of another wallet is refused', async () => {
    const refused = [400, 'malformed-body'];
    expect(await till.refusal(till.attempt({ amount: minor(0) }))).toEqual(refused);
    expect(await till.refusal(till.attempt(), { code: undefined })).toEqual(refused);
    expect(await till.refusal(till.attempt(), { code: '281234567890123456' })).toEqual(refused);
    expect(wechat.calls).toEqual([]);
  });

  it('needs a till', async () => {
    const response = await server.call('/api/attempts', { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
  });
});

describe('undoing', () => {
  it('waits until the rail allows it, is stored at once, and ends reversed', async () => {
    wechat.next('pay', 'silent');
    const attempt = till.attempt();
    await till.post(attempt);
    expect(await till.reverse(attempt)).toEqual({ state: 'unknown', reason: 'reversing' });
    expect(wechat.calls).toHaveLength(1);
    server.clock.advance(15_000);
    expect((await till.reverse(attempt)).state).toBe('reversed');
    expect((await till.reverse(attempt)).state).toBe('reversed');
    expect(wechat.held(attempt.attemptId)).toBe(0);
    expect(wechat.calls.filter((call) => call.startsWith('reverse'))).toHaveLength(1);
  });

  it('of an attempt that never came plants a tombstone that refuses it', async () => {
    const attempt = till.attempt();
    expect(await till.query(attempt)).toEqual({ state: 'not-found' });
    expect((await till.reverse(attempt)).state).toBe('reversed');
    expect(await till.refusal(attempt)).toEqual([409, 'attempt-tombstoned']);
    expect(wechat.calls).toEqual([]);
  });

  it('of an approval that the till has not seen gives the money back', async () => {
    const attempt = till.attempt();
    await till.post(attempt);
    server.clock.advance(15_000);
    expect((await till.reverse(attempt, 'no-answer')).state).toBe('reversed');
    expect(wechat.held(attempt.attemptId)).toBe(0);
  });

  it('of a payment whose sale is in the books is refused: a void is the way', async () => {
    const attempt = till.attempt();
    await till.post(attempt);
    const { attemptId, amount } = attempt;
    const sale = { ...till.till.sale([amount]), saleId: attempt.saleId };
    const entry = await till.till.write({
      type: 'sale.completed',
      body: { ...sale, payments: [{ attemptId, tender: 'wechat', method: 'customer-code', amount }] },
    });
    expect((await till.till.send([entry])).status).toBe(200);
    server.clock.advance(15_000);
    expect(await till.reverse(attempt)).toMatchObject({ state: 'approved', reason: 'sale-completed' });
    expect(wechat.held(attempt.attemptId)).toBe(amount);
  });

  it('of a shown code closes it, and gives back what was paid in between', async () => {
    const unpaid = till.attempt({ method: 'shop-code' });
    expect(await till.post(unpaid)).toMatchObject({
      state: 'waiting',
      code: { text: `weixin://pay/${unpaid.attemptId}` },
    });
    expect((await till.reverse(unpaid)).state).toBe('reversed');
    const paid = till.attempt({ method: 'shop-code' });
    await till.post(paid);
    wechat.confirm(paid.attemptId);
    expect((await till.reverse(paid)).state).toBe('reversed');
    expect([wechat.confirm(unpaid.attemptId), wechat.held(paid.attemptId)]).toEqual([false, 0]);
  });
});

describe('the rails of a shop', () => {
  it('are those of its acquirers, with how to wait for each', async () => {
    const response = await server.call('/api/rails', { headers: till.headers });
    const rails = RailsSchema.parse(await response.json());
    expect(rails.demo).toBe(false);
    expect(rails.rails.map(({ tender, method, timings }) => [tender, method, timings.windowMs])).toEqual([
      ['wechat', 'customer-code', 45_000],
      ['wechat', 'shop-code', 120_000],
      ['stored-value', undefined, 30_000],
    ]);
    expect(rails.codeTable).toHaveLength(3);
  });
});
