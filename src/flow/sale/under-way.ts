import { type Attempt, purposeOf } from '../../domain/attempt.ts';
import type { OpenSale } from '../../domain/sale.ts';
import { isByHand, type SalePayment } from '../../domain/tender.ts';
import type { LivePayment } from '../attempts-service.ts';
import type { Payment } from '../payment/payment.ts';
import type { CheckoutModel } from './checkout-model.ts';

/** Only the cashier can tell whether the money came. Of money that goes back only who counts the drawer can. */
export const isQuestion = (attempt: Attempt, at: Payment['at']): boolean =>
  purposeOf(attempt) === 'sale' &&
  isByHand(attempt.tender) &&
  (at === 'inquiring' || at === 'unknown' || at === 'stuck');

/** It cannot take the customer's money any more. */
const UNDOING: readonly Payment['at'][] = ['reversing', 'approved-late', 'refund-due'];
export const isUndoing = (at: Payment['at']): boolean => UNDOING.includes(at);

/** The screen of an attempt that the desk has in hand. */
export const underWay = (
  sale: OpenSale,
  paid: readonly SalePayment[],
  live: LivePayment,
): Extract<CheckoutModel, { at: 'paying' | 'asking' }> => {
  const { attempt, state } = live;
  return { at: isQuestion(attempt, state) ? 'asking' : 'paying', sale, paid, attempt, state, live };
};

/**
 * True when the screen is that of another attempt, which may still take money: one that is being undone beside it must not push
 * it away, or nobody would answer it.
 */
export const isElsewhere = (model: CheckoutModel, attempt: Attempt): boolean =>
  (model.at === 'asking' || (model.at === 'paying' && !isUndoing(model.state))) &&
  model.attempt.attemptId !== attempt.attemptId;
