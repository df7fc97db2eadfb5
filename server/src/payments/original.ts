import type { Refusal } from '../../../src/contract/api.ts';
import type { Attempt, Purpose } from '../../../src/domain/attempt.ts';
import { CHILDREN_MAX, type OrderRow } from './orders.ts';

/** What each purpose may refer to. A refund of a refund is none of these. */
const REFERS_TO: Readonly<Partial<Record<Purpose, readonly Purpose[]>>> = {
  void: ['sale', 'tip'],
  refund: ['sale', 'tip', 'completion'],
  completion: ['authorisation'],
  'authorisation-cancel': ['authorisation'],
  'completion-cancel': ['completion'],
  tip: ['sale'],
};

/** A completion may take this much of what was authorised, per cent: the card schemes' rule in China. The host decides below it. */
const COMPLETION_PERCENT_MAX = 115;

export const needsOriginal = (purpose: Purpose): boolean => REFERS_TO[purpose] !== undefined;

/** Not undone and not refused: it has moved money, or still may. */
const isLive = (row: OrderRow): boolean => row.state !== 'declined' && row.state !== 'reversed';

export const liveChildren = (children: readonly OrderRow[]): readonly OrderRow[] => children.filter(isLive);

const sumOf = (rows: readonly OrderRow[]): number => rows.reduce((total, row) => total + row.amount, 0);

/**
 * Whether an attempt may refer to this original, given everything else that refers to it, pending ones included. The caller
 * reads and writes in one transaction, so two attempts can never both take what is left.
 */
export function checkOriginal(
  attempt: Attempt,
  purpose: Purpose,
  original: OrderRow | undefined,
  children: readonly OrderRow[],
): Refusal | undefined {
  const isFitting =
    original !== undefined &&
    original.state === 'approved' &&
    REFERS_TO[purpose]?.includes(original.purpose) === true &&
    original.tender === attempt.tender &&
    original.currency === attempt.currency;
  if (!isFitting) return 'original-unknown';
  if (children.length >= CHILDREN_MAX) return 'amount-beyond-original';
  return isWithin(attempt, purpose, original, liveChildren(children)) ? undefined : 'amount-beyond-original';
}

function isWithin(
  attempt: Attempt,
  purpose: Purpose,
  original: OrderRow,
  live: readonly OrderRow[],
): boolean {
  const tips = live.filter((row) => row.purpose === 'tip');
  const takers = live.filter((row) => row.purpose !== 'tip');
  switch (purpose) {
    case 'refund':
      return sumOf(takers) + attempt.amount <= original.amount;
    case 'completion':
      return live.length === 0 && attempt.amount * 100 <= original.amount * COMPLETION_PERCENT_MAX;
    case 'tip':
      return takers.length === 0 && tips.length === 0 && attempt.amount <= original.amount;
    default: // Voids and cancels: all of it, and nothing else has touched it.
      return live.length === 0 && attempt.amount === original.amount;
  }
}
