import * as z from 'zod/mini';
import { minor } from '../../../../src/domain/money.ts';
import { AcquirerError, type StatementLine } from '../acquirer.ts';
import { rfc3339Ms } from '../shared/shop-time.ts';

const StatementSchema = z.object({
  rows: z.array(
    z.object({
      kind: z.enum(['pay', 'refund', 'reversal']),
      order: z.string(),
      refund: z.optional(z.nullable(z.string())),
      reference: z.string(),
      amount: z.int(),
      fee: z.int(),
      at: z.string(),
    }),
  ),
});

/** The rows of a day. What went back is negative here, whatever sign the acquirer writes. Throws AcquirerError `malformed`. */
export function statementLines(body: unknown): readonly StatementLine[] {
  const said = z.safeParse(StatementSchema, body);
  if (!said.success) throw new AcquirerError('malformed', 'the statement has rows of another form');
  return said.data.rows.map((row) => {
    const at = rfc3339Ms(row.at);
    if (at === undefined) throw new AcquirerError('malformed', 'the statement has a row without a time');
    const common = { channelId: row.reference, fee: minor(row.fee), at };
    const size = Math.abs(row.amount);
    if (row.kind === 'pay') return { ...common, kind: 'payment', reference: row.order, amount: minor(size) };
    return row.kind === 'refund'
      ? { ...common, kind: 'refund', reference: row.refund ?? row.order, amount: minor(-size) }
      : { ...common, kind: 'reversal', reference: row.order, amount: minor(-size) };
  });
}
