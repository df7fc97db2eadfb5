import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, DayTotals, SaleRecord } from '../../domain/journal.ts';

/** Where a completed sale stands in the journal, and its papers. The rest of a `SaleRecord` is read from the entry itself. */
export interface SaleRow {
  readonly saleId: SaleId;
  /** Position of `sale.completed`. */
  readonly position: number;
  readonly papers: number;
  readonly paper: SaleRecord['paper'];
}

/** Rows that an entry may change, as they stand before it. */
export interface RowReader {
  sale(id: SaleId): SaleRow | undefined;
  attempt(id: AttemptId): AttemptRecord | undefined;
  totals(day: BusinessDay): DayTotals | undefined;
}

/** One changed row. `before` undoes it, `after` does it; undefined means absent. */
export type RowChange =
  | { readonly store: 'sales'; readonly key: SaleId; readonly before: SaleRow | undefined; readonly after: SaleRow | undefined }
  | {
      readonly store: 'attempts';
      readonly key: AttemptId;
      readonly before: AttemptRecord | undefined;
      readonly after: AttemptRecord | undefined;
    }
  | {
      readonly store: 'totals';
      readonly key: BusinessDay;
      readonly before: DayTotals | undefined;
      readonly after: DayTotals | undefined;
    }
  | { readonly store: 'saleEntries'; readonly key: readonly [SaleId, number]; readonly before: undefined; readonly after: 1 };

/** Rows that must be known before an entry can be projected. A completed sale is new by definition, so it needs no reading. */
export interface RowsNeeded {
  readonly sale?: SaleId;
  readonly attempt?: AttemptId;
  readonly totals?: BusinessDay;
}
