import * as z from 'zod/mini';
import type { Approval } from '../../../../src/domain/approval.ts';
import type { Order, Outcome } from '../acquirer.ts';
import { cleanApproval } from '../shared/approvals.ts';
import {
  approved,
  declined,
  doubt,
  maskedPayer,
  NOT_FOUND,
  REVERSED,
  unknown,
  waiting,
} from '../shared/outcomes.ts';
import { beijingMs } from '../shared/shop-time.ts';
import { fenOf } from '../shared/yuan.ts';
import type { AlipayAnswer } from './client.ts';
import type { AlipayConfig } from './config.ts';
import { CodeSchema, type Trade } from './messages.ts';

type Identity = Pick<AlipayConfig, 'sellerId' | 'demo'>;

/** Gateway codes: done, waiting for the buyer, system busy, business failure. The rest refuse the request as such. */
export const DONE = '10000';
const WAITING = '10003';
const BUSY = '20000';

/** Failures that leave it open whether an order was booked. */
const OPEN_FAILURES = new Set([
  'ACQ.SYSTEM_ERROR',
  'ACQ.TRADE_HAS_SUCCESS',
  'ACQ.TRADE_HAS_CLOSE',
  'ACQ.CONTEXT_INCONSISTENT',
  'ACQ.ERROR_REQUEST_TIMEOUT',
  'isp.unknow-error',
  'aop.unknow-error',
]);
const ABSENT = 'ACQ.TRADE_NOT_EXIST';

/** Cancel refused for good: it is too late, or the trade is in another state. The trade's own state decides then. */
const CANCEL_REFUSED = new Set([
  'ACQ.TRADE_CANCEL_TIME_OUT',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.REASON_TRADE_STATUS_INVALID',
  'ACQ.REASON_ILLEGAL_STATUS',
]);

/** What no answer, or none that counts, says: nothing. The gateway's own error is told by its code, for whoever reads the log. */
export const faultOutcome = (answer: Extract<AlipayAnswer, { readonly fault: string }>): Outcome =>
  answer.fault === 'gateway-error' ? unknown(`gateway-${answer.code}`) : doubt(answer.fault);

export interface GatewayCode {
  readonly code: string;
  readonly sub: string;
}

export function gatewayCode(body: unknown): GatewayCode | undefined {
  const said = z.safeParse(CodeSchema, body);
  return said.success ? { code: said.data.code, sub: said.data.sub_code ?? '' } : undefined;
}

const isOpen = ({ code, sub }: GatewayCode): boolean =>
  code === BUSY || OPEN_FAILURES.has(sub) || sub.startsWith('isp.') || sub.startsWith('aop.');

const nameOf = ({ code, sub }: GatewayCode): string => sub || code;

/** What anything but 10000 says about a payment or refund that was asked for. 10003 is the buyer's password. */
export function askProblem(said: GatewayCode): Outcome {
  if (said.code === WAITING) return waiting('wait-buyer-pay');
  return isOpen(said) ? unknown(nameOf(said)) : declined(nameOf(said));
}

/** What anything but 10000 says about an inquiry. A shown code is no trade yet until somebody scans it. */
export function queryProblem(said: GatewayCode, order: Order): Outcome {
  if (said.sub !== ABSENT) return unknown(nameOf(said));
  return order.method === 'shop-code' && order.purpose === 'sale' ? waiting('not-scanned') : NOT_FOUND;
}

/** What anything but 10000 says about an undo. `refused`: ask for the trade's state. */
export function cancelProblem(said: GatewayCode): Outcome | 'refused' | 'absent' {
  if (said.sub === ABSENT) return 'absent';
  if (CANCEL_REFUSED.has(said.sub)) return 'refused';
  return isOpen(said) ? doubt('reverse-needs-retry') : unknown(nameOf(said));
}

/** What a signed trade says about this very order. `paid`: the answer to trade.pay carries no status, 10000 is the status. */
export function tradeOutcome(order: Order, said: Trade, who: Identity, paid = false): Outcome {
  if (said.out_trade_no !== order.reference) return doubt('other-order');
  if (said.seller_id !== undefined && said.seller_id !== who.sellerId) return doubt('other-merchant');
  switch (paid ? 'TRADE_SUCCESS' : said.trade_status) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return fenOf(said.total_amount) === order.amount
        ? approved(tradeApproval(said, who))
        : doubt('amount-mismatch');
    case 'WAIT_BUYER_PAY':
      return waiting('wait-buyer-pay');
    case 'TRADE_CLOSED':
      return REVERSED;
    default:
      return said.trade_status === undefined ? doubt('malformed-answer') : unknown(said.trade_status);
  }
}

function tradeApproval(said: Trade, who: Identity): Approval {
  return cleanApproval({
    channelId: said.trade_no,
    payer: maskedPayer(said.buyer_logon_id),
    merchantNumber: who.sellerId,
    paidAt: beijingMs(said.gmt_payment) ?? beijingMs(said.send_pay_date),
    demo: who.demo === true ? true : undefined,
  });
}

/** A refund that is through. The channel's own number is the trade's: Alipay gives a refund none. */
export function refundApproval(
  said: { trade_no?: string | undefined; gmt_refund_pay?: string | undefined },
  who: Identity,
): Approval {
  return cleanApproval({
    channelId: said.trade_no,
    merchantNumber: who.sellerId,
    paidAt: beijingMs(said.gmt_refund_pay),
    demo: who.demo === true ? true : undefined,
  });
}
