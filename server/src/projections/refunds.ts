import type { Entry } from '../../../src/domain/entry.ts';
import type { MerchantId } from '../../../src/domain/ids.ts';
import { raise } from '../storage/quarantine.ts';
import { one, type Sql } from '../storage/sql.ts';

type Completed = Extract<Entry, { type: 'refund.completed' }>;

/** What money that went back adds to its sale and its day. Applying it twice changes nothing. False: it was there. */
export async function projectRefund(
  sql: Sql,
  merchant: MerchantId,
  { entry, hash }: { readonly entry: Completed; readonly hash: string },
  receivedAt: number,
): Promise<boolean> {
  const { till, epoch, seq, at, operator, body } = entry;
  const { refundId, saleId, kind, day, currency, amount } = body;
  const added = await sql.run(
    `INSERT INTO refund (merchant, refund_id, sale_id, till, epoch, seq, hash, kind, day, currency, amount, refunded_at,
       operator_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (merchant, refund_id) DO NOTHING`,
    [merchant, refundId, saleId, till, epoch, seq, hash, kind, day, currency, amount, at, operator],
  );
  if (added === 0) {
    const text = 'SELECT hash FROM refund WHERE merchant = ? AND refund_id = ?';
    const known = await one<{ hash: string }>(sql, text, [merchant, refundId]);
    if (known?.hash !== hash)
      await raise(sql, merchant, { kind: 'refund-repeated', till, epoch, seq, detail: refundId }, receivedAt);
    return false;
  }
  for (const part of body.parts)
    await sql.run(
      `INSERT INTO day_refund (merchant, day, currency, tender, refunds, amount) VALUES (?, ?, ?, ?, 1, ?)
       ON CONFLICT (merchant, day, currency, tender)
       DO UPDATE SET refunds = day_refund.refunds + 1, amount = day_refund.amount + excluded.amount`,
      [merchant, day, currency, part.tender, part.amount],
    );
  return true;
}
