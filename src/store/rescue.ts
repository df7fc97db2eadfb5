import type { SignedEntry } from '../domain/entry.ts';
import { scanSegment } from './framing.ts';

/** Records read from the database at once. */
const READ_AT_ONCE = 500;

const decoder = new TextDecoder();

/**
 * Every entry that the two copies still hold, read without the journal's worker: for a till whose books cannot be opened. Repairs
 * nothing, writes nothing, and goes on over what cannot be read. Each entry once, in the order of the chain. `name`: of the
 * database and of the folder, which are the same.
 */
export async function rescueEntries(name: string): Promise<readonly SignedEntry[]> {
  const found = new Map<string, SignedEntry>();
  const keep = (signed: SignedEntry): void => void found.set(signed.hash, signed);
  await fromFiles(name, keep).catch(() => undefined);
  await fromDatabase(name, keep).catch(() => undefined);
  return inOrder([...found.values()]);
}

/** The hash chain is the order: an entry comes after the one it names. What hangs on nothing that was found comes by its number. */
export function inOrder(entries: readonly SignedEntry[]): readonly SignedEntry[] {
  const after = new Map(entries.map((signed) => [signed.entry.prev, signed]));
  const hashes = new Set(entries.map(({ hash }) => hash));
  const starts = entries
    .filter(({ entry }) => !hashes.has(entry.prev))
    .sort((a, b) => a.entry.at - b.entry.at || a.entry.seq - b.entry.seq);
  const ordered: SignedEntry[] = [];
  const seen = new Set<string>();
  for (const start of starts) {
    for (let next: SignedEntry | undefined = start; next !== undefined; next = after.get(next.hash)) {
      if (seen.has(next.hash)) break;
      seen.add(next.hash);
      ordered.push(next);
    }
  }
  return [...ordered, ...entries.filter(({ hash }) => !seen.has(hash))];
}

async function fromFiles(folderName: string, keep: (signed: SignedEntry) => void): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName);
  for await (const [, handle] of folder.entries()) {
    if (handle.kind !== 'file') continue;
    // One file that cannot be read does not take the others with it.
    const bytes = await (handle as FileSystemFileHandle)
      .getFile()
      .then((file) => file.arrayBuffer())
      .catch(() => undefined);
    if (bytes === undefined) continue;
    for (const { kind, payload } of scanSegment(new Uint8Array(bytes)).frames) {
      if (kind !== 'entries') continue;
      for (const line of decoder.decode(payload).split('\n')) {
        const read = parsed(line);
        if (isEntry(read)) keep(read);
      }
    }
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function fromDatabase(name: string, keep: (signed: SignedEntry) => void): Promise<void> {
  const db = await opened(name);
  try {
    for (const store of db.objectStoreNames) {
      for (let after: IDBValidKey | undefined; ; ) {
        const range: IDBKeyRange | null = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
        const from = db.transaction(store).objectStore(store);
        const [keys, rows] = await Promise.all([
          asked(from.getAllKeys(range, READ_AT_ONCE)),
          asked(from.getAll(range, READ_AT_ONCE)),
        ]);
        for (const row of rows) if (isEntry(row)) keep(row);
        after = keys.at(-1);
        if (after === undefined) break;
      }
    }
  } finally {
    db.close();
  }
}

/** Nothing but signed entries leaves: settings, PIN hashes and keys stay where they are. */
function isEntry(value: unknown): value is SignedEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { entry, hash, sig } = value as Record<string, unknown>;
  return typeof entry === 'object' && entry !== null && typeof hash === 'string' && typeof sig === 'string';
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name);
  // Only a database that is there is read: one that is not must not be made.
  request.onupgradeneeded = () => request.transaction?.abort();
  return asked(request);
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
