import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openValueTill, type ValueTill } from '../testing/value-till.ts';

const HALF_DAY_MS = 12 * 3_600_000;

let shop: ValueTill;
beforeEach(async () => {
  shop = await openValueTill();
  await shop.issue('8001', 1_000);
});
afterEach(() => shop.close());

describe('undoing a payment with stored value', () => {
  it('puts the amount back, once, even on an account that was closed meanwhile', async () => {
    const attempt = shop.sale('8001');
    await shop.till.post(attempt);
    await shop.change('close', '8001');
    for (const undo of [shop.till.reverse, shop.till.reverse, shop.host.reverse, shop.host.query])
      expect((await undo(attempt)).state).toBe('reversed');
    expect(await shop.balance('8001')).toBe(1_000);
  });

  it('that comes before the payment refuses it for ever', async () => {
    const attempt = shop.sale('8001');
    expect(await shop.host.query(attempt)).toEqual({ state: 'not-found' });
    expect(await shop.host.reverse(attempt)).toEqual({ state: 'reversed' });
    expect(await shop.host.pay(attempt)).toEqual({ state: 'declined', reason: 'order-reversed' });
    expect(await shop.balance('8001')).toBe(1_000);
  });

  it('happens by itself when the till stays silent after a request that never arrived', async () => {
    const attempt = shop.sale('8001');
    shop.host.lose();
    expect((await shop.till.post(attempt)).state).toBe('unknown');
    shop.server.timer.pass(180_000);
    await shop.server.payments.complete();
    expect((await shop.till.query(attempt)).state).toBe('reversed');
    expect(await shop.balance('8001')).toBe(1_000);
  });

  it('that was refused has nothing to put back', async () => {
    const attempt = shop.sale('8001', 1_001);
    const declined = { state: 'declined', reason: 'notenough' };
    expect(await shop.host.pay(attempt)).toEqual(declined);
    expect(await shop.host.reverse(attempt)).toEqual({ state: 'reversed' });
    await shop.change('top-up', '8001', 1_000);
    expect(await shop.host.pay(attempt)).toEqual(declined);
    expect(await shop.balance('8001')).toBe(2_000);
  });

  it('puts back only what refunds have left of it', async () => {
    const attempt = shop.sale('8001');
    await shop.till.post(attempt);
    await shop.till.post(shop.refundOf(attempt, 300));
    expect(await shop.host.reverse(attempt)).toEqual({ state: 'reversed' });
    expect(await shop.balance('8001')).toBe(1_000);
  });
});

describe('giving stored value back', () => {
  it('goes to the account that paid, in parts, never more than was paid', async () => {
    const attempt = shop.sale('8001');
    await shop.till.post(attempt);
    const part = shop.refundOf(attempt, 300);
    const { post, query, refusal } = shop.till;
    expect([(await post(part)).state, (await query(part)).state]).toEqual(['approved', 'approved']);
    expect(await shop.balance('8001')).toBe(900);
    expect(await refusal(shop.refundOf(attempt, 101))).toEqual([422, 'amount-beyond-original']);
    const tooMuch = await shop.host.refund(shop.refundOf(attempt, 101), attempt);
    expect(tooMuch).toEqual({ state: 'declined', reason: 'amount-beyond-original' });
    const rest = shop.refundOf(attempt, 100);
    for (const _ of ['once', 'again']) expect((await shop.host.refund(rest, attempt)).state).toBe('approved');
    expect(await shop.balance('8001')).toBe(1_000);
  });

  it('voids all of it', async () => {
    const attempt = shop.sale('8001');
    await shop.till.post(attempt);
    const nothing = shop.refundOf(attempt, 400, { purpose: 'void' });
    expect((await shop.till.post(nothing)).state).toBe('approved');
    expect(await shop.balance('8001')).toBe(1_000);
  });

  it('is refused for a closed account and for a payment that was undone', async () => {
    const attempt = shop.sale('8001');
    await shop.till.post(attempt);
    await shop.change('close', '8001');
    const closed = await shop.till.post(shop.refundOf(attempt, 1));
    expect(closed).toEqual({ state: 'declined', reason: 'account-closed' });
    await shop.change('reopen', '8001');
    await shop.host.reverse(attempt);
    const undone = await shop.host.refund(shop.refundOf(attempt, 1), attempt);
    expect(undone).toEqual({ state: 'declined', reason: 'original-reversed' });
    const never = await shop.host.refund(shop.refundOf(attempt, 1), shop.sale('8001'));
    expect(never).toEqual({ state: 'declined', reason: 'original-unknown' });
    expect(await shop.balance('8001')).toBe(1_000);
  });
});

describe('the statement of stored value', () => {
  it('lists what a day moved, in shop time, once the day is over', async () => {
    const attempt = shop.sale('8001');
    await shop.till.post(attempt);
    const part = shop.refundOf(attempt, 150);
    await shop.till.post(part);
    const undone = shop.sale('8001', 100);
    await shop.till.post(undone);
    await shop.till.reverse(undone);
    await shop.till.post(shop.sale('nobody'));
    await expect(shop.host.statement('2026-11-22')).rejects.toMatchObject({ code: 'not-ready' });
    await expect(shop.host.statement('soon')).rejects.toMatchObject({ code: 'refused' });
    const at = shop.server.clock.now();
    shop.server.clock.advance(HALF_DAY_MS); // Midnight in the shop.
    await shop.host.pay(shop.sale('8001', 50));
    const line = (reference: string, kind: string, amount: number) => ({
      reference,
      channelId: reference,
      kind,
      amount,
      fee: 0,
      at,
    });
    const lines = await shop.host.statement('2026-11-22');
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(
      expect.arrayContaining([
        line(attempt.attemptId, 'payment', 400),
        line(part.attemptId, 'refund', -150),
        line(undone.attemptId, 'payment', 100),
        line(undone.attemptId, 'reversal', -100),
      ]),
    );
  });
});
