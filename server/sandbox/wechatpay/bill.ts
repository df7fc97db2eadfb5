import { type BookedRefund, listedRefunds } from '../books.ts';
import type { WalletOrder } from '../wallet/wallet.ts';
import { beijingDay, beijingStamp } from '../world.ts';
import { refundNumber } from './shapes.ts';
import type { WechatPayKeys } from './signing.ts';

const COLUMNS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
/** 0.60 %, the usual rate of a shop; in ten-thousandths. */
const RATE = 60;

const yuan = (fen: number): string => (fen / 100).toFixed(2);
const fee = (fen: number): number => Math.round((fen * RATE) / 10_000);

/** One line of the bill, or undefined when the event is of another day. */
interface Line {
  readonly at: number;
  readonly text: string;
  readonly paid: number;
  readonly refunded: number;
}

/** The trade bill of one day (Beijing), or undefined when nothing happened. Payments by success time, refunds by acceptance. */
export function tradeBill(
  orders: readonly WalletOrder[],
  day: string,
  keys: WechatPayKeys,
): string | undefined {
  const lines = orders
    .flatMap((order) => orderLines(order, keys))
    .filter((line) => beijingDay(line.at) === day)
    .sort((a, b) => a.at - b.at);
  if (lines.length === 0) return undefined;
  const paid = lines.reduce((sum, line) => sum + line.paid, 0);
  const refunded = lines.reduce((sum, line) => sum + line.refunded, 0);
  const fees = lines.reduce((sum, line) => sum + fee(line.paid) - fee(line.refunded), 0);
  const totals = [
    String(lines.length),
    yuan(paid),
    yuan(refunded),
    '0.00',
    (fees / 100).toFixed(5),
    yuan(paid),
    yuan(refunded),
  ];
  return `${[COLUMNS, ...lines.map((line) => line.text), TOTALS, ticked(totals)].join('\r\n')}\r\n`;
}

function orderLines(order: WalletOrder, keys: WechatPayKeys): Line[] {
  if (order.book.paidAt === undefined) return [];
  const { paid, paidAt } = order.book;
  const sale: Line = { at: paidAt, paid, refunded: 0, text: row(order, keys, paidAt, undefined) };
  const back = listedRefunds(order.book).map(
    (refund): Line => ({
      at: refund.at,
      paid: 0,
      refunded: refund.amount,
      text: row(order, keys, refund.at, refund),
    }),
  );
  return [sale, ...back];
}

function row(order: WalletOrder, keys: WechatPayKeys, at: number, refund: BookedRefund | undefined): string {
  const state = refund === undefined ? 'SUCCESS' : refund.kind === 'reversal' ? 'REVOKED' : 'REFUND';
  const back = refund?.amount ?? 0;
  const taken = refund === undefined ? order.book.paid : 0;
  return ticked([
    beijingStamp(at),
    keys.appid,
    keys.mchid,
    '0',
    '',
    order.book.providerId,
    order.book.order,
    `oSandbox${order.book.providerId.slice(-20)}`,
    order.request.kind === 'code' ? 'MICROPAY' : 'NATIVE',
    state,
    'OTHERS',
    'CNY',
    yuan(taken),
    '0.00',
    refund === undefined ? '0' : refundNumber(order, refund),
    refund === undefined || refund.kind === 'reversal' ? '0' : refund.id,
    yuan(back),
    '0.00',
    refund === undefined ? '' : 'ORIGINAL',
    refund === undefined ? '' : refund.state === 'done' ? 'SUCCESS' : 'PROCESSING',
    order.request.subject.replaceAll(',', ' '),
    order.request.attach.replaceAll(',', ' '),
    ((fee(taken) - fee(back)) / 100).toFixed(5),
    '0.60%',
    yuan(taken),
    yuan(back),
    '',
  ]);
}

/** WeChat Pay puts a back tick before every value so that spreadsheets keep long numbers. */
const ticked = (values: readonly string[]): string => values.map((each) => `\`${each}`).join(',');
