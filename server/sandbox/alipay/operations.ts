import { minor } from '../../../src/domain/money.ts';
import type { Behaviour } from '../behaviour.ts';
import { type Json, text } from '../json.ts';
import type { PayRequest, RefundOutcome, Wallet, WalletOrder } from '../wallet/wallet.ts';
import { beijing, randomDigits, type SandboxWorld } from '../world.ts';
import {
  failed,
  fen,
  invalid,
  refundShape,
  type Shape,
  success,
  tradeShape,
  tradeStatus,
  unavailable,
  yuan,
} from './shapes.ts';

const MINUTE_MS = 60_000;
/** An unpaid trade closes by itself (reliability.md 2.2); a shown code lives two hours (field.md 5.3). */
const CODE_LIFE_MIN = 3;
const QR_LIFE_MIN = 120;
const PAY_CODE = /^(2[5-9]|30)\d{14,22}$/;
const NOT_EXIST = ['ACQ.TRADE_NOT_EXIST', '交易不存在'] as const;

/** A request that is answered without being carried out. */
export interface Refusal {
  readonly refusal: Shape;
}

const refuse = (code: string, message: string): Refusal => ({ refusal: failed(code, message) });

/** Reads trade.pay or trade.precreate, or says what is wrong with it. */
export function readPay(
  biz: Json,
  notifyUrl: string,
  kind: 'code' | 'qr',
  world: SandboxWorld,
): PayRequest | Refusal {
  const order = text(biz['out_trade_no']);
  const amount = fen(biz['total_amount']);
  if (!/^\w{1,64}$/.test(order) || text(biz['subject']) === '' || amount === undefined)
    return refuse('ACQ.INVALID_PARAMETER', '参数无效');
  const code = kind === 'code' ? text(biz['auth_code']) : '';
  if (kind === 'code' && biz['scene'] !== 'bar_code')
    return refuse('ACQ.INVALID_PARAMETER', '参数无效：scene');
  if (kind === 'code' && !PAY_CODE.test(code))
    return refuse(
      'ACQ.PAYMENT_AUTH_CODE_INVALID',
      '支付失败，获取顾客账户信息失败，请顾客刷新付款码后重新收款',
    );
  const now = world.clock.now();
  const { year, month, day } = beijing(now);
  const [, minutes = ''] = /^(\d{1,4})m$/.exec(text(biz['timeout_express'])) ?? [];
  const life = minutes === '' ? (kind === 'code' ? CODE_LIFE_MIN : QR_LIFE_MIN) : Number(minutes);
  return {
    order,
    amount: minor(amount),
    kind,
    code,
    providerId: `${year}${month}${day}22001${randomDigits(world, 15)}`,
    expiresAt: now + life * MINUTE_MS,
    notifyUrl,
    subject: text(biz['subject']),
    attach: text(biz['body']),
  };
}

export function pay(wallet: Wallet, request: PayRequest, behaviour: Behaviour): () => Shape {
  const outcome = wallet.pay(request, behaviour);
  const stamp = { out_trade_no: request.order };
  switch (outcome.kind) {
    case 'taken':
      return () => taken(outcome.order);
    case 'declined':
      return () => failed(outcome.code, '支付失败', stamp);
    case 'code-used':
      return () => failed('ACQ.PAYMENT_AUTH_CODE_INVALID', '付款码已使用', stamp);
    case 'dead':
      return () => failed('ACQ.TRADE_HAS_CLOSE', '交易已经关闭', stamp);
    case 'full':
      return () => unavailable();
    case 'exists':
      return () => again(outcome.order, request);
  }
}

function again(order: WalletOrder, request: PayRequest): Shape {
  const { amount, code, kind } = order.request;
  const stamp = { out_trade_no: request.order };
  if (amount !== request.amount || code !== request.code || kind !== request.kind)
    return failed('ACQ.CONTEXT_INCONSISTENT', '交易信息被篡改', stamp);
  if (order.book.state === 'paid') return failed('ACQ.TRADE_HAS_SUCCESS', '交易已被支付', stamp);
  if (order.book.state === 'waiting') return taken(order);
  if (order.book.state === 'declined') return failed(order.book.reason, '支付失败', stamp);
  return failed('ACQ.TRADE_HAS_CLOSE', '交易已经关闭', stamp);
}

/** What pay or precreate answers for an order that stands. */
export function taken(order: WalletOrder): Shape {
  if (order.request.kind === 'qr')
    return success({
      out_trade_no: order.book.order,
      qr_code: `https://qr.alipay.com/bax${order.book.providerId}`,
    });
  if (order.book.state === 'waiting')
    return { code: '10003', msg: 'order success pay inprocess', ...tradeShape(order) };
  if (order.book.state !== 'paid')
    return failed('ACQ.TRADE_HAS_CLOSE', '交易已经关闭', { out_trade_no: order.book.order });
  return success(tradeShape(order));
}

export function query(wallet: Wallet, id: string): () => Shape {
  const order = wallet.query(id);
  return () => {
    const status = order === undefined ? undefined : tradeStatus(order);
    if (order === undefined || status === undefined) return failed(...NOT_EXIST, { out_trade_no: id });
    return success({ ...tradeShape(order), trade_status: status });
  };
}

/** A cancel always succeeds for a trade that is not there, and says nothing more. */
export function cancel(wallet: Wallet, id: string): () => Shape {
  const order = wallet.find(id);
  const stamp = { out_trade_no: id };
  if (order?.book.state === 'paid' && order.book.refunded > 0)
    return () => failed('ACQ.REASON_TRADE_REFUND_FEE_ERR', '退款金额无效', { ...stamp, retry_flag: 'N' });
  const outcome = wallet.reverse(id);
  switch (outcome) {
    case 'unknown':
      return () => success(stamp);
    case 'again':
      return () => ({ ...unavailable(), ...stamp, retry_flag: 'Y' });
    case 'refused':
      return () => failed('ACQ.CANCEL_NOT_ALLOWED', '交易不允许撤销', { ...stamp, retry_flag: 'N' });
    default:
      return () =>
        success({
          ...stamp,
          ...(order === undefined ? {} : { trade_no: order.book.providerId }),
          retry_flag: 'N',
          action: outcome === 'refunded' ? 'refund' : 'close',
        });
  }
}

/** Closes a trade; a shown code that nobody scanned is no trade yet and stays payable. */
export function close(wallet: Wallet, id: string): () => Shape {
  const order = wallet.find(id);
  if (order === undefined || tradeStatus(order) === undefined)
    return () => failed(...NOT_EXIST, { out_trade_no: id });
  if (wallet.close(id) === 'paid')
    return () => failed('ACQ.TRADE_STATUS_ERROR', '交易状态不合法', { out_trade_no: id });
  return () => success({ out_trade_no: id, trade_no: order.book.providerId });
}

export function refund(wallet: Wallet, biz: Json, id: string): () => Shape {
  const amount = fen(biz['refund_amount']);
  if (amount === undefined) return () => failed('ACQ.INVALID_PARAMETER', '参数无效');
  const requestId = text(biz['out_request_no']);
  // Without a request number Alipay takes a full refund only, under the number of the trade.
  const order = wallet.find(id);
  if (requestId === '' && order !== undefined && order.book.amount !== amount)
    return () => failed('ACQ.INVALID_PARAMETER', '部分退款必须传out_request_no');
  const known = order?.book.refunds.some((each) => each.id === (requestId || id)) ?? false;
  return refundAnswer(wallet.refund(id, requestId || id, minor(amount)), known);
}

function refundAnswer(outcome: RefundOutcome, known: boolean): () => Shape {
  switch (outcome.kind) {
    case 'done':
      return () => success(refundShape(outcome.order, outcome.refund, !known));
    case 'processing':
      return () => success(refundShape(outcome.order, outcome.refund, false));
    case 'unknown':
      return () => failed(...NOT_EXIST);
    case 'refused':
      return () => failed('ACQ.SELLER_BALANCE_NOT_ENOUGH', '卖家余额不足');
    case 'differs':
      return () => failed('ACQ.DISCORDANT_REPEAT_REQUEST', '不一致的请求');
    case 'not-paid':
      return () => failed('ACQ.TRADE_STATUS_ERROR', '交易状态不合法');
    default:
      return () => failed('ACQ.REASON_TRADE_REFUND_FEE_ERR', '退款金额无效');
  }
}

/** Without `refund_status` there is no finished refund of that number. */
export function refundQuery(wallet: Wallet, biz: Json): () => Shape {
  const found = wallet.refundQuery(text(biz['out_request_no']));
  return () => {
    if (found === undefined || found.refund.state === 'processing' || found.refund.state === 'held')
      return success();
    return success({
      trade_no: found.order.book.providerId,
      out_trade_no: found.order.book.order,
      out_request_no: found.refund.id,
      total_amount: yuan(found.order.book.amount),
      refund_amount: yuan(found.refund.amount),
      refund_status: found.refund.state === 'done' ? 'REFUND_SUCCESS' : 'REFUND_FAIL',
    });
  };
}

export const missing = (name: string): Shape => invalid('40001', `isv.missing-${name}`, `缺少${name}参数`);
