import type { Approval } from '../domain/approval.ts';
import type { Purpose } from '../domain/attempt.ts';
import type { CardData } from '../domain/card-data.ts';
import type { DisplayContent } from '../domain/display.ts';
import type { Currency, Minor } from '../domain/money.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';
import type { PRINT_DOUBTS, ReaderReason, ReaderRefusal, TerminalReason } from './reasons.ts';

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
export type PrintDoubt = (typeof PRINT_DOUBTS)[number];

/** Why a device is not connected: the codes of DeviceError (`errors.ts`). */
export type DeviceTrouble = Exclude<PrintDoubt, 'no-confirmation' | 'no-printer'>;

/** What a device tells about itself. No card data, no whole KSN: safe to send to a supplier. */
export interface DeviceHealth {
  readonly maker?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly firmware?: string;
  /** First digits of the KSN: they name the key set, never a key. */
  readonly keyId?: string;
  /** 0…100. */
  readonly battery?: number;
  /** Why it is refused as it is: `not-encrypted` readers send clear card data, `no-key` readers have none. */
  readonly refused?: ReaderRefusal;
}

export type PaperState = 'ok' | 'near-end' | 'end' | 'unknown';

export type PrinterHealth = Pick<DeviceHealth, 'maker' | 'serial' | 'firmware'>;

export interface PrinterStatus {
  readonly link: 'connected' | 'connecting' | 'absent';
  /** What it calls itself, for the devices page; empty when it does not say. */
  readonly name: string;
  readonly paper: PaperState;
  readonly cover: 'closed' | 'open' | 'unknown';
  /** Level of the drawer's sense pin. Which level means 'open' depends on the drawer. */
  readonly drawerPin: 'high' | 'low' | 'unknown';
  /** The drawer itself, once its polarity has been learned. Absent: nobody can tell. */
  readonly drawer?: 'open' | 'closed';
  /** A job is being sent; `stalled` when the printer has taken nothing for a while (paper, cover, switched off line). */
  readonly job: 'idle' | 'printing' | 'stalled';
  /** Why there is no link, when it was tried and failed. */
  readonly trouble?: PrintDoubt;
  /** What it tells about itself, or its cable does. Absent: nothing. */
  readonly health?: PrinterHealth;
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

/** A way into a reader that a request may allow. Fallback is the reader's own decision, after the chip has failed. */
export type ReaderEntry = 'chip' | 'contactless' | 'swipe';

export interface CardRequest {
  readonly amount: Minor;
  readonly currency: Currency;
  readonly purpose: Purpose | 'balance';
  readonly timeoutMs: number;
  /** Absent: whatever the reader has. */
  readonly entries?: readonly ReaderEntry[];
  /** What `recover` is asked by after a lost link: the attempt's id. */
  readonly orderKey?: string;
}

/** How presenting a card ended. The card's data is opaque: encrypted in the reader, decrypted behind the acquirer. */
export type CardPresented =
  | { readonly kind: 'online-request'; readonly card: CardData }
  /** The chip said no; nothing was sent anywhere. */
  | { readonly kind: 'declined'; readonly reason: ReaderReason }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: ReaderReason };

/** What the host said, handed back to the chip. `emv`: response tags as BER-TLV, upper-case hex. */
export interface HostResult {
  readonly approved: boolean;
  readonly emv?: string;
}

/** `refused`: the chip did not accept the host's approval, so the payment must be undone. */
export type CardFinal =
  | { readonly kind: 'accepted'; readonly emv?: string }
  | { readonly kind: 'refused'; readonly reason: ReaderReason };

/** What a reader still knows of an order after its link was lost. */
export type CardMemory =
  /** Nothing, or nothing that can be told: money that was approved must be undone. */
  | { readonly kind: 'none' }
  /** Its card still waits for the host's word: `resume` may be tried again, once. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'final'; readonly final: CardFinal };

/** An encrypting card reader. No method rejects; a lost link is `failed`, or `refused` after the host was asked. */
export interface CardReader {
  readonly link: 'connected' | 'absent';
  subscribe(listener: () => void): () => void;
  start(
    request: CardRequest,
    prompt: (prompt: ReaderPrompt) => void,
    signal: AbortSignal,
  ): Promise<CardPresented>;
  /** The answer to every `online-request`, whatever the host said: until then the reader is in use. */
  resume(result: HostResult, prompt: (prompt: ReaderPrompt) => void): Promise<CardFinal>;
  /** Asks about an order whose `resume` ended with the reason `lost`. Absent: such a reader never knows. */
  recover?(orderKey: string): Promise<CardMemory>;
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
  | { readonly kind: 'declined'; readonly reason: TerminalReason }
  | { readonly kind: 'reversed' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-answer'; readonly reason: TerminalReason };

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

/** A code as it was read: digits unchanged, leading zeros kept. */
export interface Scan {
  readonly text: string;
  /** AIM symbology identifier without its `]`, for example `E0` (EAN-13) or `Q1` (QR); absent where the scanner tells none. */
  readonly symbology?: string;
  readonly source: 'hid' | 'serial' | 'keyboard' | 'camera';
}

/** A code scanner: whatever is in front of it is told. */
export interface Scanner {
  readonly link: 'connected' | 'absent';
  subscribe(listener: () => void): () => void;
  /** Calls `listener` with every code from now on; returns the function that stops it. */
  onScan(listener: (scan: Scan) => void): () => void;
}

/**
 * What is on a scale. `stable`, `moving` and `zero` come with `grams`, a whole number, net of the tare. `over` and `under`: out
 * of its range, so there is no weight. `unknown`: nothing heard for a while, or a weight that cannot be told in grams.
 */
export interface WeightReading {
  readonly state: 'stable' | 'moving' | 'over' | 'under' | 'zero' | 'unknown';
  readonly grams?: number;
}

/** A scale. A weight may be sold only while it is `stable`. */
export interface Scale {
  readonly link: 'connected' | 'absent';
  subscribe(listener: () => void): () => void;
  readonly reading: WeightReading;
  /** Calls `listener` on every change of `reading`; returns the function that stops it. */
  onReading(listener: (reading: WeightReading) => void): () => void;
  /** Asks for the weight now; resolves with the next reading, `unknown` when none comes in time. Never rejects. */
  request(): Promise<WeightReading>;
  /** Presses the scale's own key. False: it has no such command, or did not obey. Never rejects. */
  zero(): Promise<boolean>;
  tare(): Promise<boolean>;
}

/** A tag in the field. The serial number is no secret: it names a member, it proves nothing. */
export interface Tag {
  /** Serial number, upper-case hex. */
  readonly uid: string;
  /** NDEF message, upper-case hex; absent where the tag holds none or it cannot be read. */
  readonly ndef?: string;
}

/** A reader of member and gift tags. Never for payment. */
export interface TagReader {
  readonly link: 'connected' | 'absent';
  subscribe(listener: () => void): () => void;
  /** Calls `listener` once for each tag that comes, also for the same one after it has gone. */
  onTag(listener: (tag: Tag) => void): () => void;
}
