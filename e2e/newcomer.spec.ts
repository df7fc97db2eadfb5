import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { Newcomer } from './page-models/newcomer.ts';
import { PIN } from './page-models/till-page.ts';
import { serverSales } from './shop-records.ts';

/** The most presses from the address to a first sale in training. */
const TAPS_MAX = 12;
/** The longest from the address to a real cash sale, ms of a person's pace. */
const FIRST_SALE_MS = 60_000;

test.use({ viewport: { width: 360, height: 740 } });

const pin = [...PIN].map((digit) => `pin-${digit}`);

test('from the address to the first sale in training in twelve taps at most', async ({ counter }) => {
  const newcomer = await Newcomer.opens(counter);
  const { till } = newcomer;
  await newcomer.taps('try', 'key-1', 'key-2', 'key-.', 'key-5', 'charge', 'confirm-cash');
  await expect(till.by('paid')).toBeVisible();
  await expect(till.by('training')).toBeVisible();
  await expect(till.by('slip')).toHaveAttribute('data-state', 'printed');
  expect(await newcomer.presses()).toBeLessThanOrEqual(TAPS_MAX);
});

test('from the address to a real cash sale in a minute, at the pace of a newcomer', async ({
  counter,
  server,
}) => {
  const newcomer = await Newcomer.opens(counter);
  const { till } = newcomer;
  await newcomer.reads('set-up');
  await newcomer.taps('set-up');
  await newcomer.reads('shop-name');
  // It has the focus, but not every phone shows its keyboard for that.
  await newcomer.taps('shop-name');
  await newcomer.types('小面馆', 'xiaomianguan '.length);
  await newcomer.taps('trade-catering', 'continue');
  await newcomer.reads('pin-0');
  await newcomer.taps(...pin);
  await newcomer.reads('pin-0');
  await newcomer.taps(...pin);
  await newcomer.reads('charge');
  await newcomer.taps('key-1', 'key-2', 'key-.', 'key-5', 'charge');
  await newcomer.reads('confirm-cash');
  await newcomer.taps('key-2', 'key-0', 'confirm-cash');
  await expect(till.by('change')).toHaveText('¥7.50');
  expect(newcomer.elapsed).toBeLessThanOrEqual(FIRST_SALE_MS);
  await till.synced();
  expect(serverSales(server.dataDir).map(({ total }) => total)).toEqual([1_250]);
});
