import { DeviceError } from '../errors.ts';
import { deviceFailure } from './failure.ts';
import {
  type Bus,
  type DeviceIdentity,
  type DeviceMatch,
  type Found,
  idsAgree,
  type SerialLine,
  type Transport,
} from './transport.ts';
import { findCdcInterface, findPrinterInterface, type UsbDevice, VENDOR_CLASS } from './usb-interface.ts';
import { UsbLink } from './usb-link.ts';

type UsbListener = (happening: { readonly device: UsbDevice }) => void;

/** The part of `navigator.usb` in use. Passed in: a simulated one has the same shape. */
export interface UsbApi {
  getDevices(): Promise<UsbDevice[]>;
  requestDevice(options: { filters: USBDeviceFilter[] }): Promise<UsbDevice>;
  addEventListener(type: 'connect' | 'disconnect', listener: UsbListener): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: UsbListener): void;
}

const identityOf = (device: UsbDevice): DeviceIdentity => ({
  bus: 'usb',
  vendorId: device.vendorId,
  productId: device.productId,
  ...(device.serialNumber ? { serialNumber: device.serialNumber } : {}),
  name: [device.manufacturerName, device.productName].filter(Boolean).join(' ').trim(),
});

const filterOf = (match: DeviceMatch): USBDeviceFilter => ({
  ...(match.vendorId === undefined ? {} : { vendorId: match.vendorId }),
  ...(match.productId === undefined ? {} : { productId: match.productId }),
  ...(match.classCode === undefined ? {} : { classCode: match.classCode }),
});

function hasClass(device: UsbDevice, classCode: number | undefined): boolean {
  if (classCode === undefined) return true;
  return device.configurations.some(({ interfaces }) =>
    interfaces.some(({ alternates }) =>
      alternates.some(({ interfaceClass }) => interfaceClass === classCode),
    ),
  );
}

/** How a CDC-ACM line is opened unless the driver says otherwise. Most devices of this kind have no line behind the plug. */
const DEFAULT_CDC_LINE: SerialLine = { baudRate: 9_600, flow: 'none' };

/** Opens what the device is: a driver that names a line wants it; else a printer, else a line, else a maker's own pipes. */
async function openPipes(device: UsbDevice, line: SerialLine | undefined): Promise<UsbLink> {
  const printer = findPrinterInterface(device);
  const cdc = findCdcInterface(device);
  const isPrinter = printer !== undefined && printer.interfaceClass !== VENDOR_CLASS;
  if (cdc !== undefined && (line !== undefined || !isPrinter)) {
    return UsbLink.openLine(device, cdc, line ?? DEFAULT_CDC_LINE);
  }
  if (printer !== undefined) return UsbLink.open(device, printer);
  throw new DeviceError('unsupported', 'no interface of this device can be used');
}

/** Printers reached through WebUSB, and serial devices with a USB plug of their own where Web Serial is missing (Android). */
export class WebUsbBus implements Bus {
  readonly kind = 'usb';
  readonly #usb: UsbApi;

  constructor(usb: UsbApi) {
    this.#usb = usb;
  }

  async choose(matches: readonly DeviceMatch[]): Promise<Found> {
    const filters = matches.filter((match) => match.bus === 'usb').map(filterOf);
    // Nothing may be awaited before this call: the browser wants it in the same task as the click.
    return this.#usb.requestDevice({ filters }).then(
      (device) => this.#found(device),
      (cause: unknown) => {
        throw deviceFailure(cause, 'choosing a device', { NotFoundError: 'not-chosen' });
      },
    );
  }

  async known(): Promise<readonly Found[]> {
    const devices = await this.#usb.getDevices().catch((cause: unknown) => {
      throw deviceFailure(cause, 'listing devices');
    });
    return devices.map((device) => this.#found(device));
  }

  onArrival(listener: (found: Found) => void): () => void {
    const arrived: UsbListener = ({ device }) => listener(this.#found(device));
    this.#usb.addEventListener('connect', arrived);
    return () => this.#usb.removeEventListener('connect', arrived);
  }

  #found(device: UsbDevice): Found {
    const identity = identityOf(device);
    return {
      identity,
      device,
      agrees: (match) => idsAgree(identity, match) && hasClass(device, match.classCode),
      open: (line) => this.#open(device, line),
    };
  }

  async #open(device: UsbDevice, line: SerialLine | undefined): Promise<Transport> {
    const link = await openPipes(device, line);
    const left: UsbListener = (happening) => {
      if (happening.device === device) link.unplugged();
    };
    this.#usb.addEventListener('disconnect', left);
    void link.lost.then(() => this.#usb.removeEventListener('disconnect', left));
    return link;
  }
}
