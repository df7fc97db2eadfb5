import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

const UNKNOWN = '请勿重复收款';

test('an answer that was lost: it is asked after, and found paid', async ({ pay, shop }) => {
  const { sandbox } = shop;
  // The channel may have seen this amount before: another test's customer paid it.
  const before = (await ordersOf(sandbox, 700_240)).length;
  await sandbox.rule({ host: 'wechatpay', operation: 'query' }, { answer: 'system-error' }, 0);
  await pay.charge('7002.40');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await pay.waits('unknown');
  await expect(pay.by('live-title')).toContainText(UNKNOWN);
  await sandbox.clearRules();
  await pay.press('inquire-now');
  await pay.done();
  const orders = await ordersOf(sandbox, 700_240);
  expect(orders.slice(before)).toMatchObject([{ state: 'paid', net: 700_240 }]);
});

test('a request that never arrived ends as reversed, and the customer pays in cash', async ({
  pay,
  shop,
}) => {
  await pay.charge('7002.10');
  await pay.choose('customer-code');
  await pay.scan(shop.code('alipay'));
  await pay.refused('reversed');
  await pay.cashInstead();
  expect((await ordersOf(shop.sandbox, 700_210)).map(({ net }) => net)).not.toContain(700_210);
});

test('money that was taken while nobody answered is given back when it is reversed', async ({
  pay,
  shop,
}) => {
  const { sandbox } = shop;
  await sandbox.rule({ host: 'alipay', operation: 'query' }, { answer: 'system-error' }, 0);
  await pay.charge('7002.40');
  await pay.choose('customer-code');
  await pay.scan(shop.code('alipay'));
  await pay.waits('unknown');
  await pay.press('reverse');
  await pay.refused('reversed');
  await sandbox.clearRules();
  await pay.cashInstead();
  expect((await ordersOf(sandbox, 700_240)).filter(({ host }) => host === 'alipay')).toMatchObject([
    { net: 0 },
  ]);
});

test('a manager decides about what the machine could not find out', async ({ pay, shop }) => {
  const { sandbox } = shop;
  await sandbox.rule({ host: 'alipay', operation: 'query' }, { answer: 'system-error' }, 0);
  await sandbox.rule(
    { host: 'alipay', operation: 'reverse' },
    { answer: 'system-error', booking: 'never' },
    0,
  );
  await pay.charge('7002.41');
  await pay.choose('customer-code');
  await pay.scan(shop.code('alipay'));
  await pay.waits('stuck');
  await expect(pay.by('decide-entries').getByRole('listitem')).not.toHaveCount(0);
  await pay.decide('declined', '支付宝账单 11-22 无此单', '000000');
  await expect(pay.by('grant-problem')).toHaveAttribute('data-code', 'wrong-pin');
  await pay.till.pin();
  await pay.refused('declined');
  await pay.cashInstead();
});

test('money that a manager has seen and booked is not undone behind the shop', async ({ pay, shop }) => {
  const { sandbox } = shop;
  await sandbox.rule({ host: 'alipay', operation: 'query' }, { answer: 'system-error' }, 0);
  await sandbox.rule(
    { host: 'alipay', operation: 'reverse' },
    { answer: 'system-error', booking: 'never' },
    0,
  );
  await sandbox.rule({ host: 'alipay', operation: 'pay' }, { answer: 'system-error', notice: 'never' });
  await pay.charge('73');
  await pay.choose('customer-code');
  await pay.scan(shop.code('alipay'));
  await pay.waits('stuck');
  await pay.decide('approved', '支付宝账单 11-22 有此单');
  await pay.done();
  await pay.till.synced();
  await sandbox.clearRules();
  // The server would have gone on undoing it by itself.
  await expect.poll(() => shop.server.output, { timeout: 30_000 }).toContain('payment-kept');
  expect(await ordersOf(sandbox, 7_300)).toMatchObject([{ state: 'paid', net: 7_300 }]);
});

test('the browser dies while the money is on its way: it asks, and never charges again', async ({
  pay,
  shop,
}) => {
  const { sandbox } = shop;
  await sandbox.rule({ host: 'wechatpay', operation: 'pay' }, { answer: 'late', delayMs: 8_000 });
  await pay.charge('77');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await expect.poll(async () => (await ordersOf(sandbox, 7_700)).length).toBe(1);
  await expect(pay.by('done')).toHaveCount(0);
  const after = await shop.crash();
  await expect(after.by('done')).toBeVisible({ timeout: 30_000 });
  await after.synced();
  expect(await ordersOf(sandbox, 7_700)).toMatchObject([{ state: 'paid', net: 7_700 }]);
});

test('an unknown is set aside, the next customer pays, and the first comes to its end behind', async ({
  pay,
  shop,
}) => {
  const { sandbox } = shop;
  await sandbox.rule({ host: 'wechatpay' }, { answer: 'system-error' }, 0);
  await pay.charge('61');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await pay.waits('unknown');
  await pay.press('set-aside');
  await pay.till.sell('18');
  await pay.till.next();
  await sandbox.clearRules();
  await pay.till.go('orders');
  await expect(pay.by('order').filter({ hasText: '61.00' })).not.toHaveCount(0, { timeout: 30_000 });
  await pay.till.go('till');
});

test('the reader: a bank that says nothing is reversed before another tender is taken', async ({
  pay,
  shop,
}) => {
  await pay.charge('7002.11');
  await pay.choose('reader');
  await pay.press('confirm');
  await pay.refused('reversed');
  await pay.cashInstead();
  expect((await ordersOf(shop.sandbox, 700_211)).map(({ net }) => net)).toEqual([0]);
});

async function ordersOf(sandbox: { books(): Promise<readonly Order[]> }, amount: number) {
  return (await sandbox.books()).filter((order) => order.amount === amount);
}
type Order = { readonly host: string; readonly amount: number; readonly state: string; readonly net: number };
