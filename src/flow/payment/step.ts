import { givesBack } from './attempt-facts.ts';
import { type At, accepted, because, definite, reasonOf, stuck, to, undo, withApproval } from './moves.ts';
import {
  type Conditions,
  inquiriesMax,
  type Payment,
  type PaymentEvent,
  type PaymentStep,
} from './payment.ts';
import type { RailAnswer } from './rail.ts';
import { onItsWay, payingBack, stuckStep, undoing } from './undoing.ts';

/** The next state and what to do; `[payment, []]` (the same object) when the event means nothing here. */
export function step(payment: Payment, event: PaymentEvent, given: Conditions): PaymentStep {
  const ignore: PaymentStep = [payment, []];
  switch (payment.at) {
    case 'draft':
      return event.type === 'prepare' ? to(payment, { at: 'prepared' }) : ignore;
    case 'prepared':
      if (event.type === 'send') return to(payment, { at: 'sending' }, { type: 'send' });
      return event.type === 'abandon' ? to(payment, { at: 'abandoned', reason: event.reason }) : ignore;
    case 'sending':
    case 'unknown':
    case 'inquiring':
      return open(payment, event, given);
    case 'accepted':
      return onItsWay(payment, event, given);
    case 'not-found': // The undo is sent all the same: it plants a tombstone against a late booking.
      return event.type === 'due' || event.type === 'reverse' ? undo(payment, 'not-found', given) : ignore;
    case 'reversing':
      return undoing(payment, event, given);
    case 'approved-late':
      if (event.type !== 'due' && event.type !== 'reverse') return ignore;
      // Money that went out to the customer cannot be asked back by machine.
      return givesBack(payment.attempt)
        ? stuck(payment, 'decision', 'gave-back-after-all')
        : to(payment, { at: 'refund-due', tries: 0 }, { type: 'refund' });
    case 'refund-due':
      return payingBack(payment, event, given);
    case 'stuck':
      return stuckStep(payment, event, given);
    case 'approved':
    case 'declined':
    case 'abandoned':
    case 'reversed':
    case 'refunded':
      return ignore; // Definite states absorb.
    default:
      return payment satisfies never;
  }
}

/** Sent, and no definite answer yet. Never back to `sending`: that could charge twice. */
function open(
  payment: At<'sending' | 'unknown' | 'inquiring'>,
  event: PaymentEvent,
  given: Conditions,
): PaymentStep {
  const ignore: PaymentStep = [payment, []];
  switch (event.type) {
    case 'reverse':
      return given.undo === 'reverse' ? undo(payment, event.reason, given) : ignore;
    case 'due':
      if (payment.at === 'sending') return ignore;
      return payment.at === 'inquiring'
        ? [payment, [{ type: 'inquire' }]]
        : to(payment, { at: 'inquiring', tries: 0, ...because(payment.reason) }, { type: 'inquire' });
    case 'answer': {
      if (event.to !== 'send' && event.to !== 'inquire') return ignore;
      const { answer } = event;
      const known = definite(payment, answer);
      if (known !== undefined) return known;
      if (answer.kind === 'accepted' && givesBack(payment.attempt))
        return accepted(payment, 'accepted', given);
      if (answer.kind === 'must-reverse') {
        const booked = withApproval(payment, answer);
        return given.undo === 'reverse'
          ? undo(booked, answer.reason, given)
          : stuck(booked, 'decision', answer.reason);
      }
      // Whatever is not definite leaves an attempt that was just sent UNKNOWN; it is asked about at least once.
      if (payment.at === 'sending')
        return to(
          payment,
          { at: 'unknown', reason: reasonOf(answer) },
          { type: 'pause', ms: given.timings.firstInquiryMs },
        );
      return payment.at === 'inquiring' ? again(payment, answer, given) : ignore;
    }
    default:
      return ignore;
  }
}

/** One more inquiry without a definite answer: the next one inside the window, the last at its end, then the undoing. */
function again(payment: At<'inquiring'>, answer: RailAnswer, given: Conditions): PaymentStep {
  const { timings, elapsedMs } = given;
  const tries = payment.tries + 1;
  const reason = reasonOf(answer);
  const left = timings.windowMs - elapsedMs;
  if (left > 0 && tries < inquiriesMax(timings)) {
    const ms = Math.min(timings.inquireEveryMs, left);
    return to(payment, { at: 'inquiring', tries, reason }, { type: 'pause', ms });
  }
  if (given.undo === 'ask') return stuck(payment, 'inquiring', reason);
  // The window has passed, so the request is on no wire any more: only now 'not found' is worth writing down.
  return answer.kind === 'not-found' ? to(payment, { at: 'not-found' }) : undo(payment, 'window', given);
}

/**
 * What a restart makes of a stored attempt. PREPARED was never sent and is given up; whatever may have moved money becomes
 * a question; nothing is ever sent again.
 */
export function recover(payment: Payment, given: Conditions): PaymentStep {
  const now = { type: 'pause', ms: 0 } as const;
  switch (payment.at) {
    case 'draft':
    case 'prepared':
      return to(payment, { at: 'abandoned', reason: 'restart' });
    case 'sending':
      return to(payment, { at: 'unknown', reason: 'restart' }, now);
    case 'unknown':
    case 'inquiring':
    case 'accepted':
    case 'reversing':
    case 'refund-due':
      return [payment, [now]];
    case 'not-found':
    case 'approved-late':
      return step(payment, { type: 'due' }, given);
    case 'stuck':
      return [payment, [{ type: 'call-manager' }, now]];
    default:
      return [payment, []];
  }
}
