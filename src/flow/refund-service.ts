import type { SaleId } from '../domain/ids.ts';
import type { Minor } from '../domain/money.ts';
import type { Refund, RefundLine, RefundPart } from '../domain/refund.ts';
import type { RefundChoice } from '../domain/refund-quote.ts';
import type { LivePayment } from './attempts-service.ts';
import type { SlipState } from './checkout-service.ts';
import type { Store } from './store.ts';

export interface RefundQuote {
  readonly amount: Minor;
  readonly lines: readonly RefundLine[];
  /** Split over the original tenders, never more than each still holds. */
  readonly parts: readonly Omit<RefundPart, 'attemptId'>[];
  /** Worth of the points that go back. */
  readonly points?: Minor;
  /** Void (撤销) is for the same business day, nothing refunded yet, everything. */
  readonly canVoid: boolean;
  /** Coded: `nothing-left`, `more-than-paid`, `more-than-line`, `sale-unknown`, `offline`. */
  readonly problem?: string;
  readonly left: Minor;
}

export type RefundState =
  | { readonly at: 'idle' }
  /** The operator may not do this alone. `problem`: `wrong-pin`, `forbidden`. */
  | { readonly at: 'granting'; readonly refund: Refund; readonly problem?: string }
  | {
      readonly at: 'running';
      readonly refund: Refund;
      readonly done: readonly RefundPart[];
      readonly live?: LivePayment;
    }
  /** A wallet or bank refused a part: cash, with a manager, or leave it. */
  | {
      readonly at: 'part-refused';
      readonly refund: Refund;
      readonly part: RefundPart;
      readonly done: readonly RefundPart[];
      readonly reason: string;
      readonly problem?: string;
    }
  /** `underWay`: parts that a channel has accepted and not finished. They end by themselves, in seconds or in days. */
  | {
      readonly at: 'done';
      readonly refund: Refund;
      readonly slip: SlipState;
      readonly underWay?: readonly RefundPart['attemptId'][];
    }
  | {
      readonly at: 'given-up';
      readonly refund: Refund;
      readonly done: readonly RefundPart[];
      readonly reason: string;
    };

export type RefundEvent =
  | {
      readonly type: 'start';
      readonly saleId: SaleId;
      readonly choice: RefundChoice;
      readonly kind: 'void' | 'refund';
      readonly reason?: string;
    }
  | { readonly type: 'grant'; readonly pin: string }
  | { readonly type: 'inquire-now' }
  | { readonly type: 'pay-cash'; readonly pin: string }
  | { readonly type: 'leave' }
  | { readonly type: 'print' }
  | { readonly type: 'close' };

export interface Refunds {
  readonly state: Store<RefundState>;
  quote(saleId: SaleId, choice: RefundChoice): Promise<RefundQuote>;
  /** Never rejects: what goes wrong is a state. */
  send(event: RefundEvent): Promise<void>;
  /** Refunds of a sale, oldest first. */
  of(saleId: SaleId): Promise<readonly Refund[]>;
}
