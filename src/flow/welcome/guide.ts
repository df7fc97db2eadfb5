import type { CheckoutState } from '../checkout-service.ts';

/** The one next action, in the order of a first sale. `end`: it was made, and there is nothing left to show. */
export const GUIDE_STEPS = ['amount', 'charge', 'take', 'wait', 'done', 'end'] as const;
export type GuideStep = (typeof GUIDE_STEPS)[number];

/** What a person who has never done it does next. `sold`: a sale was made while guided. */
export function guideStep(checkout: CheckoutState, sold: boolean): GuideStep {
  switch (checkout.at) {
    case 'editing':
      if (sold && checkout.entry === '' && checkout.lines.length === 0) return 'end';
      return checkout.total > 0 || checkout.entry !== '' ? 'charge' : 'amount';
    case 'tendering':
      return 'take';
    case 'done':
      return 'done';
    default:
      return 'wait';
  }
}
