import type { BusinessDay } from '../../../src/domain/business-day.ts';
import type { Signer } from '../../../src/domain/chain.ts';
import type { SignedEntry } from '../../../src/domain/entry.ts';
import type { AttemptId, SaleId } from '../../../src/domain/ids.ts';
import type { AttemptRecord, DayTotals } from '../../../src/domain/journal.ts';
import type { JournalState } from '../../../src/store/journal-state.ts';
import { lastOfEach, type RowChange, type SaleRow } from '../../../src/store/projections/rows.ts';
import type { Placed } from '../../../src/store/protocol.ts';
import type { Commit } from '../../../src/store/worker/books.ts';
import type { FirstCopy } from '../../../src/store/worker/idb-copy.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';
import type { User } from './files.ts';

/** What a database holds. */
class Content {
  readonly journal = new Map<number, SignedEntry>();
  readonly sales = new Map<SaleId, SaleRow>();
  readonly saleEntries = new Map<SaleId, number[]>();
  readonly attempts = new Map<AttemptId, AttemptRecord>();
  readonly totals = new Map<BusinessDay, DayTotals>();
  state: JournalState | undefined;
  signer: Signer | undefined;
  pending: Signer | undefined;
  folded = 0;
  last = 0;

  clearLists(): void {
    for (const list of [this.sales, this.saleEntries, this.attempts, this.totals]) list.clear();
    this.folded = 0;
  }

  findLast(): void {
    while (this.last > 0 && !this.journal.has(this.last)) this.last -= 1;
  }
}

type Change = (content: Content) => void;

/** Transactions that one block of the log holds, at most: what stands behind a hole and is skipped with it. */
const BLOCK_MAX = 30;

/**
 * IndexedDB as it was measured over LevelDB with strict commits (docs/reliability.md). What was told durable survives a kill,
 * and the first power cut. A cut in the middle of a write may leave a hole in the log: what is written behind it is there
 * until the next start, and then a block of it is skipped in silence, or the database fails to open once and is empty.
 */
export class SimDatabase {
  #log: Change[] = [];
  #content = new Content();
  /** Transactions on their way, by the change they make. */
  #underWay: Change[] = [];
  /** Where in the log the hole is; -1: none. */
  #hole = -1;
  #opensBroken = false;
  readonly #time: Time;
  readonly #rng: Rng;

  constructor(time: Time, rng: Rng) {
    this.#time = time;
    this.#rng = rng;
  }

  /** The next start may lose something. */
  get isAtRisk(): boolean {
    return this.#hole >= 0 || this.#opensBroken;
  }

  /** Entries that it holds now, for the outside checker. */
  get entries(): ReadonlyMap<number, SignedEntry> {
    return this.#content.journal;
  }

  /** The page has ended: a transaction under way is there or not. */
  end(isPowerCut: boolean): void {
    for (const change of this.#underWay) {
      if (this.#rng.chance(isPowerCut ? 0.3 : 0.5)) this.#apply(change);
      else if (isPowerCut && this.#hole < 0 && this.#rng.chance(0.4)) this.#hole = this.#log.length;
    }
    this.#underWay = [];
  }

  /** What the next start finds. True: something was lost. */
  start(): boolean {
    if (this.#hole < 0) return false;
    const hole = this.#hole;
    this.#hole = -1;
    if (this.#log.length === hole) return false;
    if (this.#rng.chance(0.3)) {
      this.wipe();
      this.#opensBroken = true;
    } else {
      const skipped = this.#rng.between(1, BLOCK_MAX);
      this.#replay([...this.#log.slice(0, hole), ...this.#log.slice(hole + skipped)]);
    }
    return true;
  }

  /** Everything is gone, without a word. */
  wipe(): void {
    this.#replay([]);
  }

  /** The last transactions are gone, without a word: what a flipped byte or a cut file leaves. */
  dropTail(): void {
    this.#replay(this.#log.slice(0, Math.max(0, this.#log.length - this.#rng.between(1, BLOCK_MAX))));
  }

  #replay(log: Change[]): void {
    this.#log = [];
    this.#content = new Content();
    for (const change of log) this.#apply(change);
  }

  #apply(change: Change): void {
    this.#log.push(change);
    change(this.#content);
  }

  /** Opens it for a page. Rejects once after the browser found it damaged. */
  async open(user: User): Promise<{ readonly copy: FirstCopy; readonly dataLoss: boolean }> {
    if (this.#opensBroken) {
      this.#opensBroken = false;
      throw new DOMException('Internal error opening backing store', 'UnknownError');
    }
    return { copy: this.#copy(user), dataLoss: false };
  }

  #commit(change: Change, user: User): Promise<void> {
    if (!user.alive) return never();
    if (user.isFull) return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    this.#underWay.push(change);
    return new Promise((resolve) => {
      this.#time.after(this.#rng.chance(0.05) ? this.#rng.between(10, 60) : this.#rng.between(2, 8), () => {
        const at = this.#underWay.indexOf(change);
        if (at < 0 || !user.alive) return;
        this.#underWay.splice(at, 1);
        this.#apply(change);
        resolve();
      });
    });
  }

  #copy(user: User): FirstCopy {
    const read = <T>(look: (content: Content) => T): Promise<T> =>
      user.alive ? Promise.resolve(look(this.#content)) : never();
    const write = (change: Change): Promise<void> => this.#commit(change, user);
    const begin = (commit: Commit) => ({ finish: () => write(committed(commit)), abort: () => undefined });
    return {
      state: () => read(({ state }) => state),
      signer: () => read(({ signer }) => signer),
      pendingSigner: () => read(({ pending }) => pending),
      putPendingSigner: (signer) =>
        write((content) => {
          content.pending = signer;
        }),
      putState: (state, signer) =>
        write((content) => {
          content.state = state;
          if (signer !== undefined) content.signer = signer;
        }),
      keepBranch: () => write(() => undefined),
      last: () => read((content) => placed(content, content.last)),
      readable: () => undefined,
      findFirst: async () => undefined,
      held: (after, last) =>
        read(({ journal }) => [...journal.keys()].filter((at) => at > after && at <= last).length),
      entry: (position) => read(({ journal }) => journal.get(position)),
      entries: (after, last, limit) => read((content) => between(content, { after, last, limit })),
      sale: (id) => read(({ sales }) => sales.get(id)),
      totals: (day) => read(({ totals }) => totals.get(day)),
      attempts: () => read(({ attempts }) => [...attempts.values()]),
      saleRows: (before, limit) =>
        read(({ sales }) =>
          [...sales.values()]
            .filter(({ position }) => position < before)
            .sort((a, b) => b.position - a.position)
            .slice(0, limit),
        ),
      salePositions: (id) => read(({ saleEntries }) => [...(saleEntries.get(id) ?? [])]),
      commit: (commit) => begin(commit).finish(),
      begin,
      undo: ({ position, entries }) =>
        write((content) => {
          for (const [at] of entries.entries()) content.journal.delete(position + at);
          content.findLast();
        }),
      truncate: (after) => write((content) => truncated(content, after)),
      folded: () => read(({ folded }) => folded),
      foldRows: (changes, position) => write(folded(changes, position)),
      close: () => undefined,
    };
  }
}

const placed = ({ journal }: Content, position: number): Placed | undefined => {
  const signed = journal.get(position);
  return signed === undefined ? undefined : { position, signed };
};

function between(
  { journal, last: end }: Content,
  { after, last, limit }: { readonly after: number; readonly last: number; readonly limit: number },
): readonly Placed[] {
  const found: Placed[] = [];
  for (let position = after + 1; position <= Math.min(last, end) && found.length < limit; position += 1) {
    const signed = journal.get(position);
    if (signed !== undefined) found.push({ position, signed });
  }
  return found;
}

const committed =
  ({ position, entries, state, signer }: Commit): Change =>
  (content) => {
    for (const [at, signed] of entries.entries()) content.journal.set(position + at, signed);
    content.last = Math.max(content.last, position + entries.length - 1);
    if (state !== undefined) content.state = state;
    if (signer === undefined) return;
    content.signer = signer;
    content.pending = undefined;
  };

function truncated(content: Content, after: number): void {
  const isFolded = content.folded > after;
  for (const position of content.journal.keys()) if (position > after) content.journal.delete(position);
  content.findLast();
  if (isFolded) content.clearLists();
}

const folded =
  (changes: readonly RowChange[], position: number): Change =>
  (content) => {
    for (const change of lastOfEach(changes)) {
      switch (change.store) {
        case 'sales':
          content.sales.set(change.key, change.row);
          break;
        case 'totals':
          content.totals.set(change.key, change.row);
          break;
        case 'attempts':
          if (change.row === undefined) content.attempts.delete(change.key);
          else content.attempts.set(change.key, change.row);
          break;
        default: {
          const [id, at] = change.key;
          content.saleEntries.set(id, [...(content.saleEntries.get(id) ?? []), at]);
        }
      }
    }
    content.folded = position;
  };
