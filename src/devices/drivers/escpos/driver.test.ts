import { describe, expect, test } from 'vitest';
import type { PrinterSettings } from '../../driver.ts';
import { printerProfile } from '../../printer-profile.ts';
import { ReconnectingPrinter, type RememberedPrinter } from '../../reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from '../../registry.ts';
import { SimulatedSerial, SimulatedSerialPort } from '../../simulators/escpos/serial.ts';
import { SimulatedUsb } from '../../simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from '../../simulators/escpos/usb-device.ts';
import { VirtualPrinter, type VirtualPrinterOptions } from '../../simulators/escpos/virtual-printer.ts';
import { blockRasteriser } from '../../testing/block-raster.ts';
import { FakeTimers, settle } from '../../testing/fake-timers.ts';
import { FakeTransport } from '../../testing/fake-transport.ts';
import {
  ending,
  jobOf,
  type PrinterRig,
  paperText,
  receiptPrinterConformance,
} from '../../testing/printer-conformance.ts';
import type { Bytes, SerialLine } from '../../transports/transport.ts';
import { WebSerialBus } from '../../transports/webserial.ts';
import { WebUsbBus } from '../../transports/webusb.ts';
import { escPosDriver } from './driver.ts';

interface UsbRig extends PrinterRig {
  readonly usb: SimulatedUsb;
  readonly cable: SimulatedUsbPrinter;
  remembered(): RememberedPrinter | undefined;
}

async function usbRig(
  profile = printerProfile('epson-80'),
  options: Partial<VirtualPrinterOptions> = {},
  hasIn = true,
): Promise<UsbRig> {
  const timers = new FakeTimers();
  const usb = new SimulatedUsb();
  const device = new VirtualPrinter(options);
  const cable = new SimulatedUsbPrinter(device, { hasIn });
  usb.plug(cable, true);
  const { vendorId, productId, productName: name } = cable;
  let remembered: RememberedPrinter | undefined = {
    driver: 'escpos',
    identity: { bus: 'usb', vendorId, productId, name },
    profile,
  };
  const printer = new ReconnectingPrinter({
    buses: [new WebUsbBus(usb)],
    drivers: RECEIPT_PRINTERS,
    raster: blockRasteriser,
    timers,
    remembered,
    remember: (news) => {
      remembered = news;
    },
  });
  await printer.start();
  await settle();
  return {
    printer,
    device,
    timers,
    usb,
    cable,
    remembered: () => remembered,
    unplug: () => usb.unplug(cable),
    replug: () => usb.plug(cable),
    cutAfter: (bytes) => cable.cutAfter(bytes),
  };
}

async function serialRig(line: SerialLine): Promise<PrinterRig & { readonly port: SimulatedSerialPort }> {
  const timers = new FakeTimers();
  const serial = new SimulatedSerial();
  const device = new VirtualPrinter({ answers: 'gs-r' });
  const port = new SimulatedSerialPort(device);
  serial.plug(port, true);
  const wait = (ms: number) => new Promise<void>((resolve) => timers.after(ms, resolve));
  const printer = new ReconnectingPrinter({
    buses: [new WebSerialBus(serial, wait)],
    drivers: RECEIPT_PRINTERS,
    raster: blockRasteriser,
    timers,
    remembered: {
      driver: 'escpos',
      identity: { bus: 'serial', vendorId: 0x0403, productId: 0x6001, name: '' },
      profile: printerProfile('generic-80'),
      line,
    },
    remember: () => undefined,
  });
  await printer.start();
  await settle();
  const cutAfter = (bytes: number) => {
    const until = device.received + bytes;
    device.holdAfter(bytes);
    const watch = async () => {
      while (device.received < until) await settle();
      serial.unplug(port);
      device.release();
    };
    void watch();
  };
  return {
    printer,
    device,
    timers,
    port,
    unplug: () => serial.unplug(port),
    replug: () => serial.plug(port),
    cutAfter,
  };
}

receiptPrinterConformance('a USB printer that answers GS ( H', () => usbRig());
receiptPrinterConformance('a USB printer that answers GS r only', () =>
  usbRig(printerProfile('generic-80'), { answers: 'gs-r' }),
);
receiptPrinterConformance('a serial printer at 9600 with DSR', () =>
  serialRig({ baudRate: 9_600, flow: 'dsr' }),
);
receiptPrinterConformance('a serial printer at 115200', () =>
  serialRig({ baudRate: 115_200, flow: 'hardware' }),
);

describe('proof that paper came out', () => {
  test('a printer without GS ( H is asked with GS r, and remembered so', async () => {
    const rig = await usbRig(printerProfile('epson-80'), { answers: 'gs-r' });
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual({ kind: 'confirmed' });
    expect(rig.remembered()?.profile.confirm).toBe('gs-r');
    const before = rig.device.received;
    const second = jobOf('单一');
    expect(await ending(rig, rig.printer.print(second))).toEqual({ kind: 'confirmed' });
    const fresh = await usbRig(printerProfile('generic-80'), { answers: 'gs-r' });
    const start = fresh.device.received;
    await ending(fresh, fresh.printer.print(second));
    expect(rig.device.received - before).toBe(fresh.device.received - start); // No GS ( H any more.
  });

  test('a printer that answers real-time status only is unconfirmed, quickly from the second job on', async () => {
    const rig = await usbRig(printerProfile('epson-80'), { answers: 'realtime' });
    const none = { kind: 'unconfirmed', reason: 'no-confirmation' };
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual(none);
    const second = rig.printer.print(jobOf('单二'));
    await settle();
    expect(await second).toEqual(none);
    expect(paperText(rig.device).filter((text) => /^单/.test(text))).toEqual(['单一', '单二']);
  });

  test.each([true, false])('a write-only clone is unconfirmed (with a pipe in: %s)', async (hasIn) => {
    const rig = await usbRig(printerProfile('generic-80'), { answers: 'none' }, hasIn);
    const none = { kind: 'unconfirmed', reason: 'no-confirmation' };
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual(none);
    expect(rig.printer.status).toMatchObject({ paper: 'unknown', cover: 'unknown', link: 'connected' });
  });

  test('a late answer is not taken for the next job', async () => {
    let late: Bytes | undefined;
    const transport = new FakeTransport((bytes) => {
      const text = String.fromCharCode(...bytes);
      if (text.startsWith('\x10\x04')) return [Uint8Array.of(0x12)];
      const at = text.indexOf('\x1d(H');
      if (at >= 0) late ??= Uint8Array.of(0x37, 0x22, ...bytes.slice(at + 7, at + 11), 0);
      return [];
    });
    const timers = new FakeTimers();
    const session = escPosDriver().connect(transport, settings(timers));
    const none = { kind: 'unconfirmed', reason: 'no-confirmation' };
    const first = session.print(jobOf('单一'));
    await timers.advance(60_000);
    expect(await first).toEqual(none);
    transport.say(late!);
    const second = session.print(jobOf('单二'));
    await settle();
    expect(session.status.job).toBe('printing'); // It waits for its own answer …
    transport.say(late!);
    await timers.advance(60_000);
    expect(await second).toEqual(none); // … and does not take that of the job before.
  });

  test('answers to GS r that nobody asked for, or that belong to an earlier job, prove nothing', async () => {
    const transport = new FakeTransport(() => []);
    const timers = new FakeTimers();
    const generic = { ...settings(timers), profile: printerProfile('generic-80') };
    const session = escPosDriver().connect(transport, generic);
    transport.say(Uint8Array.of(0x00, 0x00)); // Nobody asked.
    const outcomes = [session.print(jobOf('单一')), session.print(jobOf('单二'))];
    await timers.advance(12_000);
    expect(await outcomes[0]).toEqual({ kind: 'unconfirmed', reason: 'timeout' });
    transport.say(Uint8Array.of(0x00)); // The first job's.
    await timers.advance(60_000);
    expect(await outcomes[1]).toEqual({ kind: 'unconfirmed', reason: 'timeout' });
  });

  test('a printer switched off after the last byte is a timeout, not a success', async () => {
    let isOn = true;
    const transport = new FakeTransport((bytes) => {
      const text = String.fromCharCode(...bytes);
      if (!isOn) return [];
      return text.includes('\x1da') ? [Uint8Array.of(0x10, 0, 0, 0x0f)] : [];
    });
    const timers = new FakeTimers();
    const session = escPosDriver().connect(transport, settings(timers));
    await settle();
    isOn = false;
    const outcome = session.print(jobOf('单一'));
    await timers.advance(60_000);
    expect(await outcome).toEqual({ kind: 'unconfirmed', reason: 'timeout' });
  });
});

describe('pairing and remembering', () => {
  test('a chosen printer is remembered with a profile that fits its maker', async () => {
    const timers = new FakeTimers();
    const usb = new SimulatedUsb();
    const device = new VirtualPrinter();
    usb.plug(new SimulatedUsbPrinter(device, { vendorId: 0x04b8, productId: 0x0202, serialNumber: 'J1' }));
    const kept: (RememberedPrinter | undefined)[] = [];
    const printer = new ReconnectingPrinter({
      buses: [new WebUsbBus(usb)],
      drivers: RECEIPT_PRINTERS,
      raster: blockRasteriser,
      timers,
      remember: (news) => kept.push(news),
    });
    await printer.start();
    expect(await printer.print(jobOf('单一'))).toEqual({ kind: 'failed', reason: 'no-printer' });
    await printer.pair('usb');
    expect(printer.status).toMatchObject({ link: 'connected', name: 'Xiaoji 80 mm Training Printer' });
    expect(kept.at(-1)).toMatchObject({
      driver: 'escpos',
      identity: { serialNumber: 'J1' },
      profile: { id: 'epson-80' },
    });
    await printer.forget();
    expect(kept.at(-1)).toBeUndefined();
    expect(printer.status.link).toBe('absent');
  });

  test('a closed chooser rejects with not-chosen and leaves the printer in use', async () => {
    const rig = await usbRig();
    const other = new SimulatedUsb();
    const printer = new ReconnectingPrinter({
      buses: [new WebUsbBus(other)],
      drivers: RECEIPT_PRINTERS,
      raster: blockRasteriser,
      timers: rig.timers,
      remember: () => undefined,
    });
    await expect(printer.pair('usb')).rejects.toMatchObject({ code: 'not-chosen' });
    await expect(printer.pair('serial')).rejects.toMatchObject({ code: 'unsupported' });
  });

  test.each([
    [{ isBusy: true }, 'busy'],
    [{ isRefused: true }, 'no-access'],
    [{ interfaceClass: 3 }, 'unsupported'],
  ])('a printer that cannot be opened (%o) says why: %s', async (fault, code) => {
    const usb = new SimulatedUsb();
    usb.plug(new SimulatedUsbPrinter(new VirtualPrinter(), { vendorId: 0x04b8, ...fault }));
    const printer = new ReconnectingPrinter({
      buses: [new WebUsbBus(usb)],
      drivers: RECEIPT_PRINTERS,
      raster: blockRasteriser,
      timers: new FakeTimers(),
      remember: () => undefined,
    });
    await expect(printer.pair('usb')).rejects.toMatchObject({ code });
    expect(printer.status).toMatchObject({ link: 'absent', trouble: code });
    expect(await printer.print(jobOf('单一'))).toEqual({ kind: 'failed', reason: code });
  });

  test('another printer of the same make with another serial number is not taken up', async () => {
    const usb = new SimulatedUsb();
    usb.plug(new SimulatedUsbPrinter(new VirtualPrinter(), { serialNumber: 'B' }), true);
    const printer = new ReconnectingPrinter({
      buses: [new WebUsbBus(usb)],
      drivers: RECEIPT_PRINTERS,
      raster: blockRasteriser,
      timers: new FakeTimers(),
      remembered: {
        driver: 'escpos',
        identity: { bus: 'usb', vendorId: 0x0416, productId: 0x5011, serialNumber: 'A', name: '' },
        profile: printerProfile('generic-80'),
      },
      remember: () => undefined,
    });
    await printer.start();
    expect(printer.status.link).toBe('absent');
  });

  test('a changed profile is kept and used for the next slip', async () => {
    const rig = await usbRig();
    await rig.printer.configure(printerProfile('generic-58'));
    expect(rig.remembered()?.profile.id).toBe('generic-58');
    expect(rig.printer.columns).toBe(32);
    await settle();
    await ending(rig, rig.printer.print(jobOf('单一')));
    expect(paperText(rig.device)[1]).toBe(`商品 1${' '.repeat(32 - 6 - 7)}￥12.50`);
  });
});

function settings(timers: FakeTimers): PrinterSettings {
  return { profile: printerProfile('epson-80'), raster: blockRasteriser, timers, onLearned: () => undefined };
}
