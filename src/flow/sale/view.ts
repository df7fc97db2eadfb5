import { add, type Currency, type Minor, subtract, ZERO } from '../../domain/money.ts';
import type { Wallet } from '../../domain/tender.ts';
import type { CheckoutState, TenderOffer } from '../checkout-service.ts';
import type { CheckoutModel } from './checkout-model.ts';
import { runningTotal } from './editing.ts';
import { askedOf, givenSoFar, remainingOf } from './tendering-model.ts';

/** What `view` is told of the world: what can be taken now, and likely sums of notes. */
export interface ViewContext {
  readonly currency: Currency;
  readonly wallets: readonly Wallet[];
  quick(due: Minor): readonly Minor[];
  offers(asked: Minor, paid: Extract<CheckoutState, { at: 'tendering' }>['paid']): readonly TenderOffer[];
}

/** What pages are shown. */
export function view(model: CheckoutModel, context: ViewContext): CheckoutState {
  const { currency } = context;
  switch (model.at) {
    case 'editing': {
      const { entry, lines, discount, problem } = model;
      const total = add(runningTotal(lines, entry, currency), discount);
      return {
        at: 'editing',
        entry,
        lines,
        discount,
        total,
        canUndo: model.removed !== undefined,
        ...(problem === undefined ? {} : { problem }),
      };
    }
    case 'tendering': {
      const { sale, paid, way, entry, typing, problem } = model;
      const asked = askedOf(model);
      const tendered = givenSoFar(model, currency);
      const enough = tendered >= asked;
      return {
        at: 'tendering',
        sale,
        paid,
        remaining: remainingOf(model),
        way,
        offers: context.offers(asked, paid),
        wallets: context.wallets,
        entry,
        typing,
        asked,
        tendered,
        change: enough ? subtract(tendered, asked) : ZERO,
        enough,
        quick: context.quick(asked),
        ...(problem === undefined ? {} : { problem }),
      };
    }
    case 'paying': {
      const { at, sale, paid, attempt, state, live } = model;
      const known = state === 'draft' ? 'prepared' : state;
      return {
        at: at,
        sale,
        paid,
        remaining: remainingOf(model),
        attempt,
        state: known,
        ...(live === undefined ? {} : { live }),
      };
    }
    case 'asking': {
      const { sale, paid, attempt, state } = model;
      return {
        at: 'asking',
        sale,
        paid,
        remaining: remainingOf(model),
        attempt,
        state: state === 'draft' ? 'prepared' : state,
      };
    }
    case 'refused':
      return { ...model, remaining: remainingOf(model) };
    default:
      return model;
  }
}
