import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { serverSales } from './shop-records.ts';

test('training sells on a simulated counter, says so everywhere, and never reaches the books', async ({
  counter,
  server,
}) => {
  const till = await counter.open();
  const problems = till.watch();
  await till.by('try').click();
  await expect(till.by('training')).toBeVisible();
  await till.sell('6.6');
  await expect(till.by('slip')).toHaveAttribute('data-state', 'printed');
  await till.go('devices');
  await expect(till.by('paper')).toContainText('非真实交易');
  await expect(till.by('paper')).toContainText('6.60');
  await till.go('settings');
  await till.by('leave-training').click();
  await expect(till.by('set-up')).toBeVisible();
  await till.setUp();
  await till.go('orders');
  await expect(till.by('orders-empty')).toBeVisible();
  await till.synced();
  expect(serverSales(server.dataDir)).toEqual([]);
  expect(problems).toEqual([]);
});
