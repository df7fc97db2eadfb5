import { add, type Minor, minor, subtract, ZERO } from '../../../src/domain/money.ts';
import type { Behaviour } from '../behaviour.ts';
import {
  adjustPayment,
  type BookedOrder,
  type Books,
  bookPayment,
  bookRefund,
  refundable,
  undoRefund,
} from '../books.ts';

export type TradeKind =
  | 'balance'
  | 'sale'
  | 'void'
  | 'refund'
  | 'authorisation'
  | 'authorisation-cancel'
  | 'completion'
  | 'completion-cancel'
  | 'tip';

/** One accepted request of a terminal. Card numbers are not kept. */
export interface Trade {
  /** `terminal-batch-trace`: its number in the books. */
  readonly id: string;
  readonly terminal: string;
  readonly batch: string;
  readonly trace: string;
  readonly kind: TradeKind;
  readonly amount: Minor;
  readonly reference: string;
  readonly authCode: string;
  /** MMDD of the host. */
  readonly date: string;
  readonly behaviour: Behaviour;
  state: 'pending' | 'booked' | 'declined' | 'reversed';
  readonly original: Trade | undefined;
  book: BookedOrder | undefined;
  /** Money a tip added to a sale. */
  tip: Minor;
  retriesLeft: number;
}

/** A completion may go this far beyond the authorised amount, and a tip this far beyond the sale, in percent. */
const COMPLETION_MAX = 115;
const TIP_MAX = 50;

/** '' when the trade may be booked, else the answer code (PROFILE.md 4). */
export function refuseTrade(kind: TradeKind, amount: Minor, original: Trade | undefined): string {
  if (kind === 'sale' || kind === 'authorisation') return amount > 0 ? '' : '13';
  if (kind === 'balance') return '';
  const book = original?.book;
  if (original === undefined || book === undefined || original.state === 'pending') return '25';
  const wanted = ORIGINALS[kind];
  if (wanted !== undefined && !wanted.includes(original.kind)) return '25';
  if (original.state !== 'booked') return '12';
  if (kind === 'void' || kind === 'completion-cancel') {
    if (book.refunded !== ZERO) return '12';
    return amount === book.paid ? '' : '64';
  }
  if (kind === 'refund') return amount <= 0 ? '13' : amount > refundable(book) ? '61' : '';
  if (kind === 'tip') {
    if (book.refunded !== ZERO) return '12';
    const extra = subtract(amount, original.amount);
    return extra < 0 || extra * 100 > original.amount * TIP_MAX ? '61' : '';
  }
  if (book.state !== 'held') return '12';
  if (kind === 'authorisation-cancel') return amount === book.amount ? '' : '64';
  return amount <= 0 ? '13' : amount * 100 > book.amount * COMPLETION_MAX ? '61' : '';
}

const ORIGINALS: Readonly<Partial<Record<TradeKind, readonly TradeKind[]>>> = {
  void: ['sale'],
  refund: ['sale', 'completion'],
  tip: ['sale'],
  'authorisation-cancel': ['authorisation'],
  completion: ['authorisation'],
  'completion-cancel': ['completion'],
};

/** Moves the money of a trade that `refuseTrade` let pass. */
export function bookTrade(trade: Trade, books: Books, at: number): void {
  const { kind, original, amount } = trade;
  trade.state = 'booked';
  if (kind === 'sale' || kind === 'completion' || kind === 'authorisation') {
    trade.book ??= books.create({
      host: 'bank',
      order: trade.id,
      kind,
      amount,
      providerId: trade.reference,
      createdAt: at,
    });
    if (kind === 'authorisation') trade.book.state = 'held';
    else bookPayment(trade.book, at);
    if (kind === 'completion') close(original, at);
    return;
  }
  const book = original?.book;
  if (book === undefined) return;
  trade.book = book;
  if (kind === 'void' || kind === 'completion-cancel')
    bookRefund(book, { id: trade.id, kind: 'void', amount, at });
  if (kind === 'refund') bookRefund(book, { id: trade.id, kind: 'refund', amount, at });
  if (kind === 'authorisation-cancel') close(original, at);
  if (kind === 'tip' && original !== undefined) {
    original.tip = subtract(amount, original.amount);
    adjustPayment(book, amount);
  }
}

function close(authorisation: Trade | undefined, at: number): void {
  if (authorisation?.book === undefined) return;
  authorisation.book.state = 'closed';
  authorisation.book.closedAt = at;
}

/** Undoes a trade; '' or the code of why not (PROFILE.md 5). */
export function undoTrade(trade: Trade, at: number): string {
  const { book, original } = trade;
  if (trade.state !== 'booked' || book === undefined) {
    if (trade.state === 'pending') trade.state = 'reversed';
    return '';
  }
  if (trade.kind === 'refund' || trade.kind === 'tip') return '40';
  if (trade.kind === 'void' || trade.kind === 'completion-cancel') undoRefund(book, trade.id);
  else if (trade.kind === 'authorisation-cancel') book.state = 'held';
  else if (trade.kind === 'authorisation') {
    if (book.state !== 'held') return '12';
    book.state = 'reversed';
    book.closedAt = at;
  } else {
    if (book.refunded !== ZERO) return '12';
    bookRefund(book, { id: `reversal-${trade.id}`, kind: 'reversal', amount: book.paid, at });
    book.state = 'reversed';
    book.closedAt = at;
    if (trade.kind === 'completion' && original?.book !== undefined) original.book.state = 'held';
  }
  trade.state = 'reversed';
  return '';
}

export interface Totals {
  readonly debit: Minor;
  readonly debits: number;
  readonly credit: Minor;
  readonly credits: number;
}

/** The host's own sums of a batch. */
export function batchTotals(trades: readonly Trade[]): Totals {
  const booked = trades.filter((trade) => trade.state === 'booked');
  const debits = booked.filter(({ kind }) => kind === 'sale' || kind === 'completion');
  const credits = booked.filter(({ kind }) => ['void', 'refund', 'completion-cancel'].includes(kind));
  return {
    debit: debits.reduce((sum, { amount, tip }) => add(sum, add(amount, tip)), minor(0)),
    debits: debits.length,
    credit: credits.reduce((sum, { amount }) => add(sum, amount), minor(0)),
    credits: credits.length,
  };
}
