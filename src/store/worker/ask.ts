import { headOf } from '../../domain/chain.ts';
import { keyRing } from '../chain-run.ts';
import { firstBad } from '../check-entries.ts';
import type { JournalState } from '../journal-state.ts';
import type { SaleRow } from '../projections/rows.ts';
import type { Calls, Placed, Verification } from '../protocol.ts';
import { collectUnsent } from '../unsent.ts';
import type { Books } from './books.ts';

/** Most lines one answer carries: what a page can hold without a pause. */
const ANSWER_MAX = 5_000;
/** Entries checked between two chances for other work. */
const VERIFIED_AT_ONCE = 200;

/** The books as seen now: what stands beyond `last` is not durable everywhere yet, and is not shown. */
export interface View {
  readonly books: Books;
  readonly state: JournalState | undefined;
  readonly last: number;
}

export async function entries(view: View, { after, limit }: Calls['entries'][0]): Promise<readonly Placed[]> {
  return view.books.entries(after, view.last, Math.min(limit, ANSWER_MAX));
}

export async function unsent(view: View, { limit }: Calls['unsent'][0]): Promise<readonly Placed[]> {
  const read = (after: number, count: number) => view.books.entries(after, view.last, count);
  return collectUnsent(read, waiting(view.state), Math.min(limit, ANSWER_MAX));
}

/** What the server has said, as `collectUnsent` wants it. */
export const waiting = (state: JournalState | undefined) => ({
  acknowledged: state?.acknowledged?.position ?? 0,
  parked: state?.parked.map((each) => each.position) ?? [],
});

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
