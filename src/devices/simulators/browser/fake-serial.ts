import type { SerialDevice } from '../../transports/serial-link.ts';
import type { SerialApi } from '../../transports/webserial.ts';
import type { Bytes, SerialCore } from './cores.ts';
import { FakeApi, type PlugOptions } from './fake-api.ts';

export interface SerialPlugOptions extends PlugOptions {
  /** What `getInfo` says: ids of a USB converter, the service of a Bluetooth device, or nothing for a port on the board. */
  readonly info?: SerialPortInfo;
}

const FTDI: SerialPortInfo = { usbVendorId: 0x0403, usbProductId: 0x6001 };

/** A simulated serial device as `navigator.serial` would hand it out. */
export class FakeSerialPort implements SerialDevice {
  readonly core: SerialCore;
  readable: ReadableStream<Bytes> | null = null;
  writable: WritableStream<Bytes> | null = null;
  /** How the page opened it last. */
  opening: SerialOptions | undefined;
  /** Lengths of the pieces written. */
  readonly chunks: number[] = [];
  readonly #options: SerialPlugOptions;
  #isPlugged = false;
  #stop: () => void = () => undefined;
  #break: () => void = () => undefined;
  #onCut: () => void = () => undefined;
  #cutAfter = Number.POSITIVE_INFINITY;
  #freshReader: (() => void) | undefined;

  constructor(core: SerialCore, options: SerialPlugOptions) {
    this.core = core;
    this.#options = options;
  }

  getInfo(): SerialPortInfo {
    return this.#options.info ?? FTDI;
  }

  /** Fault: the cable is pulled after this many more bytes from the page. */
  cutAfter(bytes: number): void {
    this.#cutAfter = bytes;
  }

  /** Fault: a parity error; the page's stream ends with it and a fresh one takes its place. */
  garble(): void {
    this.#freshReader?.();
  }

  async getSignals(): Promise<SerialInputSignals> {
    if (!this.#isPlugged) throw new DOMException('The port is gone.', 'NetworkError');
    const hasRoom = (this.core.room ?? 1) > 0;
    return {
      dataCarrierDetect: false,
      clearToSend: hasRoom,
      ringIndicator: false,
      dataSetReady: hasRoom,
      ...this.core.signals,
    };
  }

  async setSignals(lines: SerialOutputSignals): Promise<void> {
    if (this.readable === null) throw new DOMException('The port is closed.', 'InvalidStateError');
    this.core.driven?.(lines);
  }

  async open(line: SerialOptions): Promise<void> {
    const { isBusy, isRefused } = this.#options;
    if (!this.#isPlugged || isBusy) throw new DOMException('Failed to open serial port.', 'NetworkError');
    if (isRefused) throw new DOMException('Access denied.', 'SecurityError');
    if (this.readable !== null) throw new DOMException('The port is already open.', 'InvalidStateError');
    this.opening = line;
    const over = new AbortController();
    const ends = [this.#hear(over.signal)];
    this.writable = new WritableStream({
      start: (controller) => {
        ends.push(() => controller.error(lostDevice()));
      },
      write: (bytes) => this.#take(bytes, over.signal),
      abort: () => over.abort(),
    });
    this.#break = () => {
      over.abort();
      for (const end of ends) end();
    };
    this.core.opened?.(line);
  }

  async close(): Promise<void> {
    if (this.readable?.locked || this.writable?.locked)
      throw new TypeError('Cannot close while streams are locked.');
    this.#end();
  }

  setPlugged(isPlugged: boolean, onCut: () => void): void {
    this.#isPlugged = isPlugged;
    this.#onCut = onCut;
    this.#cutAfter = Number.POSITIVE_INFINITY;
    this.#end();
    this.core.powered?.(isPlugged);
  }

  /** A readable stream at a time; returns what breaks the one of that moment. */
  #hear(signal: AbortSignal): () => void {
    let end: (cause: DOMException) => void = () => undefined;
    let tell: (bytes: Bytes) => void = () => undefined;
    const renew = () => {
      this.readable = new ReadableStream({
        start: (controller) => {
          tell = (bytes) => controller.enqueue(bytes);
          end = (cause) => controller.error(cause);
        },
        cancel: () => {
          tell = () => undefined;
        },
      });
    };
    renew();
    this.#stop = this.core.onBytes((bytes) => tell(Uint8Array.from(bytes)));
    this.#freshReader = () => {
      if (signal.aborted) return;
      const failed = end;
      renew();
      failed(new DOMException('Parity error.', 'ParityError'));
    };
    return () => end(lostDevice());
  }

  async #take(bytes: Bytes, signal: AbortSignal): Promise<void> {
    this.chunks.push(bytes.length);
    for (let at = 0; at < bytes.length && !signal.aborted; ) {
      const room = Math.min(this.core.room ?? bytes.length, this.#cutAfter, bytes.length - at);
      if (room > 0) this.core.receive(bytes.slice(at, at + room));
      at += room;
      this.#cutAfter -= room;
      if (this.#cutAfter <= 0) return this.#onCut();
      if (at < bytes.length) await this.#untilRoom(signal);
    }
  }

  #untilRoom(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if ((this.core.room ?? 1) > 0 || signal.aborted) return resolve();
      const stop = this.core.onRoom?.(() => {
        stop?.();
        resolve();
      });
      signal.addEventListener('abort', () => {
        stop?.();
        resolve();
      });
    });
  }

  #end(): void {
    this.#stop();
    this.#break();
    this.#stop = () => undefined;
    this.#break = () => undefined;
    this.#freshReader = undefined;
    this.readable = null;
    this.writable = null;
  }
}

const lostDevice = () => new DOMException('The device has been lost.', 'NetworkError');

/** Stands in for `navigator.serial`. As in Chromium, nobody hears of arrivals before ports were listed once. */
export class FakeSerial extends FakeApi<SerialCore, FakeSerialPort> implements SerialApi {
  #isAwake = false;
  /** The options of the last chooser: which Bluetooth services were asked for. */
  asked: SerialPortRequestOptions | undefined;

  override plug(core: SerialCore, options: SerialPlugOptions = {}): FakeSerialPort {
    return super.plug(core, options);
  }

  /** Plugs the same port object in again: for a test that holds on to it. */
  plugPort(port: FakeSerialPort, options: PlugOptions = {}): void {
    this.attach(port.core, port, options);
  }

  async getPorts(): Promise<SerialDevice[]> {
    this.#isAwake = true;
    return this.permitted();
  }

  async requestPort(options: SerialPortRequestOptions = {}): Promise<SerialDevice> {
    this.asked = options;
    this.#isAwake = true;
    const [chosen] = this.chosen(() => true);
    if (chosen === undefined) throw new DOMException('No port selected by the user.', 'NotFoundError');
    return chosen;
  }

  protected override get isAwake(): boolean {
    return this.#isAwake;
  }

  protected override make(core: SerialCore, options: SerialPlugOptions): FakeSerialPort {
    return new FakeSerialPort(core, options);
  }
}
