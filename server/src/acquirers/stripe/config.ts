import type { Clock } from '../../../../src/domain/clock.ts';
import type { Currency } from '../../../../src/domain/money.ts';

/** One Stripe account for a shop abroad, with smart readers driven from the server. Never logged. */
export interface StripeConfig {
  /** `sk_live_…`, or a restricted key that may write payment intents, refunds and reader actions and read the balance. */
  readonly secretKey: string;
  /** `whsec_…` of the callback's endpoint. */
  readonly webhookSecret: string;
  /** Which reader (`tmr_…`) stands at which till. */
  readonly readers: Readonly<Record<string, string>>;
  /** What the account can take. */
  readonly currencies: readonly Currency[];
  /** IANA name; a statement's day is the shop's. */
  readonly timeZone: string;
  /** Default `https://api.stripe.com`. */
  readonly origin?: string;
  /** Test keys or a test host: every approval says so. */
  readonly demo?: boolean;
}

export interface StripeDeps {
  readonly clock: Clock;
  /** Takes the place of sockets in simulations. */
  readonly fetch?: typeof globalThis.fetch;
}
