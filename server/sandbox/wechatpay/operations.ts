import type { Behaviour } from '../behaviour.ts';
import { isAmount, type Json, objectOf, text } from '../json.ts';
import type { PayRequest, RefundOutcome, Wallet, WalletOrder } from '../wallet/wallet.ts';
import { randomDigits, type SandboxWorld } from '../world.ts';
import { fault, ok, type WechatAnswer } from './errors.ts';
import { refundShape, transaction } from './shapes.ts';
import type { WechatPayKeys } from './signing.ts';

/** An unpaid pay code is revoked after this, ms (reliability.md 2.2). */
const CODE_LIFE_MS = 45_000;
/** A shown code lives two hours unless the request says otherwise, ms. */
const NATIVE_LIFE_MS = 2 * 3_600_000;
const AUTH_CODE = /^1[0-5]\d{16}$/;
const ORDER_NUMBER = /^[\w|*@-]{6,32}$/;

/** Reads a pay request, or says what is wrong with it. */
export function readPay(
  body: Json,
  kind: 'code' | 'qr',
  keys: WechatPayKeys,
  world: SandboxWorld,
): PayRequest | WechatAnswer {
  if (body['appid'] !== keys.appid || body['mchid'] !== keys.mchid) return fault('APPID_MCHID_NOT_MATCH');
  const order = text(body['out_trade_no']);
  const total = objectOf(body['amount'])['total'];
  const currency = objectOf(body['amount'])['currency'] ?? 'CNY';
  if (!ORDER_NUMBER.test(order)) return fault('PARAM_ERROR', 'out_trade_no');
  if (text(body['description']) === '') return fault('PARAM_ERROR', 'description');
  if (!isAmount(total) || currency !== 'CNY') return fault('PARAM_ERROR', 'amount');
  const code = kind === 'code' ? text(objectOf(body['payer'])['auth_code']) : '';
  if (kind === 'code' && !AUTH_CODE.test(code)) return fault('AUTH_CODE_INVALID', '付款码无效，请重新扫码');
  const store = objectOf(objectOf(body['scene_info'])['store_info']);
  if (kind === 'code' && text(store['id']) === '' && text(store['out_id']) === '')
    return fault('PARAM_ERROR', 'scene_info.store_info');
  const notifyUrl = text(body['notify_url']);
  if (kind === 'qr' && !/^https?:\/\//.test(notifyUrl)) return fault('PARAM_ERROR', 'notify_url');
  const now = world.clock.now();
  const asked = Date.parse(text(body['time_expire']));
  return {
    order,
    amount: total,
    kind,
    code,
    providerId: `42${randomDigits(world, 26)}`,
    expiresAt: kind === 'code' ? now + CODE_LIFE_MS : Number.isNaN(asked) ? now + NATIVE_LIFE_MS : asked,
    notifyUrl: kind === 'qr' ? notifyUrl : '',
    subject: text(body['description']),
    attach: text(body['attach']),
  };
}

export function pay(
  wallet: Wallet,
  request: PayRequest,
  behaviour: Behaviour,
  keys: WechatPayKeys,
): () => WechatAnswer {
  const outcome = wallet.pay(request, behaviour);
  switch (outcome.kind) {
    case 'declined':
      return () => fault(outcome.code);
    case 'code-used':
      return () => fault('AUTH_CODE_INVALID', '每个二维码仅限使用一次，请刷新再试');
    case 'dead':
      return () => fault('ORDER_CLOSED');
    case 'full':
      return () => fault('SYSTEM_ERROR');
    case 'exists':
      return () => again(outcome.order, request, keys);
    case 'taken':
      return () => taken(outcome.order, keys);
  }
}

/** The same number again: the same order if nothing differs, else a refusal. */
function again(order: WalletOrder, request: PayRequest, keys: WechatPayKeys): WechatAnswer {
  const same =
    order.request.amount === request.amount &&
    order.request.code === request.code &&
    order.request.kind === request.kind;
  if (!same) return fault('OUT_TRADE_NO_USED');
  if (order.book.state === 'declined') return fault(order.book.reason);
  if (order.book.state === 'closed' || order.book.state === 'reversed') return fault('ORDER_CLOSED');
  if (order.book.state === 'paid' && request.kind === 'qr') return fault('ORDERPAID');
  return taken(order, keys);
}

function taken(order: WalletOrder, keys: WechatPayKeys): WechatAnswer {
  if (order.request.kind === 'qr')
    return ok({ code_url: `weixin://wxpay/bizpayurl?pr=${order.book.providerId}` });
  if (order.book.state === 'waiting') return fault('USERPAYING', '需要用户输入支付密码');
  return ok(transaction(order, keys));
}

export function query(wallet: Wallet, order: string, keys: WechatPayKeys): () => WechatAnswer {
  const found = wallet.query(order);
  return () => (found === undefined ? fault('ORDER_NOT_EXIST', '订单不存在') : ok(transaction(found, keys)));
}

export function reverse(wallet: Wallet, order: string, { appid, mchid }: WechatPayKeys): () => WechatAnswer {
  if (wallet.find(order)?.request.kind === 'qr')
    return () => fault('INVALID_REQUEST', '订单的支付场景不支持该请求');
  const outcome = wallet.reverse(order);
  switch (outcome) {
    case 'unknown':
      return () => fault('ORDER_NOT_EXIST', '订单不存在');
    case 'again':
      return () => fault('USERPAYING', '正在支付中不能发起撤销');
    case 'refused':
      return () => fault('REVERSE_EXPIRE', '订单无法撤销');
    default:
      return () => ok({ appid, mchid, out_trade_no: order });
  }
}

export function close(wallet: Wallet, order: string): () => WechatAnswer {
  const outcome = wallet.close(order);
  if (outcome === 'unknown') return () => fault('ORDER_NOT_EXIST', '订单不存在');
  if (outcome === 'paid') return () => fault('ORDERPAID', '订单已支付');
  return () => ({ status: 204, value: undefined });
}

export function refund(wallet: Wallet, body: Json): () => WechatAnswer {
  const order = text(body['out_trade_no']);
  const id = text(body['out_refund_no']);
  const { refund: amount, total, currency } = objectOf(body['amount']);
  if (!/^[\w|*@-]{1,64}$/.test(id)) return () => fault('PARAM_ERROR', 'out_refund_no');
  if (!isAmount(amount) || !isAmount(total) || currency !== 'CNY')
    return () => fault('PARAM_ERROR', 'amount');
  const known = wallet.find(order);
  if (known !== undefined && known.book.amount !== total) return () => fault('PARAM_ERROR', 'amount.total');
  return refundAnswer(wallet.refund(order, id, amount));
}

function refundAnswer(outcome: RefundOutcome): () => WechatAnswer {
  switch (outcome.kind) {
    case 'done':
    case 'processing':
      return () => ok(refundShape(outcome.order, outcome.refund));
    case 'unknown':
      return () => fault('RESOURCE_NOT_EXISTS', '订单号不存在');
    case 'refused':
      return () => fault('NOT_ENOUGH', '余额不足');
    case 'differs':
      return () => fault('PARAM_ERROR', '与原退款参数不一致');
    case 'not-paid':
      return () => fault('INVALID_REQUEST', '订单未支付或已全额退款');
    default:
      return () => fault('INVALID_REQUEST', '退款金额或次数超限');
  }
}

export function refundQuery(wallet: Wallet, id: string): () => WechatAnswer {
  const found = wallet.refundQuery(id);
  return () =>
    found === undefined
      ? fault('RESOURCE_NOT_EXISTS', '退款单不存在')
      : ok(refundShape(found.order, found.refund));
}
