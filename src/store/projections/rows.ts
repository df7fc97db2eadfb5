import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, JobId, SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, DayTotals, SaleRecord } from '../../domain/journal.ts';
import type { Minor } from '../../domain/money.ts';

/** Where a completed sale stands in the journal, and its papers. The rest of a `SaleRecord` is read from the entry itself. */
export interface SaleRow {
  readonly saleId: SaleId;
  /** Position of `sale.completed`. */
  readonly position: number;
  readonly papers: number;
  readonly paper: SaleRecord['paper'];
  readonly refunded?: Minor;
  /** The job that `paper` is about. */
  readonly lastJob?: JobId;
}

/** Rows that an entry may change, as they stand before it. */
export interface RowReader {
  sale(id: SaleId): SaleRow | undefined;
  totals(day: BusinessDay): DayTotals | undefined;
}

/** One changed row as it stands after an entry; `row` undefined: it is gone. */
export type RowChange =
  | { readonly store: 'sales'; readonly key: SaleId; readonly row: SaleRow }
  | { readonly store: 'attempts'; readonly key: AttemptId; readonly row: AttemptRecord | undefined }
  | { readonly store: 'totals'; readonly key: BusinessDay; readonly row: DayTotals }
  | { readonly store: 'saleEntries'; readonly key: readonly [SaleId, number]; readonly row: 1 };

/** Rows that must be known before an entry can be projected. What an entry makes new needs no reading. */
export interface RowsNeeded {
  readonly sale?: SaleId;
  readonly totals?: BusinessDay;
}

/** The last change of each row: a day that sold a hundred times is written once. */
export function lastOfEach(changes: readonly RowChange[]): readonly RowChange[] {
  const last = new Map<string, RowChange>();
  for (const change of changes) last.set(`${change.store} ${String(change.key)}`, change);
  return [...last.values()];
}
