import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/attempt.ts';
import { FakeAcquirer } from '../testing/fake-acquirer.ts';
import { openPaymentTill, type PaymentTill } from '../testing/payment-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let wechat: FakeAcquirer;
let alipay: FakeAcquirer;
let till: PaymentTill;
beforeEach(async () => {
  wechat = new FakeAcquirer();
  alipay = new FakeAcquirer('alipay', [{ tender: 'alipay', method: 'shop-code' }]);
  server = await openTestApp({ acquirers: [wechat, alipay] });
  till = await openPaymentTill(server);
});
afterEach(() => server.close());

/** A callback as a channel sends it; the answer, and the ends that the log names. */
async function notify(body: object | string, { acquirer = 'wechatpay', merchant = '' } = {}) {
  const shop = merchant === '' ? till.till.merchant : merchant;
  const response = await server.call(`/api/notify/${acquirer}/${shop}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return [response.status, await response.text()];
}
const ends = (): readonly string[] =>
  server.logs.flatMap((line) => /"event":"notice","end":"([a-z-]+)"/.exec(line)?.[1] ?? []);
const alarms = (): readonly string[] =>
  server.logs.flatMap((line) => /"event":"payment-alarm","kind":"([a-z-]+)"/.exec(line)?.[1] ?? []);
const paid = ({ attemptId, amount }: Attempt, change: object = {}) => ({
  reference: attemptId,
  amount,
  ...change,
});

async function shown(): Promise<Attempt> {
  const attempt = till.attempt({ method: 'shop-code' });
  await till.post(attempt);
  return attempt;
}

describe('a callback', () => {
  it('that is verified approves its order', async () => {
    const attempt = await shown();
    wechat.confirm(attempt.attemptId);
    expect(await notify(paid(attempt))).toEqual([200, 'success']);
    expect(await till.query(attempt)).toMatchObject({ state: 'approved' });
    expect(wechat.calls).toHaveLength(1); // The query asked nobody: the end was known.
    expect([ends(), alarms()]).toEqual([['taken'], []]);
  });

  it('that comes again changes nothing and is thanked for', async () => {
    const attempt = await shown();
    wechat.confirm(attempt.attemptId);
    await notify(paid(attempt));
    const before = await server.counts();
    expect(await notify(paid(attempt))).toEqual([200, 'success']);
    expect(await notify(paid(attempt, { refused: 'replayed' }))).toEqual([200, 'success']);
    expect(await server.counts()).toEqual(before);
    expect(ends()).toEqual(['taken', 'replayed', 'replayed']);
  });

  it.each(['signature-invalid', 'stale', 'other-merchant', 'malformed', 'key-unknown'])(
    'that is refused as %s changes nothing, and the channel hears no',
    async (refused) => {
      const attempt = await shown();
      const before = await server.counts();
      expect(await notify(paid(attempt, { refused }))).toEqual([500, 'fail']);
      expect(await server.counts()).toEqual(before);
      expect(ends()).toEqual(['refused']);
      expect(server.logs.join('')).toContain(`"code":"${refused}"`);
      expect((await till.query(attempt)).state).toBe('waiting');
    },
  );

  it('about another amount is not believed, and raises an alarm once', async () => {
    const attempt = await shown();
    expect(await notify(paid(attempt, { amount: 999 }))).toEqual([200, 'success']);
    await notify(paid(attempt, { amount: 998 }));
    expect((await till.query(attempt)).state).toBe('waiting');
    expect([ends(), alarms()]).toEqual([['amount-mismatch', 'amount-mismatch'], ['payment-amount']]);
  });

  it('about an order that nobody knows is not thanked for, so that it comes again', async () => {
    expect(await notify(paid(till.attempt()))).toEqual([500, 'fail']);
    expect(ends()).toEqual(['unknown-order']);
  });

  it('of a second wallet for one order leaves the order and raises an alarm', async () => {
    const attempt = await shown();
    wechat.confirm(attempt.attemptId);
    await notify(paid(attempt));
    await notify(paid(attempt), { acquirer: 'alipay' });
    expect(await till.query(attempt)).toMatchObject({ state: 'approved' });
    expect([ends(), alarms()]).toEqual([['taken', 'second-wallet'], ['payment-second-wallet']]);
  });

  it('of a second success for one sale gives that money back and raises an alarm', async () => {
    const first = await shown();
    const second = till.attempt({ saleId: first.saleId, tender: 'alipay', method: 'shop-code' });
    await till.post(second);
    for (const [wallet, attempt] of [
      [wechat, first],
      [alipay, second],
    ] as const) {
      wallet.confirm(attempt.attemptId);
      await notify(paid(attempt), { acquirer: wallet.id });
    }
    await server.payments.complete();
    expect([wechat.held(first.attemptId), alipay.held(second.attemptId)]).toEqual([0, 1_000]);
    expect(await till.query(first)).toEqual({ state: 'reversed', reason: 'given-back' });
    expect(alarms()).toEqual(['payment-second-wallet']);
  });

  it('for a channel or a shop that is not here finds nothing', async () => {
    const attempt = await shown();
    expect((await notify(paid(attempt), { acquirer: 'stripe' }))[0]).toBe(404);
    expect((await notify(paid(attempt), { merchant: 'm-0000000000' }))[0]).toBe(404);
  });

  it('that is too long is refused before it is read', async () => {
    expect((await notify('x'.repeat(65 * 1024)))[0]).toBe(413);
  });

  it('leaves a line in the log without its body', async () => {
    const attempt = await shown();
    await notify(paid(attempt, { payer: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' }));
    expect(server.logs.join('')).not.toContain('oUpF8uMuAJO');
  });
});
