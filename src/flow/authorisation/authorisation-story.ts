import type { Approval } from '../../domain/approval.ts';
import { type Attempt, purposeOf } from '../../domain/attempt.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import { type Minor, minor } from '../../domain/money.ts';
import type { Authorisation } from '../authorisation-service.ts';

/** A completion may take somewhat more than was held (UnionPay: 115 %, general knowledge, not read in the specification). */
export const COMPLETION_LIMIT_PERCENT = 115;

/** The most a completion of a held amount may take. */
export const completionLimit = (held: Minor): Minor =>
  minor(Math.floor((held * COMPLETION_LIMIT_PERCENT) / 100));

/** The state of a pre-authorisation, read back from the entries of its group; undefined when none was approved. */
export function authorisationStory(entries: readonly SignedEntry[]): Authorisation | undefined {
  let held: { attempt: Attempt; approval: Approval; at: number } | undefined;
  let completed: { attempt: Attempt; approval: Approval } | undefined;
  let state: Authorisation['state'] = 'held';
  for (const { entry } of entries) {
    if (entry.type !== 'attempt.approved') continue;
    const { attempt, approval = {} } = entry.body;
    switch (purposeOf(attempt)) {
      case 'authorisation':
        held = { attempt, approval, at: entry.at };
        break;
      case 'completion':
        completed = { attempt, approval };
        state = 'completed';
        break;
      case 'authorisation-cancel':
        state = 'cancelled';
        break;
      case 'completion-cancel':
        state = 'completion-cancelled';
        break;
      default:
    }
  }
  if (held === undefined) return undefined;
  return { ...held, state, ...(completed === undefined ? {} : { completed }) };
}
