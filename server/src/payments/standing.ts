import type { Approval } from '../../../src/domain/approval.ts';
import { REFUND_ACCEPTED } from '../../../src/domain/attempt.ts';
import type { Outcome } from '../acquirers/acquirer.ts';

/**
 * Where an order stands on the server. `sending` is stored before the first byte leaves; `reversing` before the first undo
 * request does. `approved`, `declined` and `reversed` are definite and absorb.
 */
export const ORDER_STATES = [
  'sending',
  'waiting',
  'unknown',
  'not-found',
  'reversing',
  'approved',
  'declined',
  'reversed',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface Standing {
  readonly state: OrderState;
  /** Coded. */
  readonly reason: string | null;
  /** Once the channel has said that the money moved, whatever became of it afterwards. */
  readonly approval: Approval | null;
  /**
   * Money that came in after a definite end that says there is none: it has to go back. `returning`: the channel has accepted to
   * give it back and is at it. `kept`: the till has booked it meanwhile, so that both agree, and it stays.
   */
  readonly surplus: 'due' | 'returning' | 'returned' | 'kept' | null;
}

/** Which request an outcome answers; `give-back` is the refund of money that nobody wants any more. */
export type HeardBy = 'pay' | 'query' | 'notice' | 'undo' | 'give-back';

export interface Heard {
  readonly by: HeardBy;
  readonly outcome: Outcome;
  /** The request cannot be on the wire any more: `not-found` means that it never arrives. */
  readonly isWindowOver: boolean;
}

export interface Step {
  readonly next: Standing;
  /** A definite answer that contradicts a definite state. */
  readonly isContradiction: boolean;
}

export const isDefinite = (state: OrderState): boolean =>
  state === 'approved' || state === 'declined' || state === 'reversed';

/** Open: sent, no definite answer, and nobody has asked to undo it. */
export const isOpen = (state: OrderState): boolean => !isDefinite(state) && state !== 'reversing';

/** The next standing after an outcome. Pure; every combination has an answer. */
export function hear(standing: Standing, heard: Heard): Step {
  if (isOpen(standing.state)) return calm(open(standing, heard.outcome));
  if (standing.state === 'reversing') return undoing(standing, heard);
  return settled(standing, heard);
}

const calm = (next: Standing): Step => ({ next, isContradiction: false });

function open(standing: Standing, outcome: Outcome): Standing {
  switch (outcome.state) {
    case 'approved':
      return { ...standing, state: 'approved', reason: null, approval: outcome.approval };
    case 'declined':
      return { ...standing, state: 'declined', reason: outcome.reason };
    case 'reversed':
      return { ...standing, state: 'reversed', reason: 'closed-by-channel' };
    case 'waiting':
      return { ...standing, state: 'waiting', reason: outcome.reason ?? null };
    default: {
      // An order that the channel has shown us does not stop being there because one question went unanswered.
      if (standing.state === 'waiting') return standing;
      return {
        ...standing,
        state: outcome.state,
        reason: outcome.state === 'unknown' ? outcome.reason : null,
      };
    }
  }
}

/** By which words an undoing says that the channel has accepted to give the money back, and how that ended. */
const GIVING_BACK = REFUND_ACCEPTED;
const GIVEN_BACK = 'given-back';
const NOT_GIVEN_BACK = 'give-back-refused';

function undoing(standing: Standing, { by, outcome, isWindowOver }: Heard): Step {
  const isTaken = standing.approval !== null;
  const isAccepted = standing.reason === GIVING_BACK;
  const reversed = (reason: string | null): Step => calm({ ...standing, state: 'reversed', reason });
  switch (outcome.state) {
    case 'approved':
      if (by === 'give-back') return reversed(GIVEN_BACK);
      return calm({ ...standing, approval: standing.approval ?? outcome.approval });
    case 'reversed':
      return reversed(isAccepted ? GIVEN_BACK : standing.reason);
    case 'waiting':
      return calm(by === 'give-back' ? { ...standing, reason: GIVING_BACK } : standing);
    case 'declined':
      if (by === 'give-back' && isAccepted) return calm({ ...standing, reason: NOT_GIVEN_BACK });
      // Of an undo request it only means that this way of undoing is refused.
      if (by === 'undo' || by === 'give-back') return calm(standing);
      return isTaken ? { next: standing, isContradiction: true } : reversed(outcome.reason);
    case 'not-found':
      return isWindowOver && !isTaken && by !== 'pay' ? reversed('never-arrived') : calm(standing);
    default:
      return calm(standing);
  }
}

function settled(standing: Standing, { by, outcome }: Heard): Step {
  if (by === 'give-back') {
    const isBack = outcome.state === 'approved' || outcome.state === 'reversed';
    const { surplus } = standing;
    if (isBack && surplus !== null) return calm({ ...standing, surplus: 'returned' });
    if (surplus === 'due' && outcome.state === 'waiting') return calm({ ...standing, surplus: 'returning' });
    const isRefused = surplus === 'returning' && outcome.state === 'declined';
    return calm(isRefused ? { ...standing, surplus: 'due' } : standing);
  }
  if (standing.state === 'approved') {
    const isContradiction = by !== 'undo' && (outcome.state === 'declined' || outcome.state === 'reversed');
    return { next: standing, isContradiction };
  }
  // A late repetition of the success that was undone says nothing new.
  if (outcome.state !== 'approved' || standing.approval !== null) return calm(standing);
  return { next: { ...standing, approval: outcome.approval, surplus: 'due' }, isContradiction: true };
}
