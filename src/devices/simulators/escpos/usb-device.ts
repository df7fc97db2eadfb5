import { type UsbCore, usbConfiguration } from '../browser/cores.ts';
import { FakeUsbDevice } from '../browser/fake-usb-device.ts';
import type { BufferedPrinter } from './buffered-printer.ts';

export interface SimulatedUsbOptions {
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturerName: string;
  readonly productName: string;
  readonly serialNumber?: string;
  /** 7 as the class says, or 255 for a vendor's own. */
  readonly interfaceClass: number;
  /** False: only a pipe out, as on write-only clones. */
  readonly hasIn: boolean;
  readonly packetSize: number;
  /** Another program has it: claiming fails. */
  readonly isBusy: boolean;
  /** The system's own driver holds it: opening fails. */
  readonly isRefused: boolean;
}

const DEFAULTS: SimulatedUsbOptions = {
  vendorId: 0x0416,
  productId: 0x5011,
  manufacturerName: 'Xiaoji',
  productName: '80 mm Training Printer',
  interfaceClass: 7,
  hasIn: true,
  packetSize: 64,
  isBusy: false,
  isRefused: false,
};

const OUT = 1;
const IN = 2;

/** The descriptors of a printer around a virtual printer: goes behind `FakeUsb`, and behind the kernel in the lab. */
export function printerUsbCore(
  printer: BufferedPrinter,
  options: Partial<SimulatedUsbOptions> = {},
): UsbCore {
  const all = { ...DEFAULTS, ...options };
  const { packetSize } = all;
  const out: USBEndpoint = { endpointNumber: OUT, direction: 'out', type: 'bulk', packetSize };
  const back: USBEndpoint = { endpointNumber: IN, direction: 'in', type: 'bulk', packetSize };
  return {
    vendorId: all.vendorId,
    productId: all.productId,
    manufacturerName: all.manufacturerName,
    productName: all.productName,
    ...(all.serialNumber === undefined ? {} : { serialNumber: all.serialNumber }),
    configurations: [
      usbConfiguration([
        {
          classCode: all.interfaceClass,
          subclass: 1,
          protocol: all.hasIn ? 2 : 1,
          endpoints: all.hasIn ? [out, back] : [out],
        },
      ]),
    ],
    get room() {
      return printer.room;
    },
    receive: (_endpoint, bytes) => void printer.receive(bytes),
    onBytes: (listener) => printer.onReply((bytes) => listener(IN, bytes)),
    onRoom: (listener) => printer.onRoom(listener),
  };
}

/** A virtual printer at the end of a USB cable: what `navigator.usb` would hand out for it. */
export class SimulatedUsbPrinter extends FakeUsbDevice {
  readonly printer: BufferedPrinter;

  constructor(printer: BufferedPrinter, options: Partial<SimulatedUsbOptions> = {}) {
    super(printerUsbCore(printer, options), {
      isBusy: options.isBusy ?? false,
      isRefused: options.isRefused ?? false,
    });
    this.printer = printer;
  }
}
