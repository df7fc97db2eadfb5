import type { Attempt } from '../../domain/attempt.ts';
import type { Tender } from '../../domain/tender.ts';
import type { RailTimings } from './payment.ts';

/** What a rail heard back. Only `approved` and `declined` are definite; when in doubt it must say `no-answer`. */
export type RailAnswer =
  | { readonly kind: 'approved'; readonly reason?: string }
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-answer'; readonly reason: string };

/**
 * One way money travels. A new tender is a new rail; the machine of payment.ts stays as it is.
 * No method may reject: what went wrong is an answer.
 */
export interface Rail {
  readonly tender: Tender;
  readonly timings: RailTimings;
  /** Called at most once for an attempt, after SENDING is on disk. */
  send(attempt: Attempt): Promise<RailAnswer>;
  /** Asks what became of the attempt, by its own id. Never moves money. */
  inquire(attempt: Attempt): Promise<RailAnswer>;
  /** Undoes the attempt if it was booked; `true` only for a definite 'undone, or never booked and never will be'. */
  reverse(attempt: Attempt): Promise<boolean>;
  /** Pays back money that was booked after all. `true` only when it is definitely back. */
  refund(attempt: Attempt): Promise<boolean>;
}
