import { givesBack } from './attempt-facts.ts';
import {
  type At,
  accepted,
  because,
  definite,
  firstUndo,
  reasonOf,
  stuck,
  to,
  undo,
  undoPause,
  withApproval,
} from './moves.ts';
import { type Conditions, type PaymentEvent, type PaymentStep, REFUNDS_MAX } from './payment.ts';
import type { RailAnswer } from './rail.ts';

/** The states after the charge was given up: undoing, paying back, and waiting for a manager. */

export function undoing(payment: At<'reversing'>, event: PaymentEvent, given: Conditions): PaymentStep {
  const { timings } = given;
  if (event.type === 'due') return [payment, [firstUndo(given)]];
  if (event.type !== 'answer') return [payment, []];
  const { answer } = event;
  // The charge was still on its way when the undoing began. What it says now is evidence, and the undoing goes on.
  if (event.to !== 'reverse') return [withApproval(payment, answer), []];
  const known = undone(payment, answer, given);
  if (known !== undefined) return known;
  if (answer.kind === 'accepted') return accepted(payment, 'reversing', given);
  const tries = payment.tries + 1;
  const reason = reasonOf(answer);
  return tries >= timings.reversalsMax
    ? stuck(payment, 'reversing', reason)
    : to(
        payment,
        { at: 'reversing', tries, ...because(payment.reason) },
        { type: 'pause', ms: undoPause(timings, payment.tries) },
      );
}

/** What a rail knows for certain about an undoing. */
function undone(
  payment: At<'reversing' | 'stuck'>,
  answer: RailAnswer,
  given: Conditions,
): PaymentStep | undefined {
  switch (answer.kind) {
    case 'reversed':
    case 'declined': // Never booked: there is nothing to undo, and the channel says so for certain.
      return to(payment, { at: 'reversed', ...because(payment.reason ?? answer.reason) });
    case 'approved': // Booked, and it could not be undone.
      return to(withApproval(payment, answer), { at: 'approved-late' });
    case 'not-found':
      return given.surelyMs >= given.timings.windowMs
        ? to(payment, { at: 'reversed', reason: 'not-found' })
        : undefined;
    default:
      return undefined;
  }
}

export function payingBack(payment: At<'refund-due'>, event: PaymentEvent, given: Conditions): PaymentStep {
  if (event.type === 'due') return [payment, [{ type: 'refund' }]];
  if (event.type !== 'answer' || event.to !== 'refund') return [payment, []];
  const { answer } = event;
  if (answer.kind === 'refunded') return to(payment, { at: 'refunded' });
  if (answer.kind === 'accepted') return accepted(payment, 'refund-due', given);
  const tries = payment.tries + 1;
  if (answer.kind === 'declined' || tries >= REFUNDS_MAX)
    return stuck(payment, 'refund-due', reasonOf(answer));
  const pause = { type: 'pause', ms: undoPause(given.timings, payment.tries) } as const;
  return to(payment, { at: 'refund-due', tries, reason: reasonOf(answer) }, pause);
}

/** What is asked while a manager is awaited. */
const QUESTION = { inquiring: 'inquire', reversing: 'reverse', 'refund-due': 'refund' } as const;

/**
 * The channel has accepted to give the money back. It is asked until it says how that ended; no number of questions makes it a
 * matter for a manager, only a no does: the customer was told that the money comes.
 */
export function onItsWay(payment: At<'accepted'>, event: PaymentEvent, given: Conditions): PaymentStep {
  if (event.type === 'due') return [payment, [{ type: 'inquire' }]];
  if (event.type !== 'answer' || event.to !== 'inquire') return [payment, []];
  const { answer } = event;
  switch (answer.kind) {
    case 'approved':
      return to(withApproval(payment, answer), { at: 'approved', ...because(answer.reason) });
    case 'declined':
    case 'reversed':
      return stuck(payment, 'decision', reasonOf(answer));
    default:
      return accepted(payment, 'accepted', given);
  }
}

/** A person with the evidence decides; meanwhile the machine may still hear the truth, and be told to try again. */
export function stuckStep(payment: At<'stuck'>, event: PaymentEvent, given: Conditions): PaymentStep {
  const ignore: PaymentStep = [payment, []];
  const { during } = payment;
  switch (event.type) {
    case 'decided': {
      const { as, evidence } = event;
      const [next] = to(payment, { at: as === 'booked' ? 'approved-late' : as, reason: 'manager' });
      return [{ ...next, evidence }, []];
    }
    case 'due': // One question, or one undo request, without leaving STUCK: its answer may settle everything.
      if (during === 'decision') return ignore;
      if (during === 'reversing') return [payment, [firstUndo(given)]];
      return [payment, [{ type: during === 'inquiring' ? 'inquire' : 'refund' }]];
    case 'reverse': {
      if (during === 'refund-due') return to(payment, { at: 'refund-due', tries: 0 }, { type: 'refund' });
      return during === 'reversing' ? undo(payment, event.reason, given) : ignore;
    }
    case 'answer': {
      const { answer } = event;
      if (answer.kind === 'accepted') {
        if (during === 'decision' || event.to !== QUESTION[during]) return ignore;
        if (during !== 'inquiring') return accepted(payment, during, given);
        return givesBack(payment.attempt) ? accepted(payment, 'accepted', given) : ignore;
      }
      if (during === 'inquiring' && event.to === 'inquire') return definite(payment, answer) ?? ignore;
      if (during === 'reversing' && event.to === 'reverse') return undone(payment, answer, given) ?? ignore;
      if (during === 'refund-due' && answer.kind === 'refunded') return to(payment, { at: 'refunded' });
      return ignore;
    }
    default:
      return ignore;
  }
}
