import type { Stripe } from 'stripe';
import {
  type Acquirer,
  AcquirerError,
  type Order,
  type Outcome,
  type PayOrder,
  type StatementLine,
} from '../acquirer.ts';
import { declined, doubt, NOT_FOUND, REVERSED, unknown } from '../shared/outcomes.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import { withSignal } from '../shared/with-signal.ts';
import { createClient, type StripeClient } from './client.ts';
import type { StripeConfig, StripeDeps } from './config.ts';
import { IntentFinder } from './intent-finder.ts';
import {
  actionFor,
  cancelOutcome,
  completionOutcome,
  intentOutcome,
  readerOutcome,
  refundOutcome,
} from './outcomes.ts';
import { balanceLine, dayBounds, REVERSAL_KIND } from './statement.ts';
import { readWebhook } from './webhook.ts';

/** Movements in one statement: far more than a shop has in a day. */
const MOVEMENTS_MAX = 50_000;
/** Objects on a page: Stripe's most. Also the refunds of one payment, and the readers, that are looked through. */
const PAGE = 100;

const CARRIES: Acquirer['carries'] = [
  {
    tender: 'card',
    method: 'terminal',
    purposes: ['sale', 'refund', 'void', 'authorisation', 'completion', 'authorisation-cancel'],
  },
];

/** Nothing was charged when the reader could not even begin. */
const READER_REFUSED = new Set(['terminal_reader_offline', 'terminal_reader_busy', 'resource_missing']);

const isRefund = (order: Order): boolean => order.purpose === 'refund' || order.purpose === 'void';

/**
 * Stripe with readers driven from the server, for shops abroad (facts: devices 3.8). The reference is the idempotency key and the
 * metadata of everything. The acquirer never rejects but for `statement`.
 */
export async function createStripe(config: StripeConfig, deps: StripeDeps): Promise<Acquirer> {
  const client = await createClient(config, deps);
  const channel = new StripeChannel(config, client);
  const reader = { config, stripe: client.stripe, clock: deps.clock, replays: new ReplayGuard() };
  return {
    id: 'stripe',
    carries: CARRIES,
    pay: (order, signal) => channel.pay(order, signal),
    query: (order, signal) => channel.query(order, signal),
    reverse: (order, _reason, signal) => channel.undo(order, signal, true),
    refund: (order, signal) => channel.refund(order, signal),
    close: (order, signal) => channel.undo(order, signal, false),
    statement: (day, signal) => channel.statement(day, signal),
    notice: async (request) => readWebhook(request, reader),
    noticeReply: (taken) => ({
      status: taken ? 200 : 400,
      body: taken ? '{"received":true}' : '{"received":false}',
      contentType: 'application/json',
    }),
    stop: async () => {},
  };
}

class StripeChannel {
  readonly #config: StripeConfig;
  readonly #client: StripeClient;
  readonly #intents: IntentFinder;

  constructor(config: StripeConfig, client: StripeClient) {
    this.#config = config;
    this.#client = client;
    this.#intents = new IntentFinder(client);
  }

  /** Makes the payment and starts the reader; the customer's card comes later, so the answer is `waiting`. */
  async pay(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    if (order.purpose === 'completion') return this.#complete(order, signal);
    if (order.purpose === 'authorisation-cancel') return this.#cancelAuthorisation(order, signal);
    const reader = this.#config.readers[order.till];
    if (reader === undefined || !this.#config.currencies.includes(order.currency))
      return doubt('not-carried');
    if (order.purpose !== 'sale' && order.purpose !== 'authorisation') return doubt('not-carried');
    const made = await this.#intents.make(order, signal);
    if ('fault' in made) return doubt(made.fault);
    if ('refused' in made) return declined(made.refused);
    const intent = made.object;
    const known = intentOutcome(order, intent, this.#config);
    if (known !== undefined) return known;
    const started = await this.#client.ask(
      (stripe) =>
        stripe.terminal.readers.processPaymentIntent(
          reader,
          { payment_intent: intent.id },
          { idempotencyKey: `${order.reference}-process` },
        ),
      signal,
    );
    if ('fault' in started) return doubt(started.fault);
    if ('object' in started) return readerOutcome(intent, actionFor([started.object], intent.id));
    if (!READER_REFUSED.has(started.refused)) return unknown(started.refused);
    const cancelled = await this.#cancelIntent(intent.id, signal);
    return 'object' in cancelled ? declined(started.refused) : unknown(started.refused);
  }

  async query(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (isRefund(order)) return this.#queryRefund(order, signal);
    if (order.purpose === 'completion' || order.purpose === 'authorisation-cancel')
      return this.#queryOriginal(order, signal);
    const found = await this.#intents.find(order, signal);
    if ('fault' in found) return doubt(found.fault);
    if ('refused' in found) return unknown(found.refused);
    const intent = found.object;
    if (intent === undefined) return NOT_FOUND;
    const known = intentOutcome(order, intent, this.#config);
    if (known !== undefined) return known;
    const readers = await this.#readers(signal);
    return readers === undefined ? doubt('no-answer') : readerOutcome(intent, actionFor(readers, intent.id));
  }

  /**
   * Stops the reader and cancels the payment; one that nobody knows is made and cancelled at once, so that a request still on its way
   * meets its own key and a cancelled payment. What was paid is given back, if `giveBack`, under one key for ever.
   */
  async undo(order: Order, signal: AbortSignal, giveBack: boolean): Promise<Outcome> {
    if (order.purpose !== 'sale' && order.purpose !== 'authorisation') return this.query(order, signal);
    const found = await this.#intents.find(order, signal);
    const made =
      'object' in found && found.object === undefined ? await this.#intents.make(order, signal) : found;
    if ('fault' in made) return doubt(made.fault);
    if ('refused' in made) return unknown(made.refused);
    const intent = made.object;
    if (intent === undefined) return doubt('no-answer');
    if (intent.status === 'canceled') return REVERSED;
    if (intent.status !== 'succeeded') {
      await this.#stopReader(intent.id, signal);
      const cancelled = await this.#cancelIntent(intent.id, signal);
      if ('fault' in cancelled) return doubt(cancelled.fault);
      if ('object' in cancelled)
        return cancelled.object.status === 'canceled' ? REVERSED : doubt('reverse-needs-retry');
    }
    const now = await this.query(order, signal);
    return giveBack && now.state === 'approved' ? this.#giveBack(order, intent.id, signal) : now;
  }

  async refund(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    const intent = order.original?.approval.channelId;
    if (intent === undefined) return doubt('not-carried');
    const made = await this.#client.ask(
      (stripe) =>
        stripe.refunds.create(
          { payment_intent: intent, amount: order.amount, metadata: { reference: order.reference } },
          { idempotencyKey: order.reference },
        ),
      signal,
    );
    if ('fault' in made) return doubt(made.fault);
    return 'refused' in made ? declined(made.refused) : refundOutcome(order, made.object, this.#config);
  }

  /** The movements of the balance on one day of the shop. */
  async statement(day: string, signal: AbortSignal): Promise<readonly StatementLine[]> {
    try {
      return await withSignal(this.#movements(dayBounds(day, this.#config.timeZone)), signal);
    } catch (error) {
      if (error instanceof RangeError) throw new AcquirerError('malformed', error.message);
      const refused = this.#client.refusalOf(error);
      throw new AcquirerError(refused === undefined ? 'unreachable' : 'refused', 'the balance cannot be had');
    }
  }

  async #movements(created: {
    readonly gte: number;
    readonly lt: number;
  }): Promise<readonly StatementLine[]> {
    const expand = ['data.source', 'data.source.payment_intent'];
    const lines: StatementLine[] = [];
    let seen = 0;
    for await (const movement of this.#client.stripe.balanceTransactions.list({
      created,
      expand,
      limit: PAGE,
    })) {
      if (++seen > MOVEMENTS_MAX) throw new RangeError('too many movements'); // Half a statement would be a lie.
      const line = balanceLine(movement);
      if (line !== undefined) lines.push(line);
    }
    return lines;
  }

  async #complete(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    const id = order.original?.approval.channelId;
    if (id === undefined) return doubt('not-carried');
    const captured = await this.#client.ask(
      (stripe) =>
        stripe.paymentIntents.capture(
          id,
          {
            amount_to_capture: order.amount,
            metadata: { completion: order.reference },
            expand: ['latest_charge'],
          },
          { idempotencyKey: order.reference },
        ),
      signal,
    );
    if ('fault' in captured) return doubt(captured.fault);
    return 'refused' in captured
      ? declined(captured.refused)
      : completionOutcome(order, captured.object, this.#config);
  }

  async #cancelAuthorisation(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    const id = order.original?.approval.channelId;
    if (id === undefined) return doubt('not-carried');
    const cancelled = await this.#cancelIntent(id, signal);
    if ('fault' in cancelled) return doubt(cancelled.fault);
    if ('refused' in cancelled) return this.#queryOriginal(order, signal);
    return cancelOutcome(cancelled.object, this.#config);
  }

  async #queryOriginal(order: Order, signal: AbortSignal): Promise<Outcome> {
    const id = order.original?.approval.channelId;
    if (id === undefined) return doubt('not-carried');
    const found = await this.#client.ask(
      (stripe) => stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }),
      signal,
    );
    if ('fault' in found) return doubt(found.fault);
    if ('refused' in found) return unknown(found.refused);
    return order.purpose === 'completion'
      ? completionOutcome(order, found.object, this.#config)
      : cancelOutcome(found.object, this.#config);
  }

  async #queryRefund(order: Order, signal: AbortSignal): Promise<Outcome> {
    const intent = order.original?.approval.channelId;
    if (intent === undefined) return doubt('not-carried');
    const listed = await this.#client.ask(
      (stripe) => stripe.refunds.list({ payment_intent: intent, limit: PAGE }),
      signal,
    );
    if ('fault' in listed) return doubt(listed.fault);
    if ('refused' in listed) return unknown(listed.refused);
    const refund = listed.object.data.find((each) => each.metadata?.['reference'] === order.reference);
    return refund === undefined ? NOT_FOUND : refundOutcome(order, refund, this.#config);
  }

  async #giveBack(order: Order, intent: string, signal: AbortSignal): Promise<Outcome> {
    const metadata = { reference: order.reference, kind: REVERSAL_KIND };
    const made = await this.#client.ask(
      (stripe) =>
        stripe.refunds.create(
          { payment_intent: intent, amount: order.amount, metadata },
          { idempotencyKey: `${order.reference}-reverse` },
        ),
      signal,
    );
    if ('fault' in made) return doubt(made.fault);
    if ('refused' in made)
      return made.refused === 'charge_already_refunded' ? REVERSED : unknown(made.refused);
    const { status } = made.object;
    return status === 'succeeded' || status === 'pending' ? REVERSED : doubt('reverse-needs-retry');
  }

  #cancelIntent(id: string, signal: AbortSignal) {
    return this.#client.ask((stripe) => stripe.paymentIntents.cancel(id), signal);
  }

  /** Best effort: a reader that went on meets a cancelled payment. */
  async #stopReader(intent: string, signal: AbortSignal): Promise<void> {
    for (const reader of (await this.#readers(signal)) ?? []) {
      if (actionFor([reader], intent)?.status !== 'in_progress') continue;
      await this.#client.ask((stripe) => stripe.terminal.readers.cancelAction(reader.id), signal);
    }
  }

  async #readers(signal: AbortSignal): Promise<readonly Stripe.Terminal.Reader[] | undefined> {
    const listed = await this.#client.ask((stripe) => stripe.terminal.readers.list({ limit: PAGE }), signal);
    return 'object' in listed ? listed.object.data : undefined;
  }
}
