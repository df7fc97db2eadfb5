import type { StorageTrouble } from '../../domain/journal.ts';
import { lostPositions } from '../journal-state.ts';
import type { Namespace } from '../protocol.ts';
import { troubleOf } from '../trouble.ts';
import type { GrowingBooks } from './books.ts';
import { FoldedBooks } from './folded-books.ts';
import type { FirstCopy, IdbCopy } from './idb-copy.ts';
import { KeySafe } from './key-safe.ts';
import { MemoryBooks } from './memory-books.ts';
import { type ConnectionEvents, openIdb } from './open-idb.ts';
import { OpfsCopy } from './opfs-copy.ts';
import { booksName, type WorkerOptions } from './options.ts';
import { type KeyPlaces, type Recovered, recover } from './recover.ts';

/** Everything the writer begins with. */
export interface OpenedBooks<Copy extends FirstCopy> {
  readonly idb: Copy | undefined;
  readonly opfs: OpfsCopy | undefined;
  readonly books: GrowingBooks;
  readonly recovered: Recovered | undefined;
  readonly trouble: StorageTrouble | undefined;
}

interface FirstOpened<Copy extends FirstCopy> {
  readonly copy: Copy;
  readonly dataLoss: boolean;
}

type Tried<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: unknown };

async function tried<T>(work: Promise<T>): Promise<Tried<T>> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}

/** Opens the books in the browser. Rejects as `openCopies` does. */
export async function openBooks(
  namespace: Namespace,
  options: WorkerOptions,
  events: ConnectionEvents,
  changed: () => void,
): Promise<OpenedBooks<IdbCopy> & { readonly safe: KeySafe }> {
  const folder = booksName(options, namespace);
  const safe = new KeySafe(folder);
  const opened = await openCopies(
    () => openIdb(namespace, options, events, true),
    () => OpfsCopy.open(folder, options, changed),
    { folder, safe },
  );
  return { ...opened, safe };
}

/**
 * Opens both copies and makes them agree. Goes on with one when the other cannot be opened or repaired;
 * rejects when neither can, and when the books are of a newer till than this.
 */
export async function openCopies<Copy extends FirstCopy>(
  open: () => Promise<FirstOpened<Copy>>,
  openSecond: () => Promise<OpfsCopy>,
  keys: KeyPlaces,
): Promise<OpenedBooks<Copy>> {
  const [idb, opfs] = await Promise.all([
    // A database that Chrome finds damaged fails to open once; the next time it is there, and empty, to be filled again.
    tried(open().catch((error: unknown) => (isDamage(error) ? open() : Promise.reject(error)))),
    tried(openSecond()),
  ]);
  if (idb.error instanceof DOMException && idb.error.name === 'VersionError') {
    opfs.value?.close();
    throw idb.error;
  }
  if (idb.value === undefined && opfs.value === undefined) throw idb.error;
  return joined(idb, opfs, keys);
}

const isDamage = (error: unknown): boolean => error instanceof DOMException && error.name === 'UnknownError';

async function joined<Copy extends FirstCopy>(
  idb: Tried<FirstOpened<Copy>>,
  opfs: Tried<OpfsCopy>,
  keys: KeyPlaces,
): Promise<OpenedBooks<Copy>> {
  let copy = idb.value?.copy;
  let second = opfs.value;
  let trouble = 'error' in idb || 'error' in opfs ? troubleOf(idb.error ?? opfs.error) : undefined;
  let recovered: Recovered | undefined;
  try {
    second?.takeUp(await copy?.last().catch(() => undefined));
  } catch (error) {
    if (copy === undefined) throw error;
    trouble = troubleOf(error);
    second?.close();
    second = undefined;
  }
  try {
    recovered = await recover(copy, second, idb.value?.dataLoss ?? false, keys);
  } catch (error) {
    if (second === undefined || copy === undefined) throw error;
    trouble = troubleOf(error);
    copy.close();
    copy = undefined;
    recovered = await recover(undefined, second, false, keys);
  }
  if (recovered?.opfsTrouble !== undefined) {
    trouble = recovered.opfsTrouble;
    second?.close();
    second = undefined;
  }
  const last = recovered?.last ?? 0;
  await copy?.findFirst(last, recovered === undefined ? [] : lostPositions(recovered.state));
  const books =
    copy === undefined ? second && new MemoryBooks(second, last) : await FoldedBooks.open(copy, last, true);
  if (books === undefined) throw idb.error ?? opfs.error;
  return { idb: copy, opfs: second, books, recovered, trouble };
}
