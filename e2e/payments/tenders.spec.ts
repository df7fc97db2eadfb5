import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('cash, and the change', async ({ pay }) => {
  await pay.charge('12.5');
  await pay.till.keys('20');
  await expect(pay.by('change')).toHaveText('¥7.50');
  await pay.press('confirm-cash');
  await pay.done();
});

for (const [wallet, host] of [
  ['wechat', 'wechatpay'],
  ['alipay', 'alipay'],
  ['unionpay-qr', 'unionpay-qr'],
] as const) {
  test(`a customer's ${wallet} code is scanned and paid at its own host`, async ({ pay, shop }) => {
    await pay.charge('23.8');
    await pay.choose('customer-code');
    await pay.scan(shop.code(wallet));
    await pay.done();
    expect((await shop.sandbox.books()).at(-1)).toMatchObject({
      host,
      kind: 'code',
      state: 'paid',
      net: 2380,
    });
  });
}

test('a pay code that is scanned on the cash page is taken for what it is', async ({ pay, shop }) => {
  await pay.charge('6');
  await pay.scan(shop.code('wechat'));
  await pay.done();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ host: 'wechatpay', net: 600 });
});

test('a 13-digit article number is never taken for a pay code', async ({ pay, shop }) => {
  const before = await shop.sandbox.books();
  await pay.charge('6');
  await pay.choose('customer-code');
  await pay.by('pay-code').fill('6901234567892');
  await pay.by('pay-code').press('Enter');
  await expect(pay.by('problem')).toHaveAttribute('data-code', 'not-a-pay-code');
  expect(await shop.sandbox.books()).toHaveLength(before.length);
  await pay.choose('cash');
  await pay.press('confirm-cash');
  await pay.done();
});

test('a wallet that asks for the password is waited for', async ({ pay, shop }) => {
  await pay.charge('7001');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await expect(pay.till.page.getByText('请顾客在手机上输入密码').first()).toBeVisible();
  const order = (await shop.sandbox.books()).at(-1);
  await shop.sandbox.customer(order?.order ?? '', 'password');
  await pay.press('inquire-now');
  await pay.done();
});

test('the shop shows a code, and the customer pays it', async ({ pay, shop }) => {
  await pay.charge('45.6');
  await pay.choose('shop-code');
  await pay.by('wallet-alipay').click();
  await pay.press('confirm');
  await expect(pay.by('pay-qr')).toBeVisible();
  await expect(pay.by('scan-left')).toContainText(/[12]:\d\d/);
  await shop.sandbox.customer(await pay.shownCode(), 'pay');
  await pay.done();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ host: 'alipay', kind: 'qr', net: 4560 });
});

test("the code stands on the customer's display as well, and then that it is paid", async ({ pay, shop }) => {
  const { page } = pay.till;
  await pay.till.go('devices');
  const [display] = await Promise.all([page.context().waitForEvent('page'), pay.by('open-display').click()]);
  await pay.till.go('till');
  await pay.charge('27');
  await pay.choose('shop-code');
  await pay.by('wallet-wechat').click();
  await pay.press('confirm');
  await expect(pay.by('pay-qr')).toBeVisible();
  const screen = display.locator('customer-screen');
  await expect(screen).toHaveAttribute('show', 'code');
  await expect(screen).toContainText('27.00');
  await shop.sandbox.customer(await pay.shownCode(), 'pay');
  await expect(screen).toHaveAttribute('show', 'paid', { timeout: 30_000 });
  await pay.done();
  await display.close();
});

test('a card in the reader', async ({ pay, shop }) => {
  await pay.charge('88');
  await pay.choose('reader');
  await pay.press('confirm');
  await pay.done();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ host: 'bank', kind: 'sale', net: 8800 });
});

test('a card on a terminal of its own', async ({ pay, shop }) => {
  const before = await shop.sandbox.books();
  await pay.charge('31');
  await pay.choose('terminal');
  await pay.press('confirm');
  await pay.waits('ask');
  await pay.done();
  // The terminal has a bank of its own: our server was not asked.
  expect(await shop.sandbox.books()).toHaveLength(before.length);
});

test('the printed code is marked as not verified', async ({ pay }) => {
  await pay.charge('9.9');
  await pay.choose('static-code');
  await expect(pay.till.page.getByText('未核实').first()).toBeVisible();
  await pay.press('confirm');
  await pay.done();
});

test('credit is written down under a name', async ({ pay }) => {
  await pay.charge('120');
  await pay.choose('credit');
  await pay.by('account').fill('隔壁老王');
  await pay.press('confirm');
  await pay.done();
});

test("the shop's own card: made in the office, paid with at the till, and no more than is on it", async ({
  pay,
  shop,
}) => {
  await shop.issueCard('VIP-0007', '20');
  await pay.charge('12.5');
  await pay.choose('stored-value');
  await pay.by('account').fill('VIP-0007');
  await pay.press('confirm');
  await pay.done();
  await pay.till.next();
  await pay.charge('7.51');
  await pay.choose('stored-value');
  await pay.by('account').fill('VIP-0007');
  await pay.press('confirm');
  await pay.refused('declined');
  await pay.cashInstead();
});

test('part in cash, the rest by WeChat', async ({ pay, shop }) => {
  await pay.charge('50');
  await pay.part('20');
  await pay.press('confirm-cash');
  await expect(pay.by('due')).toContainText('30.00');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await pay.done();
  await expect(pay.by('total')).toContainText('50.00');
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ host: 'wechatpay', net: 3000 });
});

test('a wallet without money is refused, and the customer pays in cash', async ({ pay, shop }) => {
  await pay.charge('7000.51');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await pay.refused('declined');
  await expect(pay.by('refused-code')).toContainText('notenough');
  await pay.cashInstead();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ net: 0 });
});
