import type { CheckoutState } from '../../flow/checkout-service.ts';
import type { Route } from './route.ts';

/** Every page that has a text of its own. */
export type HelpPlace = Route['at'] | Exclude<CheckoutState['at'], 'editing'>;

/** Which page a person is looking at: what must be dealt with first, then the address, then where the sale stands. */
export function placeOf(route: Route, sale: CheckoutState): HelpPlace {
  if (sale.at === 'unsaved') return 'unsaved';
  if (route.at !== 'till') return route.at;
  return sale.at === 'editing' ? 'till' : sale.at;
}
