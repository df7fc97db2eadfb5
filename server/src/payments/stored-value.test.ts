import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RailsSchema } from '../../../src/contract/api.ts';
import { openValueTill, type ValueTill } from '../testing/value-till.ts';

let shop: ValueTill;
beforeEach(async () => {
  shop = await openValueTill();
});
afterEach(() => shop.close());

describe('paying with stored value', () => {
  it('is a rail of every shop, without keys', async () => {
    const response = await shop.server.call('/api/rails', { headers: shop.till.headers });
    expect(RailsSchema.parse(await response.json())).toMatchObject({
      demo: false,
      rails: [{ tender: 'stored-value' }],
    });
  });

  it('takes the amount from the account once, however often it is sent', async () => {
    await shop.issue('8001', 1_000);
    const attempt = shop.sale('8001');
    const paid = await shop.till.post(attempt);
    expect(paid).toEqual({
      state: 'approved',
      approval: { channelId: attempt.attemptId, payer: '***', paidAt: shop.server.clock.now() },
    });
    expect([await shop.till.post(attempt), await shop.till.query(attempt)]).toEqual([paid, paid]);
    expect((await shop.host.pay(attempt)).state).toBe('approved');
    expect(await shop.balance('8001')).toBe(600);
  });

  it('finds the account however it was typed', async () => {
    await shop.issue(' 隔壁  老王 8001', 1_000);
    expect((await shop.till.post(shop.sale('隔壁 老王　８００１ '))).state).toBe('approved');
    expect(await shop.balance('隔壁 老王 8001')).toBe(600);
  });

  it('is declined with the reason when there is too little, no such account, or it is closed', async () => {
    await shop.issue('8001', 399);
    await shop.issue('8002', 1_000);
    await shop.change('close', '8002');
    await shop.issue('8003', 1_000, 'EUR');
    const reasons = [];
    for (const account of ['8001', '9999', '8002', '8003']) {
      const attempt = shop.sale(account);
      const declined = await shop.till.post(attempt);
      expect([await shop.till.query(attempt), await shop.host.query(attempt)]).toEqual([declined, declined]);
      reasons.push(declined.state === 'declined' && declined.reason);
    }
    expect(reasons).toEqual(['notenough', 'account-unknown', 'account-closed', 'other-currency']);
    expect([await shop.balance('8001'), await shop.balance('8002')]).toEqual([399, 1_000]);
    await shop.change('reopen', '8002');
    expect((await shop.till.post(shop.sale('8002'))).state).toBe('approved');
  });

  it('takes the last fen and no more', async () => {
    await shop.issue('8001', 400);
    expect((await shop.till.post(shop.sale('8001'))).state).toBe('approved');
    expect(await shop.till.post(shop.sale('8001', 1))).toEqual({ state: 'declined', reason: 'notenough' });
    expect(await shop.balance('8001')).toBe(0);
  });

  it('needs an account', async () => {
    const { account: _, ...nobody } = shop.sale('');
    expect(await shop.till.refusal(nobody)).toEqual([400, 'malformed-body']);
    expect(await shop.till.refusal(shop.sale('  '))).toEqual([400, 'malformed-body']);
  });

  it('at the same moment from two tills can never take more than there is', async () => {
    await shop.issue('8001', 1_000);
    const answers = await Promise.all([1, 2, 3, 4].map(() => shop.till.post(shop.sale('8001'))));
    const states = answers.map((each) => each.state).sort();
    expect(states).toEqual(['approved', 'approved', 'declined', 'declined']);
    expect(await shop.balance('8001')).toBe(200);
  });

  it('needs the very amount: about another one nothing is certain', async () => {
    await shop.issue('8001', 1_000);
    const attempt = shop.sale('8001');
    await shop.host.pay(attempt);
    const other = { ...attempt, amount: shop.sale('8001', 401).amount };
    const doubt = { state: 'unknown', reason: 'amount-mismatch' };
    const { pay, query, reverse } = shop.host;
    expect([await pay(other), await query(other), await reverse(other)]).toEqual([doubt, doubt, doubt]);
    expect(await shop.balance('8001')).toBe(600);
  });

  it('writes nothing when the caller has stopped waiting', async () => {
    await shop.issue('8001', 1_000);
    const attempt = shop.sale('8001');
    const given = await shop.host.pay(attempt, AbortSignal.abort());
    expect(given).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(await shop.host.query(attempt)).toEqual({ state: 'not-found' });
    expect(await shop.balance('8001')).toBe(1_000);
  });
});

describe('play money', () => {
  it('begins with an account of 1,000.00, made once, and says that it is a demo', async () => {
    await shop.close();
    shop = await openValueTill({ demo: true });
    const paid = await shop.till.post(shop.sale('8888', 2_000));
    expect(paid).toMatchObject({ state: 'approved', approval: { demo: true } });
    expect(await shop.balance('8888')).toBe(98_000);
  });

  it('is not there when real money moves', async () => {
    const real = await shop.till.post(shop.sale('8888', 2_000));
    expect(real).toEqual({ state: 'declined', reason: 'account-unknown' });
  });
});
