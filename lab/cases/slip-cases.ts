import assert from 'node:assert/strict';
import { until } from '../../e2e/crash/deadline.ts';
import { StarPrinter } from '../../src/devices/simulators/star/star-printer.ts';
import { PAGE_MS } from '../machine/lab.ts';
import { PrinterShell } from '../usb/printer-shell.ts';
import { benchPage, idsOf, untilLink } from './bench-page.ts';
import type { LabCase } from './case.ts';

/** Printers of other languages than the till's own pages print in these cases. */
export function slipCases(): readonly LabCase[] {
  const printer = new StarPrinter();
  const device = new PrinterShell(printer, {
    ...{ vendorId: 0x0519, productId: 0x0003, manufacturerName: 'Star', productName: 'mC-Print3' },
    serialNumber: 'LAB-STAR',
  });
  const lines = (): readonly string[] =>
    printer.paper.map((line) => (line.kind === 'text' ? line.text : `[${line.kind}]`));
  return [
    {
      name: 'star: a long slip comes out and is confirmed; one cut off in the middle is in doubt, and the printer comes back',
      run: async (lab) => {
        const page = await benchPage(lab);
        await page.evaluate((ids) => bench.keepPrinter('star', ids, 'star-utf8-80'), idsOf('usb', device));
        await lab.plug(device);
        await untilLink(page, 'connected');
        assert.deepEqual(await page.evaluate(() => bench.print('star-1')), { kind: 'confirmed' });
        assert.ok(
          lines().some((line) => /12,345\.67/.test(line)),
          lines().join('\n'),
        );
        printer.holdAfter(400);
        const printing = page.evaluate(() => bench.print('star-2'));
        await until(PAGE_MS, 'half a slip', () => printer.room === 0 || undefined);
        lab.unplug(device);
        assert.equal((await printing).kind, 'unconfirmed');
        printer.release();
        const before = lines().length;
        await lab.plug(device);
        await untilLink(page, 'connected');
        assert.equal(lines().length, before, 'nothing prints by itself');
        assert.deepEqual(await page.evaluate(() => bench.print('star-3')), { kind: 'confirmed' });
      },
    },
  ];
}
