import type { SerialDevice } from '../../transports/serial-link.ts';
import type { SerialApi } from '../../transports/webserial.ts';
import type { VirtualPrinter } from './virtual-printer.ts';

type Listener = (happening: { readonly target: unknown }) => void;

/** A virtual printer at the end of a serial cable: what `navigator.serial` would hand out for it. */
export class SimulatedSerialPort implements SerialDevice {
  readonly printer: VirtualPrinter;
  readonly #info: SerialPortInfo;
  readable: ReadableStream<Uint8Array<ArrayBuffer>> | null = null;
  writable: WritableStream<Uint8Array<ArrayBuffer>> | null = null;
  opening: SerialOptions | undefined;
  /** Lengths of the chunks written. */
  readonly chunks: number[] = [];
  #isPlugged = true;
  #stop: () => void = () => undefined;
  #break: () => void = () => undefined;

  constructor(printer: VirtualPrinter, info: SerialPortInfo = { usbVendorId: 0x0403, usbProductId: 0x6001 }) {
    this.printer = printer;
    this.#info = info;
  }

  getInfo(): SerialPortInfo {
    return this.#info;
  }

  /** DSR is the printer's 'I can take more'. */
  async getSignals(): Promise<SerialInputSignals> {
    if (!this.#isPlugged) throw new DOMException('The port is gone.', 'NetworkError');
    return {
      dataCarrierDetect: false,
      clearToSend: this.printer.room > 0,
      ringIndicator: false,
      dataSetReady: this.printer.room > 0,
    };
  }

  async open(options: SerialOptions): Promise<void> {
    if (!this.#isPlugged) throw new DOMException('Failed to open the port.', 'NetworkError');
    if (this.readable !== null) throw new DOMException('The port is already open.', 'InvalidStateError');
    this.opening = options;
    let breakRead: () => void = () => undefined;
    this.readable = new ReadableStream({
      start: (controller) => {
        this.#stop = this.printer.onReply((bytes) => controller.enqueue(bytes));
        breakRead = () => controller.error(new DOMException('The device has been lost.', 'NetworkError'));
      },
    });
    this.writable = new WritableStream({
      start: (controller) => {
        this.#break = () => {
          breakRead();
          controller.error(new DOMException('The device has been lost.', 'NetworkError'));
        };
      },
      write: (bytes) => this.#take(bytes),
    });
  }

  async close(): Promise<void> {
    if (this.readable?.locked || this.writable?.locked)
      throw new TypeError('Cannot close while streams are locked.');
    this.#stop();
    this.readable = null;
    this.writable = null;
  }

  /** Used by the bus it hangs on. */
  setPlugged(isPlugged: boolean): void {
    this.#isPlugged = isPlugged;
    if (isPlugged) return;
    this.#stop();
    this.#break();
    this.#break = () => undefined;
    this.readable = null;
    this.writable = null;
  }

  async #take(bytes: Uint8Array): Promise<void> {
    this.chunks.push(bytes.length);
    for (let at = 0; at < bytes.length && this.#isPlugged; ) {
      at += this.printer.receive(bytes.subarray(at));
      if (at >= bytes.length) return;
      await new Promise<void>((resolve) => {
        const stop = this.printer.onRoom(() => {
          stop();
          resolve();
        });
      });
    }
  }
}

/** Stands in for `navigator.serial`. */
export class SimulatedSerial implements SerialApi {
  readonly #permitted = new Set<SimulatedSerialPort>();
  readonly #plugged = new Set<SimulatedSerialPort>();
  readonly #listeners = { connect: new Set<Listener>(), disconnect: new Set<Listener>() };

  plug(port: SimulatedSerialPort, isPermitted = this.#permitted.has(port)): void {
    port.setPlugged(true);
    this.#plugged.add(port);
    if (!isPermitted) return;
    this.#permitted.add(port);
    for (const listener of [...this.#listeners.connect]) listener({ target: port });
  }

  unplug(port: SimulatedSerialPort): void {
    if (!this.#plugged.delete(port)) return;
    port.setPlugged(false);
    for (const listener of [...this.#listeners.disconnect]) listener({ target: port });
  }

  async getPorts(): Promise<SerialDevice[]> {
    return [...this.#plugged].filter((port) => this.#permitted.has(port));
  }

  async requestPort(): Promise<SerialDevice> {
    const [port] = this.#plugged;
    if (port === undefined) throw new DOMException('No port selected by the user.', 'NotFoundError');
    this.#permitted.add(port);
    return port;
  }

  addEventListener(type: 'connect' | 'disconnect', listener: Listener): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: Listener): void {
    this.#listeners[type].delete(listener);
  }
}
