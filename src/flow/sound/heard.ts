import type { Attempt, AttemptMoved } from '../../domain/attempt.ts';
import { purposeOf } from '../../domain/attempt.ts';
import type { Entry } from '../../domain/entry.ts';
import type { Currency, Minor } from '../../domain/money.ts';
import type { CompletedSale } from '../../domain/sale.ts';
import { isByHand, type Tender } from '../../domain/tender.ts';

/** Every sound there is. `done`: the money is there; `noted`: somebody says that it is, or will be. */
export const CUES = ['key', 'scan', 'scan-unclear', 'done', 'noted', 'declined', 'unknown'] as const;
export type Cue = (typeof CUES)[number];

/** What a voice says of money. */
export interface Spoken {
  readonly kind: 'received' | 'refunded';
  readonly tender: Tender;
  readonly amount: Minor;
  readonly currency: Currency;
  /** Training, or a sandbox: said first, so that nobody takes play money for real money by ear. */
  readonly play: boolean;
}

export interface Heard {
  readonly cue?: Cue;
  readonly spoken?: Spoken;
}

const NOTHING: Heard = {};

/**
 * What an entry of the journal sounds like. It is in both copies by then. A result is announced from the entry of the attempt that
 * its channel has verified; cash from the paid sale, by the cashier's word; what nobody has verified is never announced.
 */
export function heardOf(entry: Entry): Heard {
  switch (entry.type) {
    case 'sale.completed':
      return ofSale(entry.body, entry.training);
    case 'attempt.approved':
      return ofApproval(entry.body, entry.training);
    case 'attempt.declined':
      return isByHand(entry.body.attempt.tender) ? NOTHING : { cue: 'declined' };
    case 'attempt.unknown':
    case 'attempt.stuck':
    case 'attempt.approved-late':
      return { cue: 'unknown' };
    case 'tip.added':
      return { cue: 'done' };
    case 'refund.completed': {
      const { amount, currency, parts } = entry.body;
      const tender = parts[0]?.tender;
      if (tender === undefined) return { cue: 'done' };
      return { cue: 'done', spoken: { kind: 'refunded', tender, amount, currency, play: entry.training } };
    }
    default:
      return NOTHING;
  }
}

function ofSale({ payments, currency }: CompletedSale, play: boolean): Heard {
  const onWord = payments.some(({ tender }) => tender === 'static-code' || tender === 'credit');
  if (onWord) return { cue: 'noted' };
  const [only] = payments;
  if (only === undefined || payments.length > 1 || only.tender !== 'cash') return { cue: 'done' };
  const { tender, amount } = only;
  return { cue: 'done', spoken: { kind: 'received', tender, amount, currency, play } };
}

/** Money that came in by a channel that says so itself. What a terminal took off line the bank has not seen. */
function ofApproval({ attempt, approval }: AttemptMoved, training: boolean): Heard {
  const { tender, amount, currency } = attempt;
  if (!bringsMoney(attempt) || isByHand(tender) || approval?.offline === true) return NOTHING;
  const play = training || approval?.demo === true;
  return { spoken: { kind: 'received', tender, amount, currency, play } };
}

function bringsMoney(attempt: Attempt): boolean {
  const purpose = purposeOf(attempt);
  return purpose === 'sale' || purpose === 'tip' || purpose === 'completion';
}
