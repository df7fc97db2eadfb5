import type { Entry } from '../../../src/domain/entry.ts';
import type { MerchantId } from '../../../src/domain/ids.ts';
import { directionOf, dispute, EMPTY_LEDGER } from '../../../src/domain/ledger.ts';
import { raise } from '../storage/quarantine.ts';
import { one, type Sql } from '../storage/sql.ts';
import { addToAccounts } from './ledger.ts';

/** An entry in which a till says that money has moved. */
export type Approved = Extract<Entry, { readonly body: { readonly attempt: object } }>;

/** What the server's order says of the money, in the columns of `attempt_order`. */
interface OrderEnd {
  readonly state: string;
  readonly surplus: string | null;
}

/** Money has moved, or still may. Not so once it is known that none did, or that it is back. */
export const mayHaveMoved = ({ state, surplus }: OrderEnd): boolean =>
  (state !== 'declined' && state !== 'reversed') || (surplus !== null && surplus !== 'returned');

/**
 * An approval has arrived from a till. Where the server knows for certain that the money did not move, or is back, the office
 * hears of it, and what the till booked leaves the channel's account. `isBooked`: the ledger took the entry.
 */
export async function compareWithOrder(
  sql: Sql,
  merchant: MerchantId,
  { entry, isBooked }: { readonly entry: Approved; readonly isBooked: boolean },
  nowMs: number,
): Promise<void> {
  const text = 'SELECT state, surplus FROM attempt_order WHERE merchant = ? AND attempt_id = ?';
  const order = await one<OrderEnd>(sql, text, [merchant, entry.body.attempt.attemptId]);
  if (order === undefined || mayHaveMoved(order)) return;
  await raiseDispute(sql, merchant, entry, nowMs);
  if (isBooked) await projectDispute(sql, merchant, entry, 1);
}

/** Tells the office, once. Its place is the entry that booked the money. True when it is new. */
export function raiseDispute(
  sql: Sql,
  merchant: string,
  { till, epoch, seq, body: { attempt } }: Approved,
  nowMs: number,
): Promise<boolean> {
  const kind = directionOf(attempt) < 0 ? 'refund-not-made' : 'payment-not-held';
  return raise(sql, merchant, { kind, till, epoch, seq, detail: attempt.attemptId }, nowMs);
}

/** Takes what a till booked out of the channel's account. `by` -1: the channel holds it after all. Once for each change. */
export async function projectDispute(
  sql: Sql,
  merchant: string,
  { body }: Approved,
  by: 1 | -1,
): Promise<void> {
  await addToAccounts(sql, merchant, body.attempt.currency, dispute(EMPTY_LEDGER, body, by));
}
