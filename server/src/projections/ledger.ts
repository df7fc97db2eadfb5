import { type Attempt, purposeOf } from '../../../src/domain/attempt.ts';
import type { Entry } from '../../../src/domain/entry.ts';
import type { MerchantId } from '../../../src/domain/ids.ts';
import { directionOf, EMPTY_LEDGER, type Ledger, post } from '../../../src/domain/ledger.ts';
import type { Currency } from '../../../src/domain/money.ts';
import { one, type Sql } from '../storage/sql.ts';

/**
 * What one journal entry books, and whether it does. Only what the entry is about is read: the balances are added to, never computed again.
 * The rules are the domain's, the same that the till and the simulator run.
 */
export async function projectLedger(
  sql: Sql,
  merchant: MerchantId,
  entry: Entry,
  receivedAt: number,
): Promise<{ readonly isBooked: boolean }> {
  const attempt = 'attempt' in entry.body ? entry.body.attempt : undefined;
  const before = attempt === undefined ? EMPTY_LEDGER : await openLedger(sql, merchant, attempt);
  const after = post(before, entry);
  if (attempt !== undefined) await follow(sql, merchant, { entry, attempt, before, after }, receivedAt);
  const currency = currencyOf(entry);
  if (currency !== undefined) await addToAccounts(sql, merchant, currency, after);
  return { isBooked: after !== before };
}

/** Adds what a ledger holds to the balances. */
export async function addToAccounts(
  sql: Sql,
  merchant: string,
  currency: Currency,
  { accounts }: Ledger,
): Promise<void> {
  for (const [account, amount] of Object.entries(accounts)) {
    await sql.run(
      `INSERT INTO ledger_account (merchant, currency, account, amount) VALUES (?, ?, ?, ?)
       ON CONFLICT (merchant, currency, account) DO UPDATE SET amount = ledger_account.amount + excluded.amount`,
      [merchant, currency, account, amount],
    );
  }
}

/** A ledger that knows of nothing but whether this attempt is open. */
async function openLedger(sql: Sql, merchant: MerchantId, attempt: Attempt): Promise<Ledger> {
  const text = 'SELECT attempt FROM open_attempt WHERE merchant = ? AND attempt_id = ?';
  const row = await one<{ attempt: string }>(sql, text, [merchant, attempt.attemptId]);
  return row === undefined ? EMPTY_LEDGER : { accounts: {}, open: new Map([[attempt.attemptId, attempt]]) };
}

interface Step {
  readonly entry: Entry;
  readonly attempt: Attempt;
  readonly before: Ledger;
  readonly after: Ledger;
}

/** Keeps the list of open attempts, with the state each is in. */
async function follow(
  sql: Sql,
  merchant: MerchantId,
  { entry, attempt, before, after }: Step,
  receivedAt: number,
): Promise<void> {
  const { attemptId, saleId, tender, currency, amount } = attempt;
  const state = entry.type.slice('attempt.'.length);
  if (after.open.has(attemptId)) {
    const signed = amount * directionOf(attempt);
    const stored = JSON.stringify(attempt);
    const purpose = purposeOf(attempt);
    await sql.run(
      `INSERT INTO open_attempt (merchant, attempt_id, till, sale_id, tender, purpose, currency, amount, state, attempt,
         opened_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (merchant, attempt_id) DO UPDATE SET state = excluded.state`,
      [merchant, attemptId, entry.till, saleId, tender, purpose, currency, signed, state, stored, receivedAt],
    );
  } else if (before.open.has(attemptId)) {
    await sql.run('DELETE FROM open_attempt WHERE merchant = ? AND attempt_id = ?', [merchant, attemptId]);
  }
}

function currencyOf(entry: Entry): Currency | undefined {
  if ('attempt' in entry.body) return entry.body.attempt.currency;
  return 'currency' in entry.body ? entry.body.currency : undefined;
}
