import { DeviceError } from '../errors.ts';
import { deviceFailure } from './failure.ts';
import { type HidDevice, HidLink } from './hid-link.ts';
import {
  type Bus,
  type DeviceIdentity,
  type DeviceMatch,
  type Found,
  idsAgree,
  type ReportLink,
} from './transport.ts';

type HidListener = (happening: { readonly device: HidDevice }) => void;

/** The part of `navigator.hid` in use. Passed in: a simulated one has the same shape. */
export interface HidApi {
  getDevices(): Promise<HidDevice[]>;
  requestDevice(options: { filters: HIDDeviceFilter[] }): Promise<HidDevice[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: HidListener): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: HidListener): void;
}

const hex = (value: number | undefined): string => (value ?? 0).toString(16);

const identityOf = (device: HidDevice): DeviceIdentity => ({
  bus: 'hid',
  vendorId: device.vendorId,
  productId: device.productId,
  // WebHID tells no serial number; the usages tell the interfaces of one device apart.
  usages: device.collections
    .map(({ usagePage, usage }) => `${hex(usagePage)}:${hex(usage)}`)
    .sort()
    .join(' '),
  name: device.productName.trim(),
});

const filterOf = ({ vendorId, productId, usagePage, usage }: DeviceMatch): HIDDeviceFilter => ({
  ...(vendorId === undefined ? {} : { vendorId }),
  ...(productId === undefined ? {} : { productId }),
  ...(usagePage === undefined ? {} : { usagePage }),
  ...(usage === undefined ? {} : { usage }),
});

const hasUsage = (device: HidDevice, { usagePage, usage }: DeviceMatch): boolean =>
  (usagePage === undefined && usage === undefined) ||
  device.collections.some(
    (each) =>
      (usagePage === undefined || each.usagePage === usagePage) &&
      (usage === undefined || each.usage === usage),
  );

/** Readers, scanners and displays reached through WebHID. */
export class WebHidBus implements Bus<ReportLink> {
  readonly kind = 'hid';
  readonly #hid: HidApi;

  constructor(hid: HidApi) {
    this.#hid = hid;
  }

  async choose(matches: readonly DeviceMatch[]): Promise<Found<ReportLink>> {
    const wanted = matches.filter((match) => match.bus === 'hid');
    // Nothing may be awaited before this call: the browser wants it in the same task as the click.
    const devices = await this.#hid
      .requestDevice({ filters: wanted.map(filterOf) })
      .catch((cause: unknown) => {
        throw deviceFailure(cause, 'choosing a device', { NotFoundError: 'not-chosen' });
      });
    // One device with several interfaces comes as several: the first is not always the one that speaks.
    const found = devices.map((device) => this.#found(device));
    const fitting = found.find((each) => wanted.some((match) => each.agrees(match))) ?? found[0];
    if (fitting === undefined) throw new DeviceError('not-chosen', 'no device was chosen');
    return fitting;
  }

  async known(): Promise<readonly Found<ReportLink>[]> {
    const devices = await this.#hid.getDevices().catch((cause: unknown) => {
      throw deviceFailure(cause, 'listing devices');
    });
    return devices.map((device) => this.#found(device));
  }

  onArrival(listener: (found: Found<ReportLink>) => void): () => void {
    const arrived: HidListener = ({ device }) => listener(this.#found(device));
    this.#hid.addEventListener('connect', arrived);
    return () => this.#hid.removeEventListener('connect', arrived);
  }

  #found(device: HidDevice): Found<ReportLink> {
    const identity = identityOf(device);
    return {
      identity,
      device,
      agrees: (match) => idsAgree(identity, match) && hasUsage(device, match),
      open: () => this.#open(device),
    };
  }

  async #open(device: HidDevice): Promise<ReportLink> {
    const link = await HidLink.open(device);
    const left: HidListener = (happening) => {
      if (happening.device === device) link.unplugged();
    };
    this.#hid.addEventListener('disconnect', left);
    void link.lost.then(() => this.#hid.removeEventListener('disconnect', left));
    return link;
  }
}
