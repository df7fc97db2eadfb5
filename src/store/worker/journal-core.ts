import { headOf, type Signer } from '../../domain/chain.ts';
import type { Head, Repair, SignedEntry } from '../../domain/entry.ts';
import { newEpoch } from '../../domain/ids.ts';
import { JournalError, type JournalStatus } from '../../domain/journal.ts';
import { withEpoch } from '../epochs.ts';
import { type JournalState, unsyncedCount } from '../journal-state.ts';
import { Projector } from '../projections/projector.ts';
import type { RowChange } from '../projections/rows.ts';
import type { Commit, GrowingBooks } from './books.ts';
import { MemoryBooks } from './memory-books.ts';
import type { WorkerOptions } from './options.ts';
import {
  checkAll,
  firstPlace,
  JOURNAL_OPERATOR,
  type Place,
  placeAfter,
  RefusedDraft,
  type Signed,
  sealAll,
} from './sealer.ts';
import type { TwoCopies } from './two-copies.ts';

/** The journal of an enrolled till, as it stands between two commits. */
export interface Till {
  readonly state: JournalState;
  readonly signer: Signer;
  readonly place: Place;
  readonly head: Head | undefined;
  readonly last: number;
}

export interface CoreParts {
  readonly copies: TwoCopies;
  readonly books: GrowingBooks;
  readonly options: WorkerOptions;
  /** Called after anything that the status shows. */
  readonly changed: () => void;
}

/** Numbers, state, copies and lists, moved together and one thing at a time. What may be asked of them is the writer's. */
export class JournalCore {
  readonly copies: TwoCopies;
  readonly options: WorkerOptions;
  readonly changed: () => void;
  readonly #projector: Projector;
  #books: GrowingBooks;
  #till: Till | undefined;
  /** Entries the journal owes about itself: they go first in the next commit. */
  #preface: readonly Signed[] = [];
  #repair: Repair | undefined;
  #line: Promise<unknown> = Promise.resolve();

  constructor({ copies, books, options, changed }: CoreParts) {
    this.copies = copies;
    this.options = options;
    this.#books = books;
    this.changed = changed;
    this.#projector = new Projector({
      sale: (id) => this.#books.sale(id),
      totals: (day) => this.#books.totals(day),
    });
  }

  get till(): Till | undefined {
    return this.#till;
  }

  set till(till: Till | undefined) {
    this.#till = till;
  }

  get books(): GrowingBooks {
    return this.#books;
  }

  set books(books: GrowingBooks) {
    this.#books = books;
    this.#projector.forget();
  }

  get status(): Pick<
    JournalStatus,
    'copies' | 'head' | 'acknowledged' | 'unsynced' | 'parked' | 'repair' | 'trouble'
  > {
    const till = this.#till;
    const trouble = this.copies.trouble;
    return {
      copies: this.copies.copies,
      unsynced: till === undefined ? 0 : unsyncedCount(till.state, till.last),
      parked: till?.state.parked.length ?? 0,
      ...(till?.head === undefined ? {} : { head: till.head }),
      ...(till?.state.acknowledged === undefined ? {} : { acknowledged: till.state.acknowledged.head }),
      ...(this.#repair === undefined ? {} : { repair: this.#repair }),
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  enrolled(): Till {
    if (this.#till === undefined) throw new JournalError('not-enrolled', 'this till is not enrolled');
    return this.#till;
  }

  /** The first place of a new, random epoch. */
  newPlace(base: Pick<Head, 'hash'> | undefined): Place {
    return firstPlace(newEpoch(this.options.random), base);
  }

  /** A repair is written with the next commit, whatever that is. */
  owe(repair: Repair): void {
    this.#repair = repair;
    this.#preface = [
      ...this.#preface,
      { draft: { type: 'head.repaired', body: repair }, operator: JOURNAL_OPERATOR },
    ];
  }

  /** IndexedDB is gone for good: the lists are made anew in memory from the other copy. */
  toMemory(): void {
    const opfs = this.copies.opfs;
    if (opfs === undefined) return;
    this.books = new MemoryBooks(opfs, this.#till?.last ?? 0);
  }

  /** A state that changed without an entry. `later`: OPFS is flushed with the next entry, as the server can say it again. */
  async putState(next: Omit<JournalState, 'revision'>, inOpfs: 'flushed' | 'later'): Promise<void> {
    const till = this.enrolled();
    const state = { ...next, revision: till.state.revision + 1 };
    await this.copies.idb?.putState(state);
    this.copies.opfs?.writeState(state, inOpfs === 'flushed');
    this.#till = { ...till, state };
    this.changed();
  }

  /** Makes drafts durable, after whatever the journal owes about itself. Only inside `serial`. */
  async write(
    drafts: readonly Signed[],
    first?: Pick<Commit, 'state' | 'signer'>,
  ): Promise<readonly SignedEntry[]> {
    const till = this.enrolled();
    const all = this.#preface.length === 0 ? drafts : [...this.#preface, ...drafts];
    if (all.length === 0) return [];
    const position = till.last + 1;
    try {
      const by = { identity: till.state.identity, signer: till.signer, clock: this.options.clock };
      const sealing = await sealAll(all, till.place, by);
      const sealed = await sealing.signed;
      const epochs = withEpoch(till.state.epochs, till.place, position);
      const changed = epochs !== till.state.epochs || first !== undefined;
      const state = changed ? provedState(till.state, epochs) : till.state;
      const commit = { position, entries: sealed, ...first, ...(changed ? { state } : {}) };
      let changes: Promise<readonly RowChange[]> | undefined;
      await this.copies.write(commit, {
        check: () => checkAll(sealing.entries),
        waiting: () => {
          changes = this.#projector.prepare(sealing.entries, position);
          changes.catch(() => undefined); // Heard below; a refused commit does not ask.
        },
      });
      await this.#follow(changes, till.last + sealed.length);
      const end = sealed.at(-1);
      const head = end === undefined ? till.head : headOf(end);
      const place = head === undefined ? till.place : placeAfter(head);
      this.#till = { ...till, state, head, place, last: till.last + sealed.length };
      const own = sealed.slice(this.#preface.length);
      this.#preface = [];
      this.changed();
      return own;
    } catch (error) {
      this.#projector.forget();
      this.changed();
      const own = this.#preface.length;
      throw error instanceof RefusedDraft && error.at >= own ? error.moved(-own) : error;
    }
  }

  /** Brings the lists after a commit that is durable already, and so may not fail any more. */
  async #follow(changes: Promise<readonly RowChange[]> | undefined, last: number): Promise<void> {
    try {
      this.#books.apply((await changes) ?? [], last);
    } catch {
      this.#projector.forget();
      await this.#books.reload(last).catch(() => undefined); // What cannot be read now is read at the next start.
    }
  }

  /** One thing at a time: numbers, state and copies move together. */
  serial<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#line.then(work);
    this.#line = result.catch(() => undefined);
    return result;
  }
}

/** The state that goes with the first entry of an epoch, or of a key: from here on the end is proved again. */
function provedState({ unproved: _, ...state }: JournalState, epochs: JournalState['epochs']): JournalState {
  return { ...state, epochs, revision: state.revision + 1 };
}
