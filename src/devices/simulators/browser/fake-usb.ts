import type { UsbDevice } from '../../transports/usb-interface.ts';
import type { UsbApi } from '../../transports/webusb.ts';
import type { UsbCore } from './cores.ts';
import { FakeApi, type PlugOptions } from './fake-api.ts';
import { FakeUsbDevice } from './fake-usb-device.ts';

/** Stands in for `navigator.usb`. */
export class FakeUsb extends FakeApi<UsbCore, FakeUsbDevice> implements UsbApi {
  async getDevices(): Promise<UsbDevice[]> {
    return this.permitted();
  }

  async requestDevice({ filters }: { filters: USBDeviceFilter[] }): Promise<UsbDevice> {
    const isOffered = (core: UsbCore) => filters.length === 0 || filters.some((filter) => fits(core, filter));
    const [chosen] = this.chosen(isOffered);
    if (chosen === undefined) throw new DOMException('No device selected.', 'NotFoundError');
    return chosen;
  }

  /** Plugs the same device object in again: for a test that holds on to it. */
  plugDevice(device: FakeUsbDevice, options: PlugOptions = {}): void {
    this.attach(device.core, device, options);
  }

  protected override make(core: UsbCore, options: PlugOptions): FakeUsbDevice {
    return new FakeUsbDevice(core, options);
  }
}

function fits(core: UsbCore, filter: USBDeviceFilter): boolean {
  const classCodes = core.configurations.flatMap(({ interfaces }) =>
    interfaces.flatMap(({ alternates }) => alternates.map(({ interfaceClass }) => interfaceClass)),
  );
  return (
    (filter.vendorId === undefined || filter.vendorId === core.vendorId) &&
    (filter.productId === undefined || filter.productId === core.productId) &&
    (filter.serialNumber === undefined || filter.serialNumber === core.serialNumber) &&
    (filter.classCode === undefined || classCodes.includes(filter.classCode))
  );
}
