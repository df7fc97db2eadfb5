import type { SignedEntry } from '../domain/entry.ts';
import type { Placed, Readable } from './protocol.ts';

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Reads runs of entries straight from IndexedDB: a queue of a hundred thousand sales would otherwise be copied twice more on
 * its way through the worker. Reads only, of entries that never change. Rejects when the database cannot be read here; the
 * worker can then be asked.
 */
export class PageReader {
  #db: Promise<IDBDatabase> | undefined;

  /** Entries after a position, oldest first. */
  async entries(from: Readable, after: number, limit: number): Promise<readonly Placed[]> {
    const start = Math.max(after, from.first - 1);
    if (from.last <= start || limit < 1) return [];
    const db = await this.#open(from.database);
    const range = IDBKeyRange.bound(start, from.last, true, false);
    const rows = await asked<SignedEntry[]>(
      db.transaction(from.store).objectStore(from.store).getAll(range, limit),
    );
    return rows.map((signed, at) => ({ position: start + 1 + at, signed }));
  }

  close(): void {
    this.#db?.then((db) => db.close()).catch(() => undefined);
    this.#db = undefined;
  }

  #open(name: string): Promise<IDBDatabase> {
    this.#db ??= this.#openOnce(name);
    return this.#db;
  }

  async #openOnce(name: string): Promise<IDBDatabase> {
    const request = indexedDB.open(name);
    // Only a database that is there is read: making one is the writer's.
    request.onupgradeneeded = () => request.transaction?.abort();
    try {
      const db = await asked(request);
      db.onversionchange = () => this.close();
      db.onclose = () => this.close();
      return db;
    } catch (error) {
      this.#db = undefined;
      throw error;
    }
  }
}
