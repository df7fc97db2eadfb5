import type { PrintDoubt } from '../devices/ports.ts';
import type { AmountEntry, AmountKey } from '../domain/amount-entry.ts';
import type { Attempt, AttemptState } from '../domain/attempt.ts';
import type { SaleId } from '../domain/ids.ts';
import type { Minor } from '../domain/money.ts';
import type { LabelProblem } from '../domain/price-label.ts';
import type { Line, OpenSale } from '../domain/sale.ts';
import type { Method, SalePayment, Tender, Wallet } from '../domain/tender.ts';
import type { LivePayment } from './attempts-service.ts';
import type { Store } from './store.ts';

/** What pages see and send of the sale in hand. */

/** What became of the slip of the sale just made. */
export type SlipState =
  | { readonly at: 'idle' }
  | { readonly at: 'printing' }
  | { readonly at: 'printed' }
  /** Paper may have come out. The cashier looks; a second paper is marked 重打印. */
  | { readonly at: 'unconfirmed'; readonly reason: PrintDoubt }
  /** Nothing reached a printer: printing now makes the first paper. */
  | { readonly at: 'failed'; readonly reason: PrintDoubt };

/** Why a tender cannot be chosen now. */
export type TenderRefusal =
  | 'offline'
  | 'no-device'
  | 'not-offered'
  /** Caps of selling without the server: per sale, sum, count, age (facts: design §6). */
  | 'cap-sale'
  | 'cap-sum'
  | 'cap-count'
  | 'cap-age'
  /** The day's limit of the printed static code. */
  | 'cap-static'
  /** An emergency: only cash is written down safely. */
  | 'emergency';

/** One tile of the tender page. Wallets scanned from the customer are one tile: the code says whose it is. */
export interface TenderOffer {
  readonly way: TenderWay;
  readonly refusal?: TenderRefusal;
  /** What may still be taken this way without the server, when it is capped and the server is gone. */
  readonly offlineLeft?: { readonly amount: Minor; readonly count: number; readonly untilAt: number };
}

/** How the cashier names a tender: what is pressed. */
export type TenderWay =
  | 'cash'
  | 'customer-code'
  | 'shop-code'
  | 'reader'
  | 'terminal'
  | 'static-code'
  | 'credit'
  | 'stored-value';

/** Why a scanned label did not become a line. `basket-full`: a sale has no more lines. */
export type ScanProblem = LabelProblem | 'basket-full';

interface Tendered {
  readonly sale: OpenSale;
  /** What has been paid already, by tender. */
  readonly paid: readonly SalePayment[];
  /** What is still owed, the tip included. */
  readonly remaining: Minor;
}

export type CheckoutState =
  | {
      readonly at: 'editing';
      readonly entry: AmountEntry;
      readonly lines: readonly Line[];
      /** Lines plus the entry in progress, less the discount. */
      readonly total: Minor;
      /** On the whole sale; zero or negative. */
      readonly discount: Minor;
      /** Takes back the last removed line, while there is one. */
      readonly canUndo: boolean;
      /** Why what was scanned last is not in the basket. */
      readonly problem?: ScanProblem;
    }
  | ({
      readonly at: 'tendering';
      readonly way: TenderWay;
      readonly offers: readonly TenderOffer[];
      /** Wallets that can show a code of ours. */
      readonly wallets: readonly Wallet[];
      /** Digits typed: cash handed over, or a part of the amount while `splitting`, or the tip while `tipping`. */
      readonly entry: AmountEntry;
      readonly typing: 'tendered' | 'part' | 'tip';
      /** What the next attempt is for: the remaining amount, or a part of it. */
      readonly asked: Minor;
      /** Cash handed over. Nothing typed means exactly what is asked. */
      readonly tendered: Minor;
      readonly change: Minor;
      readonly enough: boolean;
      readonly quick: readonly Minor[];
      /** Coded reason why the last try did not go through, money untouched. */
      readonly problem?: string;
    } & Tendered)
  /** An attempt is under way, in whatever state: `live` says which, what the customer must do, and how long it may take. */
  | ({
      readonly at: 'paying';
      readonly attempt: Attempt;
      readonly state: AttemptState;
      readonly live?: LivePayment;
    } & Tendered)
  /** Cash found after a restart: only a person knows whether it changed hands. */
  | ({ readonly at: 'asking'; readonly attempt: Attempt; readonly state: AttemptState } & Tendered)
  /** An attempt ended without money, or its money went back: said in large letters, then on to another tender. */
  | ({
      readonly at: 'refused';
      readonly attempt: Attempt;
      readonly result: 'declined' | 'reversed' | 'refunded' | 'abandoned';
      readonly reason?: string;
    } & Tendered)
  /** The money is taken and the disk refuses to say so. Never shown as an ordinary paid sale; kept trying. */
  | {
      readonly at: 'unsaved';
      readonly sale: OpenSale;
      readonly attempt: Attempt;
      readonly trouble: string;
      readonly tries: number;
      readonly slip: SlipState;
    }
  | {
      readonly at: 'done';
      readonly saleId: SaleId;
      readonly number: string;
      /** Total and tip. */
      readonly total: Minor;
      readonly payments: readonly SalePayment[];
      readonly tendered: Minor;
      readonly change: Minor;
      /** What the QR on screen and paper says. */
      readonly receiptUrl: string;
      readonly slip: SlipState;
      /** True when this sale was finished by answering the question of `asking`. */
      readonly recovered: boolean;
    };

export type CheckoutEvent =
  | { readonly type: 'key'; readonly key: AmountKey }
  /** Puts the typed amount into the basket as a line of its own. */
  | { readonly type: 'add' }
  | { readonly type: 'remove'; readonly lineId: string }
  | { readonly type: 'undo' }
  | { readonly type: 'clear' }
  /** Takes the typed amount off the whole sale; with nothing typed, takes the discount away. */
  | { readonly type: 'discount' }
  /** From editing to tendering. */
  | { readonly type: 'charge' }
  | { readonly type: 'choose'; readonly way: TenderWay }
  | { readonly type: 'type-into'; readonly field: 'tendered' | 'part' | 'tip' }
  | { readonly type: 'tendered'; readonly amount: Minor }
  | { readonly type: 'back' }
  | { readonly type: 'confirm-cash' }
  /** A scanned or typed text. While the basket is filled it may be the label of a scale; only where somebody pays, a pay code. */
  | { readonly type: 'scanned'; readonly text: string }
  /** Goes ahead with the chosen way: shows a code, starts the reader or the terminal, marks a static code, books a credit. */
  | { readonly type: 'confirm'; readonly wallet?: Wallet; readonly account?: string }
  | { readonly type: 'answer'; readonly received: boolean }
  | { readonly type: 'inquire-now' }
  /** Undo the attempt under way: the customer changed his mind, or another tender is to be used. */
  | { readonly type: 'reverse' }
  /** Leaves an attempt of unknown end, or a part-paid sale, to the list of open sales, and takes the next customer. */
  | { readonly type: 'set-aside' }
  /** Gives up the sale: whatever was paid goes back. */
  | { readonly type: 'give-up' }
  | { readonly type: 'print' }
  | { readonly type: 'next' };

export interface Checkout {
  readonly state: Store<CheckoutState>;
  /** Never rejects: what goes wrong is a state. */
  send(event: CheckoutEvent): Promise<void>;
}

/** The tender and method of a way; for pay codes the wallet decides. */
export function tenderOf(
  way: TenderWay,
  wallet?: Wallet,
): { readonly tender: Tender; readonly method?: Method } | undefined {
  switch (way) {
    case 'customer-code':
    case 'shop-code':
      return wallet === undefined ? undefined : { tender: wallet, method: way };
    case 'reader':
    case 'terminal':
      return { tender: 'card', method: way };
    default:
      return { tender: way };
  }
}
