import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { TillPage } from './page-models/till-page.ts';
import { serverSales } from './shop-records.ts';

test('of two tabs one writes; when it closes the other takes over', async ({ counter, server }) => {
  const first = await counter.open();
  await first.setUp();
  const page = await (counter.context ?? first.page.context()).newPage();
  await page.goto(server.url);
  const second = new TillPage(page);
  await second.pin();
  await expect(second.by('reader').first()).toBeVisible();
  await expect(second.by('charge')).toHaveCount(0);
  await first.page.bringToFront();
  await first.sell('3');
  await first.synced();
  await first.page.close();
  await expect(second.by('charge')).toBeVisible({ timeout: 15_000 });
  await second.sell('4');
  await second.synced();
  expect(serverSales(server.dataDir).map((sale) => sale.total)).toEqual([300, 400]);
});
