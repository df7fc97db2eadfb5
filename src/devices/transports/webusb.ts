import { DeviceError } from '../errors.ts';
import { deviceFailure } from './failure.ts';
import type { Bus, DeviceIdentity, DeviceMatch, Found, Transport } from './transport.ts';
import { findPrinterInterface, type UsbDevice } from './usb-interface.ts';
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

/** Printers reached through WebUSB. */
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
        throw deviceFailure(cause, 'choosing a printer', { NotFoundError: 'not-chosen' });
      },
    );
  }

  async known(): Promise<readonly Found[]> {
    const devices = await this.#usb.getDevices().catch((cause: unknown) => {
      throw deviceFailure(cause, 'listing printers');
    });
    return devices.map((device) => this.#found(device));
  }

  onArrival(listener: (found: Found) => void): () => void {
    const arrived: UsbListener = ({ device }) => listener(this.#found(device));
    this.#usb.addEventListener('connect', arrived);
    return () => this.#usb.removeEventListener('connect', arrived);
  }

  #found(device: UsbDevice): Found {
    return { identity: identityOf(device), open: () => this.#open(device) };
  }

  async #open(device: UsbDevice): Promise<Transport> {
    const pipes = findPrinterInterface(device);
    if (pipes === undefined) throw new DeviceError('unsupported', 'no printer interface on this device');
    const link = await UsbLink.open(device, pipes);
    const left: UsbListener = (happening) => {
      if (happening.device === device) link.unplugged();
    };
    this.#usb.addEventListener('disconnect', left);
    void link.lost.then(() => this.#usb.removeEventListener('disconnect', left));
    return link;
  }
}
