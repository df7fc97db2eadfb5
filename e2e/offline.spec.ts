import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { serverSales } from './shop-records.ts';

test('ten sales offline, a reload, a closed and reopened browser: ten on the server, equal to the fen', async ({
  counter,
  server,
}) => {
  let till = await counter.open();
  await till.setUp();
  await till.synced();
  // The app is in the service worker's cache before the network goes.
  await till.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await server.kill();
  const amounts = Array.from({ length: 10 }, (_, index) => 101 + index * 37);
  const sell = async (fen: number): Promise<void> => {
    await till.sell((fen / 100).toFixed(2));
    await till.next();
  };
  for (const fen of amounts.slice(0, 4)) await sell(fen);
  await till.page.reload();
  await till.unlock();
  for (const fen of amounts.slice(4, 7)) await sell(fen);
  await counter.close();
  till = await counter.open();
  await till.unlock();
  for (const fen of amounts.slice(7)) await sell(fen);
  await expect(till.by('unsynced')).not.toHaveText('0');
  await till.go('orders');
  await expect(till.by('order')).toHaveCount(10);
  await expect(till.by('unsynced-mark')).toHaveCount(10);

  await server.start();
  await till.page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
  await till.synced();
  const sales = serverSales(server.dataDir);
  expect(sales.map((sale) => sale.total)).toEqual(amounts);
  expect(new Set(sales.map((sale) => sale.saleId)).size).toBe(10);
  await expect(till.by('unsynced-mark')).toHaveCount(0);
});

test('a basket survives a reload', async ({ till }) => {
  await till.keys('7.5+');
  await till.page.reload();
  await till.unlock();
  await expect(till.by('charge')).toContainText('7.50');
});
