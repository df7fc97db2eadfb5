import { EMPTY_ENTRY, pressKey } from '../../domain/amount-entry.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { Minor } from '../../domain/money.ts';
import type { OpenSale } from '../../domain/sale.ts';
import { type CheckoutEvent, tenderOf } from '../checkout-service.ts';
import type { CheckoutContext, CheckoutStep, InnerEvent } from './checkout-model.ts';
import { EMPTY_CHECKOUT, setAside } from './checkout-model.ts';
import { askedOf, givenSoFar, remainingOf, type Tendering, typed } from './tendering-model.ts';

/** What the cashier does while the customer pays. */
export function tender(
  model: Tendering,
  event: CheckoutEvent | InnerEvent,
  context: CheckoutContext,
): CheckoutStep {
  if (model.givingUp) return event.type === 'set-aside' ? setAside(model) : [model, []];
  switch (event.type) {
    case 'key': {
      const entry = pressKey(model.entry, event.key, context.currency);
      return entry === model.entry ? [model, []] : [{ ...clean(model), entry }, []];
    }
    case 'clear':
      return [{ ...clean(model), entry: EMPTY_ENTRY }, []];
    case 'choose':
      return choose(model, event.way, context);
    case 'type-into': {
      // The tip is part of the sale's figures, which stand once the journal knows them.
      if (event.field === 'tip' && model.opened) return [model, []];
      return [{ ...clean(model), typing: event.field, entry: EMPTY_ENTRY }, []];
    }
    case 'tendered':
      return payCash(model, event.amount, context);
    case 'confirm-cash':
      return model.typing === 'tendered'
        ? payCash(model, givenSoFar(model, context.currency), context)
        : typedIn(model, context);
    case 'confirm':
      return model.typing === 'tendered' ? confirm(model, event, context) : typedIn(model, context);
    case 'scanned':
      return scanned(model, event.text, context);
    case 'set-aside':
      return model.paid.length > 0 ? setAside(model) : [model, []];
    case 'give-up':
      return giveUp(model);
    case 'back':
      return back(model);
    default:
      return [model, []];
  }
}

function clean(model: Tendering): Tendering {
  const { problem: _, ...rest } = model;
  return rest;
}

const giveUp = (model: Tendering): CheckoutStep => [
  { ...clean(model), givingUp: true },
  [{ type: 'give-up', sale: model.sale, paid: model.paid }],
];

function back(model: Tendering): CheckoutStep {
  if (model.typing !== 'tendered') return [{ ...clean(model), typing: 'tendered', entry: EMPTY_ENTRY }, []];
  if (model.way !== 'cash') return [{ ...clean(model), way: 'cash', entry: EMPTY_ENTRY }, []];
  // Paid in part: leaving it is a decision of its own (set aside, or give up).
  if (model.paid.length > 0) return [{ ...model, problem: 'part-paid' }, []];
  if (model.opened) return giveUp(model);
  const discount = (model.sale.adjustments?.[0]?.amount ?? 0) as Minor;
  return [{ ...EMPTY_CHECKOUT, lines: model.sale.lines, discount }, []];
}

function choose(model: Tendering, way: Tendering['way'], context: CheckoutContext): CheckoutStep {
  const refusal = refusalOf(model, way, context);
  if (refusal !== undefined) return [{ ...model, problem: refusal }, []];
  return [{ ...clean(model), way, typing: 'tendered', entry: EMPTY_ENTRY }, []];
}

function refusalOf(model: Tendering, way: Tendering['way'], context: CheckoutContext): string | undefined {
  const offer = context.offers(askedOf(model), model.paid).find((each) => each.way === way);
  return offer === undefined ? 'not-offered' : offer.refusal;
}

/** A part or a tip that was typed is taken over, and the keypad is the tender's again. */
function typedIn(model: Tendering, context: CheckoutContext): CheckoutStep {
  const amount = typed(model.entry, context.currency);
  const { part: _, ...whole } = clean(model);
  const rest = { ...whole, entry: EMPTY_ENTRY, typing: 'tendered' } as const;
  if (model.typing === 'tip') {
    const { tip: __, ...sale } = model.sale;
    const tipped: OpenSale = amount === undefined || amount <= 0 ? sale : { ...sale, tip: amount };
    return [{ ...rest, sale: tipped }, []];
  }
  if (amount === undefined) return [rest, []];
  if (amount <= 0 || amount > remainingOf(model)) return [{ ...model, problem: 'part-range' }, []];
  return [amount === remainingOf(model) ? rest : { ...rest, part: amount }, []];
}

function payCash(model: Tendering, tendered: Minor, context: CheckoutContext): CheckoutStep {
  if (tendered < askedOf(model)) return [{ ...model, problem: 'too-little' }, []];
  return pay(model, { tender: 'cash', tendered }, context);
}

function confirm(
  model: Tendering,
  event: Extract<CheckoutEvent, { type: 'confirm' }>,
  context: CheckoutContext,
): CheckoutStep {
  const { way } = model;
  if (way === 'cash') return payCash(model, givenSoFar(model, context.currency), context);
  const refusal = refusalOf(model, way, context);
  if (refusal !== undefined) return [{ ...model, problem: refusal }, []];
  if (way === 'customer-code') return [model, []]; // The scan goes ahead, not a button.
  const how = tenderOf(way, event.wallet);
  if (how === undefined) return [model, []];
  const account = event.account?.trim() ?? '';
  if (way === 'credit' || way === 'stored-value') {
    if (account === '') return [{ ...model, problem: 'account-missing' }, []];
    return pay(model, { ...how, account }, context);
  }
  return pay(model, how, context);
}

/** A pay code is taken whatever tile is chosen: it can be nothing else, and works once. */
function scanned(model: Tendering, text: string, context: CheckoutContext): CheckoutStep {
  const wallet = context.walletOf(text.trim());
  if (wallet === undefined) return [{ ...model, problem: 'not-a-pay-code' }, []];
  const refusal = refusalOf(model, 'customer-code', context);
  if (refusal !== undefined) return [{ ...model, problem: refusal }, []];
  return pay(model, { tender: wallet, method: 'customer-code' }, context, text.trim());
}

/** From here on the attempt is in the desk's hands; a second confirmation finds `paying` and means nothing. */
function pay(
  model: Tendering,
  how: Pick<Attempt, 'tender' | 'method' | 'tendered' | 'account'>,
  context: CheckoutContext,
  code?: string,
): CheckoutStep {
  const { sale, paid, opened } = model;
  const amount = askedOf(model);
  const attempt: Attempt = {
    attemptId: context.newAttemptId(),
    saleId: sale.saleId,
    ...how,
    amount,
    currency: sale.currency,
    // The whole tip goes with the attempt that takes all of it.
    ...(sale.tip === undefined || amount !== remainingOf(model) || paid.length > 0 ? {} : { tip: sale.tip }),
  };
  return [
    { at: 'paying', sale, paid, attempt, state: 'prepared' },
    [{ type: 'pay', sale, paid, attempt, opened, ...(code === undefined ? {} : { code }) }],
  ];
}
