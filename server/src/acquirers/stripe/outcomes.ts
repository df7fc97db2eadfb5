import type { Stripe } from 'stripe';
import type { Approval, CardEntry } from '../../../../src/domain/approval.ts';
import type { Order, Outcome } from '../acquirer.ts';
import { cleanApproval } from '../shared/approvals.ts';
import {
  approved,
  declined,
  doubt,
  NOT_FOUND,
  present,
  REVERSED,
  unknown,
  waiting,
} from '../shared/outcomes.ts';
import type { StripeConfig } from './config.ts';

type Identity = Pick<StripeConfig, 'demo'>;

const ENTRIES: Readonly<Record<string, CardEntry>> = {
  contact_emv: 'chip',
  contactless_emv: 'contactless',
  contactless_magstripe_mode: 'contactless',
  magnetic_stripe_track2: 'swipe',
  magnetic_stripe_track_2: 'swipe',
  magnetic_stripe_fallback: 'fallback',
};

/** What a payment intent says about this very order, before the reader is asked. undefined: no card yet. */
export function intentOutcome(
  order: Order,
  intent: Stripe.PaymentIntent,
  who: Identity,
): Outcome | undefined {
  if (intent.metadata['reference'] !== order.reference) return doubt('other-order');
  if (intent.currency !== order.currency.toLowerCase()) return doubt('amount-mismatch');
  switch (intent.status) {
    case 'succeeded':
      return intent.amount_received === order.amount
        ? approved(intentApproval(intent, who))
        : doubt('amount-mismatch');
    case 'requires_capture':
      return order.purpose === 'authorisation' && intent.amount_capturable === order.amount
        ? approved(intentApproval(intent, who))
        : doubt('amount-mismatch');
    case 'canceled':
      return REVERSED;
    case 'processing':
      return waiting('processing');
    default:
      return undefined;
  }
}

/** The reader's part of the story. A reader that never began is waited for: the request may still reach it. */
export function readerOutcome(
  intent: Stripe.PaymentIntent,
  action: Stripe.Terminal.Reader.Action | undefined,
): Outcome {
  const error = intent.last_payment_error;
  if (action?.status === 'failed')
    return declined(error?.decline_code ?? error?.code ?? action.failure_code ?? 'reader-failed');
  if (action?.status === 'in_progress') return waiting('reader');
  if (error !== null && error !== undefined)
    return declined(error.decline_code ?? error.code ?? 'card-declined');
  return waiting('reader-not-started');
}

export function intentApproval(intent: Stripe.PaymentIntent, who: Identity): Approval {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const card = charge?.payment_method_details?.card_present;
  const receipt = card?.receipt;
  const upper = (text: string | null | undefined) => text?.toUpperCase();
  return cleanApproval({
    channelId: intent.id,
    card: card?.last4 ? `****${card.last4}` : undefined,
    issuer: card?.brand ?? undefined,
    entry: ENTRIES[card?.read_method ?? ''],
    authCode: receipt?.authorization_code ?? undefined,
    emv: receipt
      ? present({
          aid: upper(receipt.dedicated_file_name),
          label: receipt.application_preferred_name ?? undefined,
          tvr: upper(receipt.terminal_verification_results),
          tsi: upper(receipt.transaction_status_information),
          tc: upper(receipt.application_cryptogram),
        })
      : undefined,
    paidAt: charge === null ? undefined : charge.created * 1000,
    demo: who.demo === true ? true : undefined,
  });
}

/** What a refund says about this very order. */
export function refundOutcome(order: Order, refund: Stripe.Refund, who: Identity): Outcome {
  if (refund.metadata?.['reference'] !== order.reference) return doubt('other-order');
  if (refund.amount !== order.amount || refund.currency !== order.currency.toLowerCase())
    return doubt('amount-mismatch');
  switch (refund.status) {
    case 'succeeded':
      return approved(
        cleanApproval({
          channelId: refund.id,
          paidAt: refund.created * 1000,
          demo: who.demo === true ? true : undefined,
        }),
      );
    case 'pending':
      return waiting('refund-processing');
    case 'failed':
    case 'canceled':
      return declined(refund.failure_reason ?? `refund-${refund.status}`);
    default:
      return unknown(`refund-${refund.status ?? 'unnamed'}`);
  }
}

/** What a reader is doing about a payment; undefined when none has to do with it. */
export function actionFor(
  readers: readonly Stripe.Terminal.Reader[],
  intent: string,
): Stripe.Terminal.Reader.Action | undefined {
  for (const { action } of readers) {
    const subject = action?.process_payment_intent?.payment_intent;
    if (action && (typeof subject === 'string' ? subject : subject?.id) === intent) return action;
  }
  return undefined;
}

/** What a payment says about its completion (预授权完成). Still held: the completion never arrived. */
export function completionOutcome(order: Order, intent: Stripe.PaymentIntent, who: Identity): Outcome {
  if (intent.status === 'requires_capture') return NOT_FOUND;
  if (intent.status !== 'succeeded') return unknown(intent.status);
  if (intent.metadata['completion'] !== order.reference) return doubt('other-order');
  return intent.amount_received === order.amount && intent.currency === order.currency.toLowerCase()
    ? approved(intentApproval(intent, who))
    : doubt('amount-mismatch');
}

/** What a payment says about the cancelling of its hold (预授权撤销). */
export function cancelOutcome(intent: Stripe.PaymentIntent, who: Identity): Outcome {
  if (intent.status === 'requires_capture') return NOT_FOUND;
  return intent.status === 'canceled' ? approved(intentApproval(intent, who)) : declined(intent.status);
}
