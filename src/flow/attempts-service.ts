import type { ReaderPrompt } from '../devices/ports.ts';
import type { Approval } from '../domain/approval.ts';
import type { Attempt, AttemptState } from '../domain/attempt.ts';
import type { SignedEntry } from '../domain/entry.ts';
import type { SaleId } from '../domain/ids.ts';
import type { Minor } from '../domain/money.ts';
import type { OpenSale } from '../domain/sale.ts';
import type { SalePayment } from '../domain/tender.ts';
import type { Store } from './store.ts';

/** What is waited for, and so what the customer must be told. */
export type Waiting =
  | { readonly for: 'answer' }
  /** The wallet asks the customer for a password. */
  | { readonly for: 'customer-password' }
  /** The customer scans this code. */
  | { readonly for: 'customer-scan'; readonly code: string; readonly expiresAt: number }
  | { readonly for: 'reader'; readonly prompt: ReaderPrompt }
  | { readonly for: 'terminal' }
  /** Nobody can be asked until the link is back. */
  | { readonly for: 'network' }
  /** The cashier's word: cash. */
  | { readonly for: 'cashier' }
  /** A manager's word: the machine has done what it may. */
  | { readonly for: 'manager' };

/** An attempt that is running or whose end is not known. Lives beside the sale in hand: the next customer can be served. */
export interface LivePayment {
  readonly attempt: Attempt;
  readonly state: AttemptState;
  readonly reason?: string;
  readonly approval?: Approval;
  readonly waiting: Waiting;
  /** Clock ms: when it was sent, when inquiring ends, when the next question or undo goes out. */
  readonly startedAt: number;
  readonly untilAt?: number;
  readonly nextAt?: number;
  /** Questions, or undo requests, without a definite answer. */
  readonly tries: number;
  readonly canReverse: boolean;
}

/** A manager's decision about a stuck attempt, with what he saw. */
export interface ManagerDecision {
  readonly as: 'approved' | 'declined' | 'reversed' | 'refunded';
  /** What the statement or the bank says, in the manager's words. */
  readonly evidence: string;
  /** Of somebody with the right `override`. */
  readonly pin: string;
}

export interface Attempts {
  /** All that are not definite, oldest first. Their sum is the suspense account. */
  readonly state: Store<readonly LivePayment[]>;
  inquireNow(attemptId: string): void;
  /** Begins or repeats the undoing. */
  reverse(attemptId: string): Promise<void>;
  /** Rejects with FlowError: `wrong-pin`, `forbidden`, `evidence-missing`, `not-stuck`. */
  decide(attemptId: string, decision: ManagerDecision): Promise<void>;
  /** Everything the journal says of the attempt, oldest first: what a manager takes to the bank. */
  evidence(attemptId: string): Promise<readonly SignedEntry[]>;
}

/** A sale that was begun and is neither completed nor voided. */
export interface OpenSaleView {
  readonly sale: OpenSale;
  readonly paid: readonly SalePayment[];
  readonly remaining: Minor;
  /** The unresolved attempt that stands in its way, if any. */
  readonly live?: LivePayment;
}

export interface OpenSales {
  readonly state: Store<readonly OpenSaleView[]>;
  /** Puts it back into the checkout; only when nothing else is in hand. */
  resume(saleId: SaleId): Promise<void>;
}
