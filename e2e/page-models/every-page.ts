import { expect } from '@playwright/test';
import type { TillPage } from './till-page.ts';

/** The first minute and a day at the counter, with `look` at every page. */
export async function everyPage(till: TillPage, look: (name: string) => Promise<void>): Promise<void> {
  await expect(till.by('set-up')).toBeVisible();
  await look('welcome');
  await till.by('set-up').click();
  await expect(till.by('shop-name')).toBeFocused();
  await look('shop');
  await till.by('first-back').click();
  await till.setUp();
  await look('till');
  await till.keys('12.5+3×2');
  await till.by('key-add').click();
  await till.keys('8');
  await look('till, with a basket');
  await till.by('charge').click();
  await expect(till.by('confirm-cash')).toHaveAttribute('aria-disabled', 'false');
  await look('tender');
  await till.by('confirm-cash').click();
  await expect(till.by('slip')).toHaveAttribute('data-state', 'failed');
  await look('done');
  await till.next();
  for (const place of ['orders', 'devices', 'settings'] as const) {
    await till.go(place);
    await expect(till.page.getByRole('heading', { level: 1 })).toBeVisible();
    await look(place);
  }
  await till.go('orders');
  await till.by('order').first().click();
  await expect(till.by('refund')).toBeEnabled();
  await look('order');
  await till.by('refund').click();
  await look('refund');
  await till.by('status').click();
  await expect(till.by('dialog-close').first()).toBeVisible();
  await look('status');
  await till.page.keyboard.press('Escape');
  await till.by('nav-lock').click();
  await expect(till.by('pin-1')).toBeEnabled();
  await look('lock');
}
