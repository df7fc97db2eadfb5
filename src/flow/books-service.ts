import type { Entry } from '../domain/entry.ts';
import type { SaleId } from '../domain/ids.ts';

/** An entry that the server refused: it waits here, whole. */
export interface ParkedView {
  readonly position: number;
  /** Coded, by the server's refusals. */
  readonly reason: string;
  readonly parkedAt: number;
  /** Absent where the entry cannot be read. */
  readonly type?: Entry['type'];
  readonly saleId?: SaleId;
}

/** What this device holds, and what the server lacks of it, beside `JournalStatus`. */
export interface BooksHealth {
  /** When the oldest entry was written that the server has not confirmed, ms. Absent: it has them all. */
  readonly oldestWaitingAt?: number;
  /** When the server last confirmed anything to this page or an earlier one, ms. */
  readonly confirmedAt?: number;
  /** Latest first, at most fifty. */
  readonly parked: readonly ParkedView[];
  /** Bytes that this site uses and may use, as the browser estimates. */
  readonly room?: { readonly used: number; readonly quota: number };
}

export interface BooksCheck {
  readonly entries: number;
  readonly valid: number;
  /** Local position of the first entry that is not what it says. */
  readonly firstBad?: number;
}

export interface JournalFile {
  readonly name: string;
  /** One signed entry a line, as JSON, oldest first. */
  readonly content: Blob;
  readonly entries: number;
  /** Read from the files themselves, because the journal could not be opened: what could be found. */
  readonly rescued: boolean;
}

/** The till's own books, for whoever has to know whether they are well. */
export interface Books {
  health(): Promise<BooksHealth>;
  /** Puts what the server refused back into the queue and sends all that waits. */
  sendAgain(): Promise<void>;
  /** Checks the chain and every signature. */
  check(): Promise<BooksCheck>;
  /** The whole journal as a file, also when it cannot be opened. Undefined: nothing could be read. */
  export(): Promise<JournalFile | undefined>;
}
