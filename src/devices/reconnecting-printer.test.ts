import { describe, expect, test } from 'vitest';
import { printerProfile } from './printer-profile.ts';
import { ReconnectingPrinter } from './reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from './registry.ts';
import type { RememberedPrinter } from './remembered-printer.ts';
import { SimulatedUsb } from './simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from './simulators/escpos/usb-device.ts';
import { VirtualPrinter } from './simulators/escpos/virtual-printer.ts';
import { StarPrinter } from './simulators/star/star-printer.ts';
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

describe('which driver a chosen printer gets', () => {
  async function paired(device: SimulatedUsbPrinter) {
    const usb = new SimulatedUsb();
    usb.plug(device);
    const kept: (RememberedPrinter | undefined)[] = [];
    const printer = new ReconnectingPrinter({
      buses: [new WebUsbBus(usb)],
      drivers: RECEIPT_PRINTERS,
      raster: blockRasteriser,
      timers: new FakeTimers(),
      remember: (news) => kept.push(news),
    });
    await printer.start();
    const trouble = await printer.pair('usb').then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
    return { printer, trouble, kept: () => kept.at(-1) };
  }
  const star = (productName: string) => ({
    vendorId: 0x0519,
    productId: 3,
    manufacturerName: 'Star',
    productName,
  });

  test('a Star is paired as a Star, though it is a USB printer like all others', async () => {
    const device = new StarPrinter();
    const { printer, kept } = await paired(new SimulatedUsbPrinter(device, star('mC-Print3')));
    expect(kept()).toMatchObject({ driver: 'star', profile: { id: 'star-utf8-80' } });
    expect(await printer.print(jobOf('单一'))).toEqual({ kind: 'confirmed' });
    expect(paperText(device)[0]).toBe('单一');
  });

  test('a Star that speaks ESC/POS is paired as that', async () => {
    const { kept } = await paired(new SimulatedUsbPrinter(new VirtualPrinter(), star('BSC10')));
    expect(kept()?.driver).toBe('escpos');
  });

  test('a Star with a language that nobody here speaks is refused, not fed with another', async () => {
    const device = new VirtualPrinter();
    const { trouble, kept } = await paired(new SimulatedUsbPrinter(device, star('TSP143 (STR_T-001)')));
    expect([trouble, kept(), device.received]).toEqual(['unsupported', undefined, 0]);
  });

  test('a profile of another language changes the driver', async () => {
    const device = new StarPrinter();
    const { printer, kept } = await paired(new SimulatedUsbPrinter(device));
    expect(kept()?.driver).toBe('escpos');
    await printer.configure(printerProfile('star-utf8-80'));
    expect(kept()?.driver).toBe('star');
    expect(await printer.print(jobOf('单一'))).toEqual({ kind: 'confirmed' });
  });
});

describe('a driver that throws', () => {
  test('is no crash: the printer is closed, the slip has failed, and the next one is printed', async () => {
    const usb = new SimulatedUsb();
    const device = new VirtualPrinter();
    const cable = new SimulatedUsbPrinter(device);
    usb.plug(cable, true);
    let isBroken = true;
    const [escpos] = RECEIPT_PRINTERS;
    if (escpos === undefined) throw new Error('no driver');
    const broken: typeof escpos = {
      ...escpos,
      load: async () => {
        const driver = await escpos.load();
        const connect: typeof driver.connect = (link, settings) => {
          if (isBroken) throw new TypeError('a mistake in the driver');
          return driver.connect(link, settings);
        };
        return { ...driver, connect };
      },
    };
    const timers = new FakeTimers();
    const printer = new ReconnectingPrinter({
      buses: [new WebUsbBus(usb)],
      drivers: [broken],
      raster: blockRasteriser,
      timers,
      remember: () => undefined,
    });
    await expect(printer.pair('usb')).rejects.toMatchObject({ code: 'protocol' });
    expect(cable.opened).toBe(false);
    expect(await printer.print(jobOf('单一'))).toEqual({ kind: 'failed', reason: 'protocol' });
    expect(paperText(device)).toEqual([]);
    isBroken = false;
    expect(await ending({ timers }, printer.print(jobOf('单二')))).toEqual({ kind: 'confirmed' });
    expect(paperText(device)).toContain('单二');
  });
});

describe('the drawer', () => {
  test.each([
    [false, 'high'],
    [true, 'low'],
  ] as const)(
    'is told as open and closed once its polarity is learned (inverted: %s)',
    async (isDrawerInverted, drawerOpenAt) => {
      const rig = await usbRig(printerProfile('epson-80'), { isDrawerInverted });
      expect(rig.printer.status.drawer).toBeUndefined();
      await rig.printer.configure({ ...printerProfile('epson-80'), drawerOpenAt });
      await settle();
      expect(rig.printer.status.drawer).toBe('closed');
      await rig.printer.kick();
      await settle();
      expect(rig.printer.status.drawer).toBe('open');
      rig.device.closeDrawer();
      await settle();
      expect(rig.printer.status.drawer).toBe('closed');
      rig.unplug();
      await settle();
      expect(rig.printer.status.drawer).toBeUndefined();
    },
  );
});

describe('a profile that is tried out', () => {
  test('is used and not remembered; afterwards the printer is as it was', async () => {
    const rig = await usbRig();
    const before = rig.remembered();
    await rig.printer.tryOut(printerProfile('generic-58'));
    expect([rig.printer.columns, rig.remembered()]).toEqual([32, before]);
    await rig.printer.tryOut(undefined);
    expect([rig.printer.columns, rig.printer.remembered]).toEqual([48, before]);
    await ending(rig, rig.printer.print(jobOf('单一')));
    expect(paperText(rig.device)[1]).toBe(`商品 1${' '.repeat(48 - 6 - 7)}￥12.50`);
  });

  test('does not hide what the printer teaches meanwhile: that is remembered, the trial is not', async () => {
    const rig = await usbRig(undefined, { answers: 'gs-r' });
    await rig.printer.tryOut(printerProfile('epson-58'));
    await settle();
    await ending(rig, rig.printer.print(jobOf('单一')));
    expect(rig.remembered()?.profile).toEqual({ ...printerProfile('epson-80'), confirm: 'gs-r' });
  });

  test('once it is settled on, it is remembered, and that the wizard was walked; another printer begins anew', async () => {
    const rig = await usbRig();
    await rig.printer.tryOut(printerProfile('gbk-58'));
    await rig.printer.settle(printerProfile('gbk-58'));
    expect(rig.remembered()).toMatchObject({ profile: { id: 'gbk-58' }, walked: true });
    await rig.printer.configure(printerProfile('gbk-80'));
    expect(rig.remembered()).toMatchObject({ profile: { id: 'gbk-80' }, walked: true });
    await rig.printer.pair('usb');
    expect(rig.remembered()).not.toHaveProperty('walked');
  });

  test('the same one again leaves the link as it is', async () => {
    const rig = await usbRig();
    await rig.printer.tryOut(printerProfile('gbk-58'));
    const links: string[] = [];
    rig.printer.subscribe(() => links.push(rig.printer.status.link));
    await rig.printer.tryOut(printerProfile('gbk-58'));
    expect(links).toEqual([]);
  });
});

describe('a printer that does not report by itself', () => {
  test('is asked for the drawer when somebody looks', async () => {
    class Asked extends VirtualPrinter {
      protected override say(bytes: readonly number[]): void {
        // Four bytes are what a printer says by itself.
        if (bytes.length !== 4) super.say(bytes);
      }
    }
    const usb = new SimulatedUsb();
    const device = new Asked();
    usb.plug(new SimulatedUsbPrinter(device));
    const printer = new ReconnectingPrinter({
      buses: [new WebUsbBus(usb)],
      drivers: RECEIPT_PRINTERS,
      raster: blockRasteriser,
      timers: new FakeTimers(),
      remember: () => undefined,
    });
    await printer.pair('usb');
    await settle();
    await printer.kick();
    await settle();
    expect([device.isDrawerOpen, printer.status.drawerPin]).toEqual([true, 'low']);
    expect((await printer.look()).drawerPin).toBe('high');
    expect(printer.status.drawerPin).toBe('high');
  });
});
