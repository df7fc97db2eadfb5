import type { BookedRefund } from '../books.ts';
import type { WalletOrder } from '../wallet/wallet.ts';
import { beijingStamp } from '../world.ts';

export type Shape = Record<string, unknown>;

/** Fen to yuan with two decimals: the only form Alipay takes. */
export const yuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Yuan text to fen; undefined when it is no positive amount with at most two decimals. */
export function fen(text: unknown): number | undefined {
  if (typeof text !== 'string' && typeof text !== 'number') return undefined;
  const [, whole = '', part = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(String(text)) ?? [];
  if (whole === '') return undefined;
  const value = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return value > 0 ? value : undefined;
}

export const success = (more: Shape = {}): Shape => ({ code: '10000', msg: 'Success', ...more });
export const failed = (subCode: string, subMessage: string, more: Shape = {}): Shape => ({
  code: '40004',
  msg: 'Business Failed',
  sub_code: subCode,
  sub_msg: subMessage,
  ...more,
});
export const unavailable = (): Shape => ({
  code: '20000',
  msg: 'Service Currently Unavailable',
  sub_code: 'aop.ACQ.SYSTEM_ERROR',
  sub_msg: '系统异常',
});
export const invalid = (code: string, subCode: string, subMessage: string): Shape => ({
  code,
  msg: code === '40001' ? 'Missing Required Arguments' : 'Invalid Arguments',
  sub_code: subCode,
  sub_msg: subMessage,
});

export function tradeStatus({ book, scanned, request }: WalletOrder): string | undefined {
  if (book.state === 'paid') return book.refunded === book.paid ? 'TRADE_CLOSED' : 'TRADE_SUCCESS';
  if (book.state === 'declined' && book.reason !== 'customer-cancelled') return undefined;
  // A shown code makes a trade only when somebody scans it.
  if (request.kind === 'qr' && !scanned && book.state !== 'reversed') return undefined;
  return book.state === 'waiting' ? 'WAIT_BUYER_PAY' : 'TRADE_CLOSED';
}

/** Who paid what, as pay and query show it. */
export function tradeShape(order: WalletOrder): Shape {
  const { book } = order;
  const total = yuan(book.amount);
  const base: Shape = {
    trade_no: book.providerId,
    out_trade_no: book.order,
    buyer_logon_id: '159****5620',
    buyer_user_id: '2088102175953034',
    total_amount: total,
  };
  if (book.paidAt === undefined) return base;
  return {
    ...base,
    receipt_amount: total,
    buyer_pay_amount: total,
    point_amount: '0.00',
    invoice_amount: total,
    gmt_payment: beijingStamp(book.paidAt),
    fund_bill_list: [{ fund_channel: 'ALIPAYACCOUNT', amount: total }],
  };
}

export function refundShape(order: WalletOrder, refund: BookedRefund, changed: boolean): Shape {
  return {
    trade_no: order.book.providerId,
    out_trade_no: order.book.order,
    buyer_logon_id: '159****5620',
    buyer_user_id: '2088102175953034',
    fund_change: changed ? 'Y' : 'N',
    refund_fee: yuan(order.book.refunded),
    gmt_refund_pay: beijingStamp(refund.at),
  };
}

const MONEY = [
  'total_amount',
  'receipt_amount',
  'buyer_pay_amount',
  'invoice_amount',
  'refund_fee',
  'refund_amount',
];

/** One fen less wherever money stands. */
export function lieAboutAmount(shape: Shape): void {
  for (const name of MONEY) {
    const value = fen(shape[name]);
    if (value !== undefined) shape[name] = yuan(value - 1);
  }
}
