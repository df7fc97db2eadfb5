import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { PaymentPage } from '../page-models/payment-page.ts';
import { wedge } from '../page-models/wedge.ts';
import { ALL_WAYS, type Canary, canaryCard, canaryNumber, canaryTracks, DECOY, SECRETS } from './canaries.ts';
import { plant, unplant } from './decoy.ts';
import { test } from './fixtures.ts';
import { allPlaces, found } from './sweep.ts';

// One browser life: at its end everything is looked through for the cards that went in.
test.describe.configure({ mode: 'serial' });

/** What the bank's host got last. It can only have it from the server: its keys open the track, no others do. */
const paid = (net: number) => ({ host: 'bank', kind: 'sale', net });
/** Ways in that a card has gone. */
const pushed = new Set<Canary>();

const card = (canary: Canary, hasChip = true) => {
  pushed.add(canary);
  return canaryCard(canary, hasChip);
};
const tracks = (canary: Canary) => {
  pushed.add(canary);
  return canaryTracks(canary);
};

const charged = (page: Page): Promise<number> => page.evaluate(() => counterBench.charged());

async function askFor(pay: PaymentPage, amount: string, way: 'reader' | 'terminal'): Promise<void> {
  await pay.charge(amount);
  await pay.choose(way);
  await pay.press('confirm');
}

test('MagTek: a connected reader goes before the simulated one of a demo; chip with PIN, tap and stripe are authorised', async ({
  devices,
  pay,
  shop,
}) => {
  const { page } = pay.till;
  await devices.connectPrinter();
  await devices.sign('reader', 'simulated');
  await devices.connect('reader', 'mms/hid', 'mms');
  await devices.replug('reader', 'mms');
  await devices.till.go('till');
  // The simulated customer would insert a card by himself after a moment; this reader waits for one.
  await askFor(pay, '1', 'reader');
  await page.waitForFunction(() => counterBench.mms.wantsCard);
  await page.evaluate(
    (chip) => counterBench.mms.present({ entry: 'chip', pin: true, card: chip }),
    card('chip'),
  );
  await pay.done();
  expect((await shop.sandbox.books()).at(-1)).toMatchObject(paid(100));
  await pay.till.next();
  await askFor(pay, '2', 'reader');
  await page.evaluate((chip) => counterBench.mms.present({ entry: 'contactless', card: chip }), card('tap'));
  await pay.done();
  await pay.till.next();
  await askFor(pay, '3', 'reader');
  const stripe = card('stripe-mms', false);
  await page.evaluate((swiped) => counterBench.mms.present({ entry: 'swipe', card: swiped }), stripe);
  await pay.done();
  expect((await shop.sandbox.books()).slice(-2)).toMatchObject([paid(200), paid(300)]);
});

test('ID TECH: a chip is authorised; pulled out before a card, no money moves and it comes back by itself', async ({
  devices,
  pay,
  shop,
}) => {
  const { page } = pay.till;
  await devices.connect('reader', 'neo2/hid', 'neo2');
  await devices.replug('reader', 'neo2');
  await devices.till.go('till');
  await askFor(pay, '4', 'reader');
  await page.evaluate((chip) => counterBench.neo2.present({ entry: 'chip', card: chip }), card('chip-neo2'));
  await pay.done();
  const books = await shop.sandbox.books();
  expect(books.at(-1)).toMatchObject(paid(400));
  await pay.till.next();
  await askFor(pay, '5', 'reader');
  await page.waitForFunction(() => counterBench.neo2.wantsCard);
  await devices.unplug('neo2');
  await pay.refused('declined');
  expect(await shop.sandbox.books()).toHaveLength(books.length);
  await devices.plug('neo2');
  await expect.poll(() => devices.openDevices()).toContain('neo2');
  await pay.cashInstead();
});

for (const [name, net] of [
  ['magnesafe', 600],
  ['securemag', 700],
] as const) {
  test(`${name}: a stripe is authorised; one in clear is refused in words, and no money moves`, async ({
    devices,
    pay,
    shop,
  }) => {
    const { page } = pay.till;
    await devices.connect('reader', `msr-${name}/hid`, name);
    await devices.replug('reader', name);
    await devices.till.go('till');
    await askFor(pay, String(net / 100), 'reader');
    await expect(pay.by('live-title')).toHaveText('请刷卡');
    await page.evaluate((reader) => counterBench[reader].swipe(), name);
    await pay.done();
    const books = await shop.sandbox.books();
    expect(books.at(-1)).toMatchObject(paid(net));
    await pay.till.next();
    await askFor(pay, '1', 'reader');
    await expect(pay.by('live-title')).toHaveText('请刷卡');
    const clear = tracks(`clear-${name}`);
    if (name === 'magnesafe')
      await page.evaluate((stripe) => counterBench.magnesafe.swipeClear(stripe, 'switched-off'), clear);
    else await page.evaluate((stripe) => counterBench.securemag.swipeClear(stripe), clear);
    await pay.refused('declined');
    await pay.cashInstead();
    await pay.till.next();
    expect(await shop.sandbox.books()).toHaveLength(books.length);
    await devices.open('reader');
    await devices.sign('reader', 'refused');
    await expect(devices.by('device-refused')).toContainText('加密');
  });
}

test('chip readers that do not encrypt are refused, and no money moves', async ({ devices, pay, shop }) => {
  const { page } = pay.till;
  const before = await shop.sandbox.books();
  await page.evaluate(() => counterBench.setClear(true));
  for (const name of ['mms', 'neo2'] as const) {
    await devices.connect('reader', `${name}/hid`, name);
    await devices.till.go('till');
    await askFor(pay, '1', 'reader');
    const clear = card(`clear-${name}`);
    await page.evaluate(([reader, chip]) => counterBench[reader].present({ entry: 'chip', card: chip }), [
      name,
      clear,
    ] as const);
    await pay.refused('declined');
    await pay.cashInstead();
    await pay.till.next();
    await devices.open('reader');
    await devices.sign('reader', 'refused');
  }
  await page.evaluate(() => counterBench.setClear(false));
  expect(await shop.sandbox.books()).toHaveLength(before.length);
});

for (const [name, field] of [
  ['zvt', '000000'],
  ['pax', undefined],
  ['ecrhub', 'wz1234567890'],
] as const) {
  test(`${name}: paid on the terminal, which is replugged without a click`, async ({
    devices,
    pay,
    shop,
  }) => {
    const { page } = pay.till;
    const [books, before] = [await shop.sandbox.books(), await charged(page)];
    await devices.connect('terminal', `${name}/serial`, name, field);
    await devices.replug('terminal', name);
    await devices.till.go('till');
    if (name !== 'zvt') pushed.add(name);
    const account = canaryNumber(name === 'zvt' ? 'pax' : name);
    await page.evaluate((told) => counterBench.setAccount(told), account);
    await askFor(pay, '8', 'terminal');
    await pay.done();
    await page.evaluate(() => counterBench.setAccount(''));
    expect(await charged(page)).toBe(before + 1);
    // The terminal has a bank of its own: our server's hosts were not asked.
    expect(await shop.sandbox.books()).toHaveLength(books.length);
  });
}

test('a terminal that is pulled out while its bank is asked tells the truth when it is back, without a click', async ({
  devices,
  pay,
}) => {
  const { page } = pay.till;
  const [before, asked] = [await charged(page), await page.evaluate(() => counterBench.asked())];
  await page.evaluate(() => counterBench.cutWhenAuthorising('ecrhub'));
  await askFor(pay, '9', 'terminal');
  await pay.waits('unknown');
  await expect.poll(() => charged(page)).toBe(before + 1);
  await devices.plug('ecrhub');
  await pay.done();
  expect(await charged(page)).toBe(before + 1);
  expect(await page.evaluate(() => counterBench.asked())).toBe(asked);
});

test('a card number that is typed by a stripe reader, or read by a scanner, is no pay code and buys nothing', async ({
  devices,
  pay,
  shop,
}) => {
  const { page } = pay.till;
  const before = await shop.sandbox.books();
  await devices.connect('scanner', 'scanner-serial/serial', 'scanner-serial');
  const { track1, track2 } = tracks('wedge');
  await devices.till.go('till');
  await wedge(page, track1 + track2);
  // On the keypad it becomes no amount.
  await expect(pay.by('charge')).toBeDisabled();
  await pay.charge('1');
  await wedge(page, track1 + track2);
  await expect(pay.by('scan-unclear')).toContainText('磁条');
  pushed.add('scanner');
  await page.evaluate((code) => counterBench['scanner-serial'].scan(code), canaryNumber('scanner'));
  await expect(pay.by('problem')).toHaveAttribute('data-code', 'not-a-pay-code');
  await pay.choose('cash');
  await pay.press('confirm-cash');
  await pay.done();
  expect(await shop.sandbox.books()).toHaveLength(before.length);
});

test('nothing of these cards is anywhere: not kept, not sent, not logged, not shown, not printed, not in memory', async ({
  pay,
  shop,
  overheard,
}) => {
  expect([...pushed].sort()).toEqual(ALL_WAYS);
  const { page } = pay.till;
  await page.evaluate(plant, DECOY);
  const decoyFile = join(shop.server.dataDir, 'decoy.txt');
  writeFileSync(decoyFile, DECOY);
  const places = await allPlaces(page, shop.server, overheard);
  rmSync(decoyFile);
  await page.evaluate(unplant);
  expect(found(places, SECRETS)).toEqual([]);
  // The same look finds what was put there to be found.
  expect([...found(places, [['decoy', DECOY]])].sort()).toEqual(
    [
      'cache http://localhost/e2e-decoy: decoy',
      'console: decoy',
      `${decoyFile}: decoy`,
      'heap: decoy',
      'indexeddb/e2e-decoy/kept: decoy',
      'localStorage: decoy',
      'network: decoy',
      'opfs/e2e-decoy: decoy',
      'screen: decoy',
    ].sort(),
  );
});
