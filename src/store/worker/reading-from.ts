import type { IDBPDatabase } from 'idb';

/**
 * A store to read from. idb keeps a promise of every transaction's end; nobody waits for that of a read, so when the browser
 * closes the database just then (site data cleared, a damaged file) it must not become an unhandled rejection: the read itself
 * has its answer or its error.
 */
export function readingFrom(db: IDBPDatabase, store: string) {
  const tx = db.transaction(store);
  tx.done.catch(() => undefined);
  return tx.store;
}
