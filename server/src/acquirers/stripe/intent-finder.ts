import type { Stripe } from 'stripe';
import type { Order } from '../acquirer.ts';
import type { StripeAnswer, StripeClient } from './client.ts';

/** Payments whose ids are remembered; the rest are searched for. */
const REMEMBERED_MAX = 2_000;

const REFERENCE = /^[0-9a-f]{32}$/;

/**
 * Finds a payment by our reference. Stripe's search lags up to a minute behind, so ids are remembered as well; a payment that is missed
 * in that minute is `not-found`, which decides nothing by itself.
 */
export class IntentFinder {
  readonly #client: StripeClient;
  readonly #ids = new Map<string, string>();

  constructor(client: StripeClient) {
    this.#client = client;
  }

  /** Makes the payment, or gives the one that the same key made before. Moves nothing: no reader is told. */
  async make(order: Order, signal: AbortSignal): Promise<StripeAnswer<Stripe.PaymentIntent>> {
    const answer = await this.#client.ask(
      (stripe) =>
        stripe.paymentIntents.create(
          {
            amount: order.amount,
            currency: order.currency.toLowerCase(),
            allowed_payment_method_types: ['card_present'],
            capture_method: order.purpose === 'authorisation' ? 'manual' : 'automatic',
            metadata: { reference: order.reference },
          },
          { idempotencyKey: order.reference },
        ),
      signal,
    );
    if (!('object' in answer)) return answer;
    this.#remember(order.reference, answer.object.id);
    // The key gives the first answer again, however old: what became of the payment is asked anew.
    return this.#retrieve(answer.object.id, signal);
  }

  async find(order: Order, signal: AbortSignal): Promise<StripeAnswer<Stripe.PaymentIntent | undefined>> {
    const id = this.#ids.get(order.reference);
    if (id !== undefined) return this.#retrieve(id, signal);
    if (!REFERENCE.test(order.reference)) return { object: undefined };
    const query = `metadata['reference']:'${order.reference}'`;
    const found = await this.#client.ask(
      (stripe) => stripe.paymentIntents.search({ query, limit: 1 }),
      signal,
    );
    if (!('object' in found)) return found;
    const [first] = found.object.data;
    if (first === undefined) return { object: undefined };
    this.#remember(order.reference, first.id);
    return this.#retrieve(first.id, signal);
  }

  #retrieve(id: string, signal: AbortSignal): Promise<StripeAnswer<Stripe.PaymentIntent>> {
    return this.#client.ask(
      (stripe) => stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }),
      signal,
    );
  }

  #remember(reference: string, id: string): void {
    this.#ids.set(reference, id);
    if (this.#ids.size <= REMEMBERED_MAX) return;
    const oldest = this.#ids.keys().next();
    if (!oldest.done) this.#ids.delete(oldest.value);
  }
}
