import type { Stripe } from 'stripe';
import type { Clock } from '../../../../src/domain/clock.ts';
import { CURRENCY_EXPONENTS, type Currency, minor } from '../../../../src/domain/money.ts';
import type { Notice, NoticeRefusal, NoticeRequest, Order } from '../acquirer.ts';
import { waiting } from '../shared/outcomes.ts';
import type { ReplayGuard } from '../shared/replay-guard.ts';
import type { StripeConfig } from './config.ts';
import { intentOutcome, refundOutcome } from './outcomes.ts';

/** A callback whose time is further off than this is refused, seconds. */
const TOLERANCE_S = 300;

export interface WebhookReader {
  readonly config: StripeConfig;
  readonly stripe: Stripe;
  readonly clock: Clock;
  readonly replays: ReplayGuard;
}

type Read = { readonly notice: Notice } | { readonly refused: NoticeRefusal };

/** Verifies one callback: HMAC and time by the library, then kind of key (live or test), whose payment it is, replay. */
export function readWebhook(request: NoticeRequest, reader: WebhookReader): Read {
  const header = Object.entries(request.headers).find(
    ([name]) => name.toLowerCase() === 'stripe-signature',
  )?.[1];
  if (header === undefined) return { refused: 'signature-invalid' };
  const { webhooks } = reader.stripe;
  let said: Stripe.Event;
  try {
    said = webhooks.constructEvent(
      request.body,
      header,
      reader.config.webhookSecret,
      TOLERANCE_S,
      undefined,
      reader.clock.now(),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return { refused: 'malformed' };
    const isOld = error instanceof Error && error.message.includes('tolerance zone');
    return { refused: isOld ? 'stale' : 'signature-invalid' };
  }
  if (said.livemode !== /^[sr]k_live_/.test(reader.config.secretKey)) return { refused: 'other-merchant' };
  const read = eventNotice(said, reader.config);
  if ('refused' in read) return read;
  return reader.replays.take(said.id) ? read : { refused: 'replayed' };
}

function eventNotice(said: Stripe.Event, config: StripeConfig): Read {
  switch (said.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.amount_capturable_updated':
    case 'payment_intent.canceled': {
      const intent = said.data.object;
      const purpose = said.type === 'payment_intent.amount_capturable_updated' ? 'authorisation' : 'sale';
      const order = orderOf(intent, intent.amount, purpose);
      if (order === undefined) return { refused: 'other-merchant' };
      const outcome = intentOutcome(order, intent, config) ?? waiting('reader');
      return { notice: { reference: order.reference, amount: order.amount, outcome } };
    }
    case 'refund.updated':
    case 'refund.created':
    case 'refund.failed': {
      const refund = said.data.object;
      const order = orderOf(refund, refund.amount, 'refund');
      if (order === undefined) return { refused: 'other-merchant' };
      return {
        notice: {
          reference: order.reference,
          amount: order.amount,
          outcome: refundOutcome(order, refund, config),
        },
      };
    }
    default:
      return { refused: 'malformed' };
  }
}

/** A callback states its own amount; whoever takes the notice compares it with the attempt's. */
function orderOf(
  object: { readonly currency: string; readonly metadata: Stripe.Metadata | null },
  amount: number,
  purpose: Order['purpose'],
): Order | undefined {
  const reference = object.metadata?.['reference'];
  const currency = object.currency.toUpperCase();
  if (reference === undefined || !isCurrency(currency)) return undefined;
  return { reference, amount: minor(amount), currency, tender: 'card', method: 'terminal', purpose, at: 0 };
}

const isCurrency = (code: string): code is Currency => Object.hasOwn(CURRENCY_EXPONENTS, code);
