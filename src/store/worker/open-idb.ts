import { type IDBPDatabase, openDB } from 'idb';
import type { Namespace } from '../protocol.ts';
import { IdbCopy } from './idb-copy.ts';
import { ACTIVE, dropPrevious, migrate } from './migrate.ts';
import { booksName, type WorkerOptions } from './options.ts';
import { readingFrom } from './reading-from.ts';
import { META, type StoreSet, VAULT } from './store-set.ts';

/** How long an open may hang, for example behind another tab that will not close, before the till goes on without. */
const OPEN_TIMEOUT_MS = 8_000;

export interface OpenedIdb {
  readonly copy: IdbCopy;
  /** The database did not exist before. */
  readonly fresh: boolean;
  /** Chrome says that it threw data away (`dataLoss` of the upgrade event, Chrome only). */
  readonly dataLoss: boolean;
  /** Coded reason why a newer store set could not be made; the till goes on with the old one. */
  readonly migrationFailed?: string;
}

/** What the owner of the connection wants to hear of. */
export interface ConnectionEvents {
  /** The browser closed the database under us. */
  readonly terminated: () => void;
  /** Another tab needs the database for a new version. */
  readonly blocking: () => void;
}

interface Opening {
  readonly db: IDBPDatabase;
  readonly fresh: boolean;
  readonly dataLoss: boolean;
}

/**
 * Opens the journal's database, making or migrating it when `writer`. Rejects with what the browser says, with TimeoutError
 * when it says nothing, and with VersionError when the books are of a newer till than this.
 */
export async function openIdb(
  namespace: Namespace,
  options: WorkerOptions,
  events: ConnectionEvents,
  writer: boolean,
): Promise<OpenedIdb> {
  options.faults.at('idb-open');
  const name = booksName(options, namespace);
  const newest = options.storeSets.at(-1) ?? options.storeSets[0];
  const opened = await openDatabase(name, undefined, newest, events);
  const version: unknown = await readingFrom(opened.db, META).get(ACTIVE);
  const active = options.storeSets.find((set) => set.version === version);
  if (active === undefined) {
    opened.db.close();
    throw new DOMException('the books are of a newer version', 'VersionError');
  }
  if (writer && active.version < newest.version) {
    return migrateTo(newest, active, opened, { name, options, events });
  }
  const db = writer
    ? await dropPrevious(opened.db, options.storeSets, (v, up) => openRaw(name, v, events, up))
    : opened.db;
  return { ...opened, copy: new IdbCopy(db, active, options.faults) };
}

async function migrateTo(
  newest: StoreSet,
  active: StoreSet,
  opened: Opening,
  how: { readonly name: string; readonly options: WorkerOptions; readonly events: ConnectionEvents },
): Promise<OpenedIdb> {
  const reopen = (version: number | undefined, upgrade?: (db: IDBPDatabase) => void) =>
    openRaw(how.name, version, how.events, upgrade);
  const { db, set, failed } = await migrate(opened.db, active, newest, {
    reopen,
    faults: how.options.faults,
  });
  const copy = new IdbCopy(db, set, how.options.faults);
  return { ...opened, copy, ...(failed === undefined ? {} : { migrationFailed: failed }) };
}

async function openDatabase(
  name: string,
  version: number | undefined,
  newest: StoreSet,
  events: ConnectionEvents,
): Promise<Opening> {
  let fresh = false;
  let dataLoss = false;
  const db = await bounded(
    openDB(name, version, {
      upgrade(upgrading, ...[, , tx, upgradeEvent]) {
        fresh = true;
        dataLoss = 'dataLoss' in upgradeEvent && upgradeEvent.dataLoss === 'total';
        upgrading.createObjectStore(META);
        upgrading.createObjectStore(VAULT);
        newest.create(upgrading);
        void tx.objectStore(META).put(newest.version, ACTIVE);
      },
      terminated: events.terminated,
      blocking: events.blocking,
    }),
  );
  return { db, fresh, dataLoss };
}

async function openRaw(
  name: string,
  version: number | undefined,
  events: ConnectionEvents,
  upgrade?: (db: IDBPDatabase) => void,
): Promise<IDBPDatabase> {
  return bounded(
    openDB(name, version, {
      ...(upgrade === undefined ? {} : { upgrade }),
      terminated: events.terminated,
      blocking: events.blocking,
    }),
  );
}

async function bounded(opening: Promise<IDBPDatabase>): Promise<IDBPDatabase> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new DOMException('database does not open', 'TimeoutError')),
      OPEN_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    void opening.then((db) => db.close()).catch(() => undefined); // A late success must not keep the database locked.
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
