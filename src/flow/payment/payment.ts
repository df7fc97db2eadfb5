import type { Approval } from '../../domain/approval.ts';
import type { Attempt, AttemptState } from '../../domain/attempt.ts';
import type { RailTimingsData } from '../../domain/rails.ts';
import type { RailAnswer } from './rail.ts';

/**
 * One try at one tender, as a value. The arrows are design §5: store, then show, then act; after a lost link the machine
 * may only ask, it can never go back to charge. Every tender runs through it; a rail only says how to send and how to ask.
 */
export type PaymentState =
  | { readonly at: 'draft' }
  | Each<Exclude<AttemptState, Counted | 'stuck'>>
  /** How many inquiries, undo requests or refunds went without a definite answer so far, in this page. */
  | (Each<Counted> & { readonly tries: number })
  /** `during`: what it was about to find out, and what may still be tried while a manager is awaited. */
  | { readonly at: 'stuck'; readonly during: StuckDuring };

/** One member for each state, so that a `switch` tells them apart. */
type Each<State extends string> = State extends string
  ? { readonly at: State; readonly reason?: string }
  : never;
type Counted = 'inquiring' | 'reversing' | 'refund-due';
/** `decision`: nothing can be asked or done any more, a person must say what became of it. */
export type StuckDuring = Counted | 'decision';

export type Payment = {
  readonly attempt: Attempt;
  /** Why it is where it is; coded. */
  readonly reason?: string;
  /** What the channel said when money moved. Journalled with `approved`, and kept when it is undone or paid back. */
  readonly approval?: Approval;
  /** What the manager saw who decided. */
  readonly evidence?: string;
} & PaymentState;

/** Which question an answer answers: an approval means one thing after a charge and another after an undo. */
export type Question = 'send' | 'inquire' | 'reverse' | 'refund';

export type PaymentEvent =
  | { readonly type: 'prepare' }
  | { readonly type: 'send' }
  | { readonly type: 'abandon'; readonly reason: string }
  | { readonly type: 'answer'; readonly to: Question; readonly answer: RailAnswer }
  /** The pause is over, or somebody cannot wait: ask, undo or pay back now. */
  | { readonly type: 'due' }
  /** Undo: the cashier gave up waiting or uses another tender. */
  | { readonly type: 'reverse'; readonly reason: string }
  /** A manager's word. `booked`: the money came, and is not wanted any more. */
  | {
      readonly type: 'decided';
      readonly as: 'approved' | 'declined' | 'reversed' | 'refunded' | 'booked';
      readonly evidence: string;
    };

/** Acts at the edge. Each is done after the state that asks for it is on disk. */
export type PaymentEffect =
  | { readonly type: Question }
  /** Then `due`. Needs the rail's link to end. */
  | { readonly type: 'pause'; readonly ms: number }
  | { readonly type: 'call-manager' };

export type PaymentStep = readonly [Payment, readonly PaymentEffect[]];

/** What the rail is like, and how long ago the attempt was sent. */
export interface Conditions {
  readonly timings: RailTimingsData;
  /** `ask`: may not be undone by machine (a wallet refund). It is asked about until its window closes; then a manager. */
  readonly undo: 'reverse' | 'ask';
  /** Ms since SENDING by a clock that never runs backwards. It may stand still: the count of inquiries is bounded too. */
  readonly elapsedMs: number;
  /** Ms that have passed for certain: after a restart the wall clock's word is not enough to undo, or to believe 'not found'. */
  readonly surelyMs: number;
}

/** Inquiries beyond what fits into the window: somebody pressed 'ask again', or the clock stands still. */
const INQUIRIES_SPARE = 8;
const INQUIRIES_TIMES = 3;
/** Refunds without an answer before a manager is called. */
export const REFUNDS_MAX = 20;

export const newPayment = (attempt: Attempt): Payment => ({ attempt, at: 'draft' });

/** Nothing can change it any more: a late contradiction is a new fact, not a correction. */
export const isDefinite = ({ at }: Payment): boolean =>
  at === 'approved' || at === 'declined' || at === 'abandoned' || at === 'reversed' || at === 'refunded';

/** It may still take the customer's money: no other attempt may start on the same sale. */
export const mayStillCharge = (payment: Payment): boolean => {
  const { at } = payment;
  if (at === 'stuck') return payment.during === 'inquiring';
  return !isDefinite(payment) && !GOING_BACK.includes(at);
};

/** Money goes one way only now: to the customer. */
const GOING_BACK: readonly Payment['at'][] = ['accepted', 'reversing', 'approved-late', 'refund-due'];

/** Shortest and longest pause between two questions about money that a channel has accepted to give back, ms. */
const ACCEPTED_FIRST_MS = 5_000;
export const ACCEPTED_LONGEST_MS = 30 * 60_000;

/** Longer the longer it takes: most are through in seconds, a bank card takes days. */
export const acceptedPause = (elapsedMs: number): number =>
  Math.min(Math.max(ACCEPTED_FIRST_MS, Math.round(elapsedMs / 2)), ACCEPTED_LONGEST_MS);

/** After so many inquiries the window counts as closed, whatever the clock says. */
export const inquiriesMax = ({ windowMs, inquireEveryMs }: RailTimingsData): number =>
  INQUIRIES_TIMES * Math.ceil(windowMs / Math.max(1, inquireEveryMs)) + INQUIRIES_SPARE;
