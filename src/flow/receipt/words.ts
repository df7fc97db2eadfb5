import type { Purpose } from '../../domain/attempt.ts';
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
  /** On the whole sale, by kind. */
  readonly adjustments: Readonly<Record<'discount' | 'points', string>>;
  readonly tip: string;
  readonly tender: string;
  /** Whose credit or stored-value account. */
  readonly account: string;
  /** The number of the sale that is given back. */
  readonly originalNumber: string;
  readonly pointsBack: string;
  /** Beside an amount that a channel has accepted to give back, and what that means. */
  readonly onItsWay: string;
  readonly onItsWayMeaning: string;
  /** Head line of a slip whose money is play money. */
  readonly demo: string;
  /** The 签购单. */
  readonly charge: ChargeWords;
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

/** Names of the fields of a 签购单, as banks print them. */
export interface ChargeWords {
  readonly title: string;
  readonly copies: Readonly<Record<'merchant' | 'cardholder', string>>;
  readonly merchantNumber: string;
  readonly terminalNumber: string;
  readonly acquirer: string;
  readonly issuer: string;
  readonly card: string;
  readonly payer: string;
  readonly kind: string;
  readonly purposes: Readonly<Record<Purpose, string>>;
  readonly batch: string;
  /** 凭证号. */
  readonly trace: string;
  readonly originalTrace: string;
  readonly reference: string;
  readonly authCode: string;
  readonly channelId: string;
  readonly amount: string;
  /** The amount without the tip. */
  readonly base: string;
  readonly offline: string;
  readonly signature: string;
  readonly agree: string;
}
