import type { Approval } from '../../domain/approval.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { CardData } from '../../domain/card-data.ts';
import type { RailTimingsData } from '../../domain/rails.ts';
import type { Waiting } from '../attempts-service.ts';

/** What a rail heard back. When in doubt it must say `no-answer`. Reasons are coded, 64 characters at most. */
export type RailAnswer =
  /** Definite. As the answer to an undo: it was booked and could not be undone. */
  | { readonly kind: 'approved'; readonly approval?: Approval; readonly reason?: string }
  /** Definite: no money moved and none will. */
  | { readonly kind: 'declined'; readonly reason: string }
  /** Definite: undone, or never booked and never will be. */
  | { readonly kind: 'reversed'; readonly reason?: string }
  /** Definite answer to a refund: the money is back. */
  | { readonly kind: 'refunded' }
  /** The host took the money and the card did not accept it: it must be undone at once. */
  | { readonly kind: 'must-reverse'; readonly reason: string; readonly approval?: Approval }
  /** The customer must still act. `show`: what to tell him; without it, what was said before. */
  | { readonly kind: 'waiting'; readonly reason?: string; readonly show?: Waiting }
  /** The channel has taken on to give the money back, and is at it: nothing is left to be decided or done here. */
  | { readonly kind: 'accepted'; readonly reason: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-answer'; readonly reason: string };

/** What may be needed to charge and must never be stored: it lives in memory until the request has left, and no longer. */
export interface Secret {
  /** The scanned pay code. */
  readonly code?: string;
  /** A card that was read before. Without it the reader asks for one. */
  readonly card?: CardData;
  /** What was said of the attempt that this one gives back, completes or cancels. */
  readonly original?: Approval;
}

/** What a rail has while it charges. */
export interface Sending {
  readonly secret: Secret;
  /** The cashier wants to stop: end the dialogue if nothing has left, else give up waiting for the answer. */
  readonly signal: AbortSignal;
  /** What the customer or the cashier must do now. */
  waiting(show: Waiting): void;
  /** The request leaves now: the rail's window begins here and not when the card was asked for. */
  sent(): void;
}

/** The way to whoever answers the questions. While it is down nobody is asked, and no try is lost. */
export interface RailLink {
  online(): boolean;
  /** Calls `listener` after every change; returns the function that stops it. */
  subscribe(listener: () => void): () => void;
  /** What is said while it is down. */
  readonly waiting: Waiting;
}

/**
 * One way money travels, for one attempt. A new tender is a new rail; the machine of payment.ts stays as it is.
 * No method may reject or wait for ever (a person's answer excepted): what went wrong is an answer.
 */
export interface Rail {
  readonly timings: RailTimingsData;
  readonly undo: 'reverse' | 'ask';
  /** Absent: nothing to wait for. */
  readonly link?: RailLink;
  /** Who is waited for when nothing else was said. */
  readonly waits: Waiting;
  /** Called at most once for an attempt, after SENDING is on disk. */
  send(attempt: Attempt, sending: Sending): Promise<RailAnswer>;
  /** Asks what became of the attempt, by its own id. Never moves money. */
  inquire(attempt: Attempt): Promise<RailAnswer>;
  /** Undoes the attempt if it was booked. The same undo each time it is repeated. */
  reverse(attempt: Attempt, reason: string): Promise<RailAnswer>;
  /** Pays back money that was booked after all, under a number that is the same each time it is repeated. */
  refund(attempt: Attempt, approval: Approval | undefined): Promise<RailAnswer>;
}
