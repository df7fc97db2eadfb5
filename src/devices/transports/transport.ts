/** Bytes as the browser's device APIs take them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Moves bytes and knows nothing of what they mean. One implementation per browser API. */
export interface Transport {
  /** `packet`: one chunk is one USB packet. `stream`: chunks are cut anywhere. */
  readonly framing: 'packet' | 'stream';
  /** What the device calls itself; empty when it does not say. */
  readonly name: string;
  /** Most bytes worth giving to one `write`, so that a stop is noticed soon. */
  readonly chunkBytes: number;
  readonly incoming: ReadableStream<Bytes>;
  /** Settles once, when the link is gone for whatever reason. Never rejects. */
  readonly lost: Promise<void>;
  /**
   * Resolves when the device has taken every byte: a device that stops taking leaves it pending.
   * Writes go out in the order of the calls. Rejects with DeviceError `lost`, `busy` or `protocol`.
   */
  write(bytes: Bytes): Promise<void>;
  /** Never rejects. What was written and not yet taken is thrown away. */
  close(): Promise<void>;
}

/** One HID report, without its id byte. `id` is 0 where the device numbers none. */
export interface Report {
  readonly id: number;
  readonly data: Bytes;
}

/** Moves HID reports. The other shape of a link, beside `Transport`. */
export interface ReportLink {
  readonly framing: 'report';
  /** What the device calls itself; empty when it does not say. */
  readonly name: string;
  readonly incoming: ReadableStream<Report>;
  /** Settles once, when the link is gone for whatever reason. Never rejects. */
  readonly lost: Promise<void>;
  /** An output report, padded by the caller. Rejects with DeviceError `lost` or `protocol`. */
  write(report: Report): Promise<void>;
  /** A feature report to the device. Rejects with DeviceError `lost`, `refused` or `protocol`. */
  sendFeature(report: Report): Promise<void>;
  /** A feature report from the device, without its id byte. Rejects like `sendFeature`. */
  readFeature(id: number): Promise<Bytes>;
  /** Never rejects. */
  close(): Promise<void>;
}

export type Link = Transport | ReportLink;

export type BusKind = 'usb' | 'serial' | 'hid';

/** What a device is recognised by after a reload or a replug. Plain JSON: it is remembered with the till. */
export interface DeviceIdentity {
  readonly bus: BusKind;
  readonly vendorId?: number;
  readonly productId?: number;
  readonly serialNumber?: string;
  /** HID: usages of its top-level collections, 'page:usage' in hex: interfaces of one device have the same ids. */
  readonly usages?: string;
  /** Serial over Bluetooth: UUID of the service. */
  readonly bluetoothService?: string;
  readonly name: string;
}

/** What a driver can be matched on. Every field that is given must agree. */
export interface DeviceMatch {
  readonly bus: BusKind;
  readonly vendorId?: number;
  readonly productId?: number;
  /** USB interface class, for example 7 for printers. */
  readonly classCode?: number;
  /** HID: usage page of a top-level collection, for example 0x8c for scanners. */
  readonly usagePage?: number;
  /** HID: usage within the page. */
  readonly usage?: number;
  /** Serial over Bluetooth: UUID of a maker's own service. The chooser shows such ports only when they are asked for. */
  readonly bluetoothService?: string;
}

/**
 * How a serial line is to be opened, also one behind a USB CDC-ACM plug; nothing to say for USB printers and HID. 8 data bits,
 * no parity, 1 stop bit unless said.
 */
export interface SerialLine {
  readonly baudRate: number;
  /**
   * `hardware` is RTS/CTS by the system. `dsr` reads DSR between chunks: the default wiring of Epson printers. `paced` waits as
   * long as each chunk takes at the baud rate: for lines without flow wires. Bluetooth is always paced.
   */
  readonly flow: 'none' | 'hardware' | 'dsr' | 'paced';
  readonly dataBits?: 7 | 8;
  readonly parity?: 'none' | 'even' | 'odd';
  readonly stopBits?: 1 | 2;
}

/** A device that the person has allowed and that is plugged in. */
export interface Found<L extends Link = Transport> {
  readonly identity: DeviceIdentity;
  /** The browser's object: the same one for the same plugged-in device, however often it is found. */
  readonly device: object;
  /** True when the device agrees with every field of the match. A serial port agrees with any `serial` match without ids. */
  agrees(match: DeviceMatch): boolean;
  /** Rejects with DeviceError: `busy`, `no-access`, `lost`, `unsupported`. */
  open(line?: SerialLine): Promise<L>;
}

/** One browser API as a place where devices come and go. */
export interface Bus<L extends Link = Transport> {
  readonly kind: BusKind;
  /** Shows the browser's chooser. Call it straight from a click. Rejects with `not-chosen` or `no-access`. */
  choose(matches: readonly DeviceMatch[]): Promise<Found<L>>;
  /** Devices allowed earlier that are plugged in now. Asks nobody. */
  known(): Promise<readonly Found<L>[]>;
  /** Called when an allowed device is plugged in; returns the function that stops it. */
  onArrival(listener: (found: Found<L>) => void): () => void;
}

/** True when ids agree; the fields that only the bus can see (class, usages) are its own to check. */
export function idsAgree(identity: DeviceIdentity, match: DeviceMatch): boolean {
  return (
    identity.bus === match.bus &&
    (match.vendorId === undefined || match.vendorId === identity.vendorId) &&
    (match.productId === undefined || match.productId === identity.productId) &&
    (match.bluetoothService === undefined || match.bluetoothService === identity.bluetoothService)
  );
}

/** True when `found` can be the device of `wanted`: same bus, ids, and serial number and usages where both have them. */
export function isSameDevice(wanted: DeviceIdentity, found: DeviceIdentity): boolean {
  return (
    wanted.bus === found.bus &&
    wanted.vendorId === found.vendorId &&
    wanted.productId === found.productId &&
    wanted.bluetoothService === found.bluetoothService &&
    canBeSame(wanted.serialNumber, found.serialNumber) &&
    canBeSame(wanted.usages, found.usages)
  );
}

const canBeSame = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;
