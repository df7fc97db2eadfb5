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

  attempt(id: AttemptId): AttemptRecord | undefined {
    return this.attempts.get(id);
  }

  totals(day: BusinessDay): DayTotals | undefined {
    return this.days.get(day);
  }

  apply(changes: readonly RowChange[]): void {
    for (const change of changes) {
      if (change.store === 'sales') put(this.sales, change.key, change.after);
      else if (change.store === 'attempts') put(this.attempts, change.key, change.after);
      else if (change.store === 'totals') put(this.days, change.key, change.after);
      else this.saleEntries.set(change.key[0], [...(this.saleEntries.get(change.key[0]) ?? []), change.key[1]]);
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

function put<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
