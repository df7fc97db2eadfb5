import { headOf } from '../../domain/chain.ts';
import { keyRing } from '../chain-run.ts';
import { firstBad } from '../check-entries.ts';
import type { JournalState } from '../journal-state.ts';
import type { SaleRow } from '../projections/rows.ts';
import type { Calls, Placed, Verification } from '../protocol.ts';
import type { Books } from './books.ts';
import type { ReadAhead } from './read-ahead.ts';

/** Most lines one answer carries: what a page can hold without a pause. */
const ANSWER_MAX = 5_000;
/** Entries checked between two chances for other work. */
const VERIFIED_AT_ONCE = 200;

/** The books as seen now: what stands beyond `last` is not durable everywhere yet, and is not shown. */
export interface View {
  readonly books: Books;
  readonly state: JournalState | undefined;
  readonly last: number;
  readonly ahead: ReadAhead;
}

export async function entries(view: View, { after, limit }: Calls['entries'][0]): Promise<readonly Placed[]> {
  return view.ahead.entries(view.books, after, view.last, Math.min(limit, ANSWER_MAX));
}

/** Entries for the server: after its last word, without the parked ones. */
export async function unsent(view: View, { limit }: Calls['unsent'][0]): Promise<readonly Placed[]> {
  const wanted = Math.min(limit, ANSWER_MAX);
  const parked = new Set(view.state?.parked.map((each) => each.position));
  const found: Placed[] = [];
  for (let after = view.state?.acknowledged?.position ?? 0; found.length < wanted; ) {
    const read = await view.ahead.entries(view.books, after, view.last, wanted - found.length);
    const end = read.at(-1);
    if (end === undefined) break;
    if (parked.size === 0) return read;
    found.push(...read.filter((each) => !parked.has(each.position)));
    after = end.position;
  }
  return found;
}

export async function sales(view: View, query: Calls['sales'][0]): Promise<readonly (SaleRow & Placed)[]> {
  const before = Math.min(query.before ?? Number.MAX_SAFE_INTEGER, view.last + 1);
  const rows = await view.books.saleRows(before, Math.min(query.limit, ANSWER_MAX));
  const found = await Promise.all(rows.map((row) => withEntry(view, row)));
  return found.filter((each) => each !== undefined);
}

export async function sale(view: View, { id }: Calls['sale'][0]): Promise<(SaleRow & Placed) | undefined> {
  const row = await view.books.sale(id);
  return row === undefined || row.position > view.last ? undefined : withEntry(view, row);
}

async function withEntry(view: View, row: SaleRow): Promise<(SaleRow & Placed) | undefined> {
  const signed = await view.books.entry(row.position);
  return signed === undefined ? undefined : { ...row, signed };
}

export async function entriesOf(view: View, { id }: Calls['entriesOf'][0]): Promise<readonly Placed[]> {
  const positions = (await view.books.salePositions(id)).filter((position) => position <= view.last);
  const found = await Promise.all(
    positions.map(async (position) => ({ position, signed: await view.books.entry(position) })),
  );
  return found.flatMap(({ position, signed }) => (signed === undefined ? [] : [{ position, signed }]));
}

/** Checks every entry kept here, from the first to the last, and stops at the first bad one. */
export async function verify(view: View): Promise<Verification> {
  const state = view.state;
  if (state === undefined) return { entries: 0, valid: 0 };
  const keys = await keyRing(state.keys);
  let checked = 0;
  let before: Parameters<typeof firstBad>[3];
  for (let after = 0; ; ) {
    const read = await view.books.entries(after, view.last, VERIFIED_AT_ONCE);
    const end = read.at(-1);
    if (end === undefined) return { entries: checked, valid: checked };
    const bad = await firstBad(read, state, keys, before);
    if (bad !== undefined) {
      const valid = checked + read.filter((each) => each.position < bad).length;
      return { entries: checked + read.length, valid, firstBad: bad };
    }
    checked += read.length;
    after = end.position;
    before = { position: end.position, head: headOf(end.signed) };
  }
}
