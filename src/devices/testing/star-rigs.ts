import { type PrinterProfile, printerProfile } from '../printer-profile.ts';
import { ReconnectingPrinter } from '../reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from '../registry.ts';
import { SimulatedSerial, SimulatedSerialPort } from '../simulators/escpos/serial.ts';
import { SimulatedUsb } from '../simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from '../simulators/escpos/usb-device.ts';
import { StarPrinter, type StarPrinterOptions } from '../simulators/star/star-printer.ts';
import { WebSerialBus } from '../transports/webserial.ts';
import { WebUsbBus } from '../transports/webusb.ts';
import { blockRasteriser } from './block-raster.ts';
import { FakeTimers, settle } from './fake-timers.ts';
import type { PrinterRig } from './printer-conformance.ts';

/** Star Micronics and a TSP650II, as USB printer class. */
export const STAR_IDS = { vendorId: 0x0519, productId: 0x0003, manufacturerName: 'Star' } as const;

export interface StarRig extends PrinterRig {
  readonly device: StarPrinter;
  profile(): PrinterProfile | undefined;
}

/** A till's Star printer on a simulated USB cable, connected as after a reload. */
export async function starUsbRig(
  profile = printerProfile('star-utf8-80'),
  options: Partial<StarPrinterOptions> = {},
): Promise<StarRig> {
  const timers = new FakeTimers();
  const usb = new SimulatedUsb();
  const device = new StarPrinter(options);
  const cable = new SimulatedUsbPrinter(device, { ...STAR_IDS, productName: 'mC-Print3' });
  usb.plug(cable, true);
  let kept: PrinterProfile | undefined = profile;
  const printer = new ReconnectingPrinter({
    buses: [new WebUsbBus(usb)],
    drivers: RECEIPT_PRINTERS,
    raster: blockRasteriser,
    timers,
    remembered: {
      driver: 'star',
      identity: { bus: 'usb', vendorId: 0x0519, productId: 0x0003, name: 'Star mC-Print3' },
      profile,
    },
    remember: (news) => {
      kept = news?.profile;
    },
  });
  await printer.start();
  await settle();
  return {
    printer,
    device,
    timers,
    profile: () => kept,
    unplug: () => usb.unplug(cable),
    replug: () => usb.plug(cable),
    cutAfter: (bytes) => cable.cutAfter(bytes),
  };
}

/** The same in Star Line Mode on a serial cable. */
export async function starSerialRig(): Promise<PrinterRig> {
  const timers = new FakeTimers();
  const serial = new SimulatedSerial();
  const device = new StarPrinter({ font: 'gb18030', answers: 'etb' });
  const port = new SimulatedSerialPort(device);
  serial.plug(port, true);
  const wait = (ms: number) => new Promise<void>((resolve) => timers.after(ms, resolve));
  const printer = new ReconnectingPrinter({
    buses: [new WebSerialBus(serial, wait)],
    drivers: RECEIPT_PRINTERS,
    raster: blockRasteriser,
    timers,
    remembered: {
      driver: 'star',
      identity: { bus: 'serial', vendorId: 0x0403, productId: 0x6001, name: '' },
      profile: printerProfile('star-line-gb18030-80'),
      line: { baudRate: 9_600, flow: 'dsr' },
    },
    remember: () => undefined,
  });
  await printer.start();
  await settle();
  const cutAfter = (bytes: number) => port.cutAfter(bytes);
  return {
    printer,
    device,
    timers,
    unplug: () => serial.unplug(port),
    replug: () => serial.plug(port),
    cutAfter,
  };
}
