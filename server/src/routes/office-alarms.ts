import type { MerchantId, TillId } from '../../../src/domain/ids.ts';
import type { AlarmEvidence } from '../pages/alarms-section.ts';
import { approvalOf, findOrder, type OrderRow } from '../payments/orders.ts';
import { entryAt } from '../storage/journal.ts';
import type { Alarm } from '../storage/quarantine.ts';
import type { Sql } from '../storage/sql.ts';

/** The alarms, each with what the server and the till's journal know of the payment that it is about. */
export async function alarmsKnown<A extends Alarm>(
  sql: Sql,
  merchant: string,
  alarms: readonly A[],
): Promise<readonly (A & { readonly known?: AlarmEvidence })[]> {
  const told = [];
  for (const alarm of alarms) {
    // The detail of an alarm about a payment is the attempt's id; others have codes that no order has.
    const row = await findOrder(sql, merchant, alarm.detail);
    told.push(row === undefined ? alarm : { ...alarm, known: await knownOf(sql, row, alarm) });
  }
  return told;
}

async function knownOf(sql: Sql, row: OrderRow, { till, epoch, seq }: Alarm): Promise<AlarmEvidence> {
  const place = { merchant: row.merchant as MerchantId, till: till as TillId };
  const body = seq === 0 ? undefined : (await entryAt(sql, place, epoch, seq))?.entry.body;
  const evidence = body !== undefined && 'evidence' in body ? body.evidence : undefined;
  const channelId = approvalOf(row)?.channelId;
  const { tender, amount, currency, state, reason, settled_at: settledAt } = row;
  return {
    tender,
    amount,
    currency,
    state,
    reason,
    settledAt,
    ...(channelId === undefined ? {} : { channelId }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}
