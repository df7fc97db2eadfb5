import type { UsbDevice } from '../../transports/usb-interface.ts';
import type { UsbApi } from '../../transports/webusb.ts';
import { FakeUsb } from '../browser/fake-usb.ts';
import type { SimulatedUsbPrinter } from './usb-device.ts';

type UsbListener = Parameters<UsbApi['addEventListener']>[1];

/** Stands in for `navigator.usb` with printers only: each keeps its device object, so that a test can hold on to it. */
export class SimulatedUsb implements UsbApi {
  readonly #usb = new FakeUsb();

  /** Plugs a printer in. `isPermitted`: the person allowed it in an earlier session. */
  plug(device: SimulatedUsbPrinter, isPermitted?: boolean): void {
    this.#usb.plugDevice(device, isPermitted === undefined ? {} : { isPermitted });
  }

  unplug(device: SimulatedUsbPrinter): void {
    this.#usb.unplug(device.core);
  }

  getDevices(): Promise<UsbDevice[]> {
    return this.#usb.getDevices();
  }

  requestDevice(options: { filters: USBDeviceFilter[] }): Promise<UsbDevice> {
    return this.#usb.requestDevice(options);
  }

  addEventListener(type: 'connect' | 'disconnect', listener: UsbListener): void {
    this.#usb.addEventListener(type, listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: UsbListener): void {
    this.#usb.removeEventListener(type, listener);
  }
}
