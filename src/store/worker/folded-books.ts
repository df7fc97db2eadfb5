import type { BusinessDay } from '../../domain/business-day.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, DayTotals } from '../../domain/journal.ts';
import { Projector } from '../projections/projector.ts';
import type { RowChange, SaleRow } from '../projections/rows.ts';
import type { Placed } from '../protocol.ts';
import { runsOf } from '../runs.ts';
import type { GrowingBooks } from './books.ts';
import type { FirstCopy } from './idb-copy.ts';

/** Changes kept in memory before they are folded into the stores; replaying as many at start takes some milliseconds. */
const TAIL_MAX = 512;
/** How long the till must be quiet before the tail is folded, so that folding never stands in a customer's way. */
const QUIET_MS = 400;
const READ_AT_ONCE = 500;

/**
 * The lists over IndexedDB: stores that are true up to a position, and the changes of the entries after it in memory.
 * The transaction that stores an entry thereby stores its place in every list, because a list is its store plus the tail
 * of the journal, and the journal's row is the only one a sale must wait for. Folding moves the position on, in idle time.
 */
export class FoldedBooks implements GrowingBooks {
  readonly #idb: FirstCopy;
  readonly #writer: boolean;
  /** Changes after the folded position, oldest first, and where each run of them ends. */
  #tail: { readonly last: number; readonly changes: readonly RowChange[] }[] = [];
  #folding: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Nothing was written since the timer last looked. */
  #quiet = false;
  #size = 0;

  private constructor(idb: FirstCopy, writer: boolean) {
    this.#idb = idb;
    this.#writer = writer;
  }

  /** The books with their tail read back from the journal, up to `last`. Only a writer may fold. */
  static async open(idb: FirstCopy, last: number, writer: boolean): Promise<FoldedBooks> {
    const books = new FoldedBooks(idb, writer);
    await books.reload(last);
    return books;
  }

  async reload(last: number): Promise<void> {
    this.#tail = [];
    this.#size = 0;
    const projector = new Projector(this);
    for (let after = await this.#idb.folded(); ; ) {
      const read = await this.#idb.entries(after, last, READ_AT_ONCE);
      const end = read.at(-1);
      if (end === undefined) return;
      for (const run of runsOf(read)) {
        const entries = run.map((each) => each.signed.entry);
        this.#add(await projector.prepare(entries, run[0]?.position ?? 0), run.at(-1)?.position ?? 0);
      }
      after = end.position;
      if (this.#writer && this.#size >= TAIL_MAX) await this.fold();
    }
  }

  #add(changes: readonly RowChange[], last: number): void {
    this.#tail.push({ last, changes });
    this.#size += changes.length;
  }

  apply(changes: readonly RowChange[], last: number): void {
    this.#add(changes, last);
    this.#quiet = false;
    if (this.#size >= TAIL_MAX) void this.fold();
    else this.#timer ??= setTimeout(() => this.#foldWhenQuiet(), QUIET_MS);
  }

  #foldWhenQuiet(): void {
    this.#timer = undefined;
    if (this.#quiet) return void this.fold();
    this.#quiet = true;
    this.#timer = setTimeout(() => this.#foldWhenQuiet(), QUIET_MS);
  }

  /** Moves the tail into the stores. A failure costs nothing: the tail stays, and is folded later or read back. */
  async fold(): Promise<void> {
    this.#folding ??= this.#foldOnce().finally(() => {
      this.#folding = undefined;
    });
    await this.#folding;
  }

  async #foldOnce(): Promise<void> {
    const taken = this.#tail.slice();
    const end = taken.at(-1);
    if (end === undefined) return;
    const done = await this.#idb
      .foldRows(
        taken.flatMap((each) => each.changes),
        end.last,
      )
      .then(
        () => true,
        () => false,
      );
    if (!done) return;
    this.#tail = this.#tail.slice(taken.length);
    this.#size = this.#tail.reduce((all, each) => all + each.changes.length, 0);
  }

  entry(position: number): Promise<SignedEntry | undefined> {
    return this.#idb.entry(position);
  }

  entries(after: number, last: number, limit: number): Promise<readonly Placed[]> {
    return this.#idb.entries(after, last, limit);
  }

  async sale(id: SaleId): Promise<SaleRow | undefined> {
    return [...this.#changes('sales')].findLast((change) => change.key === id)?.row ?? this.#idb.sale(id);
  }

  async totals(day: BusinessDay): Promise<DayTotals | undefined> {
    return (
      [...this.#changes('totals')].findLast((change) => change.key === day)?.row ?? this.#idb.totals(day)
    );
  }

  async saleRows(before: number, limit: number): Promise<readonly SaleRow[]> {
    const fresh = new Map<SaleId, SaleRow>();
    for (const change of this.#changes('sales')) fresh.set(change.key, change.row);
    const stored = await this.#idb.saleRows(before, limit);
    const all = new Map(stored.map((row) => [row.saleId, row] as const));
    for (const [id, row] of fresh) all.set(id, row);
    return [...all.values()]
      .filter((row) => row.position < before)
      .sort((a, b) => b.position - a.position)
      .slice(0, limit);
  }

  async salePositions(id: SaleId): Promise<readonly number[]> {
    const tail = [...this.#changes('saleEntries')].filter((change) => change.key[0] === id);
    const stored = await this.#idb.salePositions(id);
    // A fold may have ended while the store was read: then a position is in both.
    return [...new Set([...stored, ...tail.map((change) => change.key[1])])].sort((a, b) => a - b);
  }

  async attempts(): Promise<readonly AttemptRecord[]> {
    const changes = [...this.#changes('attempts')];
    const stored = await this.#idb.attempts();
    const all = new Map<AttemptId, AttemptRecord>(stored.map((each) => [each.attempt.attemptId, each]));
    for (const { key, row } of changes) {
      if (row === undefined) all.delete(key);
      else all.set(key, row);
    }
    return [...all.values()].sort((a, b) => a.position - b.position);
  }

  *#changes<S extends RowChange['store']>(store: S): Generator<Extract<RowChange, { store: S }>> {
    for (const { changes } of this.#tail) {
      for (const change of changes)
        if (change.store === store) yield change as Extract<RowChange, { store: S }>;
    }
  }
}
