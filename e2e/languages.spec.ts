import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import type { TillPage } from './page-models/till-page.ts';

/** Files of words that this page has fetched itself; the service worker keeps all of them for days without a network. */
const wordsFetched = async ({ page }: TillPage): Promise<readonly string[]> => {
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const languages = names.flatMap(
    (name) => /\/assets\/(zh-cn|zh-tw|en|ar)(?:-more)?-[\w-]{8}\.js$/.exec(name)?.[1] ?? [],
  );
  return [...new Set(languages)];
};

test.describe('a shop in Taiwan', () => {
  test.use({ locale: 'zh-TW', viewport: { width: 360, height: 740 } });

  test('begins in its own language, and fetches no other', async ({ counter }) => {
    const till = await counter.open();
    await expect(till.by('set-up')).toContainText('開我的店');
    await till.setUp();
    await expect(till.by('charge')).toContainText('收款');
    await till.go('settings');
    await expect(till.page.getByRole('heading', { level: 1 })).toHaveText('設定');
    expect(await wordsFetched(till)).toEqual(['zh-tw']);
  });
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('changes to Arabic and back while it runs; every page turns round, the keypad does not', async ({
    till,
  }) => {
    await till.go('settings');
    const own = till.by('language-ar').locator('..');
    await expect(own).toContainText('العربية');
    await own.click();
    await expect(till.page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(till.page.getByRole('heading', { level: 1 })).toHaveText('الإعدادات');
    await till.go('till');
    const seven = await till.by('key-7').boundingBox();
    const nine = await till.by('key-9').boundingBox();
    expect(seven?.x).toBeLessThan(nine?.x ?? 0);
    await till.keys('12.5');
    await expect(till.by('amount')).toHaveText('\u200e¥12.50');
    await till.sell('');
    await expect(till.by('paid')).toHaveText('تم القبض');
    const wide = await till.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(360);
    await till.next();

    // The lock screen, before the books are open, is in the language it was left in.
    await till.page.reload();
    await expect(till.by('pin-1')).toBeVisible();
    await expect(till.page.locator('html')).toHaveAttribute('lang', 'ar');
    await till.unlock();
    await till.go('settings');
    await till.by('language-zh-CN').locator('..').click();
    await expect(till.page.locator('html')).toHaveAttribute('dir', 'ltr');
    await expect(till.page.getByRole('heading', { level: 1 })).toHaveText('设置');
  });
});
