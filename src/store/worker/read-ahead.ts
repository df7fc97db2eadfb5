import type { Placed } from '../protocol.ts';
import type { Books } from './books.ts';

/** Batches smaller than this are no drain: nothing is read ahead for them. */
const AHEAD_FROM = 50;

interface Ahead {
  readonly books: Books;
  readonly after: number;
  readonly limit: number;
  readonly read: Promise<readonly Placed[]>;
}

/** Reads the next batch while the page works on this one: a queue is emptied from front to back, and entries never change. */
export class ReadAhead {
  #ahead: Ahead | undefined;

  async entries(books: Books, after: number, last: number, limit: number): Promise<readonly Placed[]> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const hit = ahead?.books === books && ahead.after === after && ahead.limit === limit;
    let read = hit ? await ahead.read : await books.entries(after, last, limit);
    // What was read ahead may be short because the rest was not written yet.
    if (hit && read.length < limit) read = await books.entries(after, last, limit);
    const end = read.at(-1);
    if (end !== undefined && read.length === limit && limit >= AHEAD_FROM) {
      this.#ahead = {
        books,
        after: end.position,
        limit,
        read: books.entries(end.position, last, limit).catch(() => []),
      };
    }
    return read;
  }
}
