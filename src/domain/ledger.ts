import { type Attempt, type AttemptMoved, type AttemptState, purposeOf } from './attempt.ts';
import type { Entry } from './entry.ts';
import { add, type Minor, minor, sum, ZERO } from './money.ts';
import { due } from './sale.ts';
import type { Tender } from './tender.ts';

/**
 * The shop's small double-entry ledger, folded from journal entries. Debits are positive. An attempt books its amount into
 * `suspense` when it is sent and out of it when its end is known, so that suspense is at any time the sum of the attempts whose
 * end is not known. `owed` is what customers owe for sales that are not completed yet; it is zero when all are.
 */
export type Account =
  /** Cash in the drawer; what customers owe (赊账); what was paid before and is used up. */
  | 'drawer'
  | 'receivable'
  | 'stored-value'
  /** What a channel owes the shop until it settles. */
  | `channel/${Exclude<Tender, 'cash' | 'credit' | 'stored-value'>}`
  | 'fee'
  /** What a till has booked and the channel, as the server knows for certain, does not hold: somebody must go after it. */
  | 'disputed'
  | 'suspense'
  | 'owed'
  | 'sales'
  | 'tips'
  | 'returns';

export interface Ledger {
  readonly accounts: Readonly<Partial<Record<Account, Minor>>>;
  /** Attempts whose amount stands in suspense, by id. */
  readonly open: ReadonlyMap<string, Attempt>;
}

export const EMPTY_LEDGER: Ledger = { accounts: {}, open: new Map() };

type Posting = readonly [Account, Minor];

/** Where the money of a tender is until it is settled. */
export function accountOf(tender: Tender): Account {
  if (tender === 'cash') return 'drawer';
  if (tender === 'credit') return 'receivable';
  return tender === 'stored-value' ? 'stored-value' : `channel/${tender}`;
}

/** +1 for money that comes, -1 for money that goes back, 0 for what only holds it or lets it go. */
export function directionOf(attempt: Attempt): 1 | -1 | 0 {
  switch (purposeOf(attempt)) {
    case 'sale':
    case 'completion':
    case 'tip':
      return 1;
    case 'void':
    case 'refund':
    case 'completion-cancel':
      return -1;
    default:
      return 0;
  }
}

/** Ends that leave the money where it was. */
const UNMOVED: readonly AttemptState[] = ['declined', 'abandoned', 'reversed', 'refunded'];

/** The ledger after one entry. Entries that speak of no money change nothing; a repeated state changes nothing. */
export function post(ledger: Ledger, entry: Entry): Ledger {
  if (entry.training) return ledger;
  switch (entry.type) {
    case 'sale.completed': {
      const { total, tip = ZERO } = entry.body;
      return booked(ledger, [
        ['owed', due(entry.body)],
        ['sales', minor(-total)],
        ['tips', minor(-tip)],
      ]);
    }
    case 'tip.added':
      return booked(ledger, [
        ['owed', entry.body.payment.amount],
        ['tips', minor(-entry.body.payment.amount)],
      ]);
    case 'refund.completed':
      return booked(ledger, [
        ['owed', minor(-entry.body.amount)],
        ['returns', entry.body.amount],
      ]);
    default:
      return 'attempt' in entry.body
        ? moved(ledger, entry.body, entry.type.slice('attempt.'.length) as AttemptState)
        : ledger;
  }
}

function moved(
  ledger: Ledger,
  {
    attempt,
    approval,
  }: { readonly attempt: Attempt; readonly approval?: { readonly fee?: Minor | undefined } | undefined },
  state: AttemptState,
): Ledger {
  const amount = minor(attempt.amount * directionOf(attempt));
  const isOpen = ledger.open.has(attempt.attemptId);
  if (state === 'sending' && !isOpen) {
    const open = new Map(ledger.open).set(attempt.attemptId, attempt);
    return booked({ ...ledger, open }, [
      ['suspense', amount],
      ['owed', minor(-amount)],
    ]);
  }
  if (!isOpen || (state !== 'approved' && !UNMOVED.includes(state))) return ledger;
  const open = new Map(ledger.open);
  open.delete(attempt.attemptId);
  const closed = { ...ledger, open };
  if (state !== 'approved')
    return booked(closed, [
      ['suspense', minor(-amount)],
      ['owed', amount],
    ]);
  const fee = approval?.fee ?? ZERO;
  return booked(closed, [
    ['suspense', minor(-amount)],
    [accountOf(attempt.tender), minor(amount - fee)],
    ['fee', fee],
  ]);
}

/**
 * Takes what an approval booked out of the channel's account: a till wrote that the money had moved, and it is known that it has
 * not. `by` -1 puts it back, when the channel holds it after all.
 */
export function dispute(
  ledger: Ledger,
  { attempt, approval }: Pick<AttemptMoved, 'attempt' | 'approval'>,
  by: 1 | -1 = 1,
): Ledger {
  const amount = minor(attempt.amount * directionOf(attempt) * by);
  const fee = minor((approval?.fee ?? ZERO) * by);
  return booked(ledger, [
    ['disputed', amount],
    [accountOf(attempt.tender), minor(fee - amount)],
    ['fee', minor(-fee)],
  ]);
}

function booked(ledger: Ledger, postings: readonly Posting[]): Ledger {
  const accounts = { ...ledger.accounts };
  for (const [account, amount] of postings) {
    if (amount !== 0) accounts[account] = add(accounts[account] ?? ZERO, amount);
  }
  return { ...ledger, accounts };
}

/** Zero, always: what one account gives another gets. */
export const balanceOf = (ledger: Ledger): Minor => sum(Object.values(ledger.accounts));

/** What `suspense` must say: the open attempts, money that comes less money that goes back. */
export const openAmount = (ledger: Ledger): Minor =>
  sum([...ledger.open.values()].map((attempt) => minor(attempt.amount * directionOf(attempt))));
