import type { BusinessDay } from '../../domain/business-day.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, DayTotals } from '../../domain/journal.ts';
import { project, rowsNeeded } from './project.ts';
import type { RowChange, RowReader, SaleRow } from './rows.ts';

/** Where rows come from when they are not remembered. */
export interface RowSource {
  sale(id: SaleId): Promise<SaleRow | undefined>;
  attempt(id: AttemptId): Promise<AttemptRecord | undefined>;
  totals(day: BusinessDay): Promise<DayTotals | undefined>;
}

/** Rows remembered per list. There is one writer, so what it wrote last is what stands; a miss costs one read. */
const REMEMBERED_MAX = 256;

/**
 * Turns entries into row changes, remembering recent rows so that an ordinary sale reads nothing before it is written.
 * `keep` makes the last prepared changes the truth; `forget` throws them away with everything remembered.
 */
export class Projector implements RowReader {
  readonly #source: RowSource;
  readonly #sales = new Map<SaleId, SaleRow | undefined>();
  readonly #attempts = new Map<AttemptId, AttemptRecord | undefined>();
  readonly #days = new Map<BusinessDay, DayTotals | undefined>();

  constructor(source: RowSource) {
    this.#source = source;
  }

  sale(id: SaleId): SaleRow | undefined {
    return this.#sales.get(id);
  }

  attempt(id: AttemptId): AttemptRecord | undefined {
    return this.#attempts.get(id);
  }

  totals(day: BusinessDay): DayTotals | undefined {
    return this.#days.get(day);
  }

  /** Changes of a run of entries, the first at `position`. They count for the next run at once. */
  async prepare(run: readonly SignedEntry[], position: number): Promise<readonly RowChange[]> {
    const changes: RowChange[] = [];
    for (const [index, signed] of run.entries()) {
      const missing = this.#missing(signed);
      if (missing !== undefined) await missing;
      const made = project(signed, position + index, this);
      for (const change of made) this.#remember(change);
      changes.push(...made);
    }
    return changes;
  }

  /** After a commit that failed: rows are read again. */
  forget(): void {
    this.#sales.clear();
    this.#attempts.clear();
    this.#days.clear();
  }

  #missing(signed: SignedEntry): Promise<void> | undefined {
    const need = rowsNeeded(signed.entry);
    if (need.sale !== undefined && !this.#sales.has(need.sale)) return this.#readSale(need.sale);
    if (need.attempt !== undefined && !this.#attempts.has(need.attempt)) return this.#readAttempt(need.attempt);
    if (need.totals !== undefined && !this.#days.has(need.totals)) return this.#readDay(need.totals);
    return undefined;
  }

  async #readSale(id: SaleId): Promise<void> {
    this.#bounded(this.#sales, id, await this.#source.sale(id));
  }

  async #readAttempt(id: AttemptId): Promise<void> {
    this.#bounded(this.#attempts, id, await this.#source.attempt(id));
  }

  async #readDay(day: BusinessDay): Promise<void> {
    this.#bounded(this.#days, day, await this.#source.totals(day));
  }

  #remember(change: RowChange): void {
    if (change.store === 'sales') this.#bounded(this.#sales, change.key, change.after);
    else if (change.store === 'attempts') this.#bounded(this.#attempts, change.key, change.after);
    else if (change.store === 'totals') this.#bounded(this.#days, change.key, change.after);
  }

  #bounded<K, V>(map: Map<K, V>, key: K, value: V): void {
    map.delete(key);
    map.set(key, value);
    if (map.size <= REMEMBERED_MAX) return;
    const oldest = map.keys().next();
    if (!oldest.done) map.delete(oldest.value);
  }
}
