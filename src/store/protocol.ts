import type { Countersigned } from '../contract/api.ts';
import type { BusinessDay } from '../domain/business-day.ts';
import type { Entry, EntryDraft, PublicKey, SignedEntry } from '../domain/entry.ts';
import type { OperatorId, SaleId } from '../domain/ids.ts';
import type {
  AttemptRecord,
  DayTotals,
  JournalError,
  JournalStatus,
  ParkedEntry,
  TillIdentity,
} from '../domain/journal.ts';
import type { Shop } from '../domain/shop.ts';
import type { SaleRow } from './projections/rows.ts';

/** The books, or the exercise books: each has its own database and folder, so training can never touch the money. */
export type Namespace = 'main' | 'training';

/** An entry and where it stands in the local numbering. */
export interface Placed {
  readonly position: number;
  readonly signed: SignedEntry;
}

/** What enrolment gives the till: the server's answer, without the key, which the worker holds. */
export interface Enrolment {
  readonly merchant: TillIdentity['merchant'];
  readonly till: TillIdentity['till'];
  readonly serverKey?: PublicKey;
  readonly training: boolean;
  readonly shop: Shop;
  readonly operator: OperatorId;
  /** Hash of the last entry the server holds of this till; the new journal goes on from it in an epoch of its own. */
  readonly serverHead?: string;
}

/** What the till is, besides its status. */
export interface Standing {
  readonly identity?: TillIdentity;
  /** The signing key was lost; entries are signed by a new one that the server must be told of by a re-key code. */
  readonly needsRekey: boolean;
}

/** What came of comparing with the server's head. `untrusted`: not signed by the server's key, so nothing was done. */
export type Reconciled = 'agreed' | 'resending' | 'new-epoch' | 'untrusted';

export interface Verification {
  readonly entries: number;
  readonly valid: number;
  /** Local position of the first entry that is not what it says. */
  readonly firstBad?: number;
}

/** What the journal adds to a draft. Type and body stay where they are: the page has them. */
export type Envelope = Omit<SignedEntry, 'entry'> & { readonly entry: Omit<Entry, 'type' | 'body'> };

/** Every call the page can make: arguments and result. All of it is structured-clonable. */
export interface Calls {
  append: [{ readonly drafts: readonly EntryDraft[]; readonly operator: OperatorId }, readonly Envelope[]];
  entries: [{ readonly after: number; readonly limit: number }, readonly Placed[]];
  unsent: [{ readonly limit: number }, readonly Placed[]];
  sales: [{ readonly before?: number; readonly limit: number }, readonly (SaleRow & Placed)[]];
  sale: [{ readonly id: SaleId }, (SaleRow & Placed) | undefined];
  entriesOf: [{ readonly id: SaleId }, readonly Placed[]];
  unresolved: [null, readonly AttemptRecord[]];
  totals: [{ readonly day: BusinessDay }, DayTotals | undefined];
  parkedEntries: [null, readonly ParkedEntry[]];
  standing: [null, Standing];
  createKey: [null, PublicKey];
  sign: [
    { readonly bytes: Uint8Array<ArrayBuffer>; readonly which: 'till' | 'next' },
    { readonly key: PublicKey; readonly sig: string },
  ];
  enrol: [Enrolment, TillIdentity];
  rekey: [Enrolment, TillIdentity];
  acknowledge: [{ readonly countersigned: Countersigned }, boolean];
  park: [{ readonly position: number; readonly reason: string }, null];
  unpark: [{ readonly position: number }, null];
  reconcile: [{ readonly countersigned: Countersigned | null }, Reconciled];
  verify: [null, Verification];
  refresh: [null, null];
  vaultGet: [{ readonly key: string }, unknown];
  vaultSet: [{ readonly key: string; readonly value: unknown }, null];
  vaultDelete: [{ readonly key: string }, null];
  close: [null, null];
}
export type Op = keyof Calls;

export interface Start {
  readonly kind: 'start';
  readonly namespace: Namespace;
}

export type Request = {
  [O in Op]: { readonly kind: 'call'; readonly id: number; readonly op: O; readonly args: Calls[O][0] };
}[Op];

export interface Refusal {
  readonly code: JournalError['code'];
  readonly message: string;
  readonly maybeStored: boolean;
}

/** Where the page may read entries by itself, and how far: told by the worker with every status. */
export interface Readable {
  readonly database: string;
  readonly store: string;
  /** Position of the first and of the last entry that both copies hold. */
  readonly first: number;
  readonly last: number;
  readonly acknowledged: number;
  readonly parked: readonly number[];
}

/** What the page is told without asking, and with every answer after which it would be stale. */
export interface News {
  readonly status: JournalStatus;
  /** Absent where only the worker can read. */
  readonly readable?: Readable;
}

export type FromWorker =
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown; readonly news?: News }
  | { readonly kind: 'refused'; readonly id: number; readonly refusal: Refusal; readonly news?: News };

export type ToWorker = Start | Request;
