import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { LineId, OperatorId, RefundId } from '../../domain/ids.ts';
import { type Currency, ZERO } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { OpenSale } from '../../domain/sale.ts';
import { type Around, entriesAround } from '../payment/entries-around.ts';
import type { Payment } from '../payment/payment.ts';
import { paymentOf } from '../sale/commit.ts';

/** A completion takes money for something sold: a sale with one line. */
export function saleOfCompletion(attempt: Attempt, day: BusinessDay, lineId: LineId): OpenSale {
  const { saleId, currency, amount } = attempt;
  const line = { id: lineId, name: '', quantityMilli: 1000, price: amount, amount };
  return { saleId, day, currency, lines: [line], subtotal: amount, rounding: ZERO, total: amount };
}

/** The entries of a completion: the sale is opened and completed with it. A refused one voids the sale again. */
export function completionEntries(next: Payment, before: Payment, sale: OpenSale) {
  const around: Around = {
    first: [{ type: 'sale.opened', body: sale }],
    last: [{ type: 'sale.completed', body: { ...sale, payments: [paymentOf(next)] } }],
  };
  const entries = entriesAround(next, before, around);
  const isUnpaid = next.at === 'declined' || next.at === 'reversed' || next.at === 'refunded';
  if (!isUnpaid) return entries;
  return [...entries, { type: 'sale.voided', body: { saleId: sale.saleId, reason: next.at } } as const];
}

/** Cancelling a completion takes its sale back whole. */
export function voidOfCompletion(
  attempt: Attempt,
  { refundId, day, grantedBy }: { refundId: RefundId; day: BusinessDay; grantedBy: OperatorId },
): Refund {
  const { saleId, currency, amount, attemptId, tender, method, original } = attempt;
  if (original === undefined) throw new TypeError('a cancellation names what it cancels');
  const part = { attemptId, original, tender, ...(method === undefined ? {} : { method }), amount };
  return { refundId, saleId, kind: 'void', day, currency, lines: [], amount, parts: [part], grantedBy };
}

export const voidEntries = (next: Payment, before: Payment, refund: Refund) => {
  const entries = entriesAround(next, before, {
    first: [{ type: 'refund.opened', body: refund }],
    last: [{ type: 'refund.completed', body: refund }],
  });
  const isUndone = next.at === 'declined' || next.at === 'reversed';
  const { refundId, saleId } = refund;
  return isUndone
    ? [...entries, { type: 'refund.voided', body: { refundId, saleId, reason: next.at } } as const]
    : entries;
};

/** A tip counts for the day on which it was given. */
export const tipEntries = (
  next: Payment,
  before: Payment,
  { day, currency }: { readonly day: BusinessDay; readonly currency: Currency },
) =>
  entriesAround(next, before, {
    first: [],
    last: [
      { type: 'tip.added', body: { saleId: next.attempt.saleId, day, currency, payment: paymentOf(next) } },
    ],
  });

/** True when a tip has been, or may have been, given on the payment. */
export function hasTip(entries: readonly SignedEntry[], original: string): boolean {
  const open = new Set<string>();
  for (const { entry } of entries) {
    if (!('attempt' in entry.body)) continue;
    const { attemptId, purpose, original: of } = entry.body.attempt;
    if (purpose !== 'tip' || of !== original) continue;
    if (entry.type === 'attempt.declined' || entry.type === 'attempt.reversed') open.delete(attemptId);
    else open.add(attemptId);
  }
  return open.size > 0;
}
