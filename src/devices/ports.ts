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
