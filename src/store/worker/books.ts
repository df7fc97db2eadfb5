import type { Signer } from '../../domain/chain.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { AttemptRecord } from '../../domain/journal.ts';
import type { JournalState } from '../journal-state.ts';
import type { RowSource } from '../projections/projector.ts';
import type { RowChange, SaleRow } from '../projections/rows.ts';
import type { Placed } from '../protocol.ts';

/** One commit as both copies get it. `position` is that of the first entry. */
export interface Commit {
  readonly position: number;
  readonly entries: readonly SignedEntry[];
  readonly state?: JournalState;
  /** A new signing key that begins with this commit. IndexedDB only. */
  readonly signer?: Signer;
}

/** What can be asked of the books without writing: IndexedDB and its tail answer, or memory where that cannot open. */
export interface Books extends RowSource {
  entry(position: number): Promise<SignedEntry | undefined>;
  /** Entries after a position, oldest first, up to and including `last`. */
  entries(after: number, last: number, limit: number): Promise<readonly Placed[]>;
  /** Latest completed sales first, before a position. */
  saleRows(before: number, limit: number): Promise<readonly SaleRow[]>;
  /** Positions of all entries that name a sale, rising. */
  salePositions(id: SaleRow['saleId']): Promise<readonly number[]>;
  attempts(): Promise<readonly AttemptRecord[]>;
}

/** Books that follow the journal as it is written. */
export interface GrowingBooks extends Books {
  /** What a durable commit changed; `last` is the position of its last entry. */
  apply(changes: readonly RowChange[], last: number): void;
  /** Makes the lists anew from the journal up to `last`, when what a commit changed could not be found out. */
  reload(last: number): Promise<void>;
}
