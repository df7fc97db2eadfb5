import assert from 'node:assert/strict';
import { until } from '../../e2e/crash/deadline.ts';
import { Pn532Board } from '../../src/devices/simulators/pn532/pn532-board.ts';
import { VirtualPole } from '../../src/devices/simulators/pole/virtual-pole.ts';
import { PAGE_MS } from '../machine/lab.ts';
import { benchPage, idsOf, untilLink } from './bench-page.ts';
import type { LabCase } from './case.ts';
import { serialDevice } from './serial-device.ts';

/** The small things on a counter: the customer's display and the reader of member tags. */
export function smallCases(): readonly LabCase[] {
  return [pole(), tags()];
}

function pole(): LabCase {
  const core = new VirtualPole();
  const device = serialDevice(core, 'pole');
  const untilShown = (amount: RegExp): Promise<true> =>
    until(PAGE_MS, 'the pole to show it', () => amount.test(core.lines.join('\n')) || undefined);
  return {
    name: 'pole-cd5220: the amount is shown; replugged, the pole shows what the customer should see without being told again',
    run: async (lab) => {
      const page = await benchPage(lab);
      await page.evaluate((ids) => bench.keepDisplay('pole-cd5220', ids), idsOf('serial', device));
      await lab.plug(device);
      await untilLink(page, 'connected');
      await page.evaluate(() => bench.showAmount(1_250));
      await untilShown(/12\.50/);
      lab.unplug(device);
      await untilLink(page, 'absent');
      await page.evaluate(() => bench.showAmount(880));
      assert.doesNotMatch(core.lines.join('\n'), /8\.80/);
      await lab.plug(device);
      await untilShown(/8\.80/);
    },
  };
}

function tags(): LabCase {
  const core = new Pn532Board();
  const device = serialDevice(core, 'pn532');
  return {
    name: 'pn532: a member tag is read once; replugged, the reader reads on without a click',
    run: async (lab) => {
      const page = await benchPage(lab);
      const tag = { uid: '04A1B2C3D4E5F6' };
      await page.evaluate((ids) => bench.keepTagReader('pn532', ids), idsOf('serial', device));
      await lab.plug(device);
      await untilLink(page, 'connected');
      core.put(tag);
      await page.waitForFunction(() => bench.scans.length === 1);
      assert.deepEqual(await page.evaluate(() => bench.scans), [tag.uid]);
      core.put(undefined);
      lab.unplug(device);
      await untilLink(page, 'absent');
      await lab.plug(device);
      await untilLink(page, 'connected');
      core.put(tag);
      await page.waitForFunction(() => bench.scans.length === 2);
    },
  };
}
