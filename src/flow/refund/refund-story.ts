import { type Attempt, type AttemptState, isUnresolved } from '../../domain/attempt.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { Refund } from '../../domain/refund.ts';

/** What the journal says of one refund. */
export interface RefundStory {
  readonly refund: Refund;
  readonly end: 'open' | 'completed' | 'voided';
  /** Attempts of this refund that were approved. */
  readonly done: readonly Attempt[];
  readonly unresolved?: Attempt;
}

/** The refunds of a sale, read back from its entries, oldest first. */
export function refundStories(entries: readonly SignedEntry[]): readonly RefundStory[] {
  const stories = new Map<string, { refund: Refund; end: RefundStory['end'] }>();
  const states = new Map<string, { attempt: Attempt; state: AttemptState }>();
  for (const { entry } of entries) {
    if (entry.type === 'refund.opened') stories.set(entry.body.refundId, { refund: entry.body, end: 'open' });
    else if (entry.type === 'refund.completed')
      stories.set(entry.body.refundId, { refund: entry.body, end: 'completed' });
    else if (entry.type === 'refund.voided') {
      const story = stories.get(entry.body.refundId);
      if (story !== undefined) story.end = 'voided';
    } else if ('attempt' in entry.body) {
      const { attempt } = entry.body;
      states.set(attempt.attemptId, { attempt, state: entry.type.slice('attempt.'.length) as AttemptState });
    }
  }
  return [...stories.values()].map(({ refund, end }) => {
    const own = [...states.values()].filter(({ attempt }) =>
      refund.parts.some((part) => part.attemptId === attempt.attemptId),
    );
    const unresolved = own.find(({ state }) => state === 'prepared' || isUnresolved(state));
    return {
      refund,
      end,
      done: own.filter(({ state }) => state === 'approved').map(({ attempt }) => attempt),
      ...(unresolved === undefined ? {} : { unresolved: unresolved.attempt }),
    };
  });
}

/** What counts against a further refund: completed ones, and open ones in full until their end is known. */
export const countedRefunds = (stories: readonly RefundStory[]): readonly Refund[] =>
  stories.filter((story) => story.end !== 'voided').map((story) => story.refund);

/** The refund as it ended, when only some of its ways went through; undefined when none did. */
export function asFarAsDone(refund: Refund, done: readonly Attempt[]): Refund | undefined {
  const parts = refund.parts.filter((part) => done.some(({ attemptId }) => attemptId === part.attemptId));
  if (parts.length === 0) return undefined;
  if (parts.length === refund.parts.length) return refund;
  const amount = parts.reduce((all, part) => all + part.amount, 0) as Refund['amount'];
  // Which of the lines it was cannot be told any more: the money counts, the goods are counted by hand.
  return { ...refund, parts, amount, lines: [] };
}
