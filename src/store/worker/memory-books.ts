import type { BusinessDay } from '../../domain/business-day.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, DayTotals } from '../../domain/journal.ts';
import { MemoryRows } from '../projections/memory-rows.ts';
import { project } from '../projections/project.ts';
import type { RowChange, SaleRow } from '../projections/rows.ts';
import type { Placed } from '../protocol.ts';
import type { GrowingBooks } from './books.ts';
import type { OpfsCopy } from './opfs-copy.ts';

/** Entries read at once while the lists are made. */
const READ_AT_ONCE = 500;

/** The books without IndexedDB: lists in memory, made from the OPFS copy at start; entries are read from its files. */
export class MemoryBooks implements GrowingBooks {
  #rows = new MemoryRows();
  readonly #opfs: OpfsCopy;

  constructor(opfs: OpfsCopy, last: number) {
    this.#opfs = opfs;
    this.#read(last);
  }

  async reload(last: number): Promise<void> {
    this.#rows = new MemoryRows();
    this.#read(last);
  }

  #read(last: number): void {
    for (let after = 0; ; ) {
      const read = this.#opfs.entries(after, last, READ_AT_ONCE);
      const end = read.at(-1);
      if (end === undefined) break;
      for (const { position, signed } of read) {
        this.#rows.apply(project(signed.entry, position, this.#rows));
      }
      after = end.position;
    }
  }

  apply(changes: readonly RowChange[]): void {
    this.#rows.apply(changes);
  }

  async entry(position: number): Promise<SignedEntry | undefined> {
    return this.#opfs.entries(position - 1, position, 1)[0]?.signed;
  }

  async entries(after: number, last: number, limit: number): Promise<readonly Placed[]> {
    return this.#opfs.entries(after, last, limit);
  }

  async saleRows(before: number, limit: number): Promise<readonly SaleRow[]> {
    return this.#rows.latest(before, limit);
  }

  async salePositions(id: SaleId): Promise<readonly number[]> {
    return this.#rows.saleEntries.get(id) ?? [];
  }

  async attempts(): Promise<readonly AttemptRecord[]> {
    return [...this.#rows.attempts.values()];
  }

  async sale(id: SaleId): Promise<SaleRow | undefined> {
    return this.#rows.sale(id);
  }

  async totals(day: BusinessDay): Promise<DayTotals | undefined> {
    return this.#rows.totals(day);
  }
}
