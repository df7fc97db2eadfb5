import type { Approval } from '../domain/approval.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { SaleId } from '../domain/ids.ts';
import type { Currency, Minor } from '../domain/money.ts';
import type { LivePayment } from './attempts-service.ts';
import type { SlipState } from './checkout-service.ts';
import type { Store } from './store.ts';

/** Where a pre-authorisation (预授权) stands. */
export interface Authorisation {
  readonly attempt: Attempt;
  readonly approval: Approval;
  readonly at: number;
  readonly state: 'held' | 'completed' | 'cancelled' | 'completion-cancelled';
  /** What was taken of it. */
  readonly completed?: { readonly attempt: Attempt; readonly approval: Approval };
  readonly live?: LivePayment;
}

export type AuthorisationState =
  | { readonly at: 'idle'; readonly problem?: string }
  | { readonly at: 'running'; readonly attempt: Attempt; readonly live?: LivePayment }
  | { readonly at: 'done'; readonly attempt: Attempt; readonly approval: Approval; readonly slip: SlipState }
  | { readonly at: 'refused'; readonly attempt: Attempt; readonly reason: string }
  /** 余额查询. */
  | { readonly at: 'balance'; readonly balance: Minor; readonly currency: Currency };

export type AuthorisationEvent =
  | { readonly type: 'authorise'; readonly amount: Minor; readonly method: 'reader' | 'terminal' }
  /** At most what is held, and what the rail allows beyond it. */
  | { readonly type: 'complete'; readonly original: string; readonly amount: Minor }
  /** With the PIN of somebody who may `refund`. */
  | { readonly type: 'cancel'; readonly original: string; readonly pin: string }
  | { readonly type: 'cancel-completion'; readonly original: string; readonly pin: string }
  /** 小费 on a card payment of a sale that is done. `original` is the payment's attempt. */
  | { readonly type: 'tip'; readonly saleId: SaleId; readonly original: string; readonly amount: Minor }
  | { readonly type: 'balance' }
  | { readonly type: 'stop' }
  | { readonly type: 'print' }
  | { readonly type: 'close' };

export interface Authorisations {
  readonly state: Store<AuthorisationState>;
  list(): Promise<readonly Authorisation[]>;
  send(event: AuthorisationEvent): Promise<void>;
}
