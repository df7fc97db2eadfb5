import { type Attempt, purposeOf } from '../../domain/attempt.ts';

/** Money goes from the shop to the customer, or is let go: nobody can be asked to pay it again by machine. */
export const givesBack = (attempt: Attempt): boolean => {
  const purpose = purposeOf(attempt);
  return (
    purpose === 'void' ||
    purpose === 'refund' ||
    purpose === 'authorisation-cancel' ||
    purpose === 'completion-cancel'
  );
};

/**
 * May a request of unknown end be undone? What takes money may always be. What gives money back may only where the undo is
 * known not to be a second movement: a bank host takes a 0400 for every message it can get. A wallet's refund is idempotent
 * under its own number, and a terminal's refund undone is a new charge: both are only asked about.
 */
export const undoOf = (attempt: Attempt): 'reverse' | 'ask' =>
  givesBack(attempt) && attempt.method !== 'reader' ? 'ask' : 'reverse';
