import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('a refund that the wallet has only accepted is said to be on its way, and arrives by itself', async ({
  pay,
  shop,
}) => {
  await pay.payByCode('7003.10', shop.code('wechat'));
  await pay.openLastOrder();
  await pay.refundAmount('10');
  await expect(pay.by('refund-done')).toContainText('退款已受理');
  await expect(pay.by('refund-on-its-way')).toHaveText('退回中');
  await expect(pay.by('lamp-open')).toHaveCount(0);
  await expect(pay.by('refund-on-its-way')).toHaveCount(0, { timeout: 60_000 });
  await expect(pay.by('refund-done')).toContainText('已退');
  await pay.by('refund-close').click();
  await expect(pay.by('refunds')).toContainText('10.00');
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ refunded: 1_000 });
});

test('a refund that the wallet accepts and then closes is for a manager, and the office is told', async ({
  pay,
  shop,
}) => {
  await pay.payByCode('7003.12', shop.code('wechat'));
  await pay.openLastOrder();
  await pay.refundAmount('20');
  await expect(pay.by('refund-on-its-way')).toHaveText('退回中');
  await pay.by('refund-close').click();
  await expect(pay.by('refunds')).toContainText('退回中');
  await pay.by('lamp-open').click({ timeout: 60_000 });
  await expect(pay.by('open-attempts')).toContainText('需要店长');
  await pay.by('manager').click();
  await pay.decide('declined', '商户平台：退款已关闭');
  await expect(pay.by('open-empty')).toBeVisible();
  expect(shop.server.output).toContain('"kind":"refund-failed"');
  expect((await shop.sandbox.books()).at(-1)).toMatchObject({ refunded: 0, net: 700_312 });
  // All of it can be given back another time.
  await pay.openLastOrder();
  await pay.by('refund').click();
  await expect(pay.by('refund-total')).toContainText('7,003.12');
});
