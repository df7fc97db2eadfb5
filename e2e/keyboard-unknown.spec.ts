import { expect } from '@playwright/test';
import { Keyboard } from './page-models/keyboard.ts';
import { PIN } from './page-models/till-page.ts';
import { test } from './payments/fixtures.ts';

const DO_NOT_CHARGE_AGAIN = /结果未知，请勿重复收款/;

test('an unknown payment is announced, asked after and found paid, without a pointer', async ({
  pay,
  shop,
}) => {
  const { page } = pay.till;
  const keyboard = new Keyboard(page);
  await shop.sandbox.rule({ host: 'wechatpay', operation: 'query' }, { answer: 'system-error' }, 0);
  await keyboard.type(...'7002.40', 'Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await keyboard.press(pay.by('way-customer-code'), 'Space');
  await expect(pay.by('way-customer-code')).toHaveAttribute('aria-pressed', 'true');
  await pay.scan(shop.code('wechat'));

  await pay.waits('unknown');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(DO_NOT_CHARGE_AGAIN);
  await expect(page.getByRole('heading', { level: 1, name: DO_NOT_CHARGE_AGAIN })).toBeFocused();
  await shop.sandbox.clearRules();
  await keyboard.press(pay.by('inquire-now'));
  await pay.done();
  await expect(pay.by('said')).toHaveText('已收款 ¥7,002.40');
  await expect(page.getByRole('heading', { level: 1, name: '已收款' })).toBeFocused();
});

test('a manager decides about a stuck payment without a pointer, and the result is announced', async ({
  pay,
  shop,
}) => {
  const { page } = pay.till;
  const keyboard = new Keyboard(page);
  const { sandbox } = shop;
  await sandbox.rule({ host: 'alipay', operation: 'query' }, { answer: 'system-error' }, 0);
  await sandbox.rule(
    { host: 'alipay', operation: 'reverse' },
    { answer: 'system-error', booking: 'never' },
    0,
  );
  await pay.charge('7002.41');
  await keyboard.press(pay.by('way-customer-code'));
  await pay.scan(shop.code('alipay'));
  await pay.waits('stuck');
  await expect(page.getByRole('main').getByRole('alert')).toContainText('需要店长');

  await keyboard.to(page.getByRole('textbox', { name: '银行或账单上怎么说' }));
  await page.keyboard.insertText('支付宝账单 11-22 无此单');
  await keyboard.press(page.getByRole('button', { name: '钱没有收' }));
  await expect(page.getByRole('heading', { name: '店长输入 PIN，记为「钱没有收」' })).toBeFocused();
  await keyboard.type(...'000000');
  await expect(page.getByRole('alert').filter({ hasText: 'PIN' })).toBeVisible();
  await keyboard.type(...PIN);
  await pay.refused('declined');
  await expect(page.getByRole('heading', { level: 1, name: '没有收到钱' })).toBeFocused();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('没有收到钱');
  await pay.cashInstead();
});
