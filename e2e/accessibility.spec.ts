import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import type { TillPage } from './page-models/till-page.ts';

/** Nothing a checker of WCAG 2.2 AA rules can find on the page as it stands. */
async function isClean(till: TillPage, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: till.page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${name}: ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(found).toEqual([]);
}

for (const [language, size, colorScheme] of [
  ['zh-CN', { width: 1280, height: 800 }, 'light'],
  ['en', { width: 360, height: 740 }, 'dark'],
] as const) {
  test.describe(`${language} at ${size.width} px, ${colorScheme}`, () => {
    test.use({ locale: language, viewport: size });

    test('every page of a day at the counter passes axe', async ({ counter }) => {
      const till = await counter.open({ colorScheme });
      await expect(till.by('set-up')).toBeVisible();
      await isClean(till, 'welcome');
      await till.by('set-up').click();
      await isClean(till, 'shop');
      await till.page.goto(counter.url());
      await till.setUp();
      await isClean(till, 'till');
      await till.keys('12.5');
      await till.by('charge').click();
      await isClean(till, 'tender');
      await till.by('confirm-cash').click();
      await expect(till.by('done')).toBeVisible();
      await isClean(till, 'done');
      await till.next();
      for (const place of ['orders', 'devices', 'settings'] as const) {
        await till.go(place);
        await expect(till.page.getByRole('heading', { level: 1 })).toBeVisible();
        await isClean(till, place);
      }
      for (const place of ['reader', 'scanner'] as const) {
        await till.go('settings');
        await till.page.goto(`${counter.url()}#/devices/${place}`);
        await expect(till.by(`place-${place}`)).toHaveAttribute('aria-pressed', 'true');
        await isClean(till, `devices/${place}`);
      }
      await till.go('orders');
      await till.by('order').first().click();
      await expect(till.by('timeline')).toBeVisible();
      await isClean(till, 'order');
      await till.by('status').click();
      await expect(till.by('dialog-close').first()).toBeVisible();
      await isClean(till, 'status');
      await till.page.keyboard.press('Escape');
      await till.by('nav-lock').click();
      await expect(till.by('pin-1')).toBeVisible();
      await isClean(till, 'lock');
    });
  });
}
