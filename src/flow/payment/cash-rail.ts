import type { Attempt } from '../../domain/attempt.ts';
import type { RailTimingsData } from '../../domain/rails.ts';
import { givesBack } from './attempt-facts.ts';
import type { Rail, RailAnswer } from './rail.ts';

/** A person can be asked again at once and as often as needed; nobody else will ever answer, so no window closes. */
export const ASK_ALWAYS: RailTimingsData = {
  firstInquiryMs: 0,
  inquireEveryMs: 0,
  windowMs: Number.POSITIVE_INFINITY,
  reverseNotBeforeMs: 0,
  reverseEveryMs: 0,
  reverseLongestMs: 0,
  reversalsMax: 1,
  answerMs: Number.POSITIVE_INFINITY,
};

/**
 * What people handed back, or say they did. The question 'did you get the money?' does not fit it: after a restart a manager
 * counts and decides, at once.
 */
export const handedBack = (rail: Rail): Rail => ({
  ...rail,
  timings: { ...ASK_ALWAYS, windowMs: 0 },
  undo: 'ask',
  inquire: async () => ({ kind: 'no-answer', reason: 'count-drawer' }),
});

/**
 * Cash moves from hand to hand: the cashier's confirmation is the approval, and after a restart the cashier is the only
 * one who can be asked. `ask` shows the question and resolves with the answer.
 */
export function cashRail(ask: (attempt: Attempt) => Promise<boolean>, of?: Attempt): Rail {
  const rail: Rail = {
    timings: ASK_ALWAYS,
    undo: 'reverse',
    waits: { for: 'cashier' },
    send: async (): Promise<RailAnswer> => ({ kind: 'approved' }),
    inquire: async (attempt): Promise<RailAnswer> =>
      (await ask(attempt))
        ? { kind: 'approved', reason: 'operator-confirmed' }
        : { kind: 'declined', reason: 'operator-denied' },
    // The cashier gives the notes back; there is nobody to wait for.
    reverse: async () => ({ kind: 'reversed', reason: 'operator' }),
    refund: async () => ({ kind: 'refunded' }),
  };
  return of !== undefined && givesBack(of) ? handedBack(rail) : rail;
}
