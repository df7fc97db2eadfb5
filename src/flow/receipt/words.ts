import type { Tender } from '../../domain/tender.ts';

/** The fixed words of a slip, in the shop's language. Flows are handed them; they do not know where words come from. */
export interface ReceiptWords {
  /** Receipt number, date and time, who was at the till. */
  readonly number: string;
  readonly date: string;
  readonly operator: string;
  /** Name of a line that was typed as an amount only. */
  readonly amountLine: string;
  readonly subtotal: string;
  /** What the shop gave up (or took) by rounding: 抹零. */
  readonly rounding: string;
  readonly total: string;
  /** Handed over, and given back. */
  readonly tendered: string;
  readonly change: string;
  readonly tenders: Readonly<Record<Tender, string>>;
  /** Head line of every paper after the first. */
  readonly duplicate: string;
  /** Head line of every paper made in training. */
  readonly training: string;
  /** Head line of a paper whose sale could not be stored yet. */
  readonly unsaved: string;
  /** Under the QR code. */
  readonly scan: string;
  readonly thanks: string;
  /** The test slip of the devices page. */
  readonly testTitle: string;
  readonly testText: string;
}
