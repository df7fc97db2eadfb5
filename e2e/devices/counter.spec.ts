import { expect } from '@playwright/test';
import { TillPage } from '../page-models/till-page.ts';
import { test } from './fixtures.ts';

test('two printers of one model: the chosen one prints and kicks the drawer, the other is never taken for it', async ({
  devices,
  pay,
}) => {
  const { page } = pay.till;
  const used = (name: 'printer' | 'printer-2') =>
    page.evaluate((each) => [counterBench.paper(each).length, counterBench.kicks(each)], name);
  // The first was allowed once as well: the browser would hand it out unasked.
  await devices.connectPrinter('printer');
  await devices.connectPrinter('printer-2');
  await expect.poll(() => devices.openDevices()).not.toContain('printer');
  const [other, [lines = 0, kicks = 0]] = [await used('printer'), await used('printer-2')];
  await devices.by('kick-drawer').click();
  await expect.poll(() => used('printer-2')).toEqual([lines, kicks + 1]);
  await expect(devices.by('printer-serial')).toHaveText('E2E-2');
  await devices.unplug('printer-2');
  await devices.sign('printer', 'absent');
  await expect(devices.by('printer-last-seen')).toBeVisible();
  expect(await devices.openDevices()).not.toContain('printer');
  await devices.plug('printer-2');
  await devices.sign('printer', 'connected');
  await devices.by('test-slip').click();
  await expect.poll(async () => (await used('printer-2'))[0]).toBeGreaterThan(lines + 5);
  expect(await used('printer')).toEqual(other);
});

test('the pole shows the total and then the change; the slip is printed and the drawer opens', async ({
  devices,
  pay,
}) => {
  const { page } = pay.till;
  const pole = () => page.evaluate(() => counterBench.poleLines());
  await devices.connectPrinter('printer-2');
  const kicks = await page.evaluate(() => counterBench.kicks('printer-2'));
  await devices.connect('pole', 'pole-cd5220/serial', 'pole');
  await devices.by('device-try').click();
  await expect.poll(pole).toEqual([expect.stringMatching(/^TOTAL +12\.50$/), '']);
  await devices.replug('pole', 'pole');
  await devices.till.go('till');
  await pay.charge('8');
  await expect.poll(pole).toEqual([expect.stringMatching(/^TOTAL +8\.00$/), '']);
  await pay.till.keys('10');
  await pay.press('confirm-cash');
  await pay.done();
  await expect
    .poll(pole)
    .toEqual([expect.stringMatching(/^RECEIVED +10\.00$/), expect.stringMatching(/^CHANGE +2\.00$/)]);
  await expect.poll(() => page.evaluate(() => counterBench.kicks('printer-2'))).toBe(kicks + 1);
  await expect.poll(() => page.evaluate(() => counterBench.paper('printer-2').join('\n'))).toMatch(/8\.00/);
});

test('weights and tags are heard on the devices page; after a reload everything is taken up again without a click', async ({
  devices,
}) => {
  const { page } = devices.till;
  await devices.connect('scale', 'scale-continuous/serial', 'scale');
  await page.evaluate(() => counterBench.scale.plate.put(1_234));
  await devices.heard('1234 g');
  await devices.replug('scale', 'scale');
  await devices.connect('tags', 'pn532/serial', 'pn532');
  await page.evaluate(() => counterBench.pn532.put({ uid: '04A2B3C4D5E680' }));
  await devices.heard(/04:?A2:?B3:?C4:?D5:?E6:?80/i);
  await devices.replug('tags', 'pn532');
  await devices.connectPrinter('printer-2');
  const open = [...(await devices.openDevices())].sort();
  await page.reload();
  await devices.till.unlock();
  await expect.poll(async () => [...(await devices.openDevices())].sort()).toEqual(open);
  expect(await page.evaluate(() => counterBench.asked())).toBe(0);
});

test('of two tabs only the one that writes has the devices; the other takes them up when it becomes the writer', async ({
  devices,
  shop,
}) => {
  const { page } = devices.till;
  await devices.connectPrinter('printer-2');
  const open = [...(await devices.openDevices())].sort();
  const second = new TillPage(await page.context().newPage());
  const openIn = async (till: TillPage) => [...(await till.page.evaluate(() => counterBench.open()))].sort();
  await second.page.goto(shop.server.url);
  await second.pin();
  await expect(second.by('reader').first()).toBeVisible();
  expect(await openIn(second)).toEqual([]);
  // The first tab goes away for a moment: the other one writes now.
  await page.goto('about:blank');
  await expect(second.by('charge')).toBeVisible();
  await expect.poll(() => openIn(second)).toEqual(open);
  await page.goto(shop.server.url);
  await devices.till.pin();
  await expect(devices.by('reader').first()).toBeVisible();
  expect(await openIn(devices.till)).toEqual([]);
  await second.page.close();
  await expect(devices.by('charge')).toBeVisible();
  await expect.poll(() => openIn(devices.till)).toEqual(open);
});
