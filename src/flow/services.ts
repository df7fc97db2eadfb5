import type { PrintDoubt, PrinterStatus, PrintOutcome } from '../devices/ports.ts';
import type { BusinessDay } from '../domain/business-day.ts';
import type { SignedEntry } from '../domain/entry.ts';
import type { SaleId } from '../domain/ids.ts';
import type {
  AttemptRecord,
  DayTotals,
  JournalStatus,
  SaleRecord,
  StorageTrouble,
} from '../domain/journal.ts';
import type { Accent, Contrast, Keys } from '../domain/look.ts';
import type { Minor } from '../domain/money.ts';
import type { PriceLabels } from '../domain/price-label.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';
import type { Operator } from '../domain/role.ts';
import type { RoundingRule } from '../domain/rounding.ts';
import type { Language, Shop, Trade } from '../domain/shop.ts';
import type { Attempts, OpenSales } from './attempts-service.ts';
import type { Authorisations } from './authorisation-service.ts';
import type { Books } from './books-service.ts';
import type { Checkout } from './checkout-service.ts';
import type { CounterDevices } from './counter-devices.ts';
import type { PrinterWizardRunner } from './devices/printer-wizard-runner.ts';
import type { FoundSales, SaleQuery } from './orders/find-sales.ts';
import type { Refunds } from './refund-service.ts';
import type { Sound } from './sound-service.ts';
import type { Store } from './store.ts';
import type { Welcome } from './welcome-service.ts';

/**
 * What pages are handed: values to read and functions to call. Pages know flows only by these; main.ts builds them.
 */

// ── Session: who is at the till ──────────────────────────────────────────────────────────────────────────────────

export type SessionState =
  | { readonly at: 'starting' }
  /** No till here yet. `code`: the server on this machine offers to be set up. `reachable`: it answered at all. */
  | {
      readonly at: 'first-run';
      readonly reachable: boolean;
      readonly code?: string;
      readonly problem?: string;
      /** This is a till already, which lost its key: only a re-key code of its office helps. */
      readonly rejoin?: boolean;
    }
  | {
      readonly at: 'locked';
      readonly shop: Shop;
      readonly operators: readonly Operator[];
      /** Wrong PINs in a row, and the seconds until the next try may be made. */
      readonly failures: number;
      readonly waitS: number;
      /** Ten failures: only a manager's PIN opens. */
      readonly managerOnly: boolean;
    }
  | { readonly at: 'open'; readonly shop: Shop; readonly operator: Operator; readonly emergency?: Emergency }
  /** Nothing can be stored here: the page says what is safe. */
  | { readonly at: 'blocked'; readonly trouble: StorageTrouble };

/**
 * Why the till is open without a PIN, for selling only: the database that holds the PINs cannot be opened, or it came back
 * empty and this till's key with it is gone.
 */
export type Emergency = 'no-database' | 'key-lost';

export interface SetupForm {
  readonly name: string;
  readonly trade: Trade;
  readonly language: Language;
  readonly pin: string;
  readonly ownerName: string;
  /** Needed when the server did not offer one. */
  readonly code: string;
}

export interface Session {
  readonly state: Store<SessionState>;
  /** Rejects with `FlowError` (coded) and leaves everything as it was. */
  setUp(form: SetupForm): Promise<void>;
  /** Joins an existing shop with a code from its office. */
  join(code: string, operator: { readonly name: string; readonly pin: string }): Promise<void>;
  /** From an emergency with a lost key to the page that takes the re-key code, and back to selling. */
  rejoin(on: boolean): void;
  tryInTraining(language: Language): Promise<void>;
  leaveTraining(): Promise<void>;
  readonly training: boolean;
  unlock(pin: string): Promise<boolean>;
  lock(): void;
}

// ── Orders ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface OrderDetail {
  readonly record: SaleRecord;
  readonly entries: readonly SignedEntry[];
  readonly receiptUrl: string;
  readonly document: ReceiptDocument;
}

export interface Orders {
  /** Latest first. `next` of the answer says where to go on. */
  find(query: SaleQuery): Promise<FoundSales>;
  detail(id: SaleId): Promise<OrderDetail | undefined>;
  /** Prints again, marked 重打印 (unless no paper was ever made). */
  reprint(id: SaleId): Promise<PrintOutcome>;
  /** The shop's trading day now. */
  today(): BusinessDay;
  day(day: BusinessDay): Promise<DayView>;
}

/** One trading day of this till, from its own journal. */
export interface DayView {
  readonly day: BusinessDay;
  /** Absent: nothing was sold or given back. */
  readonly totals?: DayTotals;
  /** Attempts of any day whose end is not known now. */
  readonly open: readonly AttemptRecord[];
}

// ── Devices ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The paper of a simulated printer, as its interpreter drew it: what is shown is what would be printed. */
export interface PaperLine {
  readonly align: 'left' | 'center' | 'right';
  /** Text cells with their width in columns (2 for a hanzi, times the magnification), or a bitmap of dots. */
  readonly content:
    | { readonly kind: 'text'; readonly cells: readonly PaperCell[] }
    | { readonly kind: 'bitmap'; readonly width: number; readonly height: number; readonly dots: Uint8Array }
    | { readonly kind: 'qr'; readonly modules: number; readonly dots: Uint8Array }
    | { readonly kind: 'cut' };
}
export interface PaperCell {
  readonly text: string;
  readonly columns: number;
  readonly widthTimes: number;
  readonly heightTimes: number;
  readonly bold: boolean;
}
export interface Paper {
  readonly columns: number;
  readonly lines: readonly PaperLine[];
  readonly drawerKicks: number;
}

export interface DevicesState {
  readonly printer: PrinterStatus;
  /** Which ways of connecting this browser has. What it lacks is said in words. */
  readonly usb: boolean;
  readonly serial: boolean;
  readonly columns: number;
  readonly charset: 'gb18030' | 'raster';
  /** True in training mode, and when somebody chose the on-screen printer. */
  readonly simulated: boolean;
  /** When the real printer was last connected, ms since 1970. Absent: not since the page was opened. */
  readonly lastSeenMs?: number;
  /** A real printer is there and the wizard was never walked with it: it should be offered before anything else. */
  readonly proposesWizard: boolean;
}

export interface Devices {
  readonly state: Store<DevicesState>;
  /** The simulated printer's paper. */
  readonly paper: Store<Paper>;
  /** A slip as this counter's printer would print it, byte by byte. Rejects when it cannot be drawn. */
  preview(document: ReceiptDocument): Promise<Paper>;
  /** Must be called straight from a click: the browser's chooser needs it. Resolves to a coded doubt when it did not work. */
  pair(bus: 'usb' | 'serial'): Promise<PrintDoubt | undefined>;
  forget(): Promise<void>;
  setColumns(columns: 32 | 42 | 48): Promise<void>;
  setCharset(charset: 'gb18030' | 'raster'): Promise<void>;
  useSimulated(on: boolean): Promise<void>;
  /**
   * Begins to find out the connected printer's settings, real or simulated. It stops by itself when a payment starts or a slip is
   * to be printed. Undefined: no printer is connected, it is printing, or a sale is being paid.
   */
  wizard(): Promise<PrinterWizardRunner | undefined>;
  testSlip(): Promise<PrintOutcome>;
  kickDrawer(): Promise<boolean>;
  /** Opens the customer's screen in a window of its own. Must be called straight from a click. */
  openDisplay(): void;
  /** Gives up the job that is stalled: it ends as unconfirmed. */
  abandonJob(): void;
  /** Faults of the simulated printer, to learn what the till says then. */
  simulate(fault: 'none' | 'paper-end' | 'cover-open' | 'cut-cable'): void;
  /** The system print dialog with the slip as HTML: the way out when no printer is there. */
  printBySystem(document: ReceiptDocument): Promise<void>;
}

// ── Strip, settings, life ────────────────────────────────────────────────────────────────────────────────────────

export interface StripState {
  readonly network: 'online' | 'offline' | 'server-gone';
  readonly sync: 'idle' | 'sending' | 'waiting' | 'blocked';
  /** Coded reason when sync is blocked. */
  readonly syncProblem?: string;
  readonly journal: JournalStatus;
  readonly printer: PrinterStatus;
  readonly training: boolean;
  /** The server's payment hosts are sandboxes: play money. */
  readonly demo: boolean;
  /** Server time minus device time, ms, when known: shown from two minutes on. */
  readonly clockSkewMs?: number;
  /** A new version waits; `busy` while a sale or an attempt is open. */
  readonly update: 'none' | 'ready' | 'busy';
}

export interface Settings {
  readonly language: Language;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly contrast: Contrast;
  /** The shop's own colour. */
  readonly accent: Accent;
  readonly keys: Keys;
  readonly rounding: RoundingRule;
  readonly autoPrint: boolean;
  /** False: silent mode, nothing is heard at all. */
  readonly sound: boolean;
  readonly volume: 'low' | 'middle' | 'high';
  /** Money that came in is announced by a voice. */
  readonly voice: boolean;
  /** Printed beside the shop's own language on every slip. */
  readonly secondLanguage: Language | 'none';
  /** Most that a printed static code may take at once, minor units (PBoC; facts: field 5.3). */
  readonly staticCap: Minor;
  /** How the labels of the counter scale are read. */
  readonly priceLabels: PriceLabels;
}

export interface Life {
  readonly strip: Store<StripState>;
  readonly settings: Store<Settings>;
  change(settings: Partial<Settings>): Promise<void>;
  syncNow(): Promise<void>;
  /** Asks the browser to keep the journal for good. */
  requestPersist(): Promise<boolean>;
  applyUpdate(): Promise<void>;
  /** A one-time link into the office; rejects with FlowError when offline. */
  openOffice(): Promise<string>;
  /** Manifest install prompt, when the browser offers one. */
  readonly canInstall: Store<boolean>;
  install(): Promise<void>;
}

export interface Services {
  readonly session: Session;
  readonly checkout: Checkout;
  readonly attempts: Attempts;
  readonly openSales: OpenSales;
  /** Every device but the printer, which is `devices`. */
  readonly counter: CounterDevices;
  readonly refunds: Refunds;
  readonly authorisations: Authorisations;
  readonly orders: Orders;
  readonly devices: Devices;
  readonly life: Life;
  readonly books: Books;
  readonly sound: Sound;
  readonly welcome: Welcome;
}

/** What a flow could not do, coded for the catalogue of messages. Money and data are as they were. */
export class FlowError extends Error {
  readonly code: string;
  constructor(code: string, message = code, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FlowError';
    this.code = code;
  }
}
