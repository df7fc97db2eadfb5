import type { Approval } from '../domain/approval.ts';
import type { Purpose } from '../domain/attempt.ts';
import type { CardData } from '../domain/card-data.ts';
import type { DisplayContent } from '../domain/display.ts';
import type { Currency, Minor } from '../domain/money.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';

/**
 * All that flows see of hardware. A port says what is promised, not how: transports, codecs and drivers stay behind it.
 */

/** One piece of paper to be made. The id is made before the first byte is sent and never used for a second paper. */
export interface PrintJob {
  readonly jobId: string;
  readonly document: ReceiptDocument;
  /** Kick the drawer together with the paper, before it. */
  readonly kickDrawer: boolean;
}

/**
 * How a job ended. Only `confirmed` means that paper came out. `unconfirmed` means that it may have: offer a reprint,
 * never print again by itself. `failed` means that no byte reached the printer: trying again is safe.
 */
export type PrintOutcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'unconfirmed'; readonly reason: PrintDoubt }
  | { readonly kind: 'failed'; readonly reason: PrintDoubt };

/** `no-confirmation`: everything was sent and this model cannot say more. The others are device error codes. */
export type PrintDoubt =
  | 'no-confirmation'
  | 'no-printer'
  | 'busy'
  | 'no-access'
  | 'lost'
  | 'timeout'
  | 'protocol'
  | 'refused'
  | 'unsupported'
  | 'not-chosen'
  | 'paper-end'
  | 'cover-open';

export type PaperState = 'ok' | 'near-end' | 'end' | 'unknown';

export interface PrinterStatus {
  readonly link: 'connected' | 'connecting' | 'absent';
  /** What it calls itself, for the devices page; empty when it does not say. */
  readonly name: string;
  readonly paper: PaperState;
  readonly cover: 'closed' | 'open' | 'unknown';
  /** Level of the drawer's sense pin. Which level means 'open' depends on the drawer. */
  readonly drawerPin: 'high' | 'low' | 'unknown';
  /** A job is being sent; `stalled` when the printer has taken nothing for a while (paper, cover, switched off line). */
  readonly job: 'idle' | 'printing' | 'stalled';
  /** Why there is no link, when it was tried and failed. */
  readonly trouble?: PrintDoubt;
}

export interface ReceiptPrinter {
  /** The paper's columns of half-width characters: 32, 42 or 48. */
  readonly columns: number;
  /** One job at a time, in order. Never rejects: every ending is an outcome. */
  print(job: PrintJob): Promise<PrintOutcome>;
  readonly status: PrinterStatus;
  /** Called on every change of `status`; returns the function that stops it. */
  subscribe(listener: () => void): () => void;
}

export interface CashDrawer {
  /** Sends the kick pulse. Resolves to false when there is no drawer to be reached; never rejects. */
  kick(): Promise<boolean>;
}

/** What a reader tells the customer, in the order of a chip dialogue. The page shows it; the words are the catalogue's. */
export type ReaderPrompt =
  | 'present-card'
  | 'insert-card'
  | 'swipe-card'
  | 'try-again'
  | 'choose-application'
  | 'enter-pin'
  | 'processing'
  | 'remove-card';

export interface CardRequest {
  readonly amount: Minor;
  readonly currency: Currency;
  readonly purpose: Purpose | 'balance';
  readonly timeoutMs: number;
}

/** How presenting a card ended. The card's data is opaque: encrypted in the reader, decrypted behind the acquirer. */
export type CardPresented =
  | { readonly kind: 'online-request'; readonly card: CardData }
  /** The chip said no; nothing was sent anywhere. */
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What the host said, handed back to the chip. `emv`: response tags as BER-TLV, upper-case hex. */
export interface HostResult {
  readonly approved: boolean;
  readonly emv?: string;
}

/** `refused`: the chip did not accept the host's approval, so the payment must be undone. */
export type CardFinal =
  | { readonly kind: 'accepted'; readonly emv?: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** An encrypting card reader. No method rejects; a lost link is `failed`, or `refused` after the host was asked. */
export interface CardReader {
  readonly link: 'connected' | 'absent';
  subscribe(listener: () => void): () => void;
  start(
    request: CardRequest,
    prompt: (prompt: ReaderPrompt) => void,
    signal: AbortSignal,
  ): Promise<CardPresented>;
  resume(result: HostResult, prompt: (prompt: ReaderPrompt) => void): Promise<CardFinal>;
}

export interface TerminalOrder {
  /** The attempt's id: the terminal is asked by it later. */
  readonly reference: string;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly purpose: Purpose;
  readonly tip?: Minor;
  readonly original?: { readonly reference: string; readonly approval: Approval };
}

/** What a terminal said. Only `approved`, `declined` and `reversed` are definite. */
export type TerminalAnswer =
  | { readonly kind: 'approved'; readonly approval: Approval }
  | { readonly kind: 'declined'; readonly reason: string }
  | { readonly kind: 'reversed' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-answer'; readonly reason: string };

/** A certified payment terminal: amount in, result out, inquiry by our own reference. No method rejects. */
export interface PaymentTerminal {
  readonly link: 'connected' | 'absent';
  /** Takes cards without its host, stores them, and forwards them by itself. */
  readonly storesOffline: boolean;
  subscribe(listener: () => void): () => void;
  pay(order: TerminalOrder, signal: AbortSignal): Promise<TerminalAnswer>;
  inquire(reference: string): Promise<TerminalAnswer>;
  reverse(reference: string): Promise<TerminalAnswer>;
}

/** The customer's screen. */
export interface CustomerDisplay {
  readonly link: 'connected' | 'absent';
  show(content: DisplayContent): void;
}
