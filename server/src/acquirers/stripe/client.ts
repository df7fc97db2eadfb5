import type { Stripe } from 'stripe';
import { withSignal } from '../shared/with-signal.ts';
import type { StripeConfig, StripeDeps } from './config.ts';

/** The library takes no signal: a request that nobody waits for any more ends by itself after this, ms. */
const LIBRARY_TIMEOUT_MS = 20_000;

/** An object from Stripe, or why there is none. `refused`: Stripe itself turned this request down, and says why by `code`. */
export type StripeAnswer<T> =
  | { readonly object: T }
  | { readonly fault: 'no-answer' }
  | { readonly refused: string };

export interface StripeClient {
  readonly stripe: Stripe;
  /** One call. Never rejects. */
  ask<T>(call: (stripe: Stripe) => Promise<T>, signal: AbortSignal): Promise<StripeAnswer<T>>;
  /** What a failed page of a list means; for `statement`, which may throw. */
  refusalOf(error: unknown): string | undefined;
}

/** Errors of 4xx that say nothing about money: another request holds the key or the lock, or too many came at once. */
const NO_VERDICT = new Set(['idempotency_key_in_use', 'lock_timeout', 'rate_limit']);

/** Loads the library (it is large: shops that do not use it never pay for it) and makes the client. */
export async function createClient(config: StripeConfig, deps: StripeDeps): Promise<StripeClient> {
  const { Stripe } = await import('stripe');
  const stripe = new Stripe(config.secretKey, {
    maxNetworkRetries: 0, // Whether to ask again is decided elsewhere.
    // The library's other client repeats a request whose connection broke, retries or not.
    httpClient: Stripe.createFetchHttpClient(deps.fetch),
    timeout: LIBRARY_TIMEOUT_MS,
    telemetry: false,
    ...hostOf(config.origin),
  });
  const refusalOf = (error: unknown): string | undefined => {
    if (!(error instanceof Stripe.errors.StripeError)) return undefined;
    const code = error.code ?? error.type;
    const isVerdict =
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeCardError ||
      error instanceof Stripe.errors.StripePermissionError;
    return isVerdict && !NO_VERDICT.has(code) ? code : undefined;
  };
  return {
    stripe,
    refusalOf,
    async ask(call, signal) {
      try {
        return { object: await withSignal(call(stripe), signal) };
      } catch (error) {
        const refused = refusalOf(error);
        return refused === undefined ? { fault: 'no-answer' } : { refused };
      }
    },
  };
}

function hostOf(origin: string | undefined): { host?: string; port?: string; protocol?: 'http' | 'https' } {
  if (origin === undefined) return {};
  const url = new URL(origin);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return { host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443'), protocol };
}
