import { deviceFailure } from './failure.ts';
import { type SerialDevice, SerialLink } from './serial-link.ts';
import type { Bus, DeviceIdentity, DeviceMatch, Found, SerialLine, Transport } from './transport.ts';

type SerialListener = (happening: { readonly target: unknown }) => void;

/** The part of `navigator.serial` in use. Events arrive with the port as their target (they bubble from it). */
export interface SerialApi {
  getPorts(): Promise<SerialDevice[]>;
  requestPort(options?: SerialPortRequestOptions): Promise<SerialDevice>;
  addEventListener(type: 'connect' | 'disconnect', listener: SerialListener): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: SerialListener): void;
}

/** What most receipt printers with a serial plug come set to. */
export const DEFAULT_SERIAL_LINE: SerialLine = { baudRate: 9_600, flow: 'none' };

function identityOf(port: SerialDevice): DeviceIdentity {
  const info = port.getInfo();
  return {
    bus: 'serial',
    ...(info.usbVendorId === undefined ? {} : { vendorId: info.usbVendorId }),
    ...(info.usbProductId === undefined ? {} : { productId: info.usbProductId }),
    name: '',
  };
}

/** Printers reached through Web Serial: real serial ports, USB converters, and printers in virtual COM mode. */
export class WebSerialBus implements Bus {
  readonly kind = 'serial';
  readonly #serial: SerialApi;
  readonly #wait: (ms: number) => Promise<void>;

  constructor(serial: SerialApi, wait: (ms: number) => Promise<void>) {
    this.#serial = serial;
    this.#wait = wait;
  }

  /** No filter: a converter's ids are those of its chip and say nothing of the printer behind it. */
  async choose(_matches: readonly DeviceMatch[]): Promise<Found> {
    // Nothing may be awaited before this call: the browser wants it in the same task as the click.
    return this.#serial.requestPort().then(
      (port) => this.#found(port),
      (cause: unknown) => {
        throw deviceFailure(cause, 'choosing a port', { NotFoundError: 'not-chosen' });
      },
    );
  }

  async known(): Promise<readonly Found[]> {
    const ports = await this.#serial.getPorts().catch((cause: unknown) => {
      throw deviceFailure(cause, 'listing ports');
    });
    return ports.map((port) => this.#found(port));
  }

  onArrival(listener: (found: Found) => void): () => void {
    const arrived: SerialListener = ({ target }) => {
      void this.#serial.getPorts().then(
        (ports) => {
          for (const port of ports) if (port === target) listener(this.#found(port));
        },
        () => undefined,
      );
    };
    this.#serial.addEventListener('connect', arrived);
    return () => this.#serial.removeEventListener('connect', arrived);
  }

  #found(port: SerialDevice): Found {
    return { identity: identityOf(port), open: (line) => this.#open(port, line ?? DEFAULT_SERIAL_LINE) };
  }

  async #open(port: SerialDevice, line: SerialLine): Promise<Transport> {
    const link = await SerialLink.open(port, line, this.#wait);
    const left: SerialListener = ({ target }) => {
      if (target === port) link.unplugged();
    };
    this.#serial.addEventListener('disconnect', left);
    void link.lost.then(() => this.#serial.removeEventListener('disconnect', left));
    return link;
  }
}
