import { type Attempt, type AttemptState, isUnresolved, purposeOf } from '../../domain/attempt.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { SalePayment } from '../../domain/tender.ts';
import { paymentOf } from './commit.ts';

/** What the journal's entries of one sale come to. */
export interface SaleStory {
  readonly sale: OpenSale;
  /** Approved, and not given back. */
  readonly paid: readonly SalePayment[];
  readonly end: 'open' | 'completed' | 'voided';
  /** The attempt that has no end yet. */
  readonly unresolved?: { readonly attempt: Attempt; readonly state: AttemptState };
}

/** Reads a sale back from its entries, oldest first; undefined when it was never opened. */
export function saleStory(entries: readonly SignedEntry[]): SaleStory | undefined {
  let sale: OpenSale | undefined;
  let end: SaleStory['end'] = 'open';
  const paid = new Map<string, SalePayment>();
  const states = new Map<string, { readonly attempt: Attempt; readonly state: AttemptState }>();
  for (const { entry } of entries) {
    if (entry.type === 'sale.opened') sale = entry.body;
    else if (entry.type === 'sale.completed') end = 'completed';
    else if (entry.type === 'sale.voided') end = 'voided';
    else if ('attempt' in entry.body) {
      const { attempt, approval } = entry.body;
      const state = entry.type.slice('attempt.'.length) as AttemptState;
      states.set(attempt.attemptId, { attempt, state });
      if (state !== 'approved') continue;
      const purpose = purposeOf(attempt);
      if (purpose === 'sale' || purpose === 'completion')
        paid.set(attempt.attemptId, paymentOf({ attempt, ...(approval && { approval }) }));
      else if (purpose === 'refund' || purpose === 'void') paid.delete(attempt.original ?? '');
    }
  }
  if (sale === undefined) return undefined;
  const unresolved = [...states.values()].find(({ state }) => state === 'prepared' || isUnresolved(state));
  return { sale, paid: [...paid.values()], end, ...(unresolved === undefined ? {} : { unresolved }) };
}
