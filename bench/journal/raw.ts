import type { SignedEntry } from '../../src/domain/entry.ts';

const STORE = 'sales';

/** The peer: one object store, one put a transaction, `strict`, nothing else. */
export class RawStore {
  readonly #db: IDBDatabase;
  #last = 0;

  private constructor(db: IDBDatabase) {
    this.#db = db;
  }

  static open(name: string): Promise<RawStore> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE);
      request.onsuccess = () => resolve(new RawStore(request.result));
      request.onerror = () => reject(request.error);
    });
  }

  put(records: readonly SignedEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const tx = this.#db.transaction(STORE, 'readwrite', { durability: 'strict' });
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
      for (const record of records) {
        this.#last += 1;
        tx.objectStore(STORE).put(record, this.#last);
      }
      tx.commit();
    });
  }

  /** Reading after the last key: the fastest way through a queue that IndexedDB has. */
  read(after: number, limit: number): Promise<SignedEntry[]> {
    return new Promise((resolve, reject) => {
      const range = IDBKeyRange.lowerBound(after, true);
      const request = this.#db.transaction(STORE).objectStore(STORE).getAll(range, limit);
      request.onsuccess = () => resolve(request.result as SignedEntry[]);
      request.onerror = () => reject(request.error);
    });
  }
}
