import type { Countersigned } from '../../../src/contract/api.ts';
import type { AttemptState } from '../../../src/domain/attempt.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { EntryDraft, SignedEntry } from '../../../src/domain/entry.ts';
import type { OperatorId } from '../../../src/domain/ids.ts';
import { type Journal, JournalError, type JournalStatus } from '../../../src/domain/journal.ts';
import type { Timer } from '../../../src/flow/ports.ts';
import { saleRecord } from '../../../src/store/journal-client.ts';
import type { Enrolment } from '../../../src/store/protocol.ts';
import * as ask from '../../../src/store/worker/ask.ts';
import { dropEmergencySigner } from '../../../src/store/worker/emergency-key.ts';
import { Enrolling } from '../../../src/store/worker/enrolling.ts';
import { NO_FAULTS } from '../../../src/store/worker/faults.ts';
import { FoldedBooks } from '../../../src/store/worker/folded-books.ts';
import type { FirstCopy } from '../../../src/store/worker/idb-copy.ts';
import { openCopies } from '../../../src/store/worker/open-books.ts';
import { OpfsCopy } from '../../../src/store/worker/opfs-copy.ts';
import { booksName, type WorkerOptions } from '../../../src/store/worker/options.ts';
import { ServerWord } from '../../../src/store/worker/server-word.ts';
import { STORE_SET_1 } from '../../../src/store/worker/store-set.ts';
import { TwoCopies } from '../../../src/store/worker/two-copies.ts';
import { Writer } from '../../../src/store/worker/writer.ts';
import type { Bug } from '../bugs.ts';
import type { Disk } from '../disk/disk.ts';
import type { Rng } from '../sim/rng.ts';
import type { Life, Writing } from './life.ts';

/** Small, so that files are changed within a day. */
const SEGMENT_BYTES = 256 * 1024;
const SETTLE_MS = 60_000;
/** Fewer than a day's, so that files are let go of; more than one hole in the database can cost. */
const KEPT_ENTRIES = 200;

export interface JournalParts {
  readonly life: Life;
  readonly disk: Disk;
  /** Name of the folder: who asks for it, and in which life. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly bug: Bug;
  readonly timer: Timer;
  /** Entries that are in both copies now, in order. */
  stored(entries: readonly SignedEntry[]): void;
}

/** The worker's side and the page's side of the journal in one: everything between them is the product's own. */
export class TillJournal implements Journal {
  readonly #listeners = new Set<() => void>();
  readonly #parts: JournalParts;
  readonly #options: WorkerOptions;
  #writer: Writer | undefined;
  #enrolling: Enrolling | undefined;
  isWriter = false;

  constructor(parts: JournalParts) {
    this.#parts = parts;
    this.#options = {
      clock: parts.clock,
      random: parts.rng,
      faults: NO_FAULTS,
      prefix: parts.prefix,
      storeSets: [STORE_SET_1],
      segmentBytes: SEGMENT_BYTES,
      spareSegments: 1,
      settleMs: SETTLE_MS,
      keptEntries: KEPT_ENTRIES,
    };
  }

  /** As the product's worker becomes the writer. Rejects when neither copy opens. */
  async open(): Promise<void> {
    const { disk, life, bug } = this.#parts;
    const user = life.asWriter;
    const folder = booksName(this.#options, 'main');
    const changed = () => this.#changed();
    const safe = {
      signer: async () => disk.safe,
      keepSigner: async (signer: NonNullable<Disk['safe']>) => {
        if (user.alive) disk.safe = signer;
      },
    };
    const { idb, opfs, books, recovered, trouble } = await openCopies(
      () => disk.database.open(user),
      () => OpfsCopy.open(folder, this.#options, changed),
      { folder, safe },
    );
    const care = {
      reopenIdb: async (): Promise<FirstCopy> => {
        const { copy } = await disk.database.open(user);
        const last = (await copy.last())?.position ?? 0;
        if (last < writer.last) throw new DOMException('the database lost entries', 'DataError');
        writer.core.books = await FoldedBooks.open(copy, writer.last, true);
        return copy;
      },
      idbLost: async (): Promise<void> => writer.core.toMemory(),
    };
    const copies = new TwoCopies(idb, opfs, care);
    copies.trouble = trouble;
    const writer = new Writer({ copies, books, options: this.#options, changed });
    if (recovered !== undefined) await writer.adopt(bug.recovered(recovered));
    this.#writer = writer;
    this.#enrolling = new Enrolling(writer, safe, () => dropEmergencySigner(folder));
    this.isWriter = true;
  }

  get writer(): Writer {
    if (this.#writer === undefined) throw new JournalError('not-writer', 'not open');
    return this.#writer;
  }

  get enrolling(): Enrolling {
    if (this.#enrolling === undefined) throw new JournalError('not-writer', 'not open');
    return this.#enrolling;
  }

  get status(): JournalStatus {
    const core = this.#writer?.core;
    const role = this.#parts.life.owns && this.#writer !== undefined ? 'writer' : 'failed';
    return core === undefined
      ? { role, copies: 'none', unsynced: 0, parked: 0, persisted: true }
      : { role, persisted: true, ...core.status };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    if (this.#parts.life.alive) for (const listener of [...this.#listeners]) listener();
  }

  get #view(): ask.View {
    const { core, state, last } = this.writer;
    return { books: core.books, state, last };
  }

  append: Journal['append'] = async (drafts, operator) => {
    const { life, bug, timer } = this.#parts;
    const lateMs = Math.max(
      0,
      ...drafts.map(({ type }) => bug.late[type.slice('attempt.'.length) as AttemptState] ?? 0),
    );
    if (lateMs === 0) return life.live(this.#append(drafts, operator));
    void timer.wait(lateMs).then(() => life.live(this.#append(drafts, operator)));
    return [];
  };

  async #append(drafts: readonly EntryDraft[], operator: OperatorId): Promise<readonly SignedEntry[]> {
    const { life, stored } = this.#parts;
    if (!life.owns) throw new JournalError('lost-lock', 'another tab writes the books');
    const writing = writingOf(drafts);
    life.writing = writing;
    const entries = await this.writer.append(drafts, operator);
    if (!life.owns) throw new JournalError('lost-lock', 'another tab writes the books', true);
    stored(entries);
    if (writing !== 'other') life.reach(writing === 'intent' ? 'K2' : writing === 'undo' ? 'K15' : 'K9');
    return entries;
  }

  enrol(given: Enrolment) {
    return this.enrolling.enrol(given);
  }

  rekey(given: Enrolment) {
    return this.enrolling.rekey(given);
  }

  unsent: Journal['unsent'] = (limit) => ask.unsent(this.#view, { limit });

  sales: Journal['sales'] = async (query) => (await ask.sales(this.#view, query)).map(saleRecord);

  sale: Journal['sale'] = async (id) => {
    const found = await ask.sale(this.#view, { id });
    return found === undefined ? undefined : saleRecord(found);
  };

  entriesOf: Journal['entriesOf'] = async (id) =>
    (await ask.entriesOf(this.#view, { id })).map(({ signed }) => signed);

  unresolved: Journal['unresolved'] = () => this.#view.books.attempts();

  totals: Journal['totals'] = (day) => this.#view.books.totals(day);

  parkedEntries: Journal['parkedEntries'] = async () => this.writer.state?.parked ?? [];

  verify() {
    return ask.verify(this.#view);
  }

  acknowledge(countersigned: Countersigned): Promise<boolean> {
    if (!this.#parts.life.reach('K14')) return this.#parts.life.live(Promise.resolve(false));
    return new ServerWord(this.writer.core).acknowledge(countersigned);
  }

  async reconcile(countersigned: Countersigned): Promise<void> {
    await new ServerWord(this.writer.core).reconcile(countersigned);
  }

  park(position: number, reason: string): Promise<void> {
    return this.writer.park(position, reason);
  }
}

function writingOf(drafts: readonly EntryDraft[]): Writing {
  if (drafts.some(({ type }) => type === 'attempt.sending')) return 'intent';
  if (drafts.some(({ type }) => type === 'attempt.reversing')) return 'undo';
  return drafts.some(({ type }) => type.startsWith('attempt.')) ? 'answer' : 'other';
}
