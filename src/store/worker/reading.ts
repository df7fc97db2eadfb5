import { headOf } from '../../domain/chain.ts';
import type { JournalStatus } from '../../domain/journal.ts';
import type { JournalState } from '../journal-state.ts';
import type { Books } from './books.ts';
import { FoldedBooks } from './folded-books.ts';
import type { IdbCopy } from './idb-copy.ts';

/** What a reader tab knows: the database as another tab last left it. */
export interface Reading {
  readonly idb: IdbCopy;
  readonly books: Books;
  readonly state: JournalState | undefined;
  readonly last: number;
  readonly head: JournalStatus['head'];
}

/** Reads the books as another tab left them. Writes nothing. */
export async function readBooks(idb: IdbCopy): Promise<Reading> {
  const [state, last] = await Promise.all([idb.state(), idb.last()]);
  const head = last === undefined ? undefined : headOf(last.signed);
  const books = await FoldedBooks.open(idb, last?.position ?? 0, false);
  return { idb, books, state, last: last?.position ?? 0, head };
}
