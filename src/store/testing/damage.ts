import { vi } from 'vitest';

/** Real damage to the books of a till whose tabs are closed: what disks, browsers and people do to them. */

const database = (prefix: string) => `${prefix}-main`;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function wipeIndexedDb(prefix: string): Promise<void> {
  await done(indexedDB.deleteDatabase(database(prefix)));
}

/** The safe with the keys, which outlives IndexedDB. */
export async function wipeSafe(prefix: string): Promise<void> {
  const { storageBuckets } = navigator as { storageBuckets?: { delete(name: string): Promise<void> } };
  await storageBuckets?.delete(`${database(prefix)}-keys`.toLowerCase());
}

async function folder(prefix: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(database(prefix));
}

export async function wipeOpfs(prefix: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  // The browser lets go of a closed journal's files a moment after it was told to.
  await vi.waitFor(() => root.removeEntry(database(prefix), { recursive: true }), { timeout: 5_000 });
}

/** Names and bytes of the journal files. */
export async function segments(prefix: string): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }[]> {
  const found: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
  for await (const [name, handle] of (await folder(prefix)).entries()) {
    if (!name.startsWith('segment-')) continue;
    const file = await (handle as FileSystemFileHandle).getFile();
    found.push({ name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

export async function overwrite(prefix: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const file = await (await folder(prefix)).getFileHandle(name, { create: true });
  const stream = await file.createWritable();
  await stream.write(bytes);
  await stream.close();
}

/** Offset of a text in a file; -1 when it is not there. */
export function find(bytes: Uint8Array, text: string, from = 0): number {
  const wanted = new TextEncoder().encode(text);
  for (let at = from; at + wanted.length <= bytes.length; at += 1) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

/** Flips one bit inside the record of the entry numbered `seq`. */
export async function flipByteOf(prefix: string, seq: number): Promise<void> {
  for (const { name, bytes } of await segments(prefix)) {
    const at = find(bytes, `"seq":${seq},`);
    if (at < 0) continue;
    bytes[at + 2] = (bytes[at + 2] ?? 0) ^ 1;
    return overwrite(prefix, name, bytes);
  }
  throw new Error(`no entry ${seq}`);
}

/** Cuts the last record in two, as a power cut in the middle of a write would. */
export async function tearLastRecord(prefix: string): Promise<void> {
  for (const { name, bytes } of (await segments(prefix)).toReversed()) {
    const end = bytes.findLastIndex((byte) => byte !== 0);
    if (end < 0) continue;
    bytes.fill(0, end - 20);
    return overwrite(prefix, name, bytes);
  }
}

/** Runs `work` on the journal's rows directly. */
export async function inDatabase(prefix: string, work: (tx: IDBTransaction) => void): Promise<void> {
  const db = await done(indexedDB.open(database(prefix)));
  const tx = db.transaction(['journal-1', 'meta'], 'readwrite', { durability: 'strict' });
  const end = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
  work(tx);
  await end;
  db.close();
}

/** Version of the store set that the books are in. */
export async function activeSet(prefix: string): Promise<unknown> {
  const db = await done(indexedDB.open(database(prefix)));
  const version: unknown = await done(db.transaction('meta').objectStore('meta').get('active-set'));
  db.close();
  return version;
}

/** Names of the stores that the database has now. */
export async function storeNames(prefix: string): Promise<readonly string[]> {
  const db = await done(indexedDB.open(database(prefix)));
  const names = [...db.objectStoreNames];
  db.close();
  return names;
}
