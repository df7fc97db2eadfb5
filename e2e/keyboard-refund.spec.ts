import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { Keyboard } from './page-models/keyboard.ts';

test.use({ viewport: { width: 1280, height: 800 } });

test('part of a sale goes back without a pointer, and every step is said', async ({ till }) => {
  const { page } = till;
  await till.sell('90');
  await till.next();
  const keyboard = new Keyboard(page);
  await keyboard.press(till.by('nav-orders'));
  await expect(page.getByRole('heading', { level: 1, name: '订单' })).toBeFocused();
  await keyboard.press(till.by('order').first());
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(till.by('refund')).toBeEnabled();

  await keyboard.press(till.by('refund'));
  await expect(page.getByRole('heading', { name: '退货' })).toBeFocused();
  await keyboard.to(till.by('refund-by-all'));
  await page.keyboard.press('ArrowLeft');
  await keyboard.to(till.by('refund-amount'));
  await page.keyboard.type('25.5');
  await expect(till.by('refund-total')).toHaveText('¥25.50');
  await keyboard.press(till.by('refund-start'));

  await expect(page.getByRole('heading', { name: '已退 ¥25.50' })).toBeFocused();
  await expect(till.by('refund-said')).toHaveText('已退 ¥25.50');
  await expect(page.getByRole('main')).toMatchAriaSnapshot(`
    - status: 已退 ¥25.50
    - heading "已退 ¥25.50" [level=3]
    - button "完成"
  `);
  await keyboard.press(till.by('refund-close'));
  await expect(till.by('refund')).toBeFocused();
  await expect(till.by('refunds')).toContainText('25.50');
});
