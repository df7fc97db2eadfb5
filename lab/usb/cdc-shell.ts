import type { SerialCore } from '../../src/devices/simulators/browser/cores.ts';
import { configuration, type DeviceFacts, endpointDescriptor, interfaceDescriptor } from './descriptors.ts';
import { type Setup, Stall, UsbDevice } from './usb-device.ts';
import { untilRoom } from './usb-shell.ts';

const OUT = 0x01;
const IN = 0x82;
const NOTICES = 0x83;
const PACKET_BYTES = 64;
const NOTICE_BYTES = 16;
const NOTICE_INTERVAL_MS = 8;
/** Communications Device Class 1.2 and its PSTN subclass: abstract control model, and the data interface beside it. */
const CONTROL = [2, 2, 1] as const;
const DATA = [0x0a, 0, 0] as const;
const CLASS_DESCRIPTORS: readonly (readonly number[])[] = [
  [5, 0x24, 0, 0x10, 0x01], // header
  [5, 0x24, 1, 0, 1], // call management on the data interface
  [4, 0x24, 2, 0x02], // line coding, control lines and serial state are understood
  [5, 0x24, 6, 0, 1], // union of interfaces 0 and 1
];
const SET_LINE_CODING = 0x20;
const GET_LINE_CODING = 0x21;
const SET_CONTROL_LINE_STATE = 0x22;
const SEND_BREAK = 0x23;
const SERIAL_STATE = 0x20;
const DTR = 1;
const RTS = 2;
const DCD = 1;
const DSR = 2;
const RING = 8;
/** 9600 8N1. */
const LINE_CODING = [0x80, 0x25, 0, 0, 0, 0, 8];
const PARITIES = ['none', 'odd', 'even'] as const;

/** A simulated serial device on a USB serial port. Like one, it talks to nobody while the port is closed. */
export class CdcShell extends UsbDevice {
  readonly core: SerialCore;
  #lineCoding = Uint8Array.from(LINE_CODING);
  #lines = 0;

  constructor(core: SerialCore, facts: Omit<DeviceFacts, 'deviceClass'>) {
    const parts = [
      interfaceDescriptor(0, 1, CONTROL),
      ...CLASS_DESCRIPTORS,
      endpointDescriptor(NOTICES, 'interrupt', NOTICE_BYTES, NOTICE_INTERVAL_MS),
      interfaceDescriptor(1, 2, DATA),
      endpointDescriptor(OUT, 'bulk', PACKET_BYTES),
      endpointDescriptor(IN, 'bulk', PACKET_BYTES),
    ];
    super({ ...facts, deviceClass: [2, 0, 0] }, configuration(2, parts));
    this.core = core;
    core.onBytes((bytes) => {
      if (this.isOpen) this.say(IN, bytes);
    });
  }

  /** The page has the port: opening raises DTR, closing drops it. */
  get isOpen(): boolean {
    return (this.#lines & DTR) !== 0;
  }

  protected override classRequest({ request, value }: Setup, data: Uint8Array): Uint8Array {
    switch (request) {
      case GET_LINE_CODING:
        return this.#lineCoding;
      case SET_LINE_CODING:
        this.#lineCoding = Uint8Array.from(data);
        this.core.opened?.(this.#line());
        break;
      case SET_CONTROL_LINE_STATE:
        this.#lines = value;
        this.core.driven?.({ dataTerminalReady: (value & DTR) !== 0, requestToSend: (value & RTS) !== 0 });
        this.#tellState();
        break;
      case SEND_BREAK:
        break;
      default:
        throw new Stall();
    }
    return new Uint8Array(0);
  }

  protected override async take(_endpoint: number, data: Uint8Array, signal: AbortSignal): Promise<void> {
    for (let at = 0; at < data.length && !signal.aborted; ) {
      const room = this.core.room ?? Number.POSITIVE_INFINITY;
      const part = data.subarray(at, at + Math.min(PACKET_BYTES, room));
      if (part.length > 0) this.core.receive(Uint8Array.from(part));
      else await untilRoom(this.core, signal);
      at += part.length;
    }
  }

  protected override powered(isOn: boolean): void {
    this.#lines = 0;
    this.#lineCoding = Uint8Array.from(LINE_CODING);
    this.core.powered?.(isOn);
  }

  /** PSTN 1.2, section 6.5.4. Clear to send has no place in it. */
  #tellState(): void {
    const { dataCarrierDetect = false, dataSetReady = true, ringIndicator = false } = this.core.signals ?? {};
    const state = (dataCarrierDetect ? DCD : 0) | (dataSetReady ? DSR : 0) | (ringIndicator ? RING : 0);
    this.say(NOTICES, Uint8Array.of(0xa1, SERIAL_STATE, 0, 0, 0, 0, 2, 0, state, 0));
  }

  #line(): SerialOptions {
    const view = new DataView(this.#lineCoding.buffer);
    return {
      baudRate: view.getUint32(0, true),
      stopBits: view.getUint8(4) === 0 ? 1 : 2,
      parity: PARITIES[view.getUint8(5)] ?? 'none',
      dataBits: view.getUint8(6) === 7 ? 7 : 8,
    };
  }
}
