import type { UsbDevice } from '../../transports/usb-interface.ts';
import type { UsbApi } from '../../transports/webusb.ts';
import type { SimulatedUsbPrinter } from './usb-device.ts';

type Listener = (happening: { readonly device: UsbDevice }) => void;

/** Stands in for `navigator.usb`: a socket per simulated printer, with permission as the browser would keep it. */
export class SimulatedUsb implements UsbApi {
  readonly #permitted = new Set<SimulatedUsbPrinter>();
  readonly #plugged = new Set<SimulatedUsbPrinter>();
  readonly #listeners = { connect: new Set<Listener>(), disconnect: new Set<Listener>() };

  /** Plugs a printer in. `isPermitted`: the person allowed it in an earlier session. */
  plug(device: SimulatedUsbPrinter, isPermitted = this.#permitted.has(device)): void {
    device.setPlugged(true, () => this.unplug(device));
    this.#plugged.add(device);
    if (!isPermitted) return;
    this.#permitted.add(device);
    this.#tell('connect', device);
  }

  unplug(device: SimulatedUsbPrinter): void {
    if (!this.#plugged.delete(device)) return;
    device.setPlugged(false, () => undefined);
    this.#tell('disconnect', device);
  }

  async getDevices(): Promise<UsbDevice[]> {
    return [...this.#plugged].filter((device) => this.#permitted.has(device));
  }

  /** The person chooses the first device that fits a filter; with none in the list they close the chooser. */
  async requestDevice({ filters }: { filters: USBDeviceFilter[] }): Promise<UsbDevice> {
    const device = [...this.#plugged].find((each) => filters.some((filter) => fits(each, filter)));
    if (device === undefined) throw new DOMException('No device selected.', 'NotFoundError');
    this.#permitted.add(device);
    return device;
  }

  addEventListener(type: 'connect' | 'disconnect', listener: Listener): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: Listener): void {
    this.#listeners[type].delete(listener);
  }

  #tell(type: 'connect' | 'disconnect', device: SimulatedUsbPrinter): void {
    if (!this.#permitted.has(device)) return;
    for (const listener of [...this.#listeners[type]]) listener({ device });
  }
}

function fits(device: SimulatedUsbPrinter, filter: USBDeviceFilter): boolean {
  const classCodes = device.configurations.flatMap((configuration) =>
    configuration.interfaces.flatMap((each) => each.alternates.map((alternate) => alternate.interfaceClass)),
  );
  return (
    (filter.vendorId === undefined || filter.vendorId === device.vendorId) &&
    (filter.productId === undefined || filter.productId === device.productId) &&
    (filter.classCode === undefined || classCodes.includes(filter.classCode))
  );
}
