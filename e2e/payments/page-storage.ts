import type { Page } from '@playwright/test';
import type { SignedEntry } from '../../src/domain/entry.ts';
import { STORE_SET_1 } from '../../src/store/worker/store-set.ts';

/** Name of the database and of the OPFS folder of the till's books. */
const BOOKS = 'xiaoji-main';

/** The till's journal as IndexedDB holds it, in the order of the chain. */
export async function journalOf(page: Page): Promise<readonly SignedEntry[]> {
  const rows = await page.evaluate(rowsOfStore, { database: BOOKS, store: STORE_SET_1.names.journal });
  return rows.map((row) => STORE_SET_1.decode(row));
}

/** Runs in the page. */
async function rowsOfStore({ database, store }: { database: string; store: string }): Promise<unknown[]> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(database);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    return await new Promise<unknown[]>((resolve, reject) => {
      const asking = db.transaction(store).objectStore(store).getAll();
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => reject(asking.error);
    });
  } finally {
    db.close();
  }
}

/** Everything that the page keeps anywhere, as text: databases, OPFS files, caches' addresses, local and session storage. */
export const everythingKept = (page: Page): Promise<Record<string, string>> => page.evaluate(dump);

/** Runs in the page. */
async function dump(): Promise<Record<string, string>> {
  const kept: Record<string, string> = {
    localStorage: JSON.stringify(localStorage),
    sessionStorage: JSON.stringify(sessionStorage),
    address: location.href,
  };
  const latin = new TextDecoder('latin1');
  const plain = (_: string, value: unknown): unknown => {
    if (value instanceof CryptoKey) return 'key';
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return latin.decode(value);
    return value;
  };
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const rows = db.transaction(store).objectStore(store);
      const [keys, values] = [rows.getAllKeys(), rows.getAll()];
      kept[`indexeddb/${name}/${store}`] = JSON.stringify([await done(keys), await done(values)], plain);
    }
    db.close();
  }
  const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, `${path}/${name}`);
      else {
        const bytes = new Uint8Array(await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer());
        const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
        kept[`${path}/${name}`] = latin.decode(bytes.subarray(0, end));
      }
    }
  };
  await walk(await navigator.storage.getDirectory(), 'opfs');
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    kept[`cache/${name}`] = requests.map(({ url }) => url).join('\n');
  }
  return kept;
}
