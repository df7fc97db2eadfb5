import { type AttemptState, isUnresolved } from '../../domain/attempt.ts';
import type { EntryDraft } from '../../domain/entry.ts';
import { sum } from '../../domain/money.ts';
import { type CompletedSale, due, type OpenSale } from '../../domain/sale.ts';
import type { SalePayment } from '../../domain/tender.ts';
import { entriesAround } from '../payment/entries-around.ts';
import type { Payment } from '../payment/payment.ts';

/** What the journal must know to write an attempt of a sale down. */
export interface SaleInHand {
  readonly sale: OpenSale;
  /** Approved already, by other attempts. */
  readonly paid: readonly SalePayment[];
  /** True when `sale.opened` is in the journal. */
  readonly opened: boolean;
}

/**
 * What an attempt's move is written as. The sale is opened together with the first durable state of its first attempt, and
 * completed together with the approval that makes it whole: no crash can leave the one without the other.
 */
export function draftsOf(payment: Payment, before: Payment, inHand: SaleInHand): readonly EntryDraft[] {
  const { saleId } = payment.attempt;
  const opened: readonly EntryDraft[] = inHand.opened ? [] : [{ type: 'sale.opened', body: inHand.sale }];
  const completed = completedBy(payment, inHand);
  const drafts = entriesAround(payment, before, {
    first: opened,
    last: completed === undefined ? [] : [{ type: 'sale.completed', body: completed }],
  });
  const isUnpaid = payment.at === 'declined' || payment.at === 'reversed' || payment.at === 'refunded';
  if (!isUnpaid || !closesSale(payment, inHand)) return drafts;
  return [...drafts, { type: 'sale.voided', body: { saleId, reason: payment.at } }];
}

/** Cash that was not received ends a sale that nothing else was paid for; a card that was declined only asks for another. */
export const closesSale = (payment: Payment, { paid }: SaleInHand): boolean =>
  payment.attempt.tender === 'cash' && paid.length === 0;

/** How an attempt ended without money; undefined when it brought some or has not ended. */
export function unpaidEnd(payment: Payment) {
  const { at } = payment;
  if (at !== 'declined' && at !== 'abandoned' && at !== 'reversed' && at !== 'refunded') return undefined;
  return { result: at, ...(payment.reason === undefined ? {} : { reason: payment.reason }) };
}

/** What an approved attempt brought. */
export function paymentOf({ attempt, approval }: Pick<Payment, 'attempt' | 'approval'>): SalePayment {
  const { attemptId, tender, method, amount, tendered, account } = attempt;
  return {
    attemptId,
    tender,
    ...(method === undefined ? {} : { method }),
    amount,
    ...(tendered === undefined ? {} : { tendered }),
    ...(account === undefined ? {} : { account }),
    ...(approval === undefined ? {} : { approval }),
  };
}

/** The paid sale, when this approval makes it whole. */
function completedBy(payment: Payment, { sale, paid }: SaleInHand): CompletedSale | undefined {
  const payments = [...paid, paymentOf(payment)];
  return sum(payments.map((each) => each.amount)) === due(sale) ? { ...sale, payments } : undefined;
}

/** States in which a stored attempt must be taken up again when the till starts. */
export const needsRecovery = (state: AttemptState): boolean => state === 'prepared' || isUnresolved(state);
