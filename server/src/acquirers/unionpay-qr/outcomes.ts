import * as z from 'zod/mini';
import type { Order, Outcome } from '../acquirer.ts';
import { cleanApproval } from '../shared/approvals.ts';
import { approved, declined, doubt, NOT_FOUND, REVERSED, unknown, waiting } from '../shared/outcomes.ts';
import { rfc3339Ms } from '../shared/shop-time.ts';
import type { UnionpayQrConfig } from './config.ts';

type Identity = Pick<UnionpayQrConfig, 'merchantId' | 'demo'>;

const OrderSchema = z.object({
  merchant: z.string(),
  order: z.string(),
  reference: z.optional(z.string()),
  state: z.string(),
  amount: z.int(),
  paid: z.optional(z.int()),
  currency: z.string(),
  voucher: z.optional(z.nullable(z.string())),
  paidAt: z.optional(z.nullable(z.string())),
  qr: z.optional(z.string()),
});

const RefundSchema = z.object({
  merchant: z.string(),
  order: z.string(),
  refund: z.string(),
  reference: z.optional(z.string()),
  amount: z.int(),
  state: z.string(),
  at: z.optional(z.nullable(z.string())),
});

export const DONE = '00';
const IN_PROGRESS = '09';
const NOT_POSSIBLE = '12';
const REFUSED_FOR_GOOD = '21';
const ABSENT = '25';

/** Codes by which the acquirer says that this request booked nothing and never will; named as ISO 8583 field 39. */
const REFUSED = new Set(['05', '13', '14', '30', '51', '54', '57', '61', '62', '65', '91']);
const REFUND_REFUSED = new Set([...REFUSED, NOT_POSSIBLE, REFUSED_FOR_GOOD, ABSENT]);

/** A reason is a word or a host code; two digits alone would be neither. */
const codeWord = (code: string): string => `code-${code}`;

export function payProblem(code: string): Outcome {
  if (code === IN_PROGRESS) return waiting('in-progress');
  return REFUSED.has(code) ? declined(codeWord(code)) : unknown(codeWord(code));
}

export const queryProblem = (code: string): Outcome =>
  code === ABSENT ? NOT_FOUND : unknown(codeWord(code));

/** An unknown number is blocked for ever by a reversal: as good as reversed. `refused`: ask for the order's state. */
export function reverseProblem(code: string): Outcome | 'refused' {
  if (code === ABSENT) return REVERSED;
  if (code === NOT_POSSIBLE || code === REFUSED_FOR_GOOD) return 'refused';
  return code === IN_PROGRESS || code === '96' ? doubt('reverse-needs-retry') : unknown(codeWord(code));
}

/** A close blocks nothing. */
export function closeProblem(code: string): Outcome | 'refused' {
  return code === ABSENT ? NOT_FOUND : reverseProblem(code);
}

export const refundProblem = (code: string): Outcome =>
  REFUND_REFUSED.has(code) ? declined(codeWord(code)) : unknown(codeWord(code));

/** What a signed order says about this very order. */
export function orderOutcome(order: Order, body: unknown, who: Identity): Outcome {
  const said = z.safeParse(z.object({ order: OrderSchema }), body);
  if (!said.success) return doubt('malformed-answer');
  const data = said.data.order;
  if (data.merchant !== who.merchantId) return doubt('other-merchant');
  if (data.order !== order.reference) return doubt('other-order');
  if (data.amount !== order.amount || data.currency !== order.currency) return doubt('amount-mismatch');
  switch (data.state) {
    case 'PAID':
    case 'REFUNDED': // Paid; what went back later is another order's business.
      return data.paid === undefined || data.paid === order.amount
        ? approved(orderApproval(data, who))
        : doubt('amount-mismatch');
    case 'WAITING':
      return waiting('waiting');
    case 'FAILED':
      return declined('failed');
    case 'CLOSED':
    case 'REVERSED':
      return REVERSED;
    default:
      return unknown(data.state);
  }
}

/** The text of the code to show, from the answer to `/v1/orders/qr`. */
export function shownCode(body: unknown): string | undefined {
  return z.safeParse(z.object({ order: OrderSchema }), body).data?.order.qr;
}

/** What a reversal's signed answer says: only the order's state counts, never the action alone. */
export function reversedOutcome(order: Order, body: unknown, who: Identity): Outcome {
  const outcome = orderOutcome(order, body, who);
  return outcome.state === 'reversed' || outcome.state === 'unknown' ? outcome : doubt('reverse-needs-retry');
}

const orderApproval = (data: z.infer<typeof OrderSchema>, who: Identity) =>
  cleanApproval({
    channelId: data.reference,
    merchantNumber: data.merchant,
    trace: data.voucher ?? undefined,
    reference: data.reference,
    paidAt: rfc3339Ms(data.paidAt ?? undefined),
    demo: who.demo === true ? true : undefined,
  });

/** What a signed refund says about this very refund. */
export function refundOutcome(order: Order, body: unknown, who: Identity): Outcome {
  const said = z.safeParse(z.object({ refund: RefundSchema }), body);
  if (!said.success) return doubt('malformed-answer');
  const data = said.data.refund;
  if (data.merchant !== who.merchantId) return doubt('other-merchant');
  if (data.refund !== order.reference) return doubt('other-order');
  if (order.original !== undefined && data.order !== order.original.reference) return doubt('other-order');
  if (data.amount !== order.amount) return doubt('amount-mismatch');
  if (data.state === 'PROCESSING') return waiting('refund-processing');
  if (data.state === 'FAILED') return declined('refund-failed');
  if (data.state !== 'DONE') return unknown(data.state);
  return approved(
    cleanApproval({
      channelId: data.reference,
      reference: data.reference,
      merchantNumber: data.merchant,
      paidAt: rfc3339Ms(data.at ?? undefined),
      demo: who.demo === true ? true : undefined,
    }),
  );
}

export const NoticeSchema = z.object({
  event: z.string(),
  order: z.object({ merchant: z.string(), order: z.string(), amount: z.int(), currency: z.string() }),
});
