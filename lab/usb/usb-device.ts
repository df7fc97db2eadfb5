import { type DeviceFacts, deviceDescriptor, interfaceClasses, stringDescriptor } from './descriptors.ts';
import { Inbox } from './inbox.ts';

/** The eight bytes in front of a control transfer (USB 2.0, 9.3). */
export interface Setup {
  readonly type: number;
  readonly request: number;
  readonly value: number;
  readonly index: number;
  readonly length: number;
}

/** Thrown by a device to refuse a transfer the way hardware does. */
export class Stall extends Error {}

const NOTHING = new Uint8Array(0);
const REQUEST = { getStatus: 0, clearFeature: 1, getDescriptor: 6, getConfiguration: 8, getInterface: 10 };
const DESCRIPTOR = { device: 1, configuration: 2, string: 3 };
/** Recipient of a request in `type`: with the direction bit, as the host sends it. */
const FROM_INTERFACE = 0x81;
const FROM_ENDPOINT = 0x82;
const TO_ENDPOINT = 0x02;

/**
 * What every USB device does: describes itself, answers the standard requests, stalls, and queues what it has to say. Its
 * kind (printer, HID, serial) is a subclass; what it really is, is the simulator behind that.
 */
export abstract class UsbDevice {
  readonly facts: DeviceFacts;
  readonly configuration: Uint8Array;
  /** Addresses of endpoints that stall until the host clears them: a fault that a test switches on. */
  readonly halted = new Set<number>();
  /** Payload bytes both ways since it was made, control transfers of its class included. */
  bytes = 0;
  #inboxes = new Map<number, Inbox>();
  #turns = new Map<number, Promise<void>>();

  constructor(facts: DeviceFacts, config: Uint8Array) {
    this.facts = facts;
    this.configuration = config;
  }

  get descriptor(): Uint8Array {
    return deviceDescriptor(this.facts);
  }

  get interfaceClasses(): readonly (readonly number[])[] {
    return interfaceClasses(this.configuration);
  }

  /** A request of the device's class, or for a descriptor of an interface. Throws Stall for what it does not know. */
  protected abstract classRequest(setup: Setup, data: Uint8Array): Uint8Array;
  /** Resolves when the device has taken all of it; until then the host sees NAK. Gives up after `signal`. */
  protected abstract take(endpoint: number, data: Uint8Array, signal: AbortSignal): Promise<void>;
  /** The cable came or went, and the power with it. */
  protected abstract powered(isOn: boolean): void;

  protected say(endpoint: number, bytes: Uint8Array): void {
    this.#inbox(endpoint).say(bytes);
  }

  /** The kernel has taken it. */
  connected(): void {
    this.powered(true);
  }

  /** The kernel has let go of it. */
  disconnected(): void {
    this.#inboxes = new Map();
    this.#turns = new Map();
    this.halted.clear();
    this.powered(false);
  }

  /** Host to device, one transfer at a time per endpoint. */
  out(endpoint: number, data: Uint8Array, signal: AbortSignal): Promise<void> {
    const before = this.#turns.get(endpoint) ?? Promise.resolve();
    const turn = before.then(async () => {
      if (this.halted.has(endpoint)) throw new Stall();
      if (signal.aborted) return;
      await this.take(endpoint, data, signal);
      this.bytes += data.length;
    });
    this.#turns.set(
      endpoint,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async in(endpoint: number, length: number, signal: AbortSignal): Promise<Uint8Array> {
    if (this.halted.has(endpoint | 0x80)) throw new Stall();
    const bytes = await this.#inbox(endpoint).ask(length, signal);
    this.bytes += bytes.length;
    return bytes;
  }

  control(setup: Setup, data: Uint8Array): Uint8Array {
    if ((setup.type & 0x60) === 0) return this.#standard(setup, data);
    const answer = this.classRequest(setup, data);
    this.bytes += data.length + answer.length;
    return answer;
  }

  #standard(setup: Setup, data: Uint8Array): Uint8Array {
    const { type, request, value, index } = setup;
    switch (request) {
      case REQUEST.getDescriptor:
        return type === FROM_INTERFACE
          ? this.classRequest(setup, data)
          : this.#describe(value >> 8, value & 0xff);
      case REQUEST.getStatus:
        return Uint8Array.of(type === FROM_ENDPOINT && this.halted.has(index) ? 1 : 0, 0);
      case REQUEST.getConfiguration:
        return Uint8Array.of(1);
      case REQUEST.getInterface:
        return Uint8Array.of(0);
      case REQUEST.clearFeature:
        if (type === TO_ENDPOINT) this.halted.delete(index);
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  #describe(type: number, index: number): Uint8Array {
    if (type === DESCRIPTOR.device) return this.descriptor;
    if (type === DESCRIPTOR.configuration) return this.configuration;
    const text = type === DESCRIPTOR.string ? stringDescriptor(this.facts, index) : undefined;
    if (text === undefined) throw new Stall();
    return text;
  }

  #inbox(endpoint: number): Inbox {
    const number = endpoint & 0x0f;
    const known = this.#inboxes.get(number);
    if (known !== undefined) return known;
    const made = new Inbox();
    this.#inboxes.set(number, made);
    return made;
  }
}
