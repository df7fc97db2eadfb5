import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('a WeChat sale is voided: everything goes back the way it came', async ({ pay, shop }) => {
  await pay.payByCode('64', shop.code('wechat'));
  await pay.openLastOrder();
  await pay.by('void').click();
  await pay.by('refund-start').click();
  await expect(pay.by('refund-done')).toBeVisible();
  await expect(pay.by('refund-total')).toHaveCount(0);
  await pay.by('refund-close').click();
  await expect(pay.by('refunds')).toContainText('64.00');
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ paid: 6_400, refunded: 6_400, net: 0 });
});

test('a WeChat sale is refunded by amount, and never beyond what is left', async ({ pay, shop }) => {
  await pay.payByCode('90', shop.code('wechat'));
  await pay.openLastOrder();
  await pay.refundAmount('25.5');
  await expect(pay.by('refund-done')).toBeVisible();
  await pay.by('refund-close').click();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ paid: 9_000, refunded: 2_550 });
  await pay.by('refund').click();
  await pay.by('refund-by-amount').click();
  await pay.by('refund-amount').fill('64.51');
  await expect(pay.by('refund-problem')).toHaveAttribute('data-code', 'more-than-paid');
  await expect(pay.by('refund-start')).toBeDisabled();
  await pay.by('refund-amount').fill('64.5');
  await pay.by('refund-start').click();
  await expect(pay.by('refund-done')).toBeVisible();
  await pay.by('refund-close').click();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ refunded: 9_000, net: 0 });
});

test('a card sale is voided at its bank by its voucher', async ({ pay, shop }) => {
  await pay.charge('86');
  await pay.choose('reader');
  await pay.press('confirm');
  await pay.done();
  await pay.till.next();
  await pay.openLastOrder();
  await pay.by('void').click();
  await pay.by('refund-start').click();
  await expect(pay.by('refund-done')).toBeVisible();
  await pay.by('refund-close').click();
  const [sale] = (await shop.sandbox.books()).filter(({ amount }) => amount === 8_600);
  expect(sale).toMatchObject({ host: 'bank', paid: 8_600, net: 0, refunds: [{ kind: 'void' }] });
});

test('a refund that the wallet refuses goes back in cash, with a manager', async ({ pay, shop }) => {
  await pay.payByCode('7003.11', shop.code('wechat'));
  await pay.openLastOrder();
  await pay.refundAmount('10');
  await expect(pay.by('refund-panel')).toHaveAttribute('data-at', 'part-refused');
  await pay.till.pin();
  await expect(pay.by('refund-done')).toBeVisible();
  await pay.by('refund-close').click();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ net: 700_311 });
});

test('a card is held, part of it is taken, and the taking is cancelled', async ({ pay, shop }) => {
  await pay.openAuthorisations();
  await pay.by('auth-amount').fill('300');
  await pay.by('authorise').click();
  await pay.authorised();
  const held = pay.by('authorisation').first();
  await expect(held).toHaveAttribute('data-state', 'held');
  await held.getByTestId('auth-complete').click();
  await pay.by('complete-amount').fill('260');
  await pay.by('complete-do').click();
  await pay.authorised();
  await expect(held).toHaveAttribute('data-state', 'completed');
  expect(await bankNet(shop.sandbox, 'completion')).toBe(26_000);
  await held.getByTestId('auth-cancel-completion').click();
  await pay.till.pin();
  await pay.authorised();
  await expect(held).toHaveAttribute('data-state', 'completion-cancelled');
  expect(await bankNet(shop.sandbox, 'completion')).toBe(0);
});

test('a hold is let go with a PIN', async ({ pay, shop }) => {
  await pay.openAuthorisations();
  await pay.by('auth-amount').fill('80');
  await pay.by('authorise').click();
  await pay.authorised();
  const held = pay.by('authorisation').first();
  await held.getByTestId('auth-cancel').click();
  await pay.till.pin();
  await pay.authorised();
  await expect(held).toHaveAttribute('data-state', 'cancelled');
  expect((await shop.sandbox.books()).filter(({ state }) => state === 'held')).toEqual([]);
});

test('what is left on a card is asked of its bank', async ({ pay }) => {
  await pay.openAuthorisations();
  await pay.by('balance').click();
  await expect(pay.by('card-balance')).toContainText(/\d\.\d\d/);
  await pay.by('auth-close').click();
});

test('a part-paid sale is set aside, found among the open ones, and given up: the money goes back', async ({
  pay,
  shop,
}) => {
  await pay.charge('40');
  await pay.part('15');
  await pay.choose('customer-code');
  await pay.scan(shop.code('wechat'));
  await expect(pay.by('due')).toContainText('25.00', { timeout: 30_000 });
  await pay.press('back');
  await pay.by('set-aside').click();
  await expect(pay.by('charge')).toBeVisible();
  await pay.till.go('orders');
  await pay.by('to-open').click();
  await pay.by('resume').click();
  await expect(pay.by('due')).toContainText('25.00');
  await pay.press('back');
  await pay.by('give-up').click();
  await expect(pay.by('charge')).toBeVisible({ timeout: 30_000 });
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ paid: 1_500, net: 0 });
  // The basket is there again, for another try; the next customer has another one.
  await pay.by('clear').click();
  await expect(pay.by('charge')).toBeDisabled();
});

async function bankNet(sandbox: { books(): Promise<readonly Order[]> }, kind: string): Promise<number> {
  const orders = (await sandbox.books()).filter((order) => order.kind === kind);
  return orders.reduce((sum, { net }) => sum + net, 0);
}
type Order = { readonly kind: string; readonly net: number };
