import { describe, expect, test } from 'vitest';
import { printerProfile } from './printer-profile.ts';
import { ReconnectingPrinter, type RememberedPrinter } from './reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from './registry.ts';
import { SimulatedUsb } from './simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from './simulators/escpos/usb-device.ts';
import { VirtualPrinter } from './simulators/escpos/virtual-printer.ts';
import { blockRasteriser } from './testing/block-raster.ts';
import { usbRig } from './testing/escpos-rigs.ts';
import { FakeTimers, settle } from './testing/fake-timers.ts';
import { ending, jobOf, paperText } from './testing/printer-conformance.ts';
import { WebUsbBus } from './transports/webusb.ts';

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
