import { type Minor, minor } from '../../../../src/domain/money.ts';
import { hostReason } from './answers.ts';
import type { Session, Terminal } from './terminal.ts';
import type { TerminalStore, TradeRecord } from './terminal-store.ts';
import { amountText, TRANSACTIONS } from './transactions.ts';

/** Rows of one upload message (0320). */
const ROWS_PER_MESSAGE = 8;
/** Trades of one batch that can be uploaded: four digits count them. */
const ROWS_MAX = 9_999;
const SETTLEMENT = '201';
const BALANCED_END = '207';
const UPLOADED_END = '202';
/** Fields 48 of a settlement: five parts for cards of the country, five for foreign ones, of which there are none here. */
const NO_FOREIGN = '0'.repeat(30);
const VERDICT_AT = 30;
const BALANCED = '1';
const UNBALANCED = '2';

export interface BatchTotals {
  readonly debit: { readonly count: number; readonly sum: Minor };
  readonly credit: { readonly count: number; readonly sum: Minor };
}

/** `open`: the batch is not closed; settle again. */
export type Settlement =
  | ({ readonly state: 'balanced' | 'unbalanced'; readonly batch: string } & BatchTotals)
  | { readonly state: 'open'; readonly reason: string };

/**
 * What the books of a batch come to: sales with their last tip and completions against voids, refunds and cancelled
 * completions. Reversed trades and mere authorisations are in none; a voided sale still is, and so is its void.
 */
export function totalsOf(records: readonly TradeRecord[]): BatchTotals {
  const total = (side: 'debit' | 'credit') => {
    const rows = settledRows(records).filter(({ record }) => TRANSACTIONS[record.purpose].settles === side);
    return { count: rows.length, sum: minor(rows.reduce((all, row) => all + row.amount, 0)) };
  };
  return { debit: total('debit'), credit: total('credit') };
}

interface SettledRow {
  readonly record: TradeRecord;
  readonly amount: number;
}

function settledRows(records: readonly TradeRecord[]): readonly SettledRow[] {
  const approved = records.filter(({ state }) => state === 'approved');
  const tipped = new Map<string | undefined, number>();
  for (const tip of approved.filter(({ purpose }) => purpose === 'tip')) {
    tipped.set(tip.original, Number(tip.fields[4] ?? 0));
  }
  return approved
    .filter(({ purpose }) => TRANSACTIONS[purpose].settles !== undefined)
    .map((record) => ({ record, amount: tipped.get(record.reference) ?? Number(record.fields[4] ?? 0) }));
}

/** 结算: totals to the host (0500), the rows when they differ (0320), and the end that closes the batch. */
export async function settleBatch(
  terminal: Terminal,
  { store, operator }: { readonly store: TerminalStore; readonly operator: string },
  signal: AbortSignal,
): Promise<Settlement> {
  const outcome = await terminal.alone(async (session) => {
    if ((await store.unresolved(terminal.number)).length > 0) return open('unresolved');
    const records = await store.ofBatch(terminal.number, session.batch);
    const totals = totalsOf(records);
    const answer = await session.send({
      mti: '0500',
      fields: {
        48: totalsField(totals),
        49: '156',
        60: `00${session.batch}${SETTLEMENT}`,
        63: operator.padEnd(3),
      },
      sealed: false,
    });
    if ('refused' in answer) return open(answer.refused);
    if (answer.message.fields[39] !== '00') return open(hostReason(answer.message.fields[39]));
    const verdict = answer.message.fields[48]?.charAt(VERDICT_AT);
    if (verdict !== BALANCED && verdict !== UNBALANCED) return open('settlement-error');
    const problem = await closed(
      session,
      verdict === BALANCED ? [] : settledRows(records),
      verdict === BALANCED,
    );
    if (problem !== undefined) return open(problem);
    session.end();
    const state = verdict === BALANCED ? ('balanced' as const) : ('unbalanced' as const);
    return { state, batch: session.batch, ...totals };
  }, signal);
  return 'refused' in outcome ? open(outcome.refused) : outcome;
}

const open = (reason: string): Settlement => ({ state: 'open', reason });

/** Uploads the rows and says that the batch is at its end. Returns why it could not. */
async function closed(
  session: Session,
  rows: readonly SettledRow[],
  isBalanced: boolean,
): Promise<string | undefined> {
  const say = async (field48: string, network: string): Promise<string | undefined> => {
    const fields = { 48: field48, 60: `00${session.batch}${network}` };
    const answer = await session.send({ mti: '0320', fields, sealed: false });
    if ('refused' in answer) return answer.refused;
    return answer.message.fields[39] === '00' ? undefined : hostReason(answer.message.fields[39]);
  };
  const sent = rows.slice(0, ROWS_MAX);
  for (let at = 0; at < sent.length; at += ROWS_PER_MESSAGE) {
    const some = sent.slice(at, at + ROWS_PER_MESSAGE);
    const problem = await say(
      `${String(some.length).padStart(2, '0')}${some.map(rowText).join('')}`,
      SETTLEMENT,
    );
    if (problem !== undefined) return problem;
  }
  return say(String(sent.length).padStart(4, '0'), isBalanced ? BALANCED_END : UPLOADED_END);
}

/** One row of an upload: card kind, trace, first six and last four of the card in twenty digits, amount. */
function rowText({ record, amount }: SettledRow): string {
  const card = (record.approval?.card ?? '').replaceAll('*', '0').padStart(20, '0');
  return `00${record.trace}${card}${amountText(amount)}`;
}

const totalsField = ({ debit, credit }: BatchTotals): string =>
  [debit, credit]
    .map(({ sum, count }) => `${amountText(sum)}${String(count).padStart(3, '0')}`)
    .join('')
    .concat('0', NO_FOREIGN, '0');
