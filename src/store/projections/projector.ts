import type { BusinessDay } from '../../domain/business-day.ts';
import type { Entry } from '../../domain/entry.ts';
import type { SaleId } from '../../domain/ids.ts';
import type { DayTotals } from '../../domain/journal.ts';
import { project, rowsNeeded } from './project.ts';
import type { RowChange, RowReader, SaleRow } from './rows.ts';

/** Where rows come from when they are not remembered. */
export interface RowSource {
  sale(id: SaleId): Promise<SaleRow | undefined>;
  totals(day: BusinessDay): Promise<DayTotals | undefined>;
}

/** Rows remembered per list. There is one writer, so what it wrote last is what stands; a miss costs one read. */
const REMEMBERED_MAX = 256;

/**
 * Turns entries into row changes, remembering recent rows so that an ordinary sale reads nothing before it is written.
 * `forget` throws away what was remembered of a commit that failed.
 */
export class Projector implements RowReader {
  readonly #source: RowSource;
  readonly #sales = new Map<SaleId, SaleRow | undefined>();
  readonly #days = new Map<BusinessDay, DayTotals | undefined>();

  constructor(source: RowSource) {
    this.#source = source;
  }

  sale(id: SaleId): SaleRow | undefined {
    return this.#sales.get(id);
  }

  totals(day: BusinessDay): DayTotals | undefined {
    return this.#days.get(day);
  }

  /** Changes of a run of entries, the first at `position`. They count for the next run at once. */
  async prepare(run: readonly Entry[], position: number): Promise<readonly RowChange[]> {
    const changes: RowChange[] = [];
    for (const [index, entry] of run.entries()) {
      const { sale, totals } = rowsNeeded(entry);
      if (sale !== undefined && !this.#sales.has(sale))
        remember(this.#sales, sale, await this.#source.sale(sale));
      if (totals !== undefined && !this.#days.has(totals)) {
        remember(this.#days, totals, await this.#source.totals(totals));
      }
      for (const change of project(entry, position + index, this)) {
        if (change.store === 'sales') remember(this.#sales, change.key, change.row);
        else if (change.store === 'totals') remember(this.#days, change.key, change.row);
        changes.push(change);
      }
    }
    return changes;
  }

  forget(): void {
    this.#sales.clear();
    this.#days.clear();
  }
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= REMEMBERED_MAX) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
