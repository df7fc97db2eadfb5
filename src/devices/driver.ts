import type { CashDrawer, PrinterStatus, ReceiptPrinter } from './ports.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { Rasteriser } from './receipt/bitmap.ts';
import type { Timers } from './timers.ts';
import type { DeviceIdentity, DeviceMatch, Transport } from './transports/transport.ts';

/** A printer on one open link. It ends with its link; what flows get is the reconnecting printer above it. */
export interface PrinterSession extends ReceiptPrinter, CashDrawer {
  readonly status: PrinterStatus;
  /** Settles when the link is gone. Never rejects. */
  readonly lost: Promise<void>;
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
export interface Driver<Port, Settings> {
  readonly id: string;
  /** Never waits for an answer: many devices cannot give one. */
  connect(transport: Transport, settings: Settings): Port;
}

/** A line of the registry. The driver itself is loaded when a device of its kind is there. */
export interface PrinterEntry {
  readonly id: string;
  readonly match: readonly DeviceMatch[];
  /** The profile to begin with. */
  profileFor(identity: DeviceIdentity): PrinterProfile;
  load(): Promise<Driver<PrinterSession, PrinterSettings>>;
}
