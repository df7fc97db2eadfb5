import type { Currency, Minor } from './money.ts';

/** What the customer is shown while a sale is made: never more than what concerns the customer. */
export type DisplayContent =
  | { readonly show: 'idle' }
  | {
      readonly show: 'amount';
      readonly amount: Minor;
      readonly currency: Currency;
      /** What was added last, for displays that have a line for it. */
      readonly item?: { readonly name: string; readonly amount: Minor };
    }
  /** A code to scan; `untilAt` is clock ms. */
  | {
      readonly show: 'code';
      readonly text: string;
      readonly amount: Minor;
      readonly currency: Currency;
      readonly untilAt: number;
    }
  /** Nobody knows yet whether the money came: do not pay again. */
  | { readonly show: 'waiting'; readonly amount: Minor; readonly currency: Currency }
  | { readonly show: 'paid'; readonly amount: Minor; readonly change: Minor; readonly currency: Currency };
