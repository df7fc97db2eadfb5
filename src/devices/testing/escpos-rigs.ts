import { printerProfile } from '../printer-profile.ts';
import { ReconnectingPrinter } from '../reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from '../registry.ts';
import type { RememberedPrinter } from '../remembered-printer.ts';
import { SimulatedSerial, SimulatedSerialPort } from '../simulators/escpos/serial.ts';
import { SimulatedUsb } from '../simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from '../simulators/escpos/usb-device.ts';
import { VirtualPrinter, type VirtualPrinterOptions } from '../simulators/escpos/virtual-printer.ts';
import type { SerialLine } from '../transports/transport.ts';
import { WebSerialBus } from '../transports/webserial.ts';
import { WebUsbBus } from '../transports/webusb.ts';
import { blockRasteriser } from './block-raster.ts';
import { FakeTimers, settle } from './fake-timers.ts';
import type { PrinterRig } from './printer-conformance.ts';

/** A till's printer on a simulated USB cable, connected as after a reload. */
export interface UsbRig extends PrinterRig {
  readonly usb: SimulatedUsb;
  readonly cable: SimulatedUsbPrinter;
  remembered(): RememberedPrinter | undefined;
}

export async function usbRig(
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
    identity: { bus: 'usb', vendorId, productId, name: name ?? '' },
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

/** The same on a serial cable. */
export async function serialRig(
  line: SerialLine,
): Promise<PrinterRig & { readonly port: SimulatedSerialPort }> {
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
