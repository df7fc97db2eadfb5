import type { Approval } from '../../../src/domain/approval.ts';
import type { Purpose } from '../../../src/domain/attempt.ts';
import type { CardData } from '../../../src/domain/card-data.ts';
import type { Currency, Minor } from '../../../src/domain/money.ts';
import type { Method, Tender } from '../../../src/domain/tender.ts';

/**
 * The one interface of everything that moves electronic money for the shop. An adapter speaks one channel's wire format,
 * signs and verifies, and says what it heard. It decides nothing: windows, retries and undoing belong to the payment machine.
 */

/** An order as the channel knows it. `reference` is the attempt's id: 32 hex digits, unique for ever. */
export interface Order {
  readonly reference: string;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly tender: Tender;
  readonly method?: Method;
  readonly purpose: Purpose;
  /** Whose account, with stored value: a card's number or a name, as it was typed. */
  readonly account?: string;
  /** Ms; when the attempt was made. */
  readonly at: number;
  /** With every purpose that refers to an earlier one: that order, and what the channel said about it. */
  readonly original?: Original;
}

export interface PayOrder extends Order {
  readonly subject: string;
  /** Which till asks; goes into the channel's terminal fields. */
  readonly till: string;
  readonly tip?: Minor;
  /** With `customer-code`. */
  readonly code?: string;
  /** With `reader`. */
  readonly card?: CardData;
}

export interface Original {
  readonly reference: string;
  readonly amount: Minor;
  readonly purpose: Purpose;
  readonly at: number;
  readonly approval: Approval;
}

/**
 * What an adapter heard. Definite words need an authenticated answer about this very order and amount; everything else
 * (no answer, bad signature or MAC, garbage, the channel's 'system error') is `unknown`. Never rejects.
 */
export type Outcome =
  | { readonly state: 'approved'; readonly approval: Approval; readonly emv?: string }
  | { readonly state: 'declined'; readonly reason: string; readonly emv?: string }
  /** The customer must still act. `code`: what to show. */
  | {
      readonly state: 'waiting';
      readonly reason?: string;
      readonly code?: { readonly text: string; readonly expiresAt: number };
    }
  | { readonly state: 'not-found' }
  /** Undone, or not booked and never to be: only as an answer to `reverse` and `close`, or when a query says so. */
  | { readonly state: 'reversed'; readonly approval?: Approval }
  | { readonly state: 'unknown'; readonly reason: string };

/** One line of the channel's own account of a day. Amounts of refunds are negative. */
export interface StatementLine {
  readonly reference: string;
  readonly channelId: string;
  readonly kind: 'payment' | 'refund' | 'reversal';
  readonly amount: Minor;
  readonly fee: Minor;
  readonly at: number;
}

/** What a verified callback says. The answer that the channel wants is the adapter's: `reply`. */
export interface Notice {
  readonly reference: string;
  readonly amount: Minor;
  readonly outcome: Outcome;
}

/** Why a callback is refused. Logged with its code, never with its body. */
export type NoticeRefusal =
  | 'signature-invalid'
  | 'stale'
  | 'replayed'
  | 'other-merchant'
  | 'malformed'
  | 'key-unknown';

export interface NoticeRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface NoticeReply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

export interface Acquirer {
  /** `wechatpay`, `alipay`, `iso8583`, `unionpay-qr`, `stripe`, `stored-value`. */
  readonly id: string;
  /** The tenders and methods it carries. */
  readonly carries: readonly {
    readonly tender: Tender;
    readonly method?: Method;
    readonly purposes: readonly Purpose[];
  }[];
  /** Moves money, or makes the code to show. Called at most once for a reference. Purposes other than refund and void too. */
  pay(order: PayOrder, signal: AbortSignal): Promise<Outcome>;
  /** Asks by the original reference. Moves nothing. */
  query(order: Order, signal: AbortSignal): Promise<Outcome>;
  /** Undoes an order of unknown end: 冲正, revoke, cancel. The same undo id each time: may be repeated without harm. */
  reverse(order: Order, reason: string, signal: AbortSignal): Promise<Outcome>;
  /** Gives money back for `order.original`; `order.reference` is the refund's own number. Repeating it moves nothing more. */
  refund(order: PayOrder, signal: AbortSignal): Promise<Outcome>;
  /** Ends a shown code that nobody paid. */
  close(order: Order, signal: AbortSignal): Promise<Outcome>;
  /** The channel's account of one day (`2026-11-22`, shop time). Throws AcquirerError when it is not ready or not to be had. */
  statement(day: string, signal: AbortSignal): Promise<readonly StatementLine[]>;
  /** 余额查询, where the channel has it. */
  balance?(
    card: CardData,
    signal: AbortSignal,
  ): Promise<{ readonly balance: Minor; readonly currency: Currency }>;
  /** Verifies a callback; where the channel has callbacks. */
  notice?(request: NoticeRequest): Promise<{ readonly notice: Notice } | { readonly refused: NoticeRefusal }>;
  /** What the channel wants to hear after a callback that was taken, or refused. */
  noticeReply?(taken: boolean): NoticeReply;
  /** Frees sockets. */
  stop(): Promise<void>;
}

/** A statement or balance that cannot be had now; coded for the office. */
export class AcquirerError extends Error {
  readonly code: 'not-ready' | 'unreachable' | 'refused' | 'malformed';
  constructor(code: AcquirerError['code'], message: string) {
    super(message);
    this.name = 'AcquirerError';
    this.code = code;
  }
}
