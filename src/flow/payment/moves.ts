import { REFUND_ACCEPTED } from '../../domain/attempt.ts';
import type { RailTimingsData } from '../../domain/rails.ts';
import {
  acceptedPause,
  type Conditions,
  type Payment,
  type PaymentEffect,
  type PaymentState,
  type PaymentStep,
  type StuckDuring,
} from './payment.ts';
import type { RailAnswer } from './rail.ts';

/** Moves that several states make. */

export type At<State extends Payment['at']> = Extract<Payment, { at: State }>;

/** Drops everything of the state before but what stays with the attempt. */
export function to(payment: Payment, state: PaymentState, ...effects: readonly PaymentEffect[]): PaymentStep {
  const { attempt, approval } = payment;
  return [{ attempt, ...(approval === undefined ? {} : { approval }), ...state }, effects];
}

export const stuck = (payment: Payment, during: StuckDuring, reason: string | undefined): PaymentStep =>
  to(payment, { at: 'stuck', during, ...because(reason) }, { type: 'call-manager' });

export const because = (reason: string | undefined) => (reason === undefined ? {} : { reason });

export const withApproval = (payment: Payment, answer: RailAnswer): Payment =>
  'approval' in answer && answer.approval !== undefined ? { ...payment, approval: answer.approval } : payment;

/** An undo request, or the wait until the rail allows one. */
export function firstUndo({ timings, surelyMs }: Conditions): PaymentEffect {
  const ms = timings.reverseNotBeforeMs - surelyMs;
  return ms > 0 ? { type: 'pause', ms } : { type: 'reverse' };
}

/** Begins undoing. */
export const undo = (payment: Payment, reason: string, given: Conditions): PaymentStep =>
  to(payment, { at: 'reversing', tries: 0, reason }, firstUndo(given));

/** Ms to wait after the n-th undo request without an answer (n from 0): doubled each time up to the longest. */
export const undoPause = ({ reverseEveryMs, reverseLongestMs }: RailTimingsData, tries: number): number =>
  Math.min(reverseEveryMs * 2 ** Math.min(tries, 16), reverseLongestMs);

/** The channel is at it: nobody waits for it, and it is asked about now and then. No question counts as a try. */
export function accepted(
  payment: Payment,
  at: 'accepted' | 'reversing' | 'refund-due',
  { elapsedMs }: Pick<Conditions, 'elapsedMs'>,
): PaymentStep {
  const pause = { type: 'pause', ms: acceptedPause(elapsedMs) } as const;
  const reason = REFUND_ACCEPTED;
  if (at === 'accepted') return to(payment, { at, reason }, pause);
  return to(payment, { at, tries: 'tries' in payment ? payment.tries : 0, reason }, pause);
}

/** What a rail knows for certain about a charge. */
export function definite(payment: Payment, answer: RailAnswer): PaymentStep | undefined {
  switch (answer.kind) {
    case 'approved':
      return to(withApproval(payment, answer), { at: 'approved', ...because(answer.reason) });
    case 'declined':
      return to(payment, { at: 'declined', reason: answer.reason });
    case 'reversed':
      return to(payment, { at: 'reversed', reason: answer.reason ?? 'channel' });
    default:
      return undefined;
  }
}

export const reasonOf = (answer: RailAnswer): string =>
  'reason' in answer && answer.reason !== undefined ? answer.reason : answer.kind;
