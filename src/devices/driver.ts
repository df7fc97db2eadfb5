import type { CashDrawer, DeviceHealth, PrinterStatus, ReceiptPrinter } from './ports.ts';
import type { PrinterLanguage, PrinterProfile } from './printer-profile.ts';
import type { Rasteriser } from './receipt/bitmap.ts';
import type { Timers } from './timers.ts';
import type { DeviceIdentity, DeviceMatch, Link, SerialLine, Transport } from './transports/transport.ts';

/** A printer on one open link. It ends with its link; what flows get is the reconnecting printer above it. */
export interface PrinterSession extends ReceiptPrinter, CashDrawer {
  readonly status: PrinterStatus;
  /** Settles when the link is gone. Never rejects. */
  readonly lost: Promise<void>;
  /** Brings `status` up to date, where the printer does not report by itself. Never rejects. */
  look(): Promise<void>;
  /** Gives up the job that is stuck: it ends `unconfirmed` with the reason, and the link is closed. */
  abandon(): void;
  close(): Promise<void>;
}

/** What the outside gives to a printer session. */
export interface PrinterSettings {
  readonly profile: PrinterProfile;
  readonly raster: Rasteriser;
  readonly timers: Timers;
  /** The printer does not answer the way the profile says; keep what it does answer. */
  readonly onLearned: (confirm: PrinterProfile['confirm']) => void;
}

/** One device family: what it is recognised by, and how a link becomes a port. */
export interface Driver<Port, Settings, L extends Link = Transport> {
  readonly id: string;
  /**
   * Never waits for an answer: many devices cannot give one. Throws DeviceError `unsupported` for a link of the wrong shape.
   */
  connect(link: L, settings: Settings): Port;
}

/** What every session on one open link can do, whatever it speaks. It ends with its link. */
export interface DeviceSession {
  /** Settles when the link is gone. Never rejects. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
  /** What the health board shows of this device. Absent: nothing but its name. */
  readonly health?: DeviceHealth;
  /** Called when `health` changed; returns the function that stops it. */
  subscribe?(listener: () => void): () => void;
}

/** A line of the registry for anything but printers. The driver itself is loaded when a device of its kind is there. */
export interface DriverEntry<Session extends DeviceSession, Settings> {
  readonly id: string;
  readonly match: readonly DeviceMatch[];
  /** How its serial port is opened unless a person says otherwise. */
  readonly line?: SerialLine;
  load(): Promise<Driver<Session, Settings, Link>>;
}

/** A line of the registry. The driver itself is loaded when a device of its kind is there. */
export interface PrinterEntry {
  readonly id: string;
  /** What it speaks: a profile of one of these languages is this driver's. */
  readonly languages: readonly PrinterLanguage[];
  readonly match: readonly DeviceMatch[];
  /** False for a device that matches by its ids and yet speaks something else. Absent: what matches fits. */
  fits?(identity: DeviceIdentity): boolean;
  /** The profile to begin with. */
  profileFor(identity: DeviceIdentity): PrinterProfile;
  load(): Promise<Driver<PrinterSession, PrinterSettings>>;
}
