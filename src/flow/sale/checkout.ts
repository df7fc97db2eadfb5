import { EMPTY_ENTRY } from '../../domain/amount-entry.ts';
import type { SaleId } from '../../domain/ids.ts';
import type { Minor } from '../../domain/money.ts';
import type { CheckoutEvent } from '../checkout-service.ts';
import type { Payment } from '../payment/payment.ts';
import {
  type CheckoutContext,
  type CheckoutModel,
  type CheckoutStep,
  EMPTY_CHECKOUT,
  type InnerEvent,
  setAside,
} from './checkout-model.ts';
import { edit } from './editing.ts';
import { tender } from './tendering.ts';
import { tenderingOf } from './tendering-model.ts';
import { isElsewhere, isQuestion, isUndoing, underWay } from './under-way.ts';

/** The next state of the sale in hand, and what to do beside it. Pure. */
export function step(
  model: CheckoutModel,
  event: CheckoutEvent | InnerEvent,
  context: CheckoutContext,
): CheckoutStep {
  const inner = takeInner(model, event);
  if (inner !== undefined) return inner;
  switch (model.at) {
    case 'editing':
      return edit(model, event, context);
    case 'tendering':
      return tender(model, event, context);
    case 'asking':
      return event.type === 'answer'
        ? [model, [{ type: 'answer', attempt: model.attempt, received: event.received }]]
        : [model, []];
    case 'paying': // A second tap, a key: the money is on its way, and only asking, undoing or leaving it mean anything.
      if (event.type === 'inquire-now' || event.type === 'reverse')
        return [model, [{ type: event.type, attempt: model.attempt }]];
      // While an attempt is being undone the customer may pay another way.
      if (event.type === 'back' && isUndoing(model.state))
        return [tenderingOf(model.sale, model.paid, true), []];
      return event.type === 'set-aside' && model.live !== undefined ? setAside(model) : [model, []];
    case 'refused':
      return event.type === 'next' ? [tenderingOf(model.sale, model.paid, true), []] : [model, []];
    case 'unsaved':
      return event.type === 'print' ? printed(model, 'unsaved') : [model, []];
    case 'done':
      if (event.type === 'next') return [EMPTY_CHECKOUT, []];
      return event.type === 'print' ? printed(model, 'sale') : [model, []];
    default:
      return model satisfies never;
  }
}

const printed = (
  model: Extract<CheckoutModel, { at: 'unsaved' | 'done' }>,
  of: 'sale' | 'unsaved',
): CheckoutStep =>
  model.slip.at === 'printing'
    ? [model, []]
    : [{ ...model, slip: { at: 'printing' } }, [{ type: 'print', of }]];

/** The sale that is on the screen, if there is one that money moves for. */
const inHand = (model: CheckoutModel): SaleId | undefined =>
  'sale' in model ? model.sale.saleId : undefined;

/** Reports from the edge. Those of a sale that was set aside change nothing here. */
function takeInner(model: CheckoutModel, event: CheckoutEvent | InnerEvent): CheckoutStep | undefined {
  switch (event.type) {
    case 'payment-moved':
      return moved(model, event.saleId, event.payment);
    case 'live':
      return model.at === 'paying' && model.attempt.attemptId === event.live.attempt.attemptId
        ? [{ ...model, live: event.live, state: event.live.state }, []]
        : [model, []];
    case 'intent-refused':
      return model.at === 'paying' && model.sale.saleId === event.saleId
        ? [tenderingOf(model.sale, model.paid, model.paid.length > 0, event.reason), []]
        : [model, []];
    case 'save-refused': {
      const slip = model.at === 'unsaved' ? model.slip : ({ at: 'idle' } as const);
      const { sale, attempt, reason: trouble, tries } = event;
      return [{ at: 'unsaved', sale, attempt, trouble, tries, slip }, []];
    }
    case 'completed':
      return completed(event);
    case 'part-paid':
      return inHand(model) === event.sale.saleId
        ? [tenderingOf(event.sale, event.paid, true), []]
        : [model, []];
    case 'not-paid':
      return notPaid(model, event);
    case 'given-up':
      if (inHand(model) !== event.sale.saleId) return [model, []];
      return event.paid.length > 0
        ? [tenderingOf(event.sale, event.paid, true, 'money-not-back'), []]
        : [{ ...EMPTY_CHECKOUT, lines: event.sale.lines }, []];
    case 'still-open':
      return inHand(model) === event.sale.saleId
        ? [underWay(event.sale, event.paid, event.live), []]
        : [model, []];
    case 'resume':
      return model.at === 'editing' || model.at === 'done'
        ? [tenderingOf(event.sale, event.paid, true), []]
        : [model, []];
    case 'slip':
      return model.at === 'done' || model.at === 'unsaved'
        ? [{ ...model, slip: event.slip }, []]
        : [model, []];
    default:
      return undefined;
  }
}

function moved(model: CheckoutModel, saleId: SaleId, { attempt, at }: Payment): CheckoutStep {
  // Approved is shown as `completed` or `part-paid`, with what it comes to.
  if (at === 'draft' || at === 'approved' || !('sale' in model) || model.sale.saleId !== saleId)
    return [model, []];
  if (model.at === 'unsaved' || isElsewhere(model, attempt)) return [model, []];
  const { sale } = model;
  const paid = 'paid' in model ? model.paid : [];
  const live = model.at === 'paying' && model.live !== undefined ? { live: model.live } : {};
  return [{ at: isQuestion(attempt, at) ? 'asking' : 'paying', sale, paid, attempt, state: at, ...live }, []];
}

function completed(event: Extract<InnerEvent, { type: 'completed' }>): CheckoutStep {
  const { saleId, number, total, payments, receiptUrl, recovered } = event;
  const cash = payments.findLast((payment) => payment.tendered !== undefined);
  const tendered = (cash?.tendered ?? total) as Minor;
  const change = (cash === undefined ? 0 : tendered - cash.amount) as Minor;
  const done = {
    at: 'done',
    saleId,
    number,
    total,
    payments,
    tendered,
    change,
    receiptUrl,
    recovered,
  } as const;
  return [{ ...done, slip: { at: 'idle' } }, [{ type: 'keep-draft', lines: [], entry: EMPTY_ENTRY }]];
}

function notPaid(model: CheckoutModel, event: Extract<InnerEvent, { type: 'not-paid' }>): CheckoutStep {
  const { sale, attempt, result, reason, recovered, closed } = event;
  if (inHand(model) !== sale.saleId) return [model, []];
  // After a restart the customer has gone: the basket is not offered for payment again by itself.
  if (closed) return [recovered ? EMPTY_CHECKOUT : { ...EMPTY_CHECKOUT, lines: sale.lines }, []];
  if (isElsewhere(model, attempt)) return [model, []];
  const paid = 'paid' in model ? model.paid : [];
  return [{ at: 'refused', sale, paid, attempt, result, ...(reason === undefined ? {} : { reason }) }, []];
}
