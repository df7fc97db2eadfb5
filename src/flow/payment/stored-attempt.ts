import type { Approval } from '../../domain/approval.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { AttemptRecord } from '../../domain/journal.ts';
import type { Payment, StuckDuring } from './payment.ts';

export interface StoredAttempt {
  readonly payment: Payment;
  /** Wall clock ms of SENDING. */
  readonly sentAt: number;
}

/**
 * An attempt as the journal tells it: its last state, what the channel said of money that moved, and what a stuck one was
 * about to find out. `entries` are those of its sale, oldest first; others are skipped.
 */
export function storedAttempt(record: AttemptRecord, entries: readonly SignedEntry[]): StoredAttempt {
  const { attempt, state } = record;
  let reason: string | undefined;
  let approval: Approval | undefined;
  let sentAt = record.at;
  let during: StuckDuring = 'inquiring';
  for (const { entry } of entries) {
    if (!('attempt' in entry.body) || entry.body.attempt.attemptId !== attempt.attemptId) continue;
    ({ reason } = entry.body);
    approval = entry.body.approval ?? approval;
    if (entry.type === 'attempt.sending') sentAt = entry.at;
    if (entry.type === 'attempt.reversing') during = 'reversing';
    if (entry.type === 'attempt.accepted' || entry.type === 'attempt.approved-late') during = 'decision';
    if (entry.type === 'attempt.refund-due') during = 'refund-due';
  }
  const shared = {
    attempt,
    ...(approval === undefined ? {} : { approval }),
    ...(reason === undefined ? {} : { reason }),
  };
  switch (state) {
    case 'inquiring':
    case 'reversing':
    case 'refund-due':
      return { payment: { ...shared, at: state, tries: 0 }, sentAt };
    case 'stuck':
      return { payment: { ...shared, at: state, during }, sentAt };
    default:
      return { payment: { ...shared, at: state }, sentAt };
  }
}
