import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { WizardPage } from './wizard-page.ts';

async function isClean(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join()}`,
  );
  expect(found, name).toEqual([]);
}

const isDrawerOpen = (page: Page) => page.evaluate(() => counterBench.isDrawerOpen('printer-gbk'));

test('a printer that nobody knows is found out by looking at its paper; a reload and a sale go on with it', async ({
  devices,
  pay,
}) => {
  test.slow();
  const { page } = devices.till;
  const wizard = new WizardPage(devices);
  await devices.connectPrinter('printer-gbk');
  await expect(wizard.by('proposal')).toBeVisible();
  await isClean(page, 'proposal');
  await wizard.begin();
  await isClean(page, 'charset');
  // GB 18030 has the euro sign at a place where this font has another one.
  expect((await wizard.paper()).slice(0, 2)).not.toContain('€12.50 ①②③ 龘');
  expect(await wizard.paper()).toContain('收银小票 ￥12.50');
  await wizard.tear();
  await wizard.answersByKeys('charset.garbled');
  await expect(devices.by('wizard')).toContainText('2/4 GBK');
  await wizard.asks('ask-charset');
  // GBK has no euro sign: the till draws that line.
  expect((await wizard.paper()).slice(0, 2)).toEqual(['收银小票 ￥12.50', '[raster]']);
  const ruler = (await wizard.paper()).find((line) => line.startsWith('........10'));
  expect(ruler?.match(/\d+/g)?.at(-1)).toBe('32');
  await wizard.answersByKeys('charset.readable');
  await wizard.asks('ask-columns');
  await isClean(page, 'columns');
  await wizard.answersByKeys('columns.32');
  await wizard.asks('ask-cutter');
  await isClean(page, 'cutter');
  expect((await wizard.paper()).at(-1)).toBe('[cut]');
  await wizard.answers('cutter.yes');
  await wizard.asks('ask-drawer');
  await isClean(page, 'drawer');
  await wizard.answers('drawer.yes');
  await wizard.asks('ask-closed');
  await page.evaluate(() => counterBench.closeDrawer('printer-gbk'));
  await wizard.answers('closed.yes');
  await wizard.asks('ask-open');
  expect(await isDrawerOpen(page)).toBe(true);
  await isClean(page, 'open');
  await wizard.answers('open.yes');
  await wizard.asks('done');
  await isClean(page, 'done');
  expect(await wizard.found('charset')).toContain('GBK');
  expect(await wizard.found('columns')).toContain('32');
  expect(await wizard.found('drawer')).toBe('能打开，也知道关没关');
  await wizard.by('close').click();
  await expect(wizard.by('open')).toBeFocused();
  await expect(wizard.by('proposal')).toHaveCount(0);

  await page.reload();
  await devices.till.unlock();
  await expect.poll(() => devices.openDevices()).toContain('printer-gbk');
  await devices.till.go('till');
  await pay.charge('12.5');
  await pay.till.keys('20');
  await pay.press('confirm-cash');
  await pay.done();
  await expect.poll(async () => (await wizard.paper()).at(-1)).toBe('[cut]');
  const slip = await wizard.paper();
  expect(
    Math.max(...slip.map((line) => [...line].reduce((all, sign) => all + (sign > '\xff' ? 2 : 1), 0))),
  ).toBe(32);
  expect(slip.join('\n')).toContain('12.50');
  expect(slip.join('')).not.toContain('\ufffd');
  expect(await isDrawerOpen(page)).toBe(true);
  await pay.till.next();
  await devices.open('printer');
  await expect(wizard.by('proposal')).toHaveCount(0);
});

test('left in the middle, by Escape, another page or a reload, the printer prints as before', async ({
  devices,
}) => {
  const { page } = devices.till;
  const wizard = new WizardPage(devices);
  await devices.connectPrinter('printer-2');
  const testSlip = async (): Promise<readonly string[]> => {
    await page.evaluate(() => counterBench.tear('printer-2'));
    await devices.by('test-slip').click();
    const paper = () => page.evaluate(() => counterBench.paper('printer-2'));
    await expect.poll(async () => (await paper()).at(-1)).toBe('[cut]');
    return paper();
  };
  const before = await testSlip();
  await wizard.begin();
  await page.keyboard.press('Escape');
  await expect(wizard.by('note')).toBeVisible();
  await devices.sign('printer', 'connected');
  const same = (slip: readonly string[]) => slip.map((line) => line.replace(/\d/g, '0'));
  expect(same(await testSlip())).toEqual(same(before));
  await wizard.begin();
  await devices.till.go('till');
  await devices.till.go('devices');
  await devices.sign('printer', 'connected');
  expect(same(await testSlip())).toEqual(same(before));
  await wizard.begin();
  await page.reload();
  await devices.till.unlock();
  await devices.open('printer');
  await devices.sign('printer', 'connected');
  expect(same(await testSlip())).toEqual(same(before));
});

test('out of paper it says why it waits, and goes on when there is some', async ({ devices }) => {
  const { page } = devices.till;
  const wizard = new WizardPage(devices);
  await devices.connectPrinter('printer-gbk');
  await page.evaluate(() => counterBench.setPaper('printer-gbk', 'end'));
  await wizard.by('open').click();
  await expect(devices.by('problem')).toHaveAttribute('data-code', 'print.paper-end');
  await expect(wizard.by('give-up')).toBeVisible();
  await isClean(page, 'paper-end');
  await page.evaluate(() => counterBench.setPaper('printer-gbk', 'ok'));
  await wizard.asks('ask-charset');
  await wizard.answers('stop');
  await expect(wizard.by('note')).toBeVisible();
});
