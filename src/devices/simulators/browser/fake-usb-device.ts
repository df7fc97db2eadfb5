import type { UsbDevice } from '../../transports/usb-interface.ts';
import { bytesOf } from './bytes.ts';
import type { Bytes, UsbCore } from './cores.ts';
import type { PlugOptions } from './fake-api.ts';

/** Bytes kept for an endpoint that nobody reads: more than this and the oldest are lost, as in a small device. */
const UNREAD_MAX = 65_536;

/** A simulated USB device as `navigator.usb` would hand it out. */
export class FakeUsbDevice implements UsbDevice {
  readonly core: UsbCore;
  configuration: USBConfiguration | null = null;
  opened = false;
  /** Every transfer out, by its length: shows chunking and zero-length packets. */
  readonly transfers: number[] = [];
  /** Every stall that the page cleared. */
  readonly cleared: string[] = [];
  readonly #options: PlugOptions;
  readonly #claimed = new Set<number>();
  readonly #said = new Map<number, number[]>();
  #isPlugged = false;
  #stops: readonly ((() => void) | undefined)[] = [];
  #waiting: (() => void)[] = [];
  #cutAfter = Number.POSITIVE_INFINITY;
  #stalls = { in: 0, out: 0 };
  #onCut: () => void = () => undefined;

  constructor(core: UsbCore, options: PlugOptions = {}) {
    this.core = core;
    this.#options = options;
  }

  get vendorId(): number {
    return this.core.vendorId;
  }

  get productId(): number {
    return this.core.productId;
  }

  get manufacturerName(): string | null {
    return this.core.manufacturerName ?? null;
  }

  get productName(): string | null {
    return this.core.productName ?? null;
  }

  get serialNumber(): string | null {
    return this.core.serialNumber ?? null;
  }

  get configurations(): USBConfiguration[] {
    return this.core.configurations;
  }

  /** Fault: the cable is pulled after this many more bytes from the page. */
  cutAfter(bytes: number): void {
    this.#cutAfter = bytes;
  }

  /** Fault: the next transfers report a stall. */
  stallNext(times: number, direction: 'in' | 'out' = 'out'): void {
    this.#stalls[direction] = times;
    this.#wake();
  }

  setPlugged(isPlugged: boolean, onCut: () => void): void {
    this.#isPlugged = isPlugged;
    this.#onCut = onCut;
    this.#cutAfter = Number.POSITIVE_INFINITY;
    this.#said.clear();
    this.#end();
    for (const stop of this.#stops) stop?.();
    this.#stops = isPlugged ? [this.core.onBytes(this.#hear), this.core.onRoom?.(() => this.#wake())] : [];
    this.core.powered?.(isPlugged);
  }

  async open(): Promise<void> {
    if (!this.#isPlugged) throw new DOMException('The device was disconnected.', 'NotFoundError');
    if (this.#options.isRefused) throw new DOMException('Access denied.', 'SecurityError');
    this.opened = true;
  }

  async close(): Promise<void> {
    this.#end();
  }

  async selectConfiguration(value: number): Promise<void> {
    const chosen = this.configurations.find((each) => each.configurationValue === value);
    if (chosen === undefined) throw new DOMException('No such configuration.', 'NotFoundError');
    this.configuration = chosen;
  }

  async claimInterface(number: number): Promise<void> {
    if (this.#options.isBusy) throw new DOMException('Unable to claim interface.', 'NetworkError');
    this.#interface(number);
    this.#claimed.add(number);
  }

  async releaseInterface(number: number): Promise<void> {
    this.#claimed.delete(number);
  }

  async selectAlternateInterface(number: number, _setting: number): Promise<void> {
    this.#interface(number);
  }

  async clearHalt(direction: USBDirection, endpoint: number): Promise<void> {
    this.cleared.push(`${direction} ${endpoint}`);
  }

  async controlTransferOut(
    setup: USBControlTransferParameters,
    data: BufferSource = new Uint8Array(),
  ): Promise<USBOutTransferResult> {
    this.#mustBeOpen();
    const bytes = bytesOf(data);
    if (this.core.controlOut?.(setup, bytes)) return { bytesWritten: bytes.length, status: 'ok' };
    return { bytesWritten: 0, status: 'stall' };
  }

  async controlTransferIn(setup: USBControlTransferParameters, length: number): Promise<USBInTransferResult> {
    this.#mustBeOpen();
    const bytes = this.core.controlIn?.(setup, length);
    if (bytes === undefined) return { status: 'stall' };
    return { data: new DataView(Uint8Array.from(bytes.subarray(0, length)).buffer), status: 'ok' };
  }

  async transferOut(endpoint: number, data: BufferSource): Promise<USBOutTransferResult> {
    this.#mustBeReady('out', endpoint);
    const bytes = bytesOf(data);
    this.transfers.push(bytes.length);
    if (this.#stalls.out > 0) {
      this.#stalls.out -= 1;
      // As Chromium does: none of it was taken, all of it is called written.
      return { bytesWritten: bytes.length, status: 'stall' };
    }
    if (bytes.length === 0) this.core.receive(endpoint, bytes);
    for (let at = 0; at < bytes.length; ) at += await this.#give(endpoint, bytes.subarray(at));
    return { bytesWritten: bytes.length, status: 'ok' };
  }

  async transferIn(endpoint: number, length: number): Promise<USBInTransferResult> {
    this.#mustBeReady('in', endpoint);
    for (;;) {
      if (this.#stalls.in > 0) {
        this.#stalls.in -= 1;
        return { status: 'stall' };
      }
      const said = this.#said.get(endpoint)?.splice(0, length) ?? [];
      if (said.length > 0) return { data: new DataView(Uint8Array.from(said).buffer), status: 'ok' };
      await this.#untilWoken();
      this.#mustBeReady('in', endpoint);
    }
  }

  readonly #hear = (endpoint: number, bytes: Bytes): void => {
    this.#said.set(endpoint, [...(this.#said.get(endpoint) ?? []), ...bytes].slice(-UNREAD_MAX));
    this.#wake();
  };

  /** Gives what the device takes now, or waits as a pipe does that is answered NAK. Returns how many bytes went. */
  async #give(endpoint: number, bytes: Bytes): Promise<number> {
    const taken = Math.min(this.core.room ?? bytes.length, this.#cutAfter, bytes.length);
    if (taken > 0) this.core.receive(endpoint, bytes.slice(0, taken));
    this.#cutAfter -= taken;
    if (this.#cutAfter <= 0) this.#onCut();
    this.#mustBeReady('out', endpoint);
    if (taken < bytes.length && (this.core.room ?? 1) <= 0) await this.#untilWoken();
    this.#mustBeReady('out', endpoint);
    return taken;
  }

  #untilWoken(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #end(): void {
    this.opened = false;
    this.#claimed.clear();
    this.#wake();
  }

  #interface(number: number): USBInterface {
    this.#mustBeOpen();
    const found = this.configuration?.interfaces.find(({ interfaceNumber }) => interfaceNumber === number);
    if (found === undefined) throw new DOMException('No such interface.', 'NotFoundError');
    return found;
  }

  #mustBeOpen(): void {
    if (!this.#isPlugged) throw new DOMException('A transfer error has occurred.', 'NetworkError');
    if (!this.opened) throw new DOMException('The device must be opened.', 'InvalidStateError');
  }

  #mustBeReady(direction: USBDirection, endpoint: number): void {
    this.#mustBeOpen();
    const isThere = this.configuration?.interfaces.some(
      ({ interfaceNumber, alternate }) =>
        this.#claimed.has(interfaceNumber) &&
        alternate.endpoints.some((each) => each.endpointNumber === endpoint && each.direction === direction),
    );
    if (!isThere) throw new DOMException('The endpoint is not part of a claimed interface.', 'NotFoundError');
  }
}
