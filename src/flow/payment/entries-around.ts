import type { EntryDraft } from '../../domain/entry.ts';
import { movedEntries } from './attempt-entries.ts';
import type { Payment } from './payment.ts';

/** What a plan writes together with its attempt's own entries: with the first durable state, and with the approval. */
export interface Around {
  readonly first: readonly EntryDraft[];
  readonly last: readonly EntryDraft[];
}

/** An attempt's move with what belongs to its sale or refund, as one commit. */
export function entriesAround(
  next: Payment,
  before: Payment,
  { first, last }: Around,
): readonly EntryDraft[] {
  const own = movedEntries(next, before);
  if (next.at === 'sending') return [...first, ...own];
  return next.at === 'approved' ? [...own, ...last] : own;
}
