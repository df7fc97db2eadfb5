import { createDecipheriv, type KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock } from '../../../../src/domain/clock.ts';
import { type Minor, minor } from '../../../../src/domain/money.ts';
import type { Notice, NoticeRefusal, NoticeRequest, Order } from '../acquirer.ts';
import type { ReplayGuard } from '../shared/replay-guard.ts';
import type { WechatpayConfig } from './config.ts';
import { NoticeSchema, RefundNoticeSchema, TransactionSchema } from './messages.ts';
import { refundOutcome, transactionOutcome } from './outcomes.ts';
import { signatureFault } from './signatures.ts';

const TAG_BYTES = 16;
const ALGORITHM = 'AEAD_AES_256_GCM';

export interface Resource {
  readonly algorithm: string;
  readonly ciphertext: string;
  readonly associated_data?: string | undefined;
  readonly nonce: string;
}

/** Opens a callback's resource: AES-256-GCM, the tag is the last 16 bytes (facts: devices 5.3). undefined when it was tampered with. */
export function openResource(resource: Resource, apiV3Key: string): string | undefined {
  if (resource.algorithm !== ALGORITHM) return undefined;
  const bytes = Buffer.from(resource.ciphertext, 'base64');
  if (bytes.length < TAG_BYTES) return undefined;
  try {
    const opener = createDecipheriv('aes-256-gcm', apiV3Key, resource.nonce);
    opener.setAAD(Buffer.from(resource.associated_data ?? ''));
    opener.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const clear = opener.update(bytes.subarray(0, bytes.length - TAG_BYTES));
    return Buffer.concat([clear, opener.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

export interface NoticeReader {
  readonly config: WechatpayConfig;
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly clock: Clock;
  readonly replays: ReplayGuard;
}

type Read = { readonly notice: Notice } | { readonly refused: NoticeRefusal };

/** Verifies and opens one callback: signature and time first, then the resource, then whose money it is, then replay. */
export function readNotice(request: NoticeRequest, reader: NoticeReader): Read {
  const header = headerReader(request.headers);
  const fault = signatureFault(
    {
      timestamp: header('wechatpay-timestamp'),
      nonce: header('wechatpay-nonce'),
      serial: header('wechatpay-serial'),
      signature: header('wechatpay-signature'),
      body: request.body,
    },
    reader.keys,
    reader.clock,
  );
  if (fault !== undefined) return { refused: fault };
  const envelope = z.safeParse(NoticeSchema, jsonOf(request.body));
  if (!envelope.success) return { refused: 'malformed' };
  const clear = openResource(envelope.data.resource, reader.config.apiV3Key);
  if (clear === undefined) return { refused: 'malformed' };
  const read = envelope.data.event_type.startsWith('REFUND.')
    ? refundNotice(jsonOf(clear), reader.config)
    : transactionNotice(jsonOf(clear), reader.config);
  if ('refused' in read) return read;
  return reader.replays.take(envelope.data.id) ? read : { refused: 'replayed' };
}

function transactionNotice(body: unknown, config: WechatpayConfig): Read {
  const said = z.safeParse(TransactionSchema, body);
  const total = said.data?.amount?.total;
  if (!said.success || total === undefined || !(total > 0)) return { refused: 'malformed' };
  if (
    said.data.mchid !== config.merchantId ||
    (said.data.appid !== undefined && said.data.appid !== config.appId)
  )
    return { refused: 'other-merchant' };
  const order = orderOf(said.data.out_trade_no, minor(total), 'sale');
  return {
    notice: {
      reference: order.reference,
      amount: order.amount,
      outcome: transactionOutcome(order, said.data, config),
    },
  };
}

function refundNotice(body: unknown, config: WechatpayConfig): Read {
  const said = z.safeParse(RefundNoticeSchema, body);
  if (!said.success || !(said.data.amount.refund > 0)) return { refused: 'malformed' };
  if (said.data.mchid !== config.merchantId) return { refused: 'other-merchant' };
  const order = orderOf(said.data.out_refund_no, minor(said.data.amount.refund), 'refund');
  const outcome = refundOutcome(order, { ...said.data, status: said.data.refund_status }, config);
  return { notice: { reference: order.reference, amount: order.amount, outcome } };
}

/** A callback states its own amount; whoever takes the notice compares it with the attempt's. */
const orderOf = (reference: string, amount: Minor, purpose: 'sale' | 'refund'): Order => ({
  reference,
  amount,
  currency: 'CNY',
  tender: 'wechat',
  purpose,
  at: 0,
});

function headerReader(headers: NoticeRequest['headers']): (name: string) => string | undefined {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => lower.get(name);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
