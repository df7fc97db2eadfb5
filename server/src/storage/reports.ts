import type { Currency, Minor } from '../../../src/domain/money.ts';
import type { Tender } from '../../../src/domain/tender.ts';
import { one, type Sql } from './sql.ts';

export interface SaleRow {
  readonly sale_id: string;
  readonly till: string;
  readonly epoch: string;
  readonly seq: number;
  readonly day: string;
  readonly currency: Currency;
  readonly line_count: number;
  readonly total: Minor;
  readonly sold_at: number;
  readonly operator_id: string;
  /** The first tender's name; `payments` says how many there are. */
  readonly tender: Tender | null;
  readonly payments: number;
}

export interface DayTotal {
  readonly currency: Currency;
  readonly tender: Tender;
  readonly payments: number;
  readonly amount: Minor;
}

const SALE_COLUMNS = `s.sale_id, s.till, s.epoch, s.seq, s.day, s.currency, s.line_count, s.total, s.sold_at, s.operator_id,
  (SELECT MIN(p.tender) FROM payment p WHERE p.merchant = s.merchant AND p.sale_id = s.sale_id) AS tender,
  (SELECT COUNT(*) FROM payment p WHERE p.merchant = s.merchant AND p.sale_id = s.sale_id) AS payments`;

/** Sales of a business day, newest first by arrival and, within a till, by its journal: a wrong clock misorders nothing. */
export async function salesOfDay(
  sql: Sql,
  merchant: string,
  day: string,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly SaleRow[]> {
  return sql.all<SaleRow>(
    `SELECT ${SALE_COLUMNS} FROM sale s
     JOIN till_epoch e ON e.merchant = s.merchant AND e.till = s.till AND e.epoch = s.epoch
     WHERE s.merchant = ? AND s.day = ?
     ORDER BY s.received_at DESC, s.till, e.ordinal DESC, s.seq DESC LIMIT ? OFFSET ?`,
    [merchant, day, page.limit, page.offset],
  );
}

export async function saleById(sql: Sql, merchant: string, saleId: string): Promise<SaleRow | undefined> {
  const text = `SELECT ${SALE_COLUMNS} FROM sale s WHERE s.merchant = ? AND s.sale_id = ?`;
  return one<SaleRow>(sql, text, [merchant, saleId]);
}

export async function countSales(sql: Sql, merchant: string, day: string): Promise<number> {
  const text = 'SELECT COUNT(*) AS sales FROM sale WHERE merchant = ? AND day = ?';
  return (await one<{ sales: number }>(sql, text, [merchant, day]))?.sales ?? 0;
}

/** Takings of a business day by tender: kept summary rows, not a sum over sales. */
export async function totalsOfDay(sql: Sql, merchant: string, day: string): Promise<readonly DayTotal[]> {
  return sql.all<DayTotal>(
    'SELECT currency, tender, payments, amount FROM day_total WHERE merchant = ? AND day = ? ORDER BY currency, tender',
    [merchant, day],
  );
}

/** What went back on a business day, by tender. */
export async function refundsOfDay(sql: Sql, merchant: string, day: string): Promise<readonly DayTotal[]> {
  return sql.all<DayTotal>(
    `SELECT currency, tender, refunds AS payments, amount FROM day_refund WHERE merchant = ? AND day = ?
     ORDER BY currency, tender`,
    [merchant, day],
  );
}

/** What tills have booked and channels do not hold, where it is not nothing. */
export async function disputedSums(
  sql: Sql,
  merchant: string,
): Promise<readonly { readonly currency: Currency; readonly amount: Minor }[]> {
  return sql.all(
    "SELECT currency, amount FROM ledger_account WHERE merchant = ? AND account = 'disputed' AND amount <> 0 ORDER BY currency",
    [merchant],
  );
}

export interface OpenAttempt {
  readonly attempt_id: string;
  readonly till: string;
  readonly sale_id: string;
  readonly tender: Tender;
  readonly purpose: string;
  readonly currency: Currency;
  readonly amount: Minor;
  readonly state: string;
  readonly opened_at: number;
}

/** Most open attempts one page shows. */
const OPEN_MAX = 200;

/** The suspense account in single attempts, oldest first. */
export async function openAttempts(sql: Sql, merchant: string): Promise<readonly OpenAttempt[]> {
  return sql.all<OpenAttempt>(
    `SELECT attempt_id, till, sale_id, tender, purpose, currency, amount, state, opened_at FROM open_attempt
     WHERE merchant = ? ORDER BY opened_at, attempt_id LIMIT ?`,
    [merchant, OPEN_MAX],
  );
}
