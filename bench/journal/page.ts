import type { Entry, SignedEntry } from '../../src/domain/entry.ts';
import { type JournalClient, openJournal } from '../../src/store/journal-client.ts';
import { enrolment, OPERATOR, sold } from '../../src/store/testing/books.ts';
import { RawStore } from './raw.ts';

/** Milliseconds of each round. */
export interface Rounds {
  readonly ours: number[];
  /** A raw strict put of the same record, in the page. */
  readonly raw: number[];
  /** The same, in a worker that the page asks. */
  readonly rawInWorker: number[];
  /** A worker that is asked, hashes, signs, puts and flushes, and does nothing else. */
  readonly floor: number[];
}

/** What the bench drives from outside: our journal and the raw peers, in one page. */
export interface JournalBench {
  open(): Promise<void>;
  append(rounds: number): Promise<Rounds>;
  /** Adds sales to ours and to the raw store until `total` entries wait for the server. */
  fill(total: number): Promise<{ readonly unsynced: number; readonly countMs: number }>;
  /** Entries per second when the whole queue is read in batches, after the last key. */
  drain(batch: number): Promise<{ readonly ours: number; readonly raw: number; readonly entries: number }>;
}

declare global {
  interface Window {
    journalBench: JournalBench;
  }
}

/** Entries in one call and calls at once while the queue is filled. */
const FILL_DRAFTS = 64;
const FILL_CALLS = 8;

let journal: JournalClient;
let raw: RawStore;
let rawWorker: Worker;
let floorWorker: Worker;
let next = 1;
let last: SignedEntry;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const answerOf = (worker: Worker, question: SignedEntry | Entry): Promise<unknown> =>
  new Promise((resolve) => {
    worker.onmessage = resolve;
    worker.postMessage(question);
  });

async function readThrough(read: (after: number) => Promise<readonly unknown[]>): Promise<number> {
  let entries = 0;
  for (;;) {
    const found = await read(entries);
    if (found.length === 0) return entries;
    entries += found.length;
  }
}

window.journalBench = {
  async open() {
    // The bundler follows a worker only when its address stands literally here.
    const createWorker = () =>
      new Worker(new URL('../../src/store/worker/journal-worker.ts', import.meta.url), { type: 'module' });
    journal = await openJournal({ createWorker, namespace: 'main' });
    await journal.enrol(enrolment());
    raw = await RawStore.open('raw');
    rawWorker = new Worker(new URL('./raw-worker.ts', import.meta.url), { type: 'module' });
    floorWorker = new Worker(new URL('./floor-worker.ts', import.meta.url), { type: 'module' });
  },

  async append(rounds) {
    const times: Rounds = { ours: [], raw: [], rawInWorker: [], floor: [] };
    const turns = [
      async () => {
        const draft = sold(next);
        next += 1;
        const start = performance.now();
        const entries = await journal.append([draft], OPERATOR);
        times.ours.push(performance.now() - start);
        last = entries[0] as SignedEntry;
      },
      async () => void times.raw.push(await timed(() => raw.put([last]))),
      async () => void times.rawInWorker.push(await timed(() => answerOf(rawWorker, last))),
      async () => void times.floor.push(await timed(() => answerOf(floorWorker, last.entry))),
    ];
    for (let round = 0; round < rounds; round += 1) {
      // Each goes first as often as the others; the very first round needs a record of ours.
      for (let turn = 0; turn < turns.length; turn += 1) await turns[(round + turn) % turns.length]?.();
    }
    return times;
  },

  async fill(total) {
    for (;;) {
      const calls: Promise<readonly SignedEntry[]>[] = [];
      let missing = total - journal.status.unsynced;
      if (missing <= 0) break;
      for (let call = 0; call < FILL_CALLS && missing > 0; call += 1) {
        const size = Math.min(FILL_DRAFTS, missing);
        missing -= size;
        const drafts = Array.from({ length: size }, (_, at) => sold(next + at));
        next += size;
        calls.push(journal.append(drafts, OPERATOR));
      }
      for (const entries of await Promise.all(calls)) await raw.put(entries);
    }
    let unsynced = 0;
    const countMs = await timed(async () => {
      await journal.standing();
      unsynced = journal.status.unsynced;
    });
    return { unsynced, countMs };
  },

  async drain(batch) {
    let entries = 0;
    let [ours, theirs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < 3; round += 1) {
      ours = Math.min(
        ours,
        await timed(async () => {
          entries = await readThrough((after) => journal.entriesAfter(after, batch));
        }),
      );
      let there = 0;
      const ms = await timed(async () => {
        there = await readThrough((after) => raw.read(after, batch));
      });
      theirs = Math.min(theirs, (ms * entries) / there);
    }
    return { ours: (entries / ours) * 1_000, raw: (entries / theirs) * 1_000, entries };
  },
};
