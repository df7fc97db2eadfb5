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
import { rfc3339Ms } from '../shared/shop-time.ts';
import type { WechatpayConfig } from './config.ts';
import { ProblemSchema, type Transaction, type WechatRefund } from './messages.ts';

type Identity = Pick<WechatpayConfig, 'merchantId' | 'appId' | 'demo'>;

/**
 * Error codes by which WeChat Pay says that this request booked nothing and never will. v2 and v3 spell the same code with and
 * without underscores, so they are compared without. Everything that is not here is doubt:
 * `SYSTEM_ERROR`, `BANK_ERROR`, `FREQUENCY_LIMITED`, `INVALID_REQUEST` (also said of a number used before), `OUT_TRADE_NO_USED`,
 * `ORDER_PAID`, `SIGN_ERROR`.
 */
const PAY_REFUSED = new Set(
  [
    'AUTH_CODE_EXPIRE',
    'AUTH_CODE_EXPIRED',
    'AUTH_CODE_ERROR',
    'AUTH_CODE_INVALID',
    'NOT_ENOUGH',
    'NOT_SUPORT_CARD', // Spelt so by WeChat Pay.
    'NOT_SUPPORT_CARD',
    'NO_AUTH',
    'RULE_LIMIT',
    'BUYER_MISMATCH',
    'TRADE_ERROR',
    'PAY_ERROR',
    'PARAM_ERROR',
    'APPID_MCHID_NOT_MATCH',
    'MCH_NOT_EXISTS',
    'ACCOUNT_ERROR',
    'CONTRACT_ERROR',
  ].map(bare),
);

const REFUND_REFUSED = new Set(
  [
    'NOT_ENOUGH',
    'PARAM_ERROR',
    'INVALID_REQUEST',
    'NO_AUTH',
    'MCH_NOT_EXISTS',
    'RESOURCE_NOT_EXISTS',
    'USER_ACCOUNT_ABNORMAL',
    'TRADE_OVERDUE',
  ].map(bare),
);

const ABSENT = new Set(['ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS'].map(bare));

function bare(code: string): string {
  return code.toUpperCase().replaceAll('_', '');
}

/** The signed error code of an answer; undefined when it has none. */
export function problemCode(body: unknown): string | undefined {
  const problem = z.safeParse(ProblemSchema, body);
  return problem.success ? problem.data.code : undefined;
}

/** What a signed error says about a payment that was asked for. */
export function payProblem(body: unknown): Outcome {
  const code = problemCode(body);
  if (code === undefined) return doubt('malformed-answer');
  if (bare(code) === 'USERPAYING') return waiting('userpaying');
  return PAY_REFUSED.has(bare(code)) ? declined(code) : unknown(code);
}

/** What a signed error says about an inquiry: only 'there is no such order' means anything. */
export function queryProblem(body: unknown): Outcome {
  const code = problemCode(body);
  if (code === undefined) return doubt('malformed-answer');
  return ABSENT.has(bare(code)) ? NOT_FOUND : unknown(code);
}

/** What a signed error says about an undo. `expired`: WeChat Pay will not undo it any more, so the order's own state decides. */
export function reverseProblem(body: unknown): Outcome | 'expired' {
  const code = problemCode(body);
  if (code === undefined) return doubt('malformed-answer');
  switch (bare(code)) {
    case 'USERPAYING':
    case 'SYSTEMERROR':
    case 'BANKERROR':
    case 'FREQUENCYLIMITED':
      return doubt('reverse-needs-retry');
    case 'ORDERREVERSED':
    case 'ORDERCLOSED':
      return REVERSED;
    case 'REVERSEEXPIRE':
    case 'ORDERPAID':
    case 'TRADEERROR':
      return 'expired';
    default:
      return ABSENT.has(bare(code)) ? NOT_FOUND : unknown(code);
  }
}

export function refundProblem(body: unknown): Outcome {
  const code = problemCode(body);
  if (code === undefined) return doubt('malformed-answer');
  return REFUND_REFUSED.has(bare(code)) ? declined(code) : unknown(code);
}

/** What a signed transaction says about this very order. */
export function transactionOutcome(order: Order, said: Transaction, who: Identity): Outcome {
  if (said.mchid !== who.merchantId || (said.appid !== undefined && said.appid !== who.appId))
    return doubt('other-merchant');
  if (said.out_trade_no !== order.reference) return doubt('other-order');
  switch (said.trade_state) {
    case 'SUCCESS':
    case 'REFUND': // Paid; what went back later is another order's business.
      return said.amount?.total === order.amount && (said.amount.currency ?? 'CNY') === order.currency
        ? approved(transactionApproval(said, who))
        : doubt('amount-mismatch');
    case 'USERPAYING':
    case 'NOTPAY':
    case 'ACCEPT':
      return waiting(said.trade_state);
    case 'PAYERROR':
      return declined(said.trade_state);
    case 'CLOSED':
    case 'REVOKED':
      return REVERSED;
    default:
      return unknown(said.trade_state);
  }
}

/** Fields that the channel spells differently from what a slip can hold are left out rather than refused. */
export function transactionApproval(said: Transaction, who: Identity): Approval {
  return cleanApproval({
    channelId: said.transaction_id,
    payer: maskedPayer(said.payer?.openid),
    merchantNumber: said.mchid,
    issuer: said.bank_type,
    paidAt: rfc3339Ms(said.success_time),
    demo: who.demo === true ? true : undefined,
  });
}

/** What a signed refund says about this very refund. */
export function refundOutcome(order: Order, said: WechatRefund, who: Identity): Outcome {
  if (said.out_refund_no !== order.reference) return doubt('other-order');
  if (said.amount.refund !== order.amount || (said.amount.currency ?? 'CNY') !== order.currency)
    return doubt('amount-mismatch');
  switch (said.status) {
    case 'SUCCESS':
      return approved(
        cleanApproval({
          channelId: said.refund_id,
          merchantNumber: who.merchantId,
          paidAt: rfc3339Ms(said.success_time),
          demo: who.demo === true ? true : undefined,
        }),
      );
    case 'PROCESSING':
      return waiting('refund-processing');
    case 'CLOSED':
      return declined('refund-closed');
    default: // ABNORMAL: the customer's bank took it back; a person must give the money another way.
      return unknown(`refund-${said.status}`);
  }
}
