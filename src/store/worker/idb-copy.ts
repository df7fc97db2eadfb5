import { type IDBPDatabase, unwrap } from 'idb';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { Signer } from '../../domain/chain.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, DayTotals } from '../../domain/journal.ts';
import type { JournalState } from '../journal-state.ts';
import { lastOfEach, type RowChange, type SaleRow } from '../projections/rows.ts';
import type { Placed, Readable } from '../protocol.ts';
import type { Books, Commit } from './books.ts';
import type { Faults } from './faults.ts';
import { readingFrom } from './reading-from.ts';
import { META, SALES_BY_POSITION, type StoreSet } from './store-set.ts';

/** Keys of `meta`. */
const STATE = 'state';
const SIGNER = 'signer';
const PENDING = 'pending-signer';
const BRANCHES = 'branches';

/** Largest count IndexedDB takes. */
const COUNT_MAX = 0xffff_ffff;

/**
 * Every write, lists included: all databases of an origin share one log, and one relaxed write leaves it with a tail that a
 * power cut turns into a hole, behind which strict writes are lost too (docs/reliability.md).
 */
const STRICT: IDBTransactionOptions = { durability: 'strict' };

/** A transaction whose rows are sent and that is not yet committed. It must be ended in the same task. */
export interface Begun {
  finish(): Promise<void>;
  abort(): void;
}

/** The first journal: entries, the stores of the lists, and keys in IndexedDB. Every write of money is `strict` and awaited to its end. */
export class IdbCopy implements Books {
  readonly #db: IDBPDatabase;
  readonly #raw: IDBDatabase;
  readonly #set: StoreSet;
  readonly #faults: Faults;
  #first: number | undefined;

  constructor(db: IDBPDatabase, set: StoreSet, faults: Faults) {
    this.#db = db;
    this.#raw = unwrap(db);
    this.#set = set;
    this.#faults = faults;
  }

  get database(): IDBPDatabase {
    return this.#db;
  }

  async state(): Promise<JournalState | undefined> {
    return readingFrom(this.#db, META).get(STATE);
  }

  async signer(): Promise<Signer | undefined> {
    return readingFrom(this.#db, META).get(SIGNER);
  }

  async pendingSigner(): Promise<Signer | undefined> {
    return readingFrom(this.#db, META).get(PENDING);
  }

  async putPendingSigner(signer: Signer): Promise<void> {
    await this.#put([[PENDING, signer]]);
  }

  /** Writes a state that changed without an entry. */
  async putState(state: JournalState, signer?: Signer): Promise<void> {
    await this.#put(
      signer === undefined
        ? [[STATE, state]]
        : [
            [STATE, state],
            [SIGNER, signer],
          ],
    );
  }

  /** Keeps the losing branch of a divergence, whole, as evidence. */
  async keepBranch(at: number, entries: readonly Placed[]): Promise<void> {
    const kept: unknown[] = (await readingFrom(this.#db, META).get(BRANCHES)) ?? [];
    await this.#put([[BRANCHES, [...kept, { at, entries }]]]);
  }

  async #put(pairs: readonly (readonly [string, unknown])[]): Promise<void> {
    const tx = this.#raw.transaction(META, 'readwrite', STRICT);
    const end = ended(tx);
    for (const [key, value] of pairs) tx.objectStore(META).put(value, key);
    tx.commit();
    await end;
  }

  /** The last entry. */
  async last(): Promise<Placed | undefined> {
    const cursor = await readingFrom(this.#db, this.#set.names.journal).openCursor(null, 'prev');
    return cursor === null
      ? undefined
      : { position: cursor.key as number, signed: this.#set.decode(cursor.value) };
  }

  /** Where the page may read entries itself. Not where positions are missing: it counts them. */
  readable(upTo: Pick<Readable, 'last' | 'acknowledged' | 'parked'>): Readable | undefined {
    if (!this.#set.plain || this.#first === undefined) return undefined;
    return { database: this.#db.name, store: this.#set.names.journal, first: this.#first, ...upTo };
  }

  /** Finds where the entries begin, unless some after that are known to be lost. */
  async findFirst(last: number, lost: readonly number[]): Promise<void> {
    const cursor = await readingFrom(this.#db, this.#set.names.journal).openKeyCursor();
    const first = cursor === null ? last + 1 : (cursor.key as number);
    this.#first = lost.some((position) => position > first) ? undefined : first;
  }

  async entry(position: number): Promise<SignedEntry | undefined> {
    const row: unknown = await readingFrom(this.#db, this.#set.names.journal).get(position);
    return row === undefined ? undefined : this.#set.decode(row);
  }

  /** How many entries there are after a position, up to and including `last`. */
  async held(after: number, last: number): Promise<number> {
    if (last <= after) return 0;
    return readingFrom(this.#db, this.#set.names.journal).count(IDBKeyRange.bound(after, last, true, false));
  }

  async entries(after: number, last: number, limit: number): Promise<readonly Placed[]> {
    if (last <= after || limit < 1) return []; // To IndexedDB a count of 0 would mean all.
    const range = IDBKeyRange.bound(after, last, true, false);
    const store = readingFrom(this.#db, this.#set.names.journal);
    const count = Math.min(limit, COUNT_MAX);
    const [keys, rows] = await Promise.all([store.getAllKeys(range, count), store.getAll(range, count)]);
    return rows.map((row: unknown, at) => ({ position: keys[at] as number, signed: this.#set.decode(row) }));
  }

  async sale(id: SaleId): Promise<SaleRow | undefined> {
    return readingFrom(this.#db, this.#set.names.sales).get(id);
  }

  async totals(day: BusinessDay): Promise<DayTotals | undefined> {
    return readingFrom(this.#db, this.#set.names.totals).get(day);
  }

  async attempts(): Promise<readonly AttemptRecord[]> {
    return readingFrom(this.#db, this.#set.names.attempts).getAll();
  }

  async saleRows(before: number, limit: number): Promise<readonly SaleRow[]> {
    const rows: SaleRow[] = [];
    const index = readingFrom(this.#db, this.#set.names.sales).index(SALES_BY_POSITION);
    let cursor = await index.openCursor(IDBKeyRange.upperBound(before, true), 'prev');
    while (cursor !== null && rows.length < limit) {
      rows.push(cursor.value as SaleRow);
      cursor = await cursor.continue();
    }
    return rows;
  }

  async salePositions(id: SaleId): Promise<readonly number[]> {
    const range = IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
    const keys = await readingFrom(this.#db, this.#set.names.saleEntries).getAllKeys(range);
    return keys.map((key) => (key as [SaleId, number])[1]);
  }

  /** Entries in one strict transaction. Rejects when it aborts, and then nothing of it is stored. */
  commit(commit: Commit): Promise<void> {
    return this.begin(commit).finish();
  }

  /** The same in two steps: the rows are on their way, and nothing is stored before `finish`. Throws when it cannot begin. */
  begin(commit: Commit): Begun {
    this.#faults.at('idb-commit');
    const { journal } = this.#set.names;
    const withMeta = commit.state !== undefined || commit.signer !== undefined;
    const tx = this.#raw.transaction(withMeta ? [journal, META] : journal, 'readwrite', STRICT);
    const end = ended(tx);
    const store = tx.objectStore(journal);
    for (const [at, signed] of commit.entries.entries())
      store.put(this.#set.encode(signed), commit.position + at);
    if (commit.state !== undefined) tx.objectStore(META).put(commit.state, STATE);
    if (commit.signer !== undefined) {
      tx.objectStore(META).put(commit.signer, SIGNER);
      tx.objectStore(META).delete(PENDING);
    }
    return {
      finish() {
        tx.commit();
        return end;
      },
      abort() {
        end.catch(() => undefined); // Asked for, so nobody need hear of it.
        tx.abort();
      },
    };
  }

  /** Takes a commit back, in one strict transaction. */
  async undo(commit: Commit): Promise<void> {
    this.#faults.at('idb-undo');
    const { journal } = this.#set.names;
    const tx = this.#raw.transaction(journal, 'readwrite', STRICT);
    const end = ended(tx);
    tx.objectStore(journal).delete(
      IDBKeyRange.bound(commit.position, commit.position + commit.entries.length - 1),
    );
    tx.commit();
    return end;
  }

  /** Drops the entries after a position. Lists that had taken them in begin again from nothing. */
  async truncate(after: number): Promise<void> {
    const { journal, sales, saleEntries, attempts, totals } = this.#set.names;
    const again = (await this.folded()) > after;
    const tx = this.#raw.transaction(
      [journal, sales, saleEntries, attempts, totals, META],
      'readwrite',
      STRICT,
    );
    const end = ended(tx);
    tx.objectStore(journal).delete(IDBKeyRange.lowerBound(after, true));
    if (again) {
      for (const name of [sales, saleEntries, attempts, totals]) tx.objectStore(name).clear();
      tx.objectStore(META).delete(this.#foldedKey);
    }
    tx.commit();
    await end;
  }

  /** Position up to which the lists' stores are true. */
  async folded(): Promise<number> {
    return (await readingFrom(this.#db, META).get(this.#foldedKey)) ?? 0;
  }

  /** Brings the lists' stores to a position. Relaxed: whatever is lost of it is read back from the journal. */
  async foldRows(changes: readonly RowChange[], position: number): Promise<void> {
    const { sales, saleEntries, attempts, totals } = this.#set.names;
    const tx = this.#raw.transaction([sales, saleEntries, attempts, totals, META], 'readwrite', STRICT);
    const end = ended(tx);
    for (const { store, key, row } of lastOfEach(changes)) {
      const target = tx.objectStore(this.#set.names[store]);
      const where = typeof key === 'string' ? key : [...key];
      if (row === undefined) target.delete(where);
      else target.put(row, where);
    }
    tx.objectStore(META).put(position, this.#foldedKey);
    tx.commit();
    await end;
  }

  get #foldedKey(): string {
    return `folded-${this.#set.version}`;
  }

  close(): void {
    this.#db.close();
  }
}

/** What the rest of the store asks of the first journal. The simulator of whole days puts a disk of its own in its place. */
export type FirstCopy = Omit<IdbCopy, 'database'>;

/** The transaction's end. With `strict`, failures of the disk show only here. */
function ended(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException('transaction aborted', 'AbortError'));
  });
}
