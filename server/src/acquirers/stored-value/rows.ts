import type { Currency, Minor } from '../../../../src/domain/money.ts';
import { one, type Sql, type SqlValue } from '../../storage/sql.ts';

/** Whose accounts, and whether they are play money: the two never meet. */
export interface BookKey {
  readonly merchant: string;
  readonly book: 'real' | 'demo';
}

/** A row of `stored_value_account`. */
export interface AccountRow {
  readonly account: string;
  readonly currency: Currency;
  readonly balance: Minor;
  readonly issued_at: number;
  readonly closed_at: number | null;
}

/** A row of `stored_value_move`. */
export interface MoveRow {
  readonly reference: string;
  readonly kind: 'pay' | 'refund' | 'reverse' | 'decline' | 'issue' | 'top-up' | 'close' | 'reopen';
  readonly account: string | null;
  /** What the balance gained; paying is negative. */
  readonly amount: Minor;
  readonly original: string | null;
  readonly reason: string | null;
  readonly moved_at: number;
  /** The till, `office`, or `server`. */
  readonly moved_by: string;
}

const ACCOUNT_COLUMNS = 'account, currency, balance, issued_at, closed_at';
const MOVE_COLUMNS = 'reference, kind, account, amount, original, reason, moved_at, moved_by';

/** Kinds are few, and the office uses a reference once, so no reference has more rows. */
const MOVES_OF_REFERENCE_MAX = 10;

/** One spelling per account, however it was typed: an input method may give full-width digits, and spaces come easily. */
export const accountName = (typed: string): string => typed.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');

export const findAccount = (sql: Sql, key: BookKey, account: string): Promise<AccountRow | undefined> =>
  one<AccountRow>(
    sql,
    `SELECT ${ACCOUNT_COLUMNS} FROM stored_value_account WHERE merchant = ? AND book = ? AND account = ?`,
    [key.merchant, key.book, account],
  );

/** The accounts issued last. */
export const newestAccounts = (sql: Sql, key: BookKey, limit: number): Promise<readonly AccountRow[]> =>
  sql.all<AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS} FROM stored_value_account WHERE merchant = ? AND book = ?
     ORDER BY issued_at DESC, account LIMIT ?`,
    [key.merchant, key.book, limit],
  );

export interface AccountSum {
  readonly currency: Currency;
  readonly amount: Minor;
  readonly count: number;
}

/** What the shop owes on all accounts, per currency. */
export const accountSums = (sql: Sql, key: BookKey): Promise<readonly AccountSum[]> =>
  sql.all<AccountSum>(
    `SELECT currency, CAST(SUM(balance) AS BIGINT) AS amount, COUNT(*) AS count FROM stored_value_account
     WHERE merchant = ? AND book = ? GROUP BY currency ORDER BY currency`,
    [key.merchant, key.book],
  );

/** An account without money: what it is issued with is a move. */
export async function addAccount(
  sql: Sql,
  key: BookKey,
  { account, currency, issued_at }: Pick<AccountRow, 'account' | 'currency' | 'issued_at'>,
): Promise<void> {
  await sql.run(
    'INSERT INTO stored_value_account (merchant, book, account, currency, balance, issued_at) VALUES (?, ?, ?, ?, 0, ?)',
    [key.merchant, key.book, account, currency, issued_at],
  );
}

export async function setClosed(
  sql: Sql,
  key: BookKey,
  account: string,
  closedAt: number | null,
): Promise<void> {
  await sql.run(
    'UPDATE stored_value_account SET closed_at = ? WHERE merchant = ? AND book = ? AND account = ?',
    [closedAt, key.merchant, key.book, account],
  );
}

export const movesOf = (sql: Sql, key: BookKey, reference: string): Promise<readonly MoveRow[]> =>
  sql.all<MoveRow>(
    `SELECT ${MOVE_COLUMNS} FROM stored_value_move WHERE merchant = ? AND book = ? AND reference = ?
     ORDER BY kind LIMIT ${MOVES_OF_REFERENCE_MAX}`,
    [key.merchant, key.book, reference],
  );

/** What refunds have given back of a payment. */
export async function refundedOf(sql: Sql, key: BookKey, original: string): Promise<number> {
  const row = await one<{ amount: number | null }>(
    sql,
    `SELECT CAST(SUM(amount) AS BIGINT) AS amount FROM stored_value_move
     WHERE merchant = ? AND book = ? AND original = ? AND kind = 'refund'`,
    [key.merchant, key.book, original],
  );
  return row?.amount ?? 0;
}

/** What paid, gave back and undid within `[from, to)`, oldest first. */
export const movesBetween = (
  sql: Sql,
  key: BookKey,
  range: { readonly from: number; readonly to: number; readonly limit: number },
): Promise<readonly MoveRow[]> =>
  sql.all<MoveRow>(
    `SELECT ${MOVE_COLUMNS} FROM stored_value_move WHERE merchant = ? AND book = ? AND moved_at >= ? AND moved_at < ?
       AND kind IN ('pay', 'refund', 'reverse') AND amount <> 0 ORDER BY moved_at, reference, kind LIMIT ?`,
    [key.merchant, key.book, range.from, range.to, range.limit],
  );

/** Writes a move, and its amount into the account's balance. Both or nothing: the caller's transaction. */
export async function addMove(sql: Sql, key: BookKey, move: MoveRow): Promise<void> {
  const values: readonly SqlValue[] = [
    key.merchant,
    key.book,
    move.reference,
    move.kind,
    move.account,
    move.amount,
    move.original,
    move.reason,
    move.moved_at,
    move.moved_by,
  ];
  await sql.run(
    `INSERT INTO stored_value_move (merchant, book, ${MOVE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    values,
  );
  if (move.amount === 0) return;
  const changed = await sql.run(
    'UPDATE stored_value_account SET balance = balance + ? WHERE merchant = ? AND book = ? AND account = ?',
    [move.amount, key.merchant, key.book, move.account],
  );
  if (changed !== 1) throw new Error('a move of money has no account');
}
