import * as z from 'zod/mini';
import type { Notice, NoticeRefusal, NoticeRequest, Order } from '../acquirer.ts';
import { unknown } from '../shared/outcomes.ts';
import type { ReplayGuard } from '../shared/replay-guard.ts';
import { fenOf } from '../shared/yuan.ts';
import type { AlipayClient } from './client.ts';
import type { AlipayConfig } from './config.ts';
import { NotifySchema } from './messages.ts';
import { tradeOutcome } from './outcomes.ts';

/** Fields in one callback; Alipay sends about thirty. */
const FIELDS_MAX = 100;

export interface NotifyReader {
  readonly config: AlipayConfig;
  readonly client: AlipayClient;
  readonly replays: ReplayGuard;
}

/**
 * Verifies one callback (facts: devices 5.4): signature, application, seller, replay. It states its own amount; whoever takes the
 * notice compares it with the attempt's. Alipay repeats one for 25 hours under the same id, so there is no window of time.
 */
export function readNotify(
  request: NoticeRequest,
  { config, client, replays }: NotifyReader,
): { readonly notice: Notice } | { readonly refused: NoticeRefusal } {
  const fields = fieldsOf(request.body);
  if (fields === undefined) return { refused: 'malformed' };
  if (!client.signedByAlipay(fields)) return { refused: 'signature-invalid' };
  const said = z.safeParse(NotifySchema, fields);
  if (!said.success) return { refused: 'malformed' };
  if (said.data.app_id !== config.appId || said.data.seller_id !== config.sellerId)
    return { refused: 'other-merchant' };
  const isRefund = said.data.gmt_refund !== undefined || said.data.refund_fee !== undefined;
  const amount = fenOf(isRefund ? said.data.refund_fee : said.data.total_amount);
  if (amount === undefined || amount <= 0) return { refused: 'malformed' };
  if (!replays.take(said.data.notify_id)) return { refused: 'replayed' };
  if (isRefund) {
    // Its amount is everything given back so far, so it proves no single refund: it says that it is time to ask.
    const reference = said.data.out_biz_no ?? said.data.out_trade_no;
    return { notice: { reference, amount, outcome: unknown('refund-notice') } };
  }
  const order: Order = {
    reference: said.data.out_trade_no,
    amount,
    currency: 'CNY',
    tender: 'alipay',
    purpose: 'sale',
    at: 0,
  };
  return { notice: { reference: order.reference, amount, outcome: tradeOutcome(order, said.data, config) } };
}

/** A field that comes twice could be signed with one value and read with the other: such a body is nobody's. */
function fieldsOf(body: string): Readonly<Record<string, string>> | undefined {
  const pairs = [...new URLSearchParams(body)];
  const fields = new Map(pairs);
  return pairs.length === 0 || pairs.length > FIELDS_MAX || fields.size !== pairs.length
    ? undefined
    : Object.fromEntries(fields);
}
