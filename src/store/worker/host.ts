import type { SignedEntry } from '../../domain/entry.ts';
import { JournalError, type JournalStatus, type StorageTrouble } from '../../domain/journal.ts';
import { type JournalState, lostPositions, unsyncedCount } from '../journal-state.ts';
import type { Calls, Envelope, Namespace, News, Op, Request } from '../protocol.ts';
import { troubleOf } from '../trouble.ts';
import * as ask from './ask.ts';
import { dropEmergencySigner } from './emergency-key.ts';
import { Enrolling } from './enrolling.ts';
import { FoldedBooks } from './folded-books.ts';
import { openBooks } from './open-books.ts';
import { openIdb } from './open-idb.ts';
import { booksName, type WorkerOptions } from './options.ts';
import { type Reading, readBooks } from './reading.ts';
import { ServerWord } from './server-word.ts';
import { TwoCopies } from './two-copies.ts';
import { Vault, VaultMirror } from './vault.ts';
import { Writer } from './writer.ts';

/**
 * Readers, and a page that waits for no answer, are told at most this often: a list that is a moment late costs nothing,
 * a busy writer does.
 */
const NOTICE_MS = 50;

/** Elects the writer, opens the books for it or for a reader, and answers the page. */
export class Host {
  readonly #namespace: Namespace;
  readonly #options: WorkerOptions;
  readonly #name: string;
  readonly #tell: (news: News) => void;
  readonly #notices: BroadcastChannel;
  readonly #opened: Promise<void>;
  readonly #closing = new AbortController();
  #release: () => void = () => undefined;
  #role: JournalStatus['role'] = 'opening';
  #trouble: StorageTrouble | undefined;
  #persisted = false;
  #writer: Writer | undefined;
  #enrolling: Enrolling | undefined;
  #reading: Reading | undefined;
  #vault = new Vault(undefined, undefined);
  #untold = false;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(namespace: Namespace, options: WorkerOptions, tell: (news: News) => void) {
    this.#namespace = namespace;
    this.#options = options;
    this.#name = booksName(options, namespace);
    this.#tell = tell;
    this.#notices = new BroadcastChannel(`${booksName(options, namespace)}-changes`);
    this.#notices.onmessage = () => void this.#refreshReader();
    this.#opened = this.#elect();
  }

  async answer(request: Request): Promise<unknown> {
    await this.#opened;
    return this.#calls[request.op](request.args as never);
  }

  get #view(): ask.View {
    const writer = this.#writer;
    if (writer !== undefined) return { books: writer.core.books, state: writer.state, last: writer.last };
    if (this.#reading === undefined)
      throw new JournalError(this.#trouble ?? 'blocked', 'the books are not open');
    return { books: this.#reading.books, state: this.#reading.state, last: this.#reading.last };
  }

  readonly #calls: { [O in Op]: (args: Calls[O][0]) => Promise<Calls[O][1]> } = {
    append: async ({ drafts, operator }) => (await this.#write.append(drafts, operator)).map(envelopeOf),
    entries: async (query) => ask.entries(this.#view, query),
    unsent: async (query) => ask.unsent(this.#view, query),
    sales: async (query) => ask.sales(this.#view, query),
    sale: async (query) => ask.sale(this.#view, query),
    entriesOf: async (query) => ask.entriesOf(this.#view, query),
    unresolved: async () => this.#view.books.attempts(),
    totals: async ({ day }) => this.#view.books.totals(day),
    parkedEntries: async () => this.#view.state?.parked ?? [],
    standing: async () => standing(this.#writer?.state ?? this.#reading?.state),
    createKey: async () => this.#keys.createKey(),
    sign: async ({ bytes, which }) => this.#keys.sign(bytes, which),
    enrol: async (given) => this.#keys.enrol(given),
    rekey: async (given) => this.#keys.rekey(given),
    acknowledge: async ({ countersigned }) => this.#server.acknowledge(countersigned),
    park: async ({ position, reason }) => this.#write.park(position, reason).then(() => null),
    unpark: async ({ position }) => this.#write.unpark(position).then(() => null),
    reconcile: async ({ countersigned }) => this.#server.reconcile(countersigned ?? undefined),
    verify: async () => ask.verify(this.#view),
    refresh: async () => this.#askPersisted(),
    vaultGet: async ({ key }) => this.#vault.get(key),
    vaultSet: async ({ key, value }) => this.#vault.set(key, value).then(() => null),
    vaultDelete: async ({ key }) => this.#vault.set(key, undefined).then(() => null),
    close: async () => this.#close(),
  };

  get #write(): Writer {
    if (this.#writer === undefined) throw new JournalError('not-writer', 'another tab writes the books');
    return this.#writer;
  }

  get #server(): ServerWord {
    return new ServerWord(this.#write.core);
  }

  get #keys(): Enrolling {
    if (this.#enrolling === undefined) throw new JournalError('not-writer', 'another tab writes the books');
    return this.#enrolling;
  }

  /** Resolves when the books can be asked; goes on waiting for the lock behind the scenes. */
  async #elect(): Promise<void> {
    const lock = `${this.#name}-writer`;
    await this.#askPersisted();
    const won = await this.#request(lock, { ifAvailable: true });
    if (won) return;
    await this.#becomeReader();
    void this.#request(lock, { signal: this.#closing.signal });
  }

  /** True when the lock was won and the books are open; the lock is then held until the worker ends or is closed. */
  #request(lock: string, options: LockOptions): Promise<boolean> {
    return new Promise((resolve) => {
      navigator.locks
        .request(lock, options, async (granted) => {
          if (granted === null) return resolve(false);
          const held = new Promise<void>((release) => {
            this.#release = release;
          });
          await this.#becomeWriter();
          resolve(true);
          await held;
        })
        .catch((error: unknown) => {
          if (!this.#closing.signal.aborted) this.#fail(error, 'lost-lock');
          resolve(true);
        });
    });
  }

  async #becomeWriter(): Promise<void> {
    try {
      const events = { terminated: () => void this.#writer?.reconnect(), blocking: () => undefined };
      const changed = () => this.#changed();
      const opened = await openBooks(this.#namespace, this.#options, events, changed);
      const { idb, opfs, safe, books, recovered, trouble } = opened;
      const care = {
        reopenIdb: async () => {
          const again = await openIdb(this.#namespace, this.#options, events, true);
          const last = (await again.copy.last())?.position ?? 0;
          // The browser may have thrown the database away: an empty one is no place to go on in.
          if (last < writer.last) throw new DOMException('the database lost entries', 'DataError');
          await again.copy.findFirst(last, writer.state === undefined ? [] : lostPositions(writer.state));
          writer.core.books = await FoldedBooks.open(again.copy, writer.last, true);
          this.#vault.setDatabase(again.copy.database);
          return again.copy;
        },
        idbLost: async () => {
          this.#vault.setDatabase(undefined);
          writer.core.toMemory();
        },
      };
      const copies = new TwoCopies(idb, opfs, care);
      copies.trouble = trouble;
      const writer = new Writer({ copies, books, options: this.#options, changed });
      const mirror =
        opfs === undefined ? undefined : await VaultMirror.open(this.#name).catch(() => undefined);
      this.#vault = new Vault(idb?.database, mirror, safe);
      await this.#vault.agree().catch(() => undefined);
      if (recovered !== undefined) await writer.adopt(recovered);
      this.#reading?.idb.close();
      this.#reading = undefined;
      this.#writer = writer;
      this.#enrolling = new Enrolling(writer, safe, () => dropEmergencySigner(this.#name));
      this.#role = 'writer';
      this.#untold = true;
      this.#announce(); // At once: the page waits for nothing else.
      this.#vault.fillSafeLater(() => writer.signer);
    } catch (error) {
      this.#fail(error, troubleOf(error));
    }
  }

  async #becomeReader(): Promise<void> {
    try {
      const again = () => {
        this.#reading?.idb.close(); // Another tab makes a new version; its notice opens the books again.
        this.#reading = undefined;
      };
      const { copy } = await openIdb(
        this.#namespace,
        this.#options,
        { terminated: again, blocking: again },
        false,
      );
      this.#vault = new Vault(copy.database, undefined);
      this.#reading = await readBooks(copy);
      this.#role = 'reader';
      this.#trouble = undefined;
      this.#tell(this.#news);
    } catch (error) {
      this.#fail(error, troubleOf(error));
    }
  }

  async #refreshReader(): Promise<void> {
    if (this.#writer !== undefined || this.#closing.signal.aborted) return;
    if (this.#reading === undefined) return this.#becomeReader();
    try {
      this.#reading = await readBooks(this.#reading.idb);
      this.#tell(this.#news);
    } catch {
      this.#reading = undefined; // The connection was closed under us; the next notice opens it again.
    }
  }

  #changed(): void {
    if (this.#writer === undefined) return;
    this.#untold = true;
    this.#telling ??= setTimeout(() => this.#announce(), NOTICE_MS);
  }

  #announce(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (this.#closing.signal.aborted) return;
    const news = this.takeNews();
    if (news !== undefined) this.#tell(news);
    this.#notices.postMessage(null);
  }

  /** The news, if the page has not heard them: an answer carries them, so that they are never behind what was answered. */
  takeNews(): News | undefined {
    if (!this.#untold) return undefined;
    this.#untold = false;
    return this.#news;
  }

  #fail(error: unknown, trouble: StorageTrouble): void {
    this.#role = 'failed';
    this.#trouble = trouble;
    this.#writer = undefined;
    this.#enrolling = undefined;
    void error;
    this.#tell(this.#news);
  }

  get #news(): News {
    const core = this.#writer?.core;
    const readable = core?.copies.idb?.readable({
      ...ask.waiting(core.till?.state),
      last: core.till?.last ?? 0,
    });
    return { status: this.#status, ...(readable === undefined ? {} : { readable }) };
  }

  get #status(): JournalStatus {
    const common = { role: this.#role, persisted: this.#persisted };
    if (this.#writer !== undefined) return { ...common, ...this.#writer.core.status };
    const { state, last, head } = this.#reading ?? { state: undefined, last: 0, head: undefined };
    return {
      ...common,
      copies: this.#role === 'reader' ? 'both' : 'none',
      unsynced: state === undefined ? 0 : unsyncedCount(state, last),
      parked: state?.parked.length ?? 0,
      ...(head === undefined ? {} : { head }),
      ...(state?.acknowledged === undefined ? {} : { acknowledged: state.acknowledged.head }),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
    };
  }

  async #askPersisted(): Promise<null> {
    this.#persisted = await navigator.storage.persisted().catch(() => false);
    if (this.#role !== 'opening') this.#tell(this.#news);
    return null;
  }

  async #close(): Promise<null> {
    this.#closing.abort();
    this.#notices.close();
    await this.#writer?.idle();
    this.#vault.close();
    this.#writer?.core.copies.close();
    this.#reading?.idb.close();
    this.#writer = undefined;
    this.#release();
    return null;
  }
}

/** What the page does not know of its own drafts. */
function envelopeOf({ entry, ...rest }: SignedEntry): Envelope {
  const { type: _type, body: _body, ...own } = entry;
  return { ...rest, entry: own };
}

const standing = (state: JournalState | undefined): Calls['standing'][1] => ({
  needsRekey: state?.needsRekey ?? false,
  ...(state === undefined ? {} : { identity: state.identity }),
});
