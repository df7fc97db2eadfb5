import type { HidDevice, InputReportListener } from '../../transports/hid-link.ts';
import type { HidApi } from '../../transports/webhid.ts';
import { bytesOf } from './bytes.ts';
import type { Bytes, HidCore } from './cores.ts';
import { FakeApi, type PlugOptions } from './fake-api.ts';

/** A simulated HID device as `navigator.hid` would hand it out. */
export class FakeHidDevice implements HidDevice {
  readonly core: HidCore;
  opened = false;
  readonly #options: PlugOptions;
  readonly #listeners = new Set<InputReportListener>();
  #isPlugged = false;
  #stop: () => void = () => undefined;
  #onCut: () => void = () => undefined;
  #cutAfter = Number.POSITIVE_INFINITY;

  constructor(core: HidCore, options: PlugOptions) {
    this.core = core;
    this.#options = options;
  }

  get vendorId(): number {
    return this.core.vendorId;
  }

  get productId(): number {
    return this.core.productId;
  }

  get productName(): string {
    return this.core.productName;
  }

  get collections(): HIDCollectionInfo[] {
    return [...this.core.collections];
  }

  /** Fault: the cable is pulled right after this many more reports, counted in both directions. */
  cutAfter(reports: number): void {
    this.#cutAfter = reports;
  }

  setPlugged(isPlugged: boolean, onCut: () => void): void {
    this.#isPlugged = isPlugged;
    this.#onCut = onCut;
    this.#end();
    this.core.powered?.(isPlugged);
  }

  async open(): Promise<void> {
    if (!this.#isPlugged || this.#options.isRefused || this.#options.isBusy) {
      throw new DOMException('Failed to open the device.', 'NotAllowedError');
    }
    if (this.opened) throw new DOMException('The device is already open.', 'InvalidStateError');
    this.opened = true;
    this.#stop = this.core.onReport((id, bytes) => this.#hear(id, bytes));
  }

  async close(): Promise<void> {
    this.#end();
  }

  async sendReport(id: number, data: BufferSource): Promise<void> {
    this.#run('Failed to write the report.', () => this.core.receiveReport(id, bytesOf(data)));
  }

  async sendFeatureReport(id: number, data: BufferSource): Promise<void> {
    this.#run('Failed to write the feature report.', () => this.core.receiveFeature(id, bytesOf(data)));
  }

  /** As Chromium does, the answer begins with the id byte where reports are numbered. */
  async receiveFeatureReport(id: number): Promise<DataView> {
    const read = () => this.core.readFeature(id);
    const bytes = this.#run('Failed to receive the feature report.', read);
    return new DataView(Uint8Array.of(...(id === 0 ? [] : [id]), ...bytes).buffer);
  }

  addEventListener(_type: 'inputreport', listener: InputReportListener): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'inputreport', listener: InputReportListener): void {
    this.#listeners.delete(listener);
  }

  #hear(reportId: number, bytes: Bytes): void {
    const data = new DataView(Uint8Array.from(bytes).buffer);
    for (const listener of [...this.#listeners]) listener({ reportId, data });
    this.#count();
  }

  #run<T>(failure: string, run: () => T): T {
    if (!this.opened) throw new DOMException('The device must be opened first.', 'InvalidStateError');
    try {
      return run();
    } catch {
      throw new DOMException(failure, 'NotAllowedError');
    } finally {
      this.#count();
    }
  }

  #count(): void {
    this.#cutAfter -= 1;
    if (this.#cutAfter <= 0) this.#onCut();
  }

  #end(): void {
    this.opened = false;
    this.#stop();
    this.#stop = () => undefined;
    this.#cutAfter = Number.POSITIVE_INFINITY;
  }
}

/** Stands in for `navigator.hid`. */
export class FakeHid extends FakeApi<HidCore, FakeHidDevice> implements HidApi {
  async getDevices(): Promise<HidDevice[]> {
    return this.permitted();
  }

  /** Empty when the chooser is closed. One piece of metal may bring several interfaces, in the order they were plugged in. */
  async requestDevice({ filters }: { filters: HIDDeviceFilter[] }): Promise<HidDevice[]> {
    const isOffered = (core: HidCore) => filters.length === 0 || filters.some((filter) => fits(core, filter));
    return this.chosen(isOffered, ({ physicalId }) => physicalId);
  }

  protected override make(core: HidCore, options: PlugOptions): FakeHidDevice {
    return new FakeHidDevice(core, options);
  }
}

const fits = (core: HidCore, filter: HIDDeviceFilter): boolean =>
  (filter.vendorId === undefined || filter.vendorId === core.vendorId) &&
  (filter.productId === undefined || filter.productId === core.productId) &&
  (filter.usagePage === undefined ||
    core.collections.some(
      ({ usagePage, usage }) =>
        usagePage === filter.usagePage && (filter.usage === undefined || usage === filter.usage),
    ));
