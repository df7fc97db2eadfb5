import type { SignedEntry } from '../../src/domain/entry.ts';
import { type JournalClient, openJournal } from '../../src/store/journal-client.ts';
import { enrolment, OPERATOR, sold } from '../../src/store/testing/books.ts';

/** What the bench drives from outside: our journal and the raw peer, in one page. */
export interface JournalBench {
  open(): Promise<void>;
  /** Milliseconds of `rounds` appends of ours and of the peer, taken by turns. */
  append(rounds: number): Promise<{ ours: number[]; peer: number[]; flush?: number[] }>;
  /** Adds sales to both until `total` wait for the server. */
  fill(total: number): Promise<{ entries: number; unsynced: number; countMs: number }>;
  /** Entries per second when the whole queue is read after its last acknowledged key, ours and the peer's. */
  drain(batch: number): Promise<{ ours: number; peer: number; entries: number }>;
}

declare global {
  interface Window {
    journalBench: JournalBench;
  }
}

const STORE = 'sales';
let journal: JournalClient;
let raw: IDBDatabase;
let next = 1;
let last: SignedEntry;
let rawLast = 0;

function openRaw(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('raw', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The peer: one object store, one put, `strict`, nothing else. It stores the very record that ours stores. */
function rawPut(records: readonly SignedEntry[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = raw.transaction(STORE, 'readwrite', { durability: 'strict' });
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
    for (const record of records) {
      rawLast += 1;
      tx.objectStore(STORE).put(record, rawLast);
    }
    tx.commit();
  });
}

function rawRead(after: number, limit: number): Promise<SignedEntry[]> {
  return new Promise((resolve, reject) => {
    const request = raw
      .transaction(STORE)
      .objectStore(STORE)
      .getAll(IDBKeyRange.lowerBound(after, true), limit);
    request.onsuccess = () => resolve(request.result as SignedEntry[]);
    request.onerror = () => reject(request.error);
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

window.journalBench = {
  async open() {
    journal = await openJournal({
      createWorker: () =>
        new Worker(new URL('../../src/store/worker/journal-worker.ts', import.meta.url), { type: 'module' }),
      namespace: 'main',
    });
    await journal.createKey();
    await journal.enrol(enrolment());
    raw = await openRaw();
  },

  async append(rounds) {
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const n = next;
      next += 1;
      const one = async () => {
        const draft = sold(n);
        ours.push(
          await timed(async () => {
            last = (await journal.append([draft], OPERATOR))[0] as SignedEntry;
          }),
        );
      };
      const other = async () => peer.push(await timed(() => rawPut([last])));
      if (round % 2 === 0) {
        await one();
        await other();
      } else {
        await other();
        await one();
      }
    }
    return { ours, peer };
  },

  async fill(total) {
    const GROUP = 64;
    while (journal.status.unsynced < total) {
      const calls: Promise<readonly SignedEntry[]>[] = [];
      for (let call = 0; call < 8; call += 1) {
        const drafts = Array.from(
          { length: Math.min(GROUP, total - journal.status.unsynced - call * GROUP) },
          () => {
            next += 1;
            return sold(next);
          },
        );
        if (drafts.length > 0) calls.push(journal.append(drafts, OPERATOR));
      }
      for (const entries of await Promise.all(calls)) await rawPut(entries);
    }
    let unsynced = 0;
    const countMs = await timed(async () => {
      await journal.standing();
      unsynced = journal.status.unsynced;
    });
    return { entries: journal.status.head?.seq ?? 0, unsynced, countMs };
  },

  async drain(batch) {
    // Sync reads one batch, sends it, and reads the next after the last key; the reading alone is timed.
    let entries = 0;
    const oursMs = await timed(async () => {
      for (let after = 0; ; ) {
        const read = await journal.entriesAfter(after, batch);
        const end = read.at(-1);
        if (end === undefined) break;
        entries += read.length;
        after = end.position;
      }
    });
    let theirs = 0;
    const peerMs = await timed(async () => {
      for (let after = 0; ; ) {
        const read = await rawRead(after, batch);
        if (read.length === 0) break;
        theirs += read.length;
        after += read.length;
      }
    });
    return { ours: (entries / oursMs) * 1_000, peer: (theirs / peerMs) * 1_000, entries };
  },
};
