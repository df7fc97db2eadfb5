import type { Countersigned } from '../contract/api.ts';
import { headOf } from '../domain/chain.ts';
import type { Entry, PublicKey, SignedEntry } from '../domain/entry.ts';
import type { Journal, JournalStatus, SaleRecord, TillIdentity } from '../domain/journal.ts';
import { PageReader } from './page-reader.ts';
import type { SaleRow } from './projections/rows.ts';
import type {
  Enrolment,
  Namespace,
  Placed,
  Readable,
  Reconciled,
  Standing,
  Verification,
} from './protocol.ts';
import { collectUnsent } from './unsent.ts';
import { WorkerPort } from './worker-port.ts';

/** Entries fetched at once by `exportAll`. */
const EXPORTED_AT_ONCE = 500;

export interface OpenJournalOptions {
  /** Makes the journal worker. The composition root does it, because Trusted Types lets only a named policy give the address. */
  readonly createWorker: () => Worker;
  readonly namespace: Namespace;
}

/** Settings, drafts, device profiles: JSON values by key. None of it is money; a change may be lost in a power cut. */
export interface Vault {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
}

/** The page's journal: what flows may ask (`Journal`), and what enrolment, sync and settings need besides. */
export interface JournalClient extends Journal {
  /** Calls with the entries of every append of this page, when both copies hold them and whoever appended has been told. */
  onAppended(listener: (entries: readonly SignedEntry[]) => void): void;
  readonly vault: Vault;
  standing(): Promise<Standing>;
  /** Public half of the key that the next `enrol` or `rekey` takes into use. The same until then, also after a reload. */
  createKey(): Promise<PublicKey>;
  /** `next`: by the key of `createKey`, to prove to the server that we hold it; `till`: by the till's own. */
  sign(
    bytes: Uint8Array<ArrayBuffer>,
    which: 'till' | 'next',
  ): Promise<{ readonly key: PublicKey; readonly sig: string }>;
  enrol(enrolment: Enrolment): Promise<TillIdentity>;
  rekey(enrolment: Enrolment): Promise<TillIdentity>;
  /** The server's word after a batch. False when it is not by the pinned key or names no entry of ours: then nothing moved. */
  acknowledge(countersigned: Countersigned): Promise<boolean>;
  /** What the server says it holds now, asked freshly; undefined: nothing. May begin a new epoch. */
  reconcile(countersigned: Countersigned | undefined): Promise<Reconciled>;
  park(position: number, reason: string): Promise<void>;
  unpark(position: number): Promise<void>;
  /** Checks every entry kept on this till. */
  verify(): Promise<Verification>;
  /** Entries after a local position, parked or not, oldest first. */
  entriesAfter(position: number, limit: number): Promise<readonly Placed[]>;
  exportAll(): AsyncIterable<SignedEntry>;
  /** Asks the browser never to evict the books. `status.persisted` says what came of it. */
  requestPersist(): Promise<boolean>;
  /** Lets go of the lock and of all files. */
  close(): Promise<void>;
}

/** Opens the books. Resolves when they can be read, whatever the outcome: `status.role` and `status.trouble` tell it. */
export function openJournal(options: OpenJournalOptions): Promise<JournalClient> {
  return journalOver(new WorkerPort(options.createWorker(), options.namespace));
}

/** The same over a worker that was started before: the page starts it before it has even loaded this. */
export async function journalOver(port: WorkerPort): Promise<JournalClient> {
  const client = new Client(port);
  await client.opened;
  return client;
}

/** A row of the list of sales with its entry, as flows see it. Throws SyntaxError when the entry is no sale. */
export function saleRecord({ position, papers, paper, refunded, signed }: SaleRow & Placed): SaleRecord {
  const { entry } = signed;
  if (entry.type !== 'sale.completed') throw new SyntaxError(`entry ${position} is no sale`);
  return {
    sale: entry.body,
    till: entry.till,
    head: headOf(signed),
    position,
    at: entry.at,
    operator: entry.operator,
    sig: signed.sig,
    papers,
    paper,
    ...(refunded === undefined ? {} : { refunded }),
  };
}

class Client implements JournalClient {
  readonly #port: WorkerPort;
  readonly #reader = new PageReader();
  readonly #appended = new Set<(entries: readonly SignedEntry[]) => void>();
  readonly opened: Promise<void>;
  readonly vault: Vault;

  constructor(port: WorkerPort) {
    this.#port = port;
    this.opened = port.opened;
    this.vault = {
      get: (key) => port.call('vaultGet', { key }),
      set: async (key, value) => void (await port.call('vaultSet', { key, value })),
      delete: async (key) => void (await port.call('vaultDelete', { key })),
    };
  }

  get status(): JournalStatus {
    return this.#port.status;
  }

  subscribe(listener: () => void): () => void {
    return this.#port.subscribe(listener);
  }

  append: Journal['append'] = async (drafts, operator) => {
    const envelopes = await this.#port.call('append', { drafts, operator });
    const signed = envelopes.map(({ entry, ...rest }, at) => ({
      ...rest,
      entry: { ...drafts[at], ...entry } as Entry,
    }));
    // Whoever appended goes on first: what is only heard must never hold it up, nor make it fail.
    if (this.#appended.size > 0) queueMicrotask(() => this.#tell(signed));
    return signed;
  };

  onAppended(listener: (entries: readonly SignedEntry[]) => void): void {
    this.#appended.add(listener);
  }

  #tell(signed: readonly SignedEntry[]): void {
    for (const listener of this.#appended) listener(signed);
  }

  unsent: Journal['unsent'] = (limit) =>
    this.#read(
      (from) => collectUnsent((after, count) => this.#reader.entries(from, after, count), from, limit),
      () => this.#port.call('unsent', { limit }),
    );

  sales: Journal['sales'] = async (query) => (await this.#port.call('sales', query)).map(saleRecord);

  sale: Journal['sale'] = async (id) => {
    const found = await this.#port.call('sale', { id });
    return found === undefined ? undefined : saleRecord(found);
  };

  entriesOf: Journal['entriesOf'] = async (id) =>
    (await this.#port.call('entriesOf', { id })).map((each) => each.signed);

  unresolved: Journal['unresolved'] = () => this.#port.call('unresolved', null);

  totals: Journal['totals'] = (day) => this.#port.call('totals', { day });

  parkedEntries: Journal['parkedEntries'] = () => this.#port.call('parkedEntries', null);

  standing(): Promise<Standing> {
    return this.#port.call('standing', null);
  }

  createKey(): Promise<PublicKey> {
    return this.#port.call('createKey', null);
  }

  sign: JournalClient['sign'] = (bytes, which) => this.#port.call('sign', { bytes, which });

  enrol(enrolment: Enrolment): Promise<TillIdentity> {
    return this.#port.call('enrol', enrolment);
  }

  rekey(enrolment: Enrolment): Promise<TillIdentity> {
    return this.#port.call('rekey', enrolment);
  }

  acknowledge(countersigned: Countersigned): Promise<boolean> {
    return this.#port.call('acknowledge', { countersigned });
  }

  reconcile(countersigned: Countersigned | undefined): Promise<Reconciled> {
    return this.#port.call('reconcile', { countersigned: countersigned ?? null });
  }

  async park(position: number, reason: string): Promise<void> {
    await this.#port.call('park', { position, reason });
  }

  async unpark(position: number): Promise<void> {
    await this.#port.call('unpark', { position });
  }

  verify(): Promise<Verification> {
    return this.#port.call('verify', null);
  }

  entriesAfter: JournalClient['entriesAfter'] = (after, limit) =>
    this.#read(
      (from) => this.#reader.entries(from, after, limit),
      () => this.#port.call('entries', { after, limit }),
    );

  /** From the database itself where that can be, else from the worker. */
  async #read<T>(direct: (from: Readable) => Promise<T>, ask: () => Promise<T>): Promise<T> {
    const from = this.#port.readable;
    if (from === undefined) return ask();
    return direct(from).catch(ask);
  }

  async *exportAll(): AsyncGenerator<SignedEntry> {
    for (let after = 0; ; ) {
      const read = await this.entriesAfter(after, EXPORTED_AT_ONCE);
      const end = read.at(-1);
      if (end === undefined) return;
      for (const { signed } of read) yield signed;
      after = end.position;
    }
  }

  async requestPersist(): Promise<boolean> {
    const granted = await navigator.storage.persist().catch(() => false);
    await this.#port.call('refresh', null);
    return granted;
  }

  async close(): Promise<void> {
    this.#reader.close();
    await this.#port.call('close', null);
    this.#port.terminate();
  }
}
