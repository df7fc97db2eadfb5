import type { Attempt } from '../../domain/attempt.ts';
import type { Rail, RailAnswer } from './rail.ts';

/** A person can be asked again at once and as often as needed; nobody else will ever answer. */
const ASK_ALWAYS = { inquiriesMax: Number.MAX_SAFE_INTEGER, reversalsMax: 0, delayMs: () => 0 };

/**
 * Cash moves from hand to hand: the cashier's confirmation is the approval, and after a restart the cashier is the only
 * one who can be asked. `ask` shows the question and resolves with the answer.
 */
export function cashRail(ask: (attempt: Attempt) => Promise<boolean>): Rail {
  return {
    tender: 'cash',
    timings: ASK_ALWAYS,
    send: async (): Promise<RailAnswer> => ({ kind: 'approved' }),
    inquire: async (attempt): Promise<RailAnswer> =>
      (await ask(attempt))
        ? { kind: 'approved', reason: 'operator-confirmed' }
        : { kind: 'declined', reason: 'operator-denied' },
    // The cashier gives the notes back; there is nobody to wait for.
    reverse: async () => true,
    refund: async () => true,
  };
}
