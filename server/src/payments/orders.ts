import { type Approval, ApprovalSchema } from '../../../src/domain/approval.ts';
import { type Purpose, REFUND_ACCEPTED } from '../../../src/domain/attempt.ts';
import type { Currency, Minor } from '../../../src/domain/money.ts';
import { type RailTimingsData, timingsOf } from '../../../src/domain/rails.ts';
import type { Method, Tender } from '../../../src/domain/tender.ts';
import { approvalEntry } from '../storage/journal.ts';
import { one, type Sql } from '../storage/sql.ts';
import type { OrderState, Standing } from './standing.ts';

/** A row of `attempt_order`. */
export interface OrderRow {
  readonly merchant: string;
  readonly attempt_id: string;
  readonly sale_id: string;
  readonly till: string;
  readonly tender: Tender;
  /** The attempt's own, or its original's. */
  readonly method: Method | null;
  readonly purpose: Purpose;
  readonly original: string | null;
  /** Whose stored value: the attempt's own, or its original's. */
  readonly account: string | null;
  readonly amount: Minor;
  readonly tip: Minor | null;
  readonly currency: Currency;
  /** Empty for a tombstone. */
  readonly acquirer: string;
  readonly request_hash: string;
  readonly state: OrderState;
  readonly reason: string | null;
  /** JSON. */
  readonly approval: string | null;
  readonly code: string | null;
  readonly code_expires_at: number | null;
  readonly surplus: Standing['surplus'];
  readonly created_at: number;
  /** Null: nothing ever left this server. */
  readonly sent_at: number | null;
  readonly settled_at: number | null;
  readonly next_at: number | null;
  readonly tries: number;
}

const COLUMNS = `merchant, attempt_id, sale_id, till, tender, method, purpose, original, account, amount, tip, currency,
  acquirer, request_hash, state, reason, approval, code, code_expires_at, surplus, created_at, sent_at, settled_at, next_at, tries`;

export const findOrder = (sql: Sql, merchant: string, attemptId: string): Promise<OrderRow | undefined> =>
  one<OrderRow>(sql, `SELECT ${COLUMNS} FROM attempt_order WHERE merchant = ? AND attempt_id = ?`, [
    merchant,
    attemptId,
  ]);

/** Stores a new order. False when the attempt has one already: the unique key has decided. */
export async function addOrder(sql: Sql, row: OrderRow): Promise<boolean> {
  const changed = await sql.run(
    `INSERT INTO attempt_order (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (merchant, attempt_id) DO NOTHING`,
    [
      row.merchant,
      row.attempt_id,
      row.sale_id,
      row.till,
      row.tender,
      row.method,
      row.purpose,
      row.original,
      row.account,
      row.amount,
      row.tip,
      row.currency,
      row.acquirer,
      row.request_hash,
      row.state,
      row.reason,
      row.approval,
      row.code,
      row.code_expires_at,
      row.surplus,
      row.created_at,
      row.sent_at,
      row.settled_at,
      row.next_at,
      row.tries,
    ],
  );
  return changed === 1;
}

/** Writes what may change of an order: everything else is fixed when it is made. */
export async function putOrder(sql: Sql, row: OrderRow): Promise<void> {
  await sql.run(
    `UPDATE attempt_order SET state = ?, reason = ?, approval = ?, code = ?, code_expires_at = ?, surplus = ?,
       settled_at = ?, next_at = ?, tries = ?
     WHERE merchant = ? AND attempt_id = ?`,
    [
      row.state,
      row.reason,
      row.approval,
      row.code,
      row.code_expires_at,
      row.surplus,
      row.settled_at,
      row.next_at,
      row.tries,
      row.merchant,
      row.attempt_id,
    ],
  );
}

/** Orders that refer to this one: refunds, voids, completions, cancels, tips. A wallet takes 50 refunds of one order. */
export const CHILDREN_MAX = 200;

export const childrenOf = (sql: Sql, merchant: string, attemptId: string): Promise<readonly OrderRow[]> =>
  sql.all<OrderRow>(
    `SELECT ${COLUMNS} FROM attempt_order WHERE merchant = ? AND original = ? ORDER BY attempt_id LIMIT ${CHILDREN_MAX}`,
    [merchant, attemptId],
  );

/** Payments of a sale that are open: at most one, unless a till broke the rule. */
const OPEN_MAX = 20;

export const openPaymentsOf = (sql: Sql, merchant: string, saleId: string): Promise<readonly OrderRow[]> =>
  sql.all<OrderRow>(
    `SELECT ${COLUMNS} FROM attempt_order WHERE merchant = ? AND sale_id = ? AND purpose IN ('sale', 'authorisation')
       AND state IN ('sending', 'waiting', 'unknown', 'not-found') LIMIT ${OPEN_MAX}`,
    [merchant, saleId],
  );

/** The next orders that the completer has to look at, of all merchants. */
export const dueOrders = (sql: Sql, nowMs: number, limit: number): Promise<readonly OrderRow[]> =>
  sql.all<OrderRow>(
    `SELECT ${COLUMNS} FROM attempt_order WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY next_at LIMIT ?`,
    [nowMs, limit],
  );

/** Puts a due order off until `untilMs`: true for the one process that may work on it now. */
export async function claimOrder(sql: Sql, row: OrderRow, untilMs: number): Promise<boolean> {
  const changed = await sql.run(
    'UPDATE attempt_order SET next_at = ? WHERE merchant = ? AND attempt_id = ? AND next_at = ?',
    [untilMs, row.merchant, row.attempt_id, row.next_at],
  );
  return changed === 1;
}

/**
 * Whether the shop's books say that this attempt brought money: a completed sale, or the attempt's own approval where it is a part
 * of an open sale or a pre-authorisation. Then the till, or a manager at it, has seen the money.
 */
export async function isInTheBooks(sql: Sql, row: OrderRow): Promise<boolean> {
  const text = 'SELECT attempt_id FROM payment WHERE merchant = ? AND attempt_id = ?';
  if ((await one(sql, text, [row.merchant, row.attempt_id])) !== undefined) return true;
  return (await approvalEntry(sql, row.merchant, row)) !== undefined;
}

export const approvalOf = (row: OrderRow): Approval | null =>
  row.approval === null ? null : ApprovalSchema.parse(JSON.parse(row.approval));

export const standingOf = (row: OrderRow): Standing => ({
  state: row.state,
  reason: row.reason,
  approval: approvalOf(row),
  surplus: row.surplus,
});

export const timingsOfOrder = (row: OrderRow): RailTimingsData =>
  timingsOf(row.tender, row.method ?? undefined);

/** Until when a request may still be on the wire, or a shown code may still be paid. Ms. */
export function windowEnd(row: OrderRow): number {
  const { windowMs, answerMs } = timingsOfOrder(row);
  return Math.max((row.sent_at ?? row.created_at) + Math.max(windowMs, answerMs), row.code_expires_at ?? 0);
}

/** The channel has accepted to give money back, and is at it: it takes seconds for most, and days for some cards. */
export const isOnItsWay = (row: Pick<OrderRow, 'state' | 'purpose' | 'reason' | 'surplus'>): boolean =>
  (row.state === 'waiting' && !isMoneyIn(row.purpose)) ||
  (row.state === 'reversing' && row.reason === REFUND_ACCEPTED) ||
  row.surplus === 'returning';

/** Purposes that bring money in, or hold it. The others give back or release. */
export const isMoneyIn = (purpose: Purpose): boolean =>
  purpose === 'sale' || purpose === 'authorisation' || purpose === 'completion' || purpose === 'tip';
