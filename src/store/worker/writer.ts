import type { Countersigned } from '../../contract/api.ts';
import { headOf, type Signer } from '../../domain/chain.ts';
import type { EntryDraft, Head, Repair, SignedEntry } from '../../domain/entry.ts';
import { newEpoch, type OperatorId } from '../../domain/ids.ts';
import { JournalError, type JournalStatus } from '../../domain/journal.ts';
import { isTrusted } from '../countersigned.ts';
import { positionOf, withEpoch } from '../epochs.ts';
import { ENTRY_LOST, type JournalState, unsyncedCount } from '../journal-state.ts';
import { Projector } from '../projections/projector.ts';
import type { Reconciled } from '../protocol.ts';
import { AppendQueue } from './append-queue.ts';
import type { Commit, GrowingBooks } from './books.ts';
import { MemoryBooks } from './memory-books.ts';
import type { WorkerOptions } from './options.ts';
import type { Recovered } from './recover.ts';
import {
  checkDraft,
  firstPlace,
  JOURNAL_OPERATOR,
  type Place,
  placeAfter,
  type Signed,
  sealAll,
} from './sealer.ts';
import type { TwoCopies } from './two-copies.ts';

/** The journal of an enrolled till, in the one worker that may write it. */
interface Till {
  readonly state: JournalState;
  readonly signer: Signer;
  readonly place: Place;
  readonly head: Head | undefined;
  readonly last: number;
}

/** Drafts per call: a sale with its attempt and its papers is under ten. */
const DRAFTS_MAX = 64;
/** Bytes per call, and per group commit: one record must fit a journal file with room to spare. */
const CALL_BYTES_MAX = 1024 * 1024;

export interface WriterParts {
  readonly copies: TwoCopies;
  readonly books: GrowingBooks;
  readonly options: WorkerOptions;
  /** Called after anything that the status shows. */
  readonly changed: () => void;
}

export class Writer {
  readonly #copies: TwoCopies;
  readonly #options: WorkerOptions;
  readonly #changed: () => void;
  readonly #projector: Projector;
  readonly #queue: AppendQueue;
  #books: GrowingBooks;
  #till: Till | undefined;
  /** Entries the journal owes about itself: they go first in the next commit. */
  #preface: readonly Signed[] = [];
  #repair: Repair | undefined;
  #line: Promise<unknown> = Promise.resolve();

  constructor({ copies, books, options, changed }: WriterParts) {
    this.#copies = copies;
    this.#books = books;
    this.#options = options;
    this.#changed = changed;
    const bytesMax = Math.min(CALL_BYTES_MAX, options.segmentBytes / 2);
    this.#queue = new AppendQueue((drafts) => this.#serial(() => this.#write(drafts)), bytesMax);
    this.#projector = new Projector({
      sale: (id) => this.#books.sale(id),
      totals: (day) => this.#books.totals(day),
    });
  }

  get books(): GrowingBooks {
    return this.#books;
  }

  get copies(): TwoCopies {
    return this.#copies;
  }

  get state(): JournalState | undefined {
    return this.#till?.state;
  }

  get signer(): Signer | undefined {
    return this.#till?.signer;
  }

  /** Position of the last entry that both copies hold; nothing beyond it is shown or sent. */
  get last(): number {
    return this.#till?.last ?? 0;
  }

  get status(): Pick<
    JournalStatus,
    'copies' | 'head' | 'acknowledged' | 'unsynced' | 'parked' | 'repair' | 'trouble'
  > {
    const till = this.#till;
    const trouble = this.#copies.trouble;
    return {
      copies: this.#copies.copies,
      unsynced: till === undefined ? 0 : unsyncedCount(till.state, till.last),
      parked: till?.state.parked.length ?? 0,
      ...(till?.head === undefined ? {} : { head: till.head }),
      ...(till?.state.acknowledged === undefined ? {} : { acknowledged: till.state.acknowledged.head }),
      ...(this.#repair === undefined ? {} : { repair: this.#repair }),
      ...(trouble === undefined ? {} : { trouble }),
    };
  }

  /** Goes on from what was found at start. A repair is written at once; if the disk refuses, before the next entry. */
  async adopt(found: Recovered): Promise<void> {
    const { state, signer, head, last, repair } = found;
    this.#till = { state, signer, head, last, place: this.#nextPlace(found) };
    if (repair === undefined) return;
    this.#owe(repair);
    await this.#queue.add([], 0).catch(() => undefined);
  }

  #nextPlace({ repair, head, base }: Recovered): Place {
    if (head !== undefined && repair?.newEpoch !== true) return placeAfter(head);
    return firstPlace(newEpoch(this.#options.random), base);
  }

  /** The first entry of a till, or of a new key: state, key and entry are one commit. */
  async begin(state: JournalState, signer: Signer, draft: EntryDraft, base?: string): Promise<void> {
    await this.#serial(async () => {
      const epoch = newEpoch(this.#options.random);
      const place = this.#till?.place ?? {
        ...firstPlace(epoch, undefined),
        ...(base === undefined ? {} : { prev: base }),
      };
      const { head, last } = this.#till ?? { head: undefined, last: 0 };
      const before = this.#till;
      this.#till = { state, signer, place, head, last };
      try {
        await this.#write([{ draft, operator: JOURNAL_OPERATOR }], { state, signer });
      } catch (error) {
        this.#till = before;
        throw error;
      }
    });
  }

  /** All drafts of one call are one commit. Resolves when both copies hold them. */
  append(drafts: readonly EntryDraft[], operator: OperatorId): Promise<readonly SignedEntry[]> {
    const till = this.#till;
    if (till === undefined)
      return Promise.reject(new JournalError('not-enrolled', 'this till is not enrolled'));
    if (drafts.length === 0 || drafts.length > DRAFTS_MAX) {
      return Promise.reject(new JournalError('invalid-entry', `${drafts.length} entries in one call`));
    }
    let bytes = 0;
    try {
      for (const draft of drafts) bytes += checkDraft(draft, operator, till.state.identity);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#queue.add(
      drafts.map((draft) => ({ draft, operator })),
      bytes,
    );
  }

  /** The server holds everything up to its head. False when it is not its word, or not about an entry of ours. */
  async acknowledge(word: Countersigned): Promise<boolean> {
    return this.#serial(async () => {
      const till = this.#till;
      if (till === undefined || !(await isTrusted(word, till.state.identity))) return false;
      const position = await this.#placeOf(word.head);
      if (position === undefined) return false;
      if (position > (till.state.acknowledged?.position ?? 0)) await this.#acknowledged(word, position);
      return true;
    });
  }

  /** Compares with the head the server says it holds now; `undefined`: it holds nothing of this till. */
  async reconcile(word: Countersigned | undefined): Promise<Reconciled> {
    return this.#serial(async () => {
      const till = this.#till;
      if (till === undefined) throw new JournalError('not-enrolled', 'this till is not enrolled');
      const known = till.state.acknowledged;
      if (word === undefined) {
        if (known === undefined) return 'agreed';
        const { acknowledged: _lost, ...rest } = till.state;
        await this.#putState(rest, 'relaxed');
        return 'resending';
      }
      if (!(await isTrusted(word, till.state.identity))) return 'untrusted';
      const position = await this.#placeOf(word.head);
      if (position !== undefined) {
        await this.#acknowledged(word, position);
        return position < (known?.position ?? 0) ? 'resending' : 'agreed';
      }
      await this.#continueFrom(word, till);
      return 'new-epoch';
    });
  }

  async park(position: number, reason: string): Promise<void> {
    await this.#serial(async () => {
      const till = this.#enrolled();
      if (position > till.last || till.state.parked.some((each) => each.position === position)) return;
      const parkedAt = Math.trunc(this.#options.clock.now());
      const parked = [...till.state.parked, { position, reason: reason.slice(0, 64), parkedAt }];
      await this.#putState(
        { ...till.state, parked: parked.sort((a, b) => a.position - b.position) },
        'strict',
      );
    });
  }

  async unpark(position: number): Promise<void> {
    await this.#serial(async () => {
      const { state } = this.#enrolled();
      await this.#putState(
        {
          ...state,
          parked: state.parked.filter((each) => each.position !== position || each.reason === ENTRY_LOST),
        },
        'strict',
      );
    });
  }

  /** IndexedDB is gone for good: the lists are made anew in memory from the other copy. */
  toMemory(): void {
    const opfs = this.#copies.opfs;
    if (opfs === undefined) return;
    this.#books = new MemoryBooks(opfs, this.last);
    this.#projector.forget();
  }

  setBooks(books: GrowingBooks): void {
    this.#books = books;
    this.#projector.forget();
  }

  /** The browser closed the database: it is opened again before the next entry needs it. */
  async reconnect(): Promise<void> {
    await this.#serial(() => this.#copies.reconnect());
    this.#changed();
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await this.#serial(() => Promise.resolve());
  }

  #enrolled(): Till {
    if (this.#till === undefined) throw new JournalError('not-enrolled', 'this till is not enrolled');
    return this.#till;
  }

  #owe(repair: Repair): void {
    this.#repair = repair;
    this.#preface = [
      ...this.#preface,
      { draft: { type: 'head.repaired', body: repair }, operator: JOURNAL_OPERATOR },
    ];
  }

  /** The server has what this journal lost, or another branch of it: number in a new epoch, behind the server's head. */
  async #continueFrom(word: Countersigned, till: Till): Promise<void> {
    const start = till.state.epochs.find((each) => each.epoch === word.head.epoch);
    const beyond = start === undefined || start.first + word.head.seq - 1 > till.last;
    this.#till = { ...till, place: firstPlace(newEpoch(this.#options.random), word.head) };
    this.#owe({
      source: 'server',
      ...(till.head === undefined ? {} : { indexeddb: till.head, opfs: till.head }),
      server: word.head,
      restored: 0,
      newEpoch: true,
      reason: beyond ? 'behind-server' : 'fork',
    });
    await this.#write([]);
  }

  /** Position of a head of ours, or undefined when we hold no such entry or another one in its place. */
  async #placeOf(head: Head): Promise<number | undefined> {
    const till = this.#enrolled();
    const position = positionOf(till.state.epochs, head, till.last);
    if (position === undefined) return undefined;
    const hash = position === till.last ? till.head?.hash : (await this.#books.entry(position))?.hash;
    return hash === head.hash ? position : undefined;
  }

  async #acknowledged(countersigned: Countersigned, position: number): Promise<void> {
    const till = this.#enrolled();
    const acknowledged = { position, head: countersigned.head, countersigned };
    await this.#putState({ ...till.state, acknowledged }, 'relaxed');
    this.#copies.opfs?.release(this.#enrolled().state);
  }

  async #putState(next: Omit<JournalState, 'revision'>, durability: IDBTransactionDurability): Promise<void> {
    const till = this.#enrolled();
    const state = { ...next, revision: till.state.revision + 1 };
    await this.#copies.idb?.putState(state, durability);
    this.#copies.opfs?.writeState(state, durability === 'strict');
    this.#till = { ...till, state };
    this.#changed();
  }

  async #write(
    drafts: readonly Signed[],
    first?: Pick<Commit, 'state' | 'signer'>,
  ): Promise<readonly SignedEntry[]> {
    const till = this.#enrolled();
    const all = this.#preface.length === 0 ? drafts : [...this.#preface, ...drafts];
    if (all.length === 0) return [];
    const position = till.last + 1;
    try {
      const by = { identity: till.state.identity, signer: till.signer, clock: this.#options.clock };
      const sealed = await sealAll(all, till.place, by);
      const changes = await this.#projector.prepare(sealed, position);
      const epochs = withEpoch(till.state.epochs, till.place, position);
      const changed = epochs !== till.state.epochs || first !== undefined;
      const state = changed ? { ...till.state, epochs, revision: till.state.revision + 1 } : till.state;
      await this.#copies.write({ position, entries: sealed, ...first, ...(changed ? { state } : {}) });
      this.#books.apply(changes, till.last + sealed.length);
      const end = sealed.at(-1);
      const head = end === undefined ? till.head : headOf(end);
      const place = head === undefined ? till.place : placeAfter(head);
      this.#till = { ...till, state, head, place, last: till.last + sealed.length };
      const own = sealed.slice(this.#preface.length);
      this.#preface = [];
      this.#changed();
      return own;
    } catch (error) {
      this.#projector.forget();
      this.#changed();
      throw error;
    }
  }

  /** One thing at a time: numbers, state and copies move together. */
  #serial<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#line.then(work);
    this.#line = result.catch(() => undefined);
    return result;
  }
}
