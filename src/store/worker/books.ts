import type { AttemptRecord } from '../../domain/journal.ts';
import type { JournalState } from '../journal-state.ts';
import type { Signer } from '../../domain/chain.ts';
import type { RowSource } from '../projections/projector.ts';
import type { RowChange, SaleRow } from '../projections/rows.ts';
import type { Line } from '../protocol.ts';

/** One commit as both copies get it. `position` is that of the first line. */
export interface Commit {
  readonly position: number;
  readonly lines: readonly string[];
  readonly changes: readonly RowChange[];
  readonly state?: JournalState;
  /** A new signing key that begins with this commit. IndexedDB only. */
  readonly signer?: Signer;
}

/** What can be asked of the books without writing: IndexedDB answers, or memory where that cannot open. */
export interface Books extends RowSource {
  line(position: number): Promise<string | undefined>;
  /** Lines after a position, oldest first, up to and including `last`. */
  lines(after: number, last: number, limit: number): Promise<readonly Line[]>;
  /** Latest completed sales first, before a position. */
  saleRows(before: number, limit: number): Promise<readonly SaleRow[]>;
  /** Positions of all entries that name a sale, rising. */
  salePositions(id: SaleRow['saleId']): Promise<readonly number[]>;
  attempts(): Promise<readonly AttemptRecord[]>;
}
