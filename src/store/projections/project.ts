import type { AttemptMoved, AttemptState } from '../../domain/attempt.ts';
import type { Entry } from '../../domain/entry.ts';
import type { SaleId } from '../../domain/ids.ts';
import type { DayTotals } from '../../domain/journal.ts';
import { add, type Minor, subtract, ZERO } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import { type CompletedSale, due } from '../../domain/sale.ts';
import type { RowChange, RowReader, RowsNeeded } from './rows.ts';

/** States after which nothing more is asked of an attempt: it leaves the list that a restart looks at. */
const DEFINITE: readonly AttemptState[] = ['approved', 'declined', 'abandoned', 'reversed', 'refunded'];

/** The sale an entry speaks of, if it names one. */
export function saleNamed(entry: Entry): SaleId | undefined {
  if ('attempt' in entry.body) return entry.body.attempt.saleId;
  return 'saleId' in entry.body ? entry.body.saleId : undefined;
}

/** What `project` will ask for. Everything else it writes without reading. */
export function rowsNeeded(entry: Entry): RowsNeeded {
  switch (entry.type) {
    case 'sale.completed':
      return { totals: entry.body.day };
    case 'tip.added':
      return { totals: entry.body.day };
    case 'refund.completed':
      return { totals: entry.body.day, sale: entry.body.saleId };
    case 'receipt.printed':
    case 'receipt.unconfirmed':
      return { sale: entry.body.saleId };
    default:
      return {};
  }
}

/** What one entry changes in the lists kept beside the journal. Pure: the journal alone can rebuild them all. */
export function project(entry: Entry, position: number, rows: RowReader): readonly RowChange[] {
  const changes: RowChange[] = [];
  const sale = saleNamed(entry);
  if (sale !== undefined) changes.push({ store: 'saleEntries', key: [sale, position], row: 1 });
  if (entry.type === 'sale.completed') changes.push(...completed(entry.body, position, rows));
  else if (entry.type === 'tip.added')
    changes.push({
      store: 'totals',
      key: entry.body.day,
      row: tipped(rows.totals(entry.body.day), entry.body),
    });
  else if (entry.type === 'refund.completed') changes.push(...refunded(entry.body, rows));
  else if (entry.type === 'receipt.printed' || entry.type === 'receipt.unconfirmed') {
    const before = rows.sale(entry.body.saleId);
    const { jobId: lastJob } = entry.body;
    const paper = entry.type === 'receipt.printed' ? 'printed' : 'unconfirmed';
    if (before !== undefined) {
      // A job is written with its intent and again with its outcome: it is one paper all the same.
      const papers = before.papers + (before.lastJob === lastJob ? 0 : 1);
      changes.push({ store: 'sales', key: before.saleId, row: { ...before, papers, paper, lastJob } });
    }
  } else if ('attempt' in entry.body) changes.push(moved(entry, entry.body, position));
  return changes;
}

function completed(sale: CompletedSale, position: number, rows: RowReader): readonly RowChange[] {
  return [
    { store: 'sales', key: sale.saleId, row: { saleId: sale.saleId, position, papers: 0, paper: 'none' } },
    { store: 'totals', key: sale.day, row: added(rows.totals(sale.day), sale) },
  ];
}

function refunded(refund: Refund, rows: RowReader): readonly RowChange[] {
  const row = rows.sale(refund.saleId);
  const before = rows.totals(refund.day);
  const tenders: Record<string, Minor> = { ...before?.tenders };
  for (const part of refund.parts) tenders[part.tender] = subtract(tenders[part.tender] ?? ZERO, part.amount);
  const totals: DayTotals = {
    day: refund.day,
    currency: refund.currency,
    sales: before?.sales ?? 0,
    total: before?.total ?? ZERO,
    refunds: (before?.refunds ?? 0) + 1,
    refunded: add(before?.refunded ?? ZERO, refund.amount),
    tenders,
  };
  const changes: RowChange[] = [{ store: 'totals', key: refund.day, row: totals }];
  if (row === undefined) return changes;
  const sale = { ...row, refunded: add(row.refunded ?? ZERO, refund.amount) };
  return [...changes, { store: 'sales', key: row.saleId, row: sale }];
}

type Tip = Extract<Entry, { type: 'tip.added' }>['body'];

/** A tip counts with its tender on the day it was given; it is no sale of its own. */
function tipped(before: DayTotals | undefined, { day, currency, payment }: Tip): DayTotals {
  const tenders: Record<string, Minor> = { ...before?.tenders };
  tenders[payment.tender] = add(tenders[payment.tender] ?? ZERO, payment.amount);
  const total = add(before?.total ?? ZERO, payment.amount);
  return { ...before, day, currency, sales: before?.sales ?? 0, total, tenders };
}

function added(before: DayTotals | undefined, sale: CompletedSale): DayTotals {
  const tenders: Record<string, Minor> = { ...before?.tenders };
  for (const payment of sale.payments) {
    tenders[payment.tender] = add(tenders[payment.tender] ?? ZERO, payment.amount);
  }
  return {
    ...before,
    day: sale.day,
    currency: sale.currency,
    sales: (before?.sales ?? 0) + 1,
    total: add(before?.total ?? ZERO, due(sale)),
    tenders,
  };
}

function moved(entry: Entry, body: AttemptMoved, position: number): RowChange {
  const state = entry.type.slice('attempt.'.length) as AttemptState;
  const row = DEFINITE.includes(state) ? undefined : { attempt: body.attempt, state, at: entry.at, position };
  return { store: 'attempts', key: body.attempt.attemptId, row };
}
