import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, DayTotals } from '../../domain/journal.ts';
import type { RowChange, RowReader, SaleRow } from './rows.ts';

/** The lists in memory: what the till sells from when IndexedDB cannot open, and the yardstick of the tests. */
export class MemoryRows implements RowReader {
  readonly sales = new Map<SaleId, SaleRow>();
  readonly attempts = new Map<AttemptId, AttemptRecord>();
  readonly days = new Map<BusinessDay, DayTotals>();
  readonly saleEntries = new Map<SaleId, number[]>();

  sale(id: SaleId): SaleRow | undefined {
    return this.sales.get(id);
  }

  totals(day: BusinessDay): DayTotals | undefined {
    return this.days.get(day);
  }

  apply(changes: readonly RowChange[]): void {
    for (const change of changes) {
      if (change.store === 'sales') this.sales.set(change.key, change.row);
      else if (change.store === 'totals') this.days.set(change.key, change.row);
      else if (change.store === 'attempts' && change.row === undefined) this.attempts.delete(change.key);
      else if (change.store === 'attempts' && change.row !== undefined)
        this.attempts.set(change.key, change.row);
      else if (change.store === 'saleEntries') {
        const [sale, position] = change.key;
        this.saleEntries.set(sale, [...(this.saleEntries.get(sale) ?? []), position]);
      }
    }
  }

  /** Latest completed sales first, before a position. */
  latest(before: number, limit: number): readonly SaleRow[] {
    return [...this.sales.values()]
      .filter((row) => row.position < before)
      .sort((a, b) => b.position - a.position)
      .slice(0, limit);
  }
}
