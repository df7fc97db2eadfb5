import type { Attempt, AttemptState } from './attempt.ts';
import type { BusinessDay } from './business-day.ts';
import type { EntryDraft, Head, PublicKey, Repair, SignedEntry } from './entry.ts';
import type { MerchantId, OperatorId, SaleId, TillId } from './ids.ts';
import type { Currency, Minor } from './money.ts';
import type { CompletedSale } from './sale.ts';

/** What the till keeps of its sales so that a list needs no reading of the journal. Rebuildable from it at any time. */
export interface SaleRecord {
  readonly sale: CompletedSale;
  /** Where the sale stands: its receipt number is made of these. */
  readonly till: TillId;
  readonly head: Head;
  /** Local position of the entry: lists are ordered by it, never by a clock. */
  readonly position: number;
  readonly at: number;
  readonly operator: OperatorId;
  /** Signature of the entry, for the receipt's QR. */
  readonly sig: string;
  /** Papers made so far, and whether the last one is proved. */
  readonly papers: number;
  readonly paper: 'none' | 'printed' | 'unconfirmed';
  /** What has gone back of it. */
  readonly refunded?: Minor;
}

/** An attempt whose end is not known, found again after a restart. */
export interface AttemptRecord {
  readonly attempt: Attempt;
  readonly state: AttemptState;
  readonly at: number;
  readonly position: number;
}

export interface DayTotals {
  readonly day: BusinessDay;
  readonly currency: Currency;
  readonly sales: number;
  /** Before refunds. */
  readonly total: Minor;
  /** What went back on this day, and how often. Absent on days written before refunds were known. */
  readonly refunds?: number;
  readonly refunded?: Minor;
  /** By tender, in minor units, refunds taken off. */
  readonly tenders: Readonly<Record<string, Minor>>;
}

/** An entry the server refused. It waits, whole, with the reason; the entries after it go on. */
export interface ParkedEntry {
  readonly position: number;
  readonly reason: string;
  readonly parkedAt: number;
}

/**
 * How many durable copies a new entry gets. `both` is the promise; the others are shown in the status strip:
 * `settling` while the journal file is too young to survive a power cut, `opfs-only` in red when IndexedDB cannot open.
 */
export type Copies = 'both' | 'settling' | 'indexeddb-only' | 'opfs-only' | 'none';

export interface JournalStatus {
  /** `writer` in the one tab that holds the lock; `reader` in every other: it sees sales and can make none. */
  readonly role: 'opening' | 'writer' | 'reader' | 'failed';
  readonly copies: Copies;
  readonly head?: Head;
  /** Last head the server countersigned. */
  readonly acknowledged?: Head;
  /** Entries the server does not hold yet, parked ones included; kept as a counter, never counted. */
  readonly unsynced: number;
  readonly parked: number;
  /** What was found and done when the journal was opened, if the copies disagreed. */
  readonly repair?: Repair;
  /** `navigator.storage.persist()` said yes. */
  readonly persisted: boolean;
  /** Coded reason when `role` is failed, or when the last append was refused: `quota`, `disk`, `closed`, `damaged`. */
  readonly trouble?: StorageTrouble;
}

export const STORAGE_TROUBLES = [
  'quota',
  'disk',
  'blocked',
  'damaged',
  'unsupported',
  'lost-lock',
  'too-large',
] as const;
export type StorageTrouble = (typeof STORAGE_TROUBLES)[number];

/** The only error the journal throws. After it nothing of the append is durable, unless `maybeStored` is true. */
export class JournalError extends Error {
  readonly code: StorageTrouble | 'not-writer' | 'not-enrolled' | 'invalid-entry';
  /** True when one copy may hold the entries: the caller must not write them again under another number. */
  readonly maybeStored: boolean;
  constructor(code: JournalError['code'], message: string, maybeStored = false, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JournalError';
    this.code = code;
    this.maybeStored = maybeStored;
  }
}

/** Who this till is, once enrolled. */
export interface TillIdentity {
  readonly merchant: MerchantId;
  readonly till: TillId;
  readonly key: PublicKey;
  readonly serverKey?: PublicKey;
  readonly training: boolean;
}

/** What flows may ask of the journal. Promises of `append` settle after BOTH copies are on disk, or reject. */
export interface Journal {
  readonly status: JournalStatus;
  subscribe(listener: () => void): () => void;
  /** All drafts of one call are one commit: all of them or none. Order of calls is order in the chain. */
  append(drafts: readonly EntryDraft[], operator: OperatorId): Promise<readonly SignedEntry[]>;
  /** Entries after the last acknowledged one, oldest first, parked ones left out; at most `limit`. */
  unsent(limit: number): Promise<readonly { readonly position: number; readonly signed: SignedEntry }[]>;
  /** Latest sales first; `before` is a position (exclusive). */
  sales(query: { readonly before?: number; readonly limit: number }): Promise<readonly SaleRecord[]>;
  sale(id: SaleId): Promise<SaleRecord | undefined>;
  /** Every entry that names the sale, oldest first. */
  entriesOf(id: SaleId): Promise<readonly SignedEntry[]>;
  unresolved(): Promise<readonly AttemptRecord[]>;
  totals(day: BusinessDay): Promise<DayTotals | undefined>;
  parkedEntries(): Promise<readonly ParkedEntry[]>;
}
