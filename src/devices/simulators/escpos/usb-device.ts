import type { UsbDevice } from '../../transports/usb-interface.ts';
import type { VirtualPrinter } from './virtual-printer.ts';

type Bytes = Uint8Array<ArrayBuffer>;

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
/** Answers kept while nobody reads: more than this and the oldest are lost, as in a printer. */
const ANSWERS_MAX = 4_096;

/** A virtual printer at the end of a USB cable: what `navigator.usb` would hand out for it. */
export class SimulatedUsbPrinter implements UsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturerName: string;
  readonly productName: string;
  readonly serialNumber: string | null;
  readonly configurations: USBConfiguration[];
  configuration: USBConfiguration | null = null;
  opened = false;
  readonly printer: VirtualPrinter;
  readonly #options: SimulatedUsbOptions;
  #isPlugged = true;
  #isClaimed = false;
  #answers: number[] = [];
  #wantsAnswer: (() => void)[] = [];
  #wantsRoom: (() => void)[] = [];
  #cutAfter = Number.POSITIVE_INFINITY;
  #stalls = 0;
  #onCut: () => void = () => undefined;
  /** Every transfer out, by its length: shows chunking and zero-length packets. */
  readonly transfers: number[] = [];

  constructor(printer: VirtualPrinter, options: Partial<SimulatedUsbOptions> = {}) {
    const all = { ...DEFAULTS, ...options };
    this.#options = all;
    this.printer = printer;
    this.vendorId = all.vendorId;
    this.productId = all.productId;
    this.manufacturerName = all.manufacturerName;
    this.productName = all.productName;
    this.serialNumber = all.serialNumber ?? null;
    this.configurations = [configurationOf(all)];
    printer.onReply((bytes) => {
      this.#answers = [...this.#answers, ...bytes].slice(-ANSWERS_MAX);
      wakeAll(this.#wantsAnswer);
    });
    printer.onRoom(() => wakeAll(this.#wantsRoom));
  }

  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  /** Fault: the cable breaks after this many more bytes. */
  cutAfter(bytes: number): void {
    this.#cutAfter = bytes;
  }

  /** Fault: the next transfers out report a stall. */
  stallNext(times: number): void {
    this.#stalls = times;
  }

  /** Used by the bus it hangs on. */
  setPlugged(isPlugged: boolean, onCut: () => void): void {
    this.#isPlugged = isPlugged;
    this.#onCut = onCut;
    this.#cutAfter = Number.POSITIVE_INFINITY;
    if (isPlugged) return;
    this.opened = false;
    this.#isClaimed = false;
    this.#answers = [];
    wakeAll(this.#wantsAnswer);
    wakeAll(this.#wantsRoom);
  }

  async open(): Promise<void> {
    if (!this.#isPlugged) throw new DOMException('The device was disconnected.', 'NotFoundError');
    if (this.#options.isRefused) throw new DOMException('Access denied.', 'SecurityError');
    this.opened = true;
  }

  async close(): Promise<void> {
    this.opened = false;
    this.#isClaimed = false;
    wakeAll(this.#wantsAnswer);
    wakeAll(this.#wantsRoom);
  }

  async selectConfiguration(value: number): Promise<void> {
    const chosen = this.configurations.find((each) => each.configurationValue === value);
    if (chosen === undefined) throw new DOMException('No such configuration.', 'NotFoundError');
    this.configuration = chosen;
  }

  async claimInterface(_number: number): Promise<void> {
    if (this.#options.isBusy) throw new DOMException('Unable to claim interface.', 'NetworkError');
    this.#isClaimed = true;
  }

  async releaseInterface(_number: number): Promise<void> {
    this.#isClaimed = false;
  }

  async selectAlternateInterface(_number: number, _setting: number): Promise<void> {}

  async clearHalt(_direction: USBDirection, _endpoint: number): Promise<void> {}

  async transferOut(endpoint: number, data: BufferSource): Promise<USBOutTransferResult> {
    this.#mustBeReady(endpoint, OUT);
    const bytes = bytesOf(data);
    this.transfers.push(bytes.length);
    if (this.#stalls > 0) {
      this.#stalls -= 1;
      return { bytesWritten: 0, status: 'stall' };
    }
    for (let at = 0; at < bytes.length; ) {
      const taken = this.printer.receive(bytes.subarray(at, Math.min(bytes.length, at + this.#cutAfter)));
      at += taken;
      this.#cutAfter -= taken;
      if (this.#cutAfter <= 0) this.#onCut();
      this.#mustBeReady(endpoint, OUT);
      // Full: the printer answers NAK and the transfer stays pending.
      if (at < bytes.length) await new Promise<void>((resolve) => this.#wantsRoom.push(resolve));
      this.#mustBeReady(endpoint, OUT);
    }
    return { bytesWritten: bytes.length, status: 'ok' };
  }

  async transferIn(endpoint: number, length: number): Promise<USBInTransferResult> {
    this.#mustBeReady(endpoint, IN);
    while (this.#answers.length === 0) {
      await new Promise<void>((resolve) => this.#wantsAnswer.push(resolve));
      this.#mustBeReady(endpoint, IN);
    }
    const bytes = Uint8Array.from(this.#answers.splice(0, length));
    return { data: new DataView(bytes.buffer), status: 'ok' };
  }

  #mustBeReady(endpoint: number, expected: number): void {
    if (!this.#isPlugged) throw new DOMException('A transfer error has occurred.', 'NetworkError');
    if (!this.opened || !this.#isClaimed)
      throw new DOMException('The device must be opened.', 'InvalidStateError');
    if (endpoint !== expected) throw new DOMException('No such endpoint.', 'NotFoundError');
  }
}

function wakeAll(waiting: (() => void)[]): void {
  for (const wake of waiting.splice(0)) wake();
}

const bytesOf = (data: BufferSource): Bytes =>
  ArrayBuffer.isView(data)
    ? Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    : new Uint8Array(data.slice(0));

function configurationOf(options: SimulatedUsbOptions): USBConfiguration {
  const out: USBEndpoint = {
    endpointNumber: OUT,
    direction: 'out',
    type: 'bulk',
    packetSize: options.packetSize,
  };
  const back: USBEndpoint = {
    endpointNumber: IN,
    direction: 'in',
    type: 'bulk',
    packetSize: options.packetSize,
  };
  const alternate: USBAlternateInterface = {
    alternateSetting: 0,
    interfaceName: 'printer',
    interfaceClass: options.interfaceClass,
    interfaceSubclass: 1,
    interfaceProtocol: options.hasIn ? 2 : 1,
    endpoints: options.hasIn ? [out, back] : [out],
  };
  return {
    configurationValue: 1,
    configurationName: 'printer',
    interfaces: [{ interfaceNumber: 0, alternate, alternates: [alternate], claimed: false }],
  };
}
