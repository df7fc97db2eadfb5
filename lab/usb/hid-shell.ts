import type { HidCore } from '../../src/devices/simulators/browser/cores.ts';
import { configuration, endpointDescriptor, interfaceDescriptor, le16 } from './descriptors.ts';
import { reportDescriptor } from './hid-descriptor.ts';
import { type Setup, Stall, UsbDevice } from './usb-device.ts';

const IN = 0x81;
const OUT = 0x02;
const PACKET_BYTES = 64;
const INTERVAL_MS = 1;
const HID_CLASS = [3, 0, 0] as const;
const HID_DESCRIPTOR = 0x21;
const REPORT_DESCRIPTOR = 0x22;
const GET_DESCRIPTOR = 6;
const GET_REPORT = 0x01;
const SET_REPORT = 0x09;
const SET_IDLE = 0x0a;
const SET_PROTOCOL = 0x0b;
const FROM_INTERFACE = 0xa1;
/** High byte of `value` in GET_REPORT and SET_REPORT. */
const FEATURE = 3;
const OUTPUT = 2;

type Bytes = Uint8Array<ArrayBuffer>;

/** A simulated HID device behind a USB cable. Where reports are numbered, the id goes in front of each on the wire. */
export class HidShell extends UsbDevice {
  readonly core: HidCore;
  readonly #reportDescriptor: readonly number[];
  readonly #isNumbered: boolean;

  constructor(core: HidCore, serial: string) {
    const { vendorId, productId, productName, collections } = core;
    const descriptor = reportDescriptor(collections);
    const hasOutput = collections.some(({ outputReports }) => (outputReports?.length ?? 0) > 0);
    const parts = [
      interfaceDescriptor(0, hasOutput ? 2 : 1, HID_CLASS),
      hidDescriptor(descriptor.length),
      endpointDescriptor(IN, 'interrupt', PACKET_BYTES, INTERVAL_MS),
      ...(hasOutput ? [endpointDescriptor(OUT, 'interrupt', PACKET_BYTES, INTERVAL_MS)] : []),
    ];
    super(
      { vendorId, productId, manufacturer: 'Xiaoji lab', product: productName, serial },
      configuration(1, parts),
    );
    this.core = core;
    this.#reportDescriptor = descriptor;
    this.#isNumbered = collections
      .flatMap((each) => [each.inputReports, each.outputReports, each.featureReports])
      .some((infos) => infos?.some(({ reportId = 0 }) => reportId !== 0));
    core.onReport((id, bytes) => this.say(IN, this.#isNumbered ? Uint8Array.of(id, ...bytes) : bytes));
  }

  protected override classRequest({ type, request, value }: Setup, data: Uint8Array): Uint8Array {
    const id = value & 0xff;
    if (request === GET_DESCRIPTOR && value >> 8 === REPORT_DESCRIPTOR)
      return Uint8Array.from(this.#reportDescriptor);
    if (request === GET_DESCRIPTOR && value >> 8 === HID_DESCRIPTOR)
      return Uint8Array.from(hidDescriptor(this.#reportDescriptor.length));
    if (type === FROM_INTERFACE && request === GET_REPORT && value >> 8 === FEATURE)
      return this.#refusable(() => this.#numbered(id, this.core.readFeature(id)));
    if (request === SET_REPORT && (value >> 8 === FEATURE || value >> 8 === OUTPUT)) {
      const bytes = copyOf(data.subarray(id === 0 ? 0 : 1));
      this.#refusable(() =>
        value >> 8 === FEATURE ? this.core.receiveFeature(id, bytes) : this.core.receiveReport(id, bytes),
      );
      return new Uint8Array(0);
    }
    if (request === SET_IDLE || request === SET_PROTOCOL) return new Uint8Array(0);
    throw new Stall();
  }

  protected override async take(_endpoint: number, data: Uint8Array): Promise<void> {
    const id = this.#isNumbered ? (data[0] ?? 0) : 0;
    this.#refusable(() => this.core.receiveReport(id, copyOf(data.subarray(this.#isNumbered ? 1 : 0))));
  }

  protected override powered(isOn: boolean): void {
    this.core.powered?.(isOn);
  }

  #numbered(id: number, bytes: Bytes): Uint8Array {
    return id === 0 ? bytes : Uint8Array.from([id, ...bytes]);
  }

  /** A core refuses by throwing; a device refuses by stalling. */
  #refusable<T>(run: () => T): T {
    try {
      return run();
    } catch {
      throw new Stall();
    }
  }
}

const copyOf = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);

/** HID 1.11, section 6.2.1: one report descriptor of `length` bytes follows. */
const hidDescriptor = (length: number): readonly number[] => [
  ...[9, HID_DESCRIPTOR, ...le16(0x0111)],
  ...[0, 1, REPORT_DESCRIPTOR, ...le16(length)],
];
