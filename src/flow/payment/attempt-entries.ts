import type { AttemptState } from '../../domain/attempt.ts';
import type { EntryDraft } from '../../domain/entry.ts';
import type { OperatorId, SaleId } from '../../domain/ids.ts';
import { type Journal, JournalError } from '../../domain/journal.ts';
import type { Payment } from './payment.ts';

/** One state of an attempt as an entry. */
function movedEntry(payment: Payment, state: AttemptState): EntryDraft {
  const { attempt, reason, approval, evidence } = payment;
  return {
    type: `attempt.${state}`,
    body: {
      attempt,
      ...(reason === undefined ? {} : { reason }),
      ...(approval === undefined ? {} : { approval }),
      ...(evidence === undefined ? {} : { evidence }),
    },
  };
}

/**
 * What every attempt's move is written as, whatever it is for: a plan adds what belongs to its sale or refund. PREPARED is
 * written with SENDING, in one commit; what was never sent leaves no trace.
 */
export function movedEntries(next: Payment, before: Payment): readonly EntryDraft[] {
  switch (next.at) {
    case 'draft':
    case 'prepared':
      return [];
    case 'sending':
      return [
        { type: 'attempt.prepared', body: { attempt: next.attempt } },
        { type: 'attempt.sending', body: { attempt: next.attempt } },
      ];
    case 'abandoned':
      return before.at === 'draft' ? [] : [movedEntry(next, 'abandoned')];
    default:
      return [movedEntry(next, next.at)];
  }
}

/**
 * Writes the entries of one attempt, or finds out that an earlier try was stored after all: an append that failed half way
 * may be in one copy, and writing it again would make two facts of one. Rejects with JournalError when nothing is stored.
 */
export class AttemptEntries {
  #doubt = false;
  readonly #journal: Journal;
  readonly #saleId: SaleId;

  constructor(journal: Journal, saleId: SaleId) {
    this.#journal = journal;
    this.#saleId = saleId;
  }

  async append(drafts: readonly EntryDraft[], operator: OperatorId): Promise<void> {
    if (drafts.length === 0) return;
    if (this.#doubt && (await this.#isStored(drafts))) return;
    try {
      await this.#journal.append(drafts, operator);
    } catch (error) {
      this.#doubt ||= error instanceof JournalError && error.maybeStored;
      throw error;
    }
  }

  /** The last entries of the sale say exactly what the drafts say. */
  async #isStored(drafts: readonly EntryDraft[]): Promise<boolean> {
    const told = (await this.#journal.entriesOf(this.#saleId)).slice(-TAIL_MAX);
    return drafts.every(({ type, body }) =>
      told.some(({ entry }) => entry.type === type && isSame(entry.body, body)),
    );
  }
}

/** Other attempts of the same sale may have written in between, but not many. */
const TAIL_MAX = 20;

/** Equal as JSON, whatever the order of the fields: what was read back may have been sorted. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return Object.is(one, other);
  const [first, second] = [Object.entries(one), Object.entries(other)];
  const fields = new Map(second);
  return first.length === second.length && first.every(([key, value]) => isSame(value, fields.get(key)));
}
