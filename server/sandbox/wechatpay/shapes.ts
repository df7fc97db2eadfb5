import { type BookedRefund, listedRefunds } from '../books.ts';
import type { WalletOrder } from '../wallet/wallet.ts';
import { beijingIso } from '../world.ts';
import type { WechatPayKeys } from './signing.ts';

/** What WeChat Pay calls the states of an order. */
export type TradeState = 'SUCCESS' | 'REFUND' | 'NOTPAY' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR';

const STATE_TEXTS: Readonly<Record<TradeState, string>> = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
  USERPAYING: '需要用户输入支付密码',
  PAYERROR: '支付失败，请撤销订单',
};

export function tradeState(order: WalletOrder): TradeState {
  const { state } = order.book;
  const byCode = order.request.kind === 'code';
  if (state === 'paid') return listedRefunds(order.book).length > 0 ? 'REFUND' : 'SUCCESS';
  if (state === 'waiting') return byCode || order.scanned ? 'USERPAYING' : 'NOTPAY';
  if (state === 'declined') return 'PAYERROR';
  // An unpaid pay code is revoked by WeChat Pay itself after its time.
  return byCode ? 'REVOKED' : 'CLOSED';
}

export type Shape = Record<string, unknown>;

/** The transaction as codepay, query and notice all show it. */
export function transaction(order: WalletOrder, { appid, mchid }: WechatPayKeys): Shape {
  const state = tradeState(order);
  const base: Shape = {
    appid,
    mchid,
    out_trade_no: order.book.order,
    attach: order.request.attach,
    trade_state: state,
    trade_state_desc: STATE_TEXTS[state],
    trade_type: order.request.kind === 'code' ? 'MICROPAY' : 'NATIVE',
    amount: { total: order.book.amount, currency: 'CNY' },
  };
  if (order.book.paidAt === undefined) return base;
  return {
    ...base,
    transaction_id: order.book.providerId,
    bank_type: 'OTHERS',
    success_time: beijingIso(order.book.paidAt),
    payer: { openid: `oSandbox${order.book.providerId.slice(-20)}` },
    amount: {
      total: order.book.amount,
      payer_total: order.book.amount,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  };
}

const REFUND_STATUS: Readonly<Record<BookedRefund['state'], string>> = {
  processing: 'PROCESSING',
  done: 'SUCCESS',
  failed: 'CLOSED',
  undone: 'CLOSED',
  held: 'ABNORMAL',
};

export function refundShape(order: WalletOrder, refund: BookedRefund): Shape {
  const done = refund.state === 'done';
  return {
    refund_id: refundNumber(order, refund),
    out_refund_no: refund.id,
    transaction_id: order.book.providerId,
    out_trade_no: order.book.order,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    ...(done ? { success_time: beijingIso(refund.at) } : {}),
    create_time: beijingIso(refund.at),
    status: REFUND_STATUS[refund.state],
    funds_account: 'AVAILABLE',
    amount: {
      total: order.book.amount,
      refund: refund.amount,
      payer_total: order.book.amount,
      payer_refund: refund.amount,
      settlement_refund: refund.amount,
      settlement_total: order.book.amount,
      discount_refund: 0,
      currency: 'CNY',
    },
  };
}

/** WeChat Pay's own number of a refund. */
export function refundNumber(order: WalletOrder, refund: BookedRefund): string {
  return `50${order.book.providerId}${String(order.book.refunds.indexOf(refund)).padStart(2, '0')}`;
}

/** Takes one fen from the amounts of a shape. */
export function lieAboutAmount(value: Shape): void {
  const amount = value['amount'];
  if (typeof amount !== 'object' || amount === null) return;
  const less = Object.entries(amount).map(([name, each]) => [
    name,
    typeof each === 'number' ? each - 1 : each,
  ]);
  value['amount'] = Object.fromEntries(less);
}
