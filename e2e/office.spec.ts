import { expect, type Page, request } from '@playwright/test';
import { test } from './fixtures.ts';
import { violationsOf } from './page-models/axe.ts';

/** Light and dark, and as narrow as 400 % makes a tablet: nothing that axe finds, nothing wider than the screen. */
async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page), `${colorScheme} ${page.url()}`).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 480 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(
    320,
  );
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('the QR on the slip leads to the e-receipt, and a guessed link to nothing', async ({ till, server }) => {
  const number = await till.sell('12.5');
  await till.synced();
  const link = await till.page
    .locator('pos-qr')
    .first()
    .evaluate((element) => ('data' in element ? String(element.data) : ''));
  expect(link).toContain(`/${number}/`);
  const customer = await request.newContext();
  const receipt = await customer.get(link);
  expect(receipt.status()).toBe(200);
  const text = await receipt.text();
  expect(text).toContain('小面馆');
  expect(text).toContain('12.50');
  const guessed = await customer.get(link.replace(/\/[A-Za-z0-9_-]{22}#.*/, `/${'A'.repeat(22)}`));
  expect(guessed.status()).toBe(404);
  expect(await guessed.text()).not.toContain('12.50');
  expect(server.output).not.toContain('小面馆');
  await customer.dispose();
  await till.page.goto(link);
  await expect(till.page.getByRole('heading', { level: 1, name: '小面馆' })).toBeVisible();
  await isAccessible(till.page);
});

test('the office opens from the till with a link that works once, and shows the day', async ({
  till,
  counter,
}) => {
  for (const amount of ['12.5', '7.5']) {
    await till.sell(amount);
    await till.next();
  }
  await till.synced();
  await till.go('settings');
  await till.by('office').click();
  const href = (await till.by('office-link').getAttribute('href')) ?? '';
  const link = new URL(href, till.page.url()).href;
  const page = await (counter.context ?? till.page.context()).newPage();
  await page.goto(link);
  await expect(page.getByText('20.00').first()).toBeVisible();
  await expect(page.getByText('12.50').first()).toBeVisible();
  await isAccessible(page);
  const stranger = await request.newContext();
  expect([401, 403, 404]).toContain((await stranger.get(link)).status());
  await stranger.dispose();
});
