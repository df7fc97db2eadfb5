import assert from 'node:assert/strict';
import { until } from '../../e2e/crash/deadline.ts';
import { HidScanner } from '../../src/devices/simulators/scanner/hid-scanner.ts';
import { SerialScanner } from '../../src/devices/simulators/scanner/serial-scanner.ts';
import { PAGE_MS } from '../machine/lab.ts';
import { HidShell } from '../usb/hid-shell.ts';
import type { UsbDevice } from '../usb/usb-device.ts';
import { benchPage, idsOf, untilLink } from './bench-page.ts';
import type { LabCase } from './case.ts';
import { serialDevice } from './serial-device.ts';

const PAY_CODE = '134567890123456789';
const LONG_CODE = `https://pay.example/${'0123456789'.repeat(12)}`;

interface Family {
  readonly id: string;
  readonly bus: 'hid' | 'serial';
  readonly device: UsbDevice;
  scan(text: string): void;
  awake(): Promise<true>;
}

/** Scanners as a till has them: the code arrives whole and unchanged, also after the cable was pulled. */
export function scanCases(): readonly LabCase[] {
  const hid = new HidScanner({ startsAsKeyboard: true });
  /** The scanner is told to leave its keyboard mode after it was opened. */
  const isAwake = () => until(PAGE_MS, 'the scanner to wake', () => hid.readFeature()[0] === 1 || undefined);
  const serial = new SerialScanner({ suffix: '' });
  const families: readonly Family[] = [
    {
      id: 'scanner-hid',
      bus: 'hid',
      device: new HidShell(hid, 'LAB-HID-SCAN'),
      scan: (text) => hid.scan(text),
      awake: isAwake,
    },
    {
      id: 'scanner-serial',
      bus: 'serial',
      device: serialDevice(serial, 'scanner'),
      scan: (text) => serial.scan(text),
      awake: async () => true,
    },
  ];
  return families.map(({ id, bus, device, scan, awake }) => ({
    name: `${id}: codes arrive whole and with their zeros; replugged, the scanner reads on without a click`,
    run: async (lab) => {
      const page = await benchPage(lab);
      const scanned = (count: number) =>
        page
          .waitForFunction((wanted) => bench.scans.length >= wanted, count)
          .then(() => page.evaluate(() => bench.scans));
      await page.evaluate(([driver, ids]) => bench.keepScanner(driver, ids), [
        id,
        idsOf(bus, device),
      ] as const);
      await lab.plug(device);
      await untilLink(page, 'connected');
      await awake();
      scan('0012345678905');
      assert.deepEqual(await scanned(1), ['0012345678905']);
      scan(LONG_CODE);
      assert.deepEqual(await scanned(2), ['0012345678905', LONG_CODE]);
      lab.unplug(device);
      await untilLink(page, 'absent');
      await lab.plug(device);
      await untilLink(page, 'connected');
      await awake();
      scan(PAY_CODE);
      assert.deepEqual((await scanned(3)).at(-1), PAY_CODE);
    },
  }));
}
