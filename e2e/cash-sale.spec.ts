import { expect } from '@playwright/test';
import { paperOf, plugSimulatedPrinter } from './fakes/simulated-usb.ts';
import { test } from './fixtures.ts';
import { serverSales } from './shop-records.ts';

/** Keys that come faster are a scanner's. */
const BY_HAND = { delay: 60 };

test('a newcomer sets up a shop, takes cash, and the sale is on the server', async ({ counter, server }) => {
  const till = await counter.open();
  const problems = till.watch();
  await till.setUp();
  await till.keys('12.5+3×2');
  await till.by('charge').click();
  await till.keys('20');
  await expect(till.by('change')).toHaveText('¥1.50');
  await till.by('confirm-cash').click();
  await expect(till.by('done')).toBeVisible();
  await expect(till.by('number')).toHaveText(/^A1-[0-9A-Z]{6}-\d{6}$/);
  await till.synced();
  expect(serverSales(server.dataDir).map((sale) => sale.total)).toEqual([1850]);
  expect(problems).toEqual([]);
});

test('a double tap on confirm takes the money once', async ({ till, server }) => {
  await till.keys('5');
  await till.by('charge').click();
  await till.by('confirm-cash').dblclick();
  await expect(till.by('done')).toBeVisible();
  await till.synced();
  expect(serverSales(server.dataDir)).toHaveLength(1);
});

test('a whole sale by keyboard alone', async ({ till, server }) => {
  for (const key of ['1', '2', '.', '5', 'Enter']) await till.page.keyboard.press(key, BY_HAND);
  await expect(till.by('confirm-cash')).toBeVisible();
  for (const key of ['2', '0']) await till.page.keyboard.press(key, BY_HAND);
  // The page takes no Enter in its first moment, so that one press cannot pass through two pages.
  await expect(till.by('confirm-cash')).toHaveAttribute('aria-disabled', 'false');
  await till.page.keyboard.press('Enter');
  await expect(till.by('done')).toBeVisible();
  await expect(till.by('change').first()).toHaveText('¥7.50');
  await expect(till.by('next')).toHaveAttribute('aria-disabled', 'false');
  await till.page.keyboard.press('Enter');
  await expect(till.by('charge')).toBeVisible();
  await till.synced();
  expect(serverSales(server.dataDir).map((sale) => sale.total)).toEqual([1250]);
});

test('the slip comes out of an ESC/POS printer, again after a reload, and a second paper says 重打印', async ({
  counter,
}) => {
  await plugSimulatedPrinter(counter);
  const till = await counter.open();
  const problems = till.watch();
  await till.setUp();
  await till.connectPrinter();
  await till.by('test-slip').click();
  await expect.poll(() => paperOf(till)).toContainEqual(expect.stringContaining('收银小票'));
  await till.go('till');
  const number = await till.sell('12.5');
  await expect(till.by('slip')).toHaveAttribute('data-state', 'printed');
  const paper = await paperOf(till);
  expect(paper).toContainEqual(expect.stringMatching(new RegExp(`^单号 +${number}$`)));
  expect(paper).toContainEqual(expect.stringMatching(/^合计 +￥12\.50$/));
  expect(paper.join()).not.toContain('重打印');
  expect(await till.page.evaluate(() => globalThis.usbBench.kicks())).toBe(1);

  await till.page.reload();
  await till.unlock();
  await expect(till.by('lamp-printer')).toHaveAttribute('data-tone', 'calm');
  await till.go('orders');
  await till.by('order').first().click();
  await till.by('reprint').click();
  await expect.poll(async () => (await paperOf(till)).join()).toContain('重打印');
  expect(problems).toEqual([]);
});

test('a cable pulled in mid-slip leaves the sale done and the slip unconfirmed; replugging needs no click', async ({
  counter,
}) => {
  await plugSimulatedPrinter(counter);
  const till = await counter.open();
  await till.setUp();
  await till.connectPrinter();
  await till.go('till');
  await till.page.evaluate(() => globalThis.usbBench.printer.holdAfter(40));
  await till.sell('8');
  await expect(till.by('slip')).toHaveAttribute('data-state', 'printing');
  // Before its first bytes are out a pulled cable is a slip that failed, and rightly so.
  await expect.poll(() => till.page.evaluate(() => globalThis.usbBench.printer.room)).toBe(0);
  await till.page.evaluate(() => globalThis.usbBench.unplug());
  await expect(till.by('slip')).toHaveAttribute('data-state', 'unconfirmed');
  await expect(till.by('paid')).toBeVisible();
  await till.page.evaluate(() => {
    globalThis.usbBench.printer.release();
    globalThis.usbBench.plug();
  });
  await expect(till.by('lamp-printer')).toHaveAttribute('data-tone', 'calm');
  const before = (await paperOf(till)).length;
  await till.by('print').click();
  await expect(till.by('slip')).toHaveAttribute('data-state', 'printed');
  expect((await paperOf(till)).slice(before).join()).toContain('重打印');
});

test('paper out in mid-slip is said, and the job goes on when the roll is changed', async ({ counter }) => {
  await plugSimulatedPrinter(counter);
  const till = await counter.open();
  await till.setUp();
  await till.connectPrinter();
  await till.go('till');
  await till.page.evaluate(() => globalThis.usbBench.printer.endPaperAfter(3));
  await till.sell('8');
  await expect(till.by('lamp-printer')).toHaveAttribute('data-tone', /bad|warn/);
  await till.page.evaluate(() => globalThis.usbBench.printer.setPaper('ok'));
  await expect(till.by('slip')).toHaveAttribute('data-state', 'printed', { timeout: 20_000 });
});

test('without a printer the slip goes to the system print dialog', async ({ counter }) => {
  await counter.prepare((context) =>
    context.addInitScript(() => {
      globalThis.print = () => {
        const root = document.querySelector('.print-root');
        document.documentElement.dataset['printed'] = root?.shadowRoot?.textContent ?? 'nothing';
      };
    }),
  );
  const till = await counter.open();
  await till.setUp();
  await till.sell('12.5');
  await expect(till.by('slip')).toHaveAttribute('data-state', 'failed');
  await till.by('system-print').click();
  await expect(till.page.locator('html')).toHaveAttribute('data-printed', /小面馆.*合计.*12\.50/s);
});
