import type { SignedEntry } from '../../src/domain/entry.ts';
import { receiptNumber } from '../../src/domain/ids.ts';
import { scanSegment } from '../../src/store/framing.ts';
import { STORE_SET_1 } from '../../src/store/worker/store-set.ts';
import type { LocalBooks, SoldSale } from './ledger.ts';
import type { Tab } from './tab.ts';

/** Name of the database and of the OPFS folder in which the till keeps its books. */
const BOOKS = 'xiaoji-main';

export interface TillBooks extends LocalBooks {
  readonly entries: number;
  /** Reasons of the repairs that the till wrote into its journal. */
  readonly repairs: readonly string[];
}

/** The journal as IndexedDB holds it, or undefined when the browser does not open it. Needs a page of the till's origin. */
export async function readIdb(tab: Tab): Promise<TillBooks | undefined> {
  const rows = await tab.run(rowsOfIdb, BOOKS, STORE_SET_1.names.journal);
  return rows && booksOf(rows.map((row) => STORE_SET_1.decode(row)));
}

/** The journal as the OPFS segments hold it. */
export async function readOpfs(tab: Tab): Promise<TillBooks> {
  const segments = await tab.run(bytesOfSegments, BOOKS);
  const lines = segments
    .flatMap((text) => scanSegment(Buffer.from(text, 'base64')).frames)
    .filter(({ kind }) => kind === 'entries')
    .flatMap(({ payload }) => Buffer.from(payload).toString('utf8').split('\n'));
  return booksOf(onceEach(lines.map((line) => JSON.parse(line) as SignedEntry)));
}

/**
 * A file that the till has let go keeps its bytes until it is written again: after a rebuild the same entry, hash and all, stands
 * in two files and is one. Two approvals of one sale are two entries and have two hashes.
 */
export const onceEach = (entries: readonly SignedEntry[]): readonly SignedEntry[] => [
  ...new Map(entries.map((signed) => [signed.hash, signed])).values(),
];

/** What the till holds in either copy: an entry that stands in both, number and all, is one. */
export async function readBoth(tab: Tab): Promise<TillBooks> {
  const [idb, opfs] = [await readIdb(tab), await readOpfs(tab)];
  const both = [idb ?? opfs, opfs];
  const once = <T>(all: readonly T[], key: (one: T) => string): T[] => [
    ...new Map(all.map((one) => [key(one), one])).values(),
  ];
  // Approvals and repairs carry no number of their own: they are counted in the copy that has more of them.
  const longer = (one: readonly string[], other: readonly string[]) =>
    one.length >= other.length ? one : other;
  return {
    sales: once(
      both.flatMap(({ sales }) => sales),
      ({ number, saleId, total }) => `${number} ${saleId} ${total}`,
    ),
    approvals: longer(both[0]?.approvals ?? [], opfs.approvals),
    repairs: longer(both[0]?.repairs ?? [], opfs.repairs),
    entries: Math.max(idb?.entries ?? 0, opfs.entries),
  };
}

function booksOf(entries: readonly SignedEntry[]): TillBooks {
  const sales: SoldSale[] = [];
  const approvals: string[] = [];
  const repairs: string[] = [];
  for (const { entry } of entries) {
    if (entry.type === 'sale.completed') {
      const number = receiptNumber(entry.till, entry.epoch, entry.seq);
      sales.push({ saleId: entry.body.saleId, number, total: entry.body.total });
    } else if (entry.type === 'attempt.approved') approvals.push(entry.body.attempt.saleId);
    else if (entry.type === 'head.repaired') repairs.push(entry.body.reason);
  }
  return { sales, approvals, repairs, entries: entries.length };
}

/** Runs in the page. Never makes a database that is not there: an empty one would not be the till's. */
async function rowsOfIdb(name: string, store: string): Promise<unknown[] | undefined> {
  const all = await indexedDB.databases().catch(() => undefined);
  if (all === undefined) return undefined;
  if (!all.some((each) => each.name === name)) return [];
  const db = await new Promise<IDBDatabase | undefined>((resolve) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => resolve(undefined);
  });
  if (db === undefined) return undefined;
  try {
    if (!db.objectStoreNames.contains(store)) return [];
    return await new Promise<unknown[]>((resolve, reject) => {
      const asking = db.transaction(store).objectStore(store).getAll();
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => reject(asking.error);
    });
  } finally {
    db.close();
  }
}

/** Runs in the page. Base64 of each file up to its last byte that is not zero: the rest is room made in advance. */
async function bytesOfSegments(folder: string): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(folder).catch(() => undefined);
  const texts: string[] = [];
  if (directory === undefined) return texts;
  for await (const [name, handle] of directory.entries()) {
    if (handle.kind !== 'file' || !name.startsWith('segment-')) continue;
    const bytes = new Uint8Array(await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer());
    const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
    const address = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsDataURL(new Blob([bytes.subarray(0, end)]));
    });
    texts.push(address.slice(address.indexOf(',') + 1));
  }
  return texts;
}
