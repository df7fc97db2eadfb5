import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptRecord } from '../../domain/journal.ts';
import type { AttemptDesk, AttemptPlan } from './desk.ts';
import type { Payment } from './payment.ts';
import type { Secret } from './rail.ts';

/**
 * Runs one attempt and waits for its definite end, which may come much later than the customer's patience.
 * Rejects with JournalError when the intent cannot be stored: then nothing was sent.
 */
export function runAttempt(
  desk: Pick<AttemptDesk, 'begin'>,
  attempt: Attempt,
  drafts: AttemptPlan['drafts'],
  secret?: Secret,
): Promise<Payment> {
  return new Promise((resolve, reject) => {
    desk.begin(attempt, { drafts, ended: resolve }, secret).catch(reject);
  });
}

/** The same for an attempt that a crash left behind. */
export function adoptAttempt(
  desk: Pick<AttemptDesk, 'adopt'>,
  record: AttemptRecord,
  drafts: AttemptPlan['drafts'],
): Promise<Payment> {
  return new Promise((resolve, reject) => {
    desk.adopt(record, { drafts, ended: resolve }).catch(reject);
  });
}
