import type { CustomerDisplay } from '../../devices/ports.ts';
import type { DisplayContent } from '../../domain/display.ts';
import { type Currency, ZERO } from '../../domain/money.ts';
import type { CheckoutState } from '../checkout-service.ts';
import type { Store } from '../store.ts';

/** The sale in hand as the customer may see it. */
export function shownTo(state: CheckoutState, currency: Currency): DisplayContent {
  switch (state.at) {
    case 'editing':
      return state.total > 0 ? { show: 'amount', amount: state.total, currency } : { show: 'idle' };
    case 'tendering':
    case 'refused':
      return { show: 'amount', amount: state.remaining, currency };
    case 'paying': {
      const { amount } = state.attempt;
      const waiting = state.live?.waiting;
      return waiting?.for === 'customer-scan'
        ? { show: 'code', text: waiting.code, amount, currency, untilAt: waiting.expiresAt }
        : { show: 'waiting', amount, currency };
    }
    case 'asking':
    case 'unsaved':
      return { show: 'waiting', amount: state.attempt.amount, currency };
    case 'done':
      return { show: 'paid', amount: state.total, change: state.change ?? ZERO, currency };
    default:
      return state satisfies never;
  }
}

/** Keeps the customer's screen with the sale in hand; returns the function that stops it. */
export function mirror(
  state: Store<CheckoutState>,
  currency: () => Currency,
  display: CustomerDisplay,
): () => void {
  let last = '';
  const show = (): void => {
    const content = shownTo(state.value, currency());
    const key = JSON.stringify(content);
    if (key === last) return;
    last = key;
    display.show(content);
  };
  show();
  return state.subscribe(show);
}
