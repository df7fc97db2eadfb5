import type { Attempt, AttemptState } from '../../domain/attempt.ts';

/**
 * One try at one tender, as a value. The arrows are design §5: store, then show, then act; after a lost link the machine
 * may only ask, it can never go back to charge. Every tender runs through it; a rail only says how to send and how to ask.
 */
export type PaymentState =
  | { readonly at: 'draft' }
  | { readonly at: Exclude<AttemptState, 'inquiring' | 'reversing'>; readonly reason?: string }
  /** How many inquiries, or reversals, went without a definite answer so far. */
  | { readonly at: 'inquiring' | 'reversing'; readonly tries: number; readonly reason?: string };

export type Payment = { readonly attempt: Attempt } & PaymentState;

/** What a rail or a person can say. Everything else (timeouts, bad signatures, lost links, restarts) is `no-answer`. */
export type PaymentEvent =
  | { readonly type: 'prepare' }
  | { readonly type: 'send' }
  | { readonly type: 'abandon'; readonly reason: string }
  | { readonly type: 'approved'; readonly reason?: string }
  /** Only for a definite, authenticated refusal. */
  | { readonly type: 'declined'; readonly reason: string }
  | { readonly type: 'no-answer'; readonly reason: string }
  /** The host has never heard of the attempt, and its window has passed, so that it never will. */
  | { readonly type: 'not-found' }
  /** Undo: the cashier gave up waiting, switched tender, or the rail's query window closed. */
  | { readonly type: 'reverse'; readonly reason: string }
  | { readonly type: 'reversed' }
  | { readonly type: 'refunded' };

/** Acts at the edge. Each is done after the state that asks for it is on disk. */
export type PaymentEffect =
  | { readonly type: 'send' }
  | { readonly type: 'inquire'; readonly tries: number }
  | { readonly type: 'reverse'; readonly tries: number }
  | { readonly type: 'refund' }
  | { readonly type: 'call-manager' };

export type PaymentStep = readonly [Payment, readonly PaymentEffect[]];

/** How often a rail is asked before a person must decide. Rails with windows of their own say so in their timings. */
export interface RailTimings {
  readonly inquiriesMax: number;
  readonly reversalsMax: number;
  /** Ms before the n-th inquiry or reversal (n from 0). */
  delayMs(tries: number): number;
}

export const newPayment = (attempt: Attempt): Payment => ({ attempt, at: 'draft' });

/** The next state and what to do; `[payment, []]` (the same object) when the event means nothing here. */
export function step(payment: Payment, event: PaymentEvent, timings: RailTimings): PaymentStep {
  const { attempt } = payment;
  const ignore: PaymentStep = [payment, []];
  const to = (state: PaymentState, ...effects: readonly PaymentEffect[]): PaymentStep => [
    { attempt, ...state },
    effects,
  ];
  const ask = (tries: number, reason: string): PaymentStep =>
    tries > timings.inquiriesMax
      ? to({ at: 'stuck', reason }, { type: 'call-manager' })
      : to({ at: 'inquiring', tries, reason }, { type: 'inquire', tries });
  const undo = (tries: number, reason: string): PaymentStep =>
    tries > timings.reversalsMax
      ? to({ at: 'stuck', reason }, { type: 'call-manager' })
      : to({ at: 'reversing', tries, reason }, { type: 'reverse', tries });

  switch (payment.at) {
    case 'draft':
      return event.type === 'prepare' ? to({ at: 'prepared' }) : ignore;
    case 'prepared':
      if (event.type === 'send') return to({ at: 'sending' }, { type: 'send' });
      return event.type === 'abandon' ? to({ at: 'abandoned', reason: event.reason }) : ignore;
    case 'sending':
      if (event.type === 'no-answer') return to({ at: 'unknown', reason: event.reason });
      if (event.type === 'reverse') return undo(0, event.reason);
      return answered(event, to) ?? ignore;
    case 'unknown': // Never back to `sending`: that could charge twice. The runner goes on to ask.
      if (event.type === 'no-answer') return ask(0, event.reason);
      if (event.type === 'reverse') return undo(0, event.reason);
      return answered(event, to) ?? ignore;
    case 'inquiring':
      if (event.type === 'no-answer') return ask(payment.tries + 1, event.reason);
      if (event.type === 'reverse') return undo(0, event.reason);
      if (event.type === 'not-found') return to({ at: 'not-found' });
      return answered(event, to) ?? ignore;
    case 'not-found': // The reversal is sent all the same: it plants a tombstone against a late booking.
      return event.type === 'reverse' || event.type === 'no-answer' ? undo(0, 'not-found') : ignore;
    case 'reversing':
      if (event.type === 'reversed') return to({ at: 'reversed', ...because(payment.reason) });
      if (event.type === 'approved') return to({ at: 'approved-late' });
      return event.type === 'no-answer' ? undo(payment.tries + 1, event.reason) : ignore;
    case 'approved-late':
      return event.type === 'reverse' || event.type === 'no-answer'
        ? to({ at: 'refund-due' }, { type: 'refund' })
        : ignore;
    case 'refund-due':
      if (event.type === 'refunded') return to({ at: 'refunded' });
      return event.type === 'no-answer'
        ? to({ at: 'stuck', reason: event.reason }, { type: 'call-manager' })
        : ignore;
    case 'stuck': // A person with the evidence decides; the machine never does.
      if (event.type === 'reversed') return to({ at: 'reversed', reason: 'manager' });
      if (event.type === 'refunded') return to({ at: 'refunded', reason: 'manager' });
      return answered(event, to) ?? ignore;
    case 'approved':
    case 'declined':
    case 'abandoned':
    case 'reversed':
    case 'refunded':
      return ignore; // Definite states absorb.
    default:
      return payment satisfies never;
  }
}

const because = (reason: string | undefined) => (reason === undefined ? {} : { reason });

function answered(event: PaymentEvent, to: (state: PaymentState) => PaymentStep): PaymentStep | undefined {
  if (event.type === 'approved') return to({ at: 'approved', ...because(event.reason) });
  if (event.type === 'declined') return to({ at: 'declined', reason: event.reason });
  return undefined;
}

/**
 * What a restart makes of a stored attempt. PREPARED was never sent and is given up; whatever may have moved money becomes
 * a question; nothing is ever sent again.
 */
export function recover(payment: Payment, timings: RailTimings): PaymentStep {
  switch (payment.at) {
    case 'draft':
    case 'prepared':
      return [{ attempt: payment.attempt, at: 'abandoned', reason: 'restart' }, []];
    case 'sending':
      return [{ attempt: payment.attempt, at: 'unknown', reason: 'restart' }, []];
    case 'inquiring':
      return [payment, [{ type: 'inquire', tries: payment.tries }]];
    case 'reversing':
      return [payment, [{ type: 'reverse', tries: payment.tries }]];
    case 'refund-due':
      return [payment, [{ type: 'refund' }]];
    case 'unknown':
    case 'not-found':
    case 'approved-late':
      return step(payment, { type: 'no-answer', reason: 'restart' }, timings);
    case 'stuck':
      return [payment, [{ type: 'call-manager' }]];
    default:
      return [payment, []];
  }
}
