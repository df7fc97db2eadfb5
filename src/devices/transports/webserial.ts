import { deviceFailure } from './failure.ts';
import { type SerialDevice, SerialLink } from './serial-link.ts';
import {
  type Bus,
  type DeviceIdentity,
  type DeviceMatch,
  type Found,
  idsAgree,
  type SerialLine,
  type Transport,
} from './transport.ts';

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

/** A Bluetooth service always as a whole UUID: browsers tell the short number or the UUID (Bluetooth Core, vol 3 part B 2.5.1). */
function serviceOf({ bluetoothServiceClassId: id }: SerialPortInfo): string | undefined {
  if (typeof id !== 'number') return id?.toLowerCase();
  return `${id.toString(16).padStart(8, '0')}-0000-1000-8000-00805f9b34fb`;
}

function identityOf(port: SerialDevice): DeviceIdentity {
  const info = port.getInfo();
  const bluetoothService = serviceOf(info);
  return {
    bus: 'serial',
    ...(bluetoothService === undefined ? {} : { bluetoothService }),
    ...(info.usbVendorId === undefined ? {} : { vendorId: info.usbVendorId }),
    ...(info.usbProductId === undefined ? {} : { productId: info.usbProductId }),
    name: '',
  };
}

/** Devices reached through Web Serial: ports on the board, USB converters, virtual COM modes, and Bluetooth (RFCOMM). */
export class WebSerialBus implements Bus {
  readonly kind = 'serial';
  readonly #serial: SerialApi;
  readonly #wait: (ms: number) => Promise<void>;

  constructor(serial: SerialApi, wait: (ms: number) => Promise<void>) {
    this.#serial = serial;
    this.#wait = wait;
  }

  /** No filter: a converter's ids are those of its chip and say nothing of the device behind it. */
  async choose(matches: readonly DeviceMatch[]): Promise<Found> {
    const services = matches.flatMap(({ bluetoothService }) => bluetoothService ?? []);
    const options = services.length === 0 ? {} : { allowedBluetoothServiceClassIds: services };
    // Nothing may be awaited before this call: the browser wants it in the same task as the click.
    return this.#serial.requestPort(options).then(
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
    // Chromium tells nobody of arrivals before ports were listed once.
    void this.#serial.getPorts().catch(() => undefined);
    return () => this.#serial.removeEventListener('connect', arrived);
  }

  #found(port: SerialDevice): Found {
    const identity = identityOf(port);
    return {
      identity,
      device: port,
      agrees: (match) => idsAgree(identity, match),
      open: (line) => this.#open(port, line ?? DEFAULT_SERIAL_LINE),
    };
  }

  async #open(port: SerialDevice, line: SerialLine): Promise<Transport> {
    // RFCOMM carries no flow lines.
    const isBluetooth = serviceOf(port.getInfo()) !== undefined;
    const opened: SerialLine = isBluetooth ? { ...line, flow: 'paced' } : line;
    const link = await SerialLink.open(port, opened, this.#wait);
    const left: SerialListener = ({ target }) => {
      if (target === port) link.unplugged();
    };
    this.#serial.addEventListener('disconnect', left);
    void link.lost.then(() => this.#serial.removeEventListener('disconnect', left));
    return link;
  }
}
