import * as z from 'zod/mini';
import type { Clock } from '../../../../src/domain/clock.ts';
import { minor } from '../../../../src/domain/money.ts';
import type { Notice, NoticeRefusal, NoticeRequest, Order } from '../acquirer.ts';
import type { ReplayGuard } from '../shared/replay-guard.ts';
import type { UnionpayQrConfig } from './config.ts';
import { NoticeSchema, orderOutcome } from './outcomes.ts';
import { isFresh, requestMac, sameMac } from './signatures.ts';

export interface NoticeReader {
  readonly config: UnionpayQrConfig;
  readonly key: Buffer;
  readonly clock: Clock;
  readonly replays: ReplayGuard;
}

/** Verifies one callback: signature over our own path, time, merchant, replay (each nonce works once). */
export function readNotice(
  request: NoticeRequest,
  { config, key, clock, replays }: NoticeReader,
): { readonly notice: Notice } | { readonly refused: NoticeRefusal } {
  const headers = new Map(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const url = new URL(config.notifyUrl);
  const stamp = {
    timestamp: headers.get('x-timestamp') ?? '',
    nonce: headers.get('x-nonce') ?? '',
    body: request.body,
  };
  const expected = requestMac(key, `${url.pathname}${url.search}`, stamp);
  if (!sameMac(expected, headers.get('x-signature') ?? '')) return { refused: 'signature-invalid' };
  if (!isFresh(stamp.timestamp, clock.now())) return { refused: 'stale' };
  const said = z.safeParse(NoticeSchema, jsonOf(request.body));
  if (!said.success || said.data.event !== 'order.paid') return { refused: 'malformed' };
  const { merchant, order: reference, amount, currency } = said.data.order;
  if (merchant !== config.merchantId) return { refused: 'other-merchant' };
  if (currency !== 'CNY' || amount <= 0) return { refused: 'malformed' };
  const order: Order = {
    reference,
    amount: minor(amount),
    currency: 'CNY',
    tender: 'unionpay-qr',
    purpose: 'sale',
    at: 0,
  };
  if (!replays.take(stamp.nonce)) return { refused: 'replayed' };
  const outcome = orderOutcome(order, jsonOf(request.body), config);
  return { notice: { reference, amount: order.amount, outcome } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
