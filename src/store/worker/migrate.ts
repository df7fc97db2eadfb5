import type { IDBPDatabase } from 'idb';
import { hashOf } from '../../domain/chain.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import { placeFault } from '../chain-run.ts';
import { type JournalState, unsyncedCount } from '../journal-state.ts';
import { runsOf } from '../runs.ts';
import type { Faults } from './faults.ts';
import { IdbCopy } from './idb-copy.ts';
import { readingFrom } from './reading-from.ts';
import { META, type StoreSet } from './store-set.ts';

/** Keys of `meta`: the set in use, and the one before it while it is still kept. */
export const ACTIVE = 'active-set';
const PREVIOUS = 'previous-set';

/** Entries copied in one transaction. */
const COPIED_AT_ONCE = 500;

export interface Migrated {
  readonly db: IDBPDatabase;
  readonly set: StoreSet;
  /** Why the old set is still in use. */
  readonly failed?: string;
}

type Reopen = (version: number | undefined, upgrade?: (db: IDBPDatabase) => void) => Promise<IDBPDatabase>;

/** Names what was found wrong with the copy; caught here, shown as a code. */
class MigrationError extends Error {}

/**
 * Copies the entries into a newer store set (its lists are read from them at the next open), checks the count and the chain of what arrived, and only then moves the pointer.
 * The old set stays until the server has countersigned all of it. Whatever fails, the old set goes on as if nothing had been.
 */
export async function migrate(
  db: IDBPDatabase,
  from: StoreSet,
  to: StoreSet,
  tools: { readonly reopen: Reopen; readonly faults: Faults },
): Promise<Migrated> {
  const version = db.version;
  db.close();
  let open: IDBPDatabase | undefined;
  try {
    open = await tools.reopen(version + 1, (upgrading) => {
      for (const name of Object.values(to.names)) {
        if (upgrading.objectStoreNames.contains(name)) upgrading.deleteObjectStore(name); // Left by a failed try.
      }
      to.create(upgrading);
    });
    const source = new IdbCopy(open, from, tools.faults);
    const target = new IdbCopy(open, to, tools.faults);
    await copyAll(source, target, tools.faults);
    tools.faults.at('migrate-verify');
    await verifyCopy(source, target);
    await movePointer(open, from, to);
    return { db: open, set: to };
  } catch (error) {
    const failed = error instanceof Error ? error.message : 'unknown';
    return { db: open ?? (await tools.reopen(undefined)), set: from, failed };
  }
}

async function copyAll(source: IdbCopy, target: IdbCopy, faults: Faults): Promise<void> {
  const last = (await source.last())?.position ?? 0;
  for (let after = 0; ; ) {
    const read = await source.entries(after, last, COPIED_AT_ONCE);
    if (read.length === 0) return;
    faults.at('migrate-copy');
    for (const run of runsOf(read)) {
      await target.commit({ position: run[0]?.position ?? 0, entries: run.map((each) => each.signed) });
      after = run.at(-1)?.position ?? after;
    }
  }
}

async function verifyCopy(source: IdbCopy, target: IdbCopy): Promise<void> {
  const last = (await source.last())?.position ?? 0;
  let before: SignedEntry | undefined;
  for (let after = 0; ; ) {
    const [old, copied] = await Promise.all([
      source.entries(after, last, COPIED_AT_ONCE),
      target.entries(after, Number.MAX_SAFE_INTEGER, COPIED_AT_ONCE),
    ]);
    if (old.length !== copied.length) throw new MigrationError('count');
    if (old.length === 0) return;
    const hashes = await Promise.all(copied.map((each) => hashOf(each.signed.entry)));
    for (const [at, { signed }] of copied.entries()) {
      const head = before && { epoch: before.entry.epoch, seq: before.entry.seq, hash: before.hash };
      if (hashes[at] !== signed.hash || old[at]?.position !== copied[at]?.position)
        throw new MigrationError('hash');
      if (placeFault(signed, head ?? 'unknown') !== undefined && !isJoint(old[at - 1], old[at])) {
        throw new MigrationError('chain');
      }
      before = signed;
    }
    after = copied.at(-1)?.position ?? after;
  }
}

/** Positions that do not follow each other: entries were lost there before, and that is known. */
const isJoint = (
  a: { readonly position: number } | undefined,
  b: { readonly position: number } | undefined,
): boolean => a !== undefined && b !== undefined && a.position + 1 !== b.position;

async function movePointer(db: IDBPDatabase, from: StoreSet, to: StoreSet): Promise<void> {
  const tx = db.transaction(META, 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(to.version, ACTIVE), tx.store.put(from.version, PREVIOUS), tx.done]);
}

/** Drops the set before the present one once the server has countersigned every entry that was in it. */
export async function dropPrevious(
  db: IDBPDatabase,
  sets: readonly StoreSet[],
  reopen: (version: number, upgrade: (db: IDBPDatabase) => void) => Promise<IDBPDatabase>,
): Promise<IDBPDatabase> {
  const version: unknown = await readingFrom(db, META).get(PREVIOUS);
  const old = sets.find((set) => set.version === version);
  const state: JournalState | undefined = await readingFrom(db, META).get('state');
  if (old === undefined || state === undefined) return db;
  const cursor = await readingFrom(db, old.names.journal).openKeyCursor(null, 'prev');
  const last = cursor === null ? 0 : (cursor.key as number);
  if (unsyncedCount(state, last) > 0) return db;
  const next = db.version + 1;
  db.close();
  const dropped = await reopen(next, (upgrading) => {
    for (const name of Object.values(old.names)) upgrading.deleteObjectStore(name);
  });
  await dropped.delete(META, PREVIOUS);
  return dropped;
}
