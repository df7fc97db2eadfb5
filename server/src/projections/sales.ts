import type { Entry, SignedEntry } from '../../../src/domain/entry.ts';
import type { MerchantId } from '../../../src/domain/ids.ts';
import { putOperator } from '../storage/merchants.ts';
import { type Alarm, raise } from '../storage/quarantine.ts';
import type { Sql } from '../storage/sql.ts';
import { compareWithOrder } from './disputed.ts';
import { projectLedger } from './ledger.ts';
import { projectRefund } from './refunds.ts';

type Completed = Extract<Entry, { type: 'sale.completed' }>;

/**
 * What one journal entry adds to sales, payments and daily totals. Runs in the transaction that appends the entry.
 * Applying it twice changes nothing: a sale or a payment that is there already adds nothing to any total.
 */
export async function project(
  sql: Sql,
  merchant: MerchantId,
  signed: SignedEntry,
  receivedAt: number,
): Promise<void> {
  const { entry } = signed;
  if (entry.type === 'operator.added') await putOperator(sql, merchant, entry.body);
  if ('attempt' in entry.body) {
    const { isBooked } = await projectLedger(sql, merchant, entry, receivedAt);
    if (entry.type === 'attempt.approved')
      await compareWithOrder(sql, merchant, { entry, isBooked }, receivedAt);
  }
  if (entry.type === 'refund.completed') {
    const isNew = await projectRefund(sql, merchant, { entry, hash: signed.hash }, receivedAt);
    if (isNew) await projectLedger(sql, merchant, entry, receivedAt);
  }
  if (entry.type === 'tip.added') {
    await projectLedger(sql, merchant, entry, receivedAt);
    await addToDay(sql, merchant, entry.body, entry.body.payment);
  }
  if (entry.type !== 'sale.completed') return;
  const found = await addSale(sql, merchant, { entry, hash: signed.hash }, receivedAt);
  if (found === 'known') return;
  if (found === 'other') {
    await raise(sql, merchant, alarmOf('sale-repeated', entry, entry.body.saleId), receivedAt);
    return;
  }
  await projectLedger(sql, merchant, entry, receivedAt);
  for (const payment of entry.body.payments) {
    const added = await sql.run(
      `INSERT INTO payment (merchant, attempt_id, sale_id, tender, amount, tendered) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (merchant, attempt_id) DO NOTHING`,
      [
        merchant,
        payment.attemptId,
        entry.body.saleId,
        payment.tender,
        payment.amount,
        payment.tendered ?? null,
      ],
    );
    if (added === 1) await addToDay(sql, merchant, entry.body, payment);
    else await raise(sql, merchant, alarmOf('attempt-repeated', entry, payment.attemptId), receivedAt);
  }
}

async function addSale(
  sql: Sql,
  merchant: MerchantId,
  { entry, hash }: { readonly entry: Completed; readonly hash: string },
  receivedAt: number,
): Promise<'added' | 'known' | 'other'> {
  const { till, epoch, seq, at, operator, body } = entry;
  const added = await sql.run(
    `INSERT INTO sale (merchant, sale_id, till, epoch, seq, hash, day, currency, line_count, total, sold_at,
       received_at, operator_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (merchant, sale_id) DO NOTHING`,
    [
      merchant,
      body.saleId,
      till,
      epoch,
      seq,
      hash,
      body.day,
      body.currency,
      body.lines.length,
      body.total,
      at,
      receivedAt,
      operator,
    ],
  );
  if (added === 1) return 'added';
  const rows = await sql.all<{ hash: string }>('SELECT hash FROM sale WHERE merchant = ? AND sale_id = ?', [
    merchant,
    body.saleId,
  ]);
  return rows[0]?.hash === hash ? 'known' : 'other';
}

async function addToDay(
  sql: Sql,
  merchant: MerchantId,
  { day, currency }: Pick<Completed['body'], 'day' | 'currency'>,
  payment: Completed['body']['payments'][number],
): Promise<void> {
  await sql.run(
    `INSERT INTO day_total (merchant, day, currency, tender, payments, amount) VALUES (?, ?, ?, ?, 1, ?)
     ON CONFLICT (merchant, day, currency, tender)
     DO UPDATE SET payments = day_total.payments + 1, amount = day_total.amount + excluded.amount`,
    [merchant, day, currency, payment.tender, payment.amount],
  );
}

const alarmOf = (kind: Alarm['kind'], { till, epoch, seq }: Entry, detail: string): Alarm => ({
  kind,
  till,
  epoch,
  seq,
  detail,
});
