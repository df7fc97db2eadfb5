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

/** What a device is recognised by after a reload or a replug. Plain JSON: it is remembered with the till. */
export interface DeviceIdentity {
  readonly bus: 'usb' | 'serial';
  readonly vendorId?: number;
  readonly productId?: number;
  readonly serialNumber?: string;
  readonly name: string;
}

/** What a driver can be matched on. Every field that is given must agree. */
export interface DeviceMatch {
  readonly bus: 'usb' | 'serial';
  readonly vendorId?: number;
  readonly productId?: number;
  /** USB interface class, for example 7 for printers. */
  readonly classCode?: number;
}

/** How a serial line is to be opened; nothing to say for USB. */
export interface SerialLine {
  readonly baudRate: number;
  /** `hardware` is RTS/CTS by the system. `dsr` reads DSR between chunks: the default wiring of Epson printers. */
  readonly flow: 'none' | 'hardware' | 'dsr';
}

/** A device that the person has allowed and that is plugged in. */
export interface Found {
  readonly identity: DeviceIdentity;
  /** Rejects with DeviceError: `busy`, `no-access`, `lost`, `unsupported`. */
  open(line?: SerialLine): Promise<Transport>;
}

/** One browser API as a place where devices come and go. */
export interface Bus {
  readonly kind: 'usb' | 'serial';
  /** Shows the browser's chooser. Call it straight from a click. Rejects with `not-chosen` or `no-access`. */
  choose(matches: readonly DeviceMatch[]): Promise<Found>;
  /** Devices allowed earlier that are plugged in now. Asks nobody. */
  known(): Promise<readonly Found[]>;
  /** Called when an allowed device is plugged in; returns the function that stops it. */
  onArrival(listener: (found: Found) => void): () => void;
}

/** True when `found` can be the device of `wanted`: same bus, ids, and serial number where both have one. */
export function isSameDevice(wanted: DeviceIdentity, found: DeviceIdentity): boolean {
  return (
    wanted.bus === found.bus &&
    wanted.vendorId === found.vendorId &&
    wanted.productId === found.productId &&
    (wanted.serialNumber === undefined ||
      found.serialNumber === undefined ||
      wanted.serialNumber === found.serialNumber)
  );
}
