import assert from 'node:assert/strict';
import { EcrHubTerminal } from '../../src/devices/simulators/ecrhub/ecrhub-terminal.ts';
import { systemTimers } from '../../src/devices/timers.ts';
import { benchPage, untilUsbDevices } from './bench-page.ts';
import type { LabCase } from './case.ts';
import { labPrinter } from './printer.ts';
import { serialDevice } from './serial-device.ts';

const TICKS = 20;

/** What the browser itself does, and drivers and simulators rely on. A new release that changes it shows up here. */
export function browserCases(): readonly LabCase[] {
  return [
    {
      name: 'browser: a page hears of serial devices only after it asked for its ports once',
      run: async (lab) => {
        const core = new EcrHubTerminal({ timers: systemTimers, now: () => Date.now() });
        const port = serialDevice(core, 'events');
        const page = await benchPage(lab);
        await lab.plug(port);
        await lab.sh('udevadm settle');
        lab.unplug(port);
        await lab.plug(port);
        const listed = await page.evaluate(async (ticks) => {
          for (let tick = 0; tick < ticks; tick += 1)
            await new Promise((resolve) => setTimeout(resolve, 100));
          const before = [...bench.events];
          await navigator.serial.getPorts();
          return before;
        }, TICKS);
        assert.deepEqual(listed, []);
        lab.unplug(port);
        await page.waitForFunction(() => bench.events.includes('serial disconnect'));
        await lab.plug(port);
        await page.waitForFunction(() => bench.events.includes('serial connect'));
      },
    },
    {
      name: 'browser: a stalled pipe is told as "stall" with all bytes as written although none was taken',
      run: async (lab) => {
        const printer = labPrinter('LAB-STALL');
        const page = await benchPage(lab);
        await lab.plug(printer.device);
        await untilUsbDevices(page, 1);
        printer.device.halted.add(0x01);
        const told = await page.evaluate(async () => {
          const [device] = await navigator.usb.getDevices();
          if (device === undefined) throw new Error('no device');
          await device.open();
          await device.claimInterface(0);
          const stalled = await device.transferOut(1, Uint8Array.of(10, 10, 10));
          await device.clearHalt('out', 1);
          const sent = await device.transferOut(1, Uint8Array.of(10, 10));
          return [stalled.status, stalled.bytesWritten, sent.status, sent.bytesWritten];
        });
        assert.deepEqual(told, ['stall', 3, 'ok', 2]);
        assert.equal(printer.core.received, 2);
      },
    },
  ];
}
