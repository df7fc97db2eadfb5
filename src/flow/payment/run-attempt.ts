import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptRecord } from '../../domain/journal.ts';
import type { AttemptDesk, AttemptPlan } from './desk.ts';
import type { Payment } from './payment.ts';
import type { Secret } from './rail.ts';

interface RunOptions {
  readonly drafts: AttemptPlan['drafts'];
  readonly secret?: Secret | undefined;
}

/**
 * Runs one attempt and waits for its definite end, which may come much later than the customer's patience.
 * Rejects with JournalError when the intent cannot be stored: then nothing was sent.
 */
export async function runAttempt(
  desk: Pick<AttemptDesk, 'begin'>,
  attempt: Attempt,
  options: RunOptions,
): Promise<Payment> {
  const { end } = await runGivingBack(desk, attempt, options);
  return end;
}

/**
 * The same for money that goes back: waits no longer than until the channel has accepted to give it back. Then `end` may come
 * days later.
 */
export function runGivingBack(
  desk: Pick<AttemptDesk, 'begin'>,
  attempt: Attempt,
  { drafts, secret }: RunOptions,
): Promise<{ readonly isAccepted: boolean; readonly end: Promise<Payment> }> {
  return new Promise((resolve, reject) => {
    const end = new Promise<Payment>((ended) => {
      const shown = ({ at }: Payment): void => {
        if (at === 'accepted') resolve({ isAccepted: true, end });
      };
      desk.begin(attempt, { drafts, shown, ended }, secret).catch(reject);
    });
    void end.then(() => resolve({ isAccepted: false, end }));
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
