import type { CustomerDisplay } from '../../devices/ports.ts';
import type { DisplayContent, DisplayedItem } from '../../domain/display.ts';
import type { LineId } from '../../domain/ids.ts';
import { type Currency, ZERO } from '../../domain/money.ts';
import type { CheckoutState } from '../checkout-service.ts';
import { linesOfEntry } from '../sale/entry-lines.ts';
import type { Store } from '../store.ts';

/** The sale in hand as the customer may see it. */
export function shownTo(state: CheckoutState, currency: Currency): DisplayContent {
  switch (state.at) {
    case 'editing': {
      const { total } = state;
      if (total <= 0) return { show: 'idle' };
      const item = lastItem(state, currency);
      return { show: 'amount', amount: total, currency, ...(item === undefined ? {} : { item }) };
    }
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

/** The last line, also while it is typed. Undefined where it would only repeat the total: one amount and nothing else. */
function lastItem(
  { lines, entry, total }: Extract<CheckoutState, { at: 'editing' }>,
  currency: Currency,
): DisplayedItem | undefined {
  const line = [...lines, ...linesOfEntry(entry, currency, () => UNSEEN)].at(-1);
  if (line === undefined) return undefined;
  const { name, quantityMilli, price, amount } = line;
  const isOnlyTotal = name === '' && price === amount && amount === total;
  return isOnlyTotal ? undefined : { name, quantityMilli, price, amount };
}

/** A line that is shown only has no id. */
const UNSEEN = '' as LineId;

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
