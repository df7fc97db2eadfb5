import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { serverSales } from './shop-records.ts';

test('whoever opens it for the first time is led through a sale and on to a shop of their own', async ({
  counter,
  server,
}) => {
  const till = await counter.open();
  const problems = till.watch();
  await till.by('try').click();
  const guide = till.by('guide');
  await expect(guide).toHaveAttribute('data-step', 'amount');
  await till.keys('6.6');
  await expect(guide).toHaveAttribute('data-step', 'charge');
  await till.by('charge').click();
  await expect(guide).toHaveAttribute('data-step', 'take');
  await till.by('confirm-cash').click();
  await expect(guide).toHaveAttribute('data-step', 'done');
  await till.by('next').click();
  await expect(guide).toHaveAttribute('data-step', 'end');
  // A start later it is still where it was left, until it is closed for good.
  await till.by('guide-skip').click();
  await till.page.reload();
  await expect(till.by('charge')).toBeVisible();
  await expect(guide).toHaveCount(0);
  await till.by('help').click();
  await expect(till.by('help-text')).toContainText('输入金额');
  await till.by('guide-again').click();
  await till.sell('1');
  await till.by('next').click();
  await till.by('guide-set-up').click();
  await expect(till.by('set-up')).toBeVisible();
  expect(serverSales(server.dataDir)).toEqual([]);
  expect(problems).toEqual([]);
});

test('installing is offered after the first sale and never in one', async ({ till }) => {
  const { page } = till;
  await page.evaluate(() => {
    const asked = { count: 0 };
    Object.assign(globalThis, { asked });
    const offer = new Event('beforeinstallprompt', { cancelable: true });
    const prompt = async (): Promise<void> => {
      asked.count += 1;
    };
    Object.assign(offer, { prompt });
    dispatchEvent(offer);
  });
  await till.keys('5');
  await expect(till.by('install-offer')).toHaveCount(0);
  await till.by('charge').click();
  await expect(till.by('install-offer')).toHaveCount(0);
  await till.by('confirm-cash').click();
  await till.by('install-go').click();
  await expect(till.by('install-offer')).toHaveCount(0);
  expect(await page.evaluate(() => (globalThis as unknown as { asked: { count: number } }).asked.count)).toBe(
    1,
  );
});

test('every page has its help, and every error its article, without a network', async ({ till }) => {
  const { page } = till;
  await till.installed();
  await page.context().setOffline(true);
  for (const place of ['till', 'orders', 'devices', 'settings'] as const) {
    await till.go(place);
    await page.keyboard.press('F1');
    await expect(till.by('help-text')).toHaveAttribute('data-place', place);
    await page.keyboard.press('Escape');
    await expect(till.by('help-text')).toBeHidden();
  }
  await page.goto(`${page.url().split('#')[0]}#/help/print.paper-end`);
  await expect(till.by('problem')).toHaveAttribute('data-code', 'print.paper-end');
  await till.by('help-all').click();
  await till.by('help-find').fill('storage.');
  await expect(till.by('help-code').first()).toContainText('storage.');
});
