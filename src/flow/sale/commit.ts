import { type Attempt, type AttemptState, isUnresolved } from '../../domain/attempt.ts';
import type { EntryDraft, SignedEntry } from '../../domain/entry.ts';
import type { OperatorId, SaleId } from '../../domain/ids.ts';
import { type Journal, JournalError } from '../../domain/journal.ts';
import type { CompletedSale, OpenSale } from '../../domain/sale.ts';
import type { Payment } from '../payment/payment.ts';

/**
 * What an attempt's move is written as. The sale is opened together with the first durable state of its attempt, and
 * completed together with the approval: no crash can leave the one without the other.
 */
export function draftsOf(payment: Payment, before: Payment, sale: OpenSale): readonly EntryDraft[] {
  if (payment.at === 'draft' || payment.at === 'prepared') return []; // Written with SENDING, in one commit.
  const moved = (state: AttemptState): EntryDraft => ({
    type: `attempt.${state}`,
    body: {
      attempt: payment.attempt,
      ...('reason' in payment && payment.reason !== undefined ? { reason: payment.reason } : {}),
    },
  });
  switch (payment.at) {
    case 'sending':
      return [
        { type: 'sale.opened', body: sale },
        { type: 'attempt.prepared', body: { attempt: payment.attempt } },
        moved('sending'),
      ];
    case 'approved':
      return [moved('approved'), { type: 'sale.completed', body: completed(sale, payment.attempt) }];
    case 'declined':
    case 'reversed':
    case 'refunded':
      return [moved(payment.at), { type: 'sale.voided', body: { saleId: sale.saleId, reason: payment.at } }];
    case 'abandoned': // Before SENDING was written there is nothing to void.
      return before.at === 'draft' || before.at === 'prepared' ? [] : [moved('abandoned')];
    default:
      return [moved(payment.at)];
  }
}

function completed(sale: OpenSale, attempt: Attempt): CompletedSale {
  const { attemptId, tender, amount, tendered } = attempt;
  return {
    ...sale,
    payments: [{ attemptId, tender, amount, ...(tendered === undefined ? {} : { tendered }) }],
  };
}

/**
 * Appends, or finds out that an earlier try was stored after all: an append that failed half way may be in one copy, and
 * writing it again would make two sales of one. One per attempt. Rejects with JournalError when nothing is stored.
 */
export class Committer {
  #doubt = false;
  readonly #journal: Journal;
  readonly #saleId: SaleId;

  constructor(journal: Journal, saleId: SaleId) {
    this.#journal = journal;
    this.#saleId = saleId;
  }

  async append(drafts: readonly EntryDraft[], operator: OperatorId): Promise<readonly SignedEntry[]> {
    if (drafts.length === 0) return [];
    if (this.#doubt) {
      const stored = await this.#stored(drafts);
      if (stored !== undefined) return stored;
    }
    try {
      return await this.#journal.append(drafts, operator);
    } catch (error) {
      this.#doubt ||= error instanceof JournalError && error.maybeStored;
      throw error;
    }
  }

  /** The entries that say what the drafts say, when all of them are there already. */
  async #stored(drafts: readonly EntryDraft[]): Promise<readonly SignedEntry[] | undefined> {
    const entries = await this.#journal.entriesOf(this.#saleId);
    const found = drafts.map((draft) => entries.findLast((signed) => signed.entry.type === draft.type));
    return found.every((signed) => signed !== undefined) ? found : undefined;
  }
}

/** States in which a stored attempt must be taken up again when the till starts. */
export const needsRecovery = (state: AttemptState): boolean => state === 'prepared' || isUnresolved(state);
