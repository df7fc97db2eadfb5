import { type AmountEntry, EMPTY_ENTRY } from '../../domain/amount-entry.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, LineId, SaleId } from '../../domain/ids.ts';
import { type Currency, type Minor, ZERO } from '../../domain/money.ts';
import type { PriceLabel } from '../../domain/price-label.ts';
import type { RoundingRule } from '../../domain/rounding.ts';
import type { Line, OpenSale } from '../../domain/sale.ts';
import type { SalePayment, Wallet } from '../../domain/tender.ts';
import type { LivePayment } from '../attempts-service.ts';
import type { CheckoutState, ScanProblem, SlipState, TenderOffer } from '../checkout-service.ts';
import type { Payment } from '../payment/payment.ts';
import type { Tendering } from './tendering-model.ts';

/** The basket while it is being filled. */
export interface Editing {
  readonly at: 'editing';
  readonly entry: AmountEntry;
  readonly lines: readonly Line[];
  /** On the whole sale; zero or negative. */
  readonly discount: Minor;
  /** What was taken away last and can come back: one line, or the whole basket. */
  readonly removed?:
    | { readonly line: Line; readonly index: number }
    | { readonly lines: readonly Line[]; readonly discount: Minor };
  readonly problem?: ScanProblem;
}

/** The sale in hand, as a pure machine. What pages see of it is `view`; what must be done beside it are the effects. */
export type CheckoutModel =
  | Editing
  | Tendering
  | {
      readonly at: 'paying' | 'asking';
      readonly sale: OpenSale;
      readonly paid: readonly SalePayment[];
      readonly attempt: Attempt;
      readonly state: Payment['at'];
      readonly live?: LivePayment;
    }
  | {
      readonly at: 'refused';
      readonly sale: OpenSale;
      readonly paid: readonly SalePayment[];
      readonly attempt: Attempt;
      readonly result: 'declined' | 'reversed' | 'refunded' | 'abandoned';
      readonly reason?: string;
    }
  | Extract<CheckoutState, { at: 'unsaved' | 'done' }>;

/** Fixed facts of the shop, what can be taken now, and fresh ids for whatever this event may make. */
export interface CheckoutContext {
  readonly currency: Currency;
  readonly rounding: RoundingRule;
  readonly day: BusinessDay;
  offers(asked: Minor, paid: readonly SalePayment[]): readonly TenderOffer[];
  walletOf(code: string): Wallet | undefined;
  /** What a scanned code is as the label of the shop's scale. */
  labelOf(code: string): PriceLabel | undefined;
  newLineId(): LineId;
  newSaleId(): SaleId;
  newAttemptId(): AttemptId;
}

/** What the payment desk and the slip report back. */
export type InnerEvent =
  | { readonly type: 'payment-moved'; readonly saleId: SaleId; readonly payment: Payment }
  | { readonly type: 'live'; readonly live: LivePayment }
  | { readonly type: 'intent-refused'; readonly saleId: SaleId; readonly reason: string }
  | {
      readonly type: 'save-refused';
      readonly sale: OpenSale;
      readonly attempt: Attempt;
      readonly reason: string;
      readonly tries: number;
    }
  | {
      readonly type: 'completed';
      readonly saleId: SaleId;
      readonly number: string;
      readonly total: Minor;
      readonly payments: readonly SalePayment[];
      readonly receiptUrl: string;
      readonly recovered: boolean;
    }
  /** One attempt brought its part; the rest is still owed. */
  | { readonly type: 'part-paid'; readonly sale: OpenSale; readonly paid: readonly SalePayment[] }
  /** The attempt ended without money. `closed`: the sale ended with it. */
  | {
      readonly type: 'not-paid';
      readonly sale: OpenSale;
      readonly attempt: Attempt;
      readonly result: 'declined' | 'reversed' | 'refunded' | 'abandoned';
      readonly reason?: string;
      readonly recovered: boolean;
      readonly closed: boolean;
    }
  | { readonly type: 'given-up'; readonly sale: OpenSale; readonly paid: readonly SalePayment[] }
  /** It cannot be given up: an attempt of it may still take money. */
  | {
      readonly type: 'still-open';
      readonly sale: OpenSale;
      readonly paid: readonly SalePayment[];
      readonly live: LivePayment;
    }
  | { readonly type: 'resume'; readonly sale: OpenSale; readonly paid: readonly SalePayment[] }
  | { readonly type: 'slip'; readonly slip: SlipState };

export type CheckoutEffect =
  | { readonly type: 'keep-draft'; readonly lines: readonly Line[]; readonly entry: AmountEntry }
  | {
      readonly type: 'pay';
      readonly sale: OpenSale;
      readonly paid: readonly SalePayment[];
      readonly attempt: Attempt;
      readonly opened: boolean;
      /** The scanned pay code: in memory only, used once. */
      readonly code?: string;
    }
  | { readonly type: 'answer'; readonly attempt: Attempt; readonly received: boolean }
  | { readonly type: 'inquire-now' | 'reverse'; readonly attempt: Attempt }
  /** The sale leaves the counter for the list of open sales. */
  | { readonly type: 'set-aside'; readonly saleId: SaleId }
  /** What was paid goes back, and the sale is voided. */
  | { readonly type: 'give-up'; readonly sale: OpenSale; readonly paid: readonly SalePayment[] }
  | { readonly type: 'print'; readonly of: 'sale' | 'unsaved' };

export type CheckoutStep = readonly [CheckoutModel, readonly CheckoutEffect[]];

export const EMPTY_CHECKOUT: Editing = { at: 'editing', entry: EMPTY_ENTRY, lines: [], discount: ZERO };

/** Takes the next customer; the sale stays in the list of open sales. */
export const setAside = (model: { readonly sale: OpenSale }): CheckoutStep => [
  EMPTY_CHECKOUT,
  [{ type: 'set-aside', saleId: model.sale.saleId }],
];

/** Both show the same paper. */
export const sameSale = (a: CheckoutModel, b: CheckoutModel): boolean =>
  (a.at === 'done' && b.at === 'done' && a.saleId === b.saleId) || (a.at === 'unsaved' && b.at === 'unsaved');

/** Nothing reached a printer. */
export const slipFailed = (model: CheckoutModel): boolean =>
  model.at === 'done' && model.slip.at === 'failed';
