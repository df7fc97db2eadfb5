import type { Currency, Minor } from './money.ts';
import type { Line } from './sale.ts';

/** A line of the basket as the customer may see it: a name (empty for a typed amount), a quantity in thousandths, price and amount. */
export type DisplayedItem = Pick<Line, 'name' | 'quantityMilli' | 'price' | 'amount'>;

/** What the customer is shown while a sale is made: never more than what concerns the customer. */
export type DisplayContent =
  | { readonly show: 'idle' }
  | {
      readonly show: 'amount';
      readonly amount: Minor;
      readonly currency: Currency;
      /** What was added last, while the basket is filled. Absent where it would say no more than `amount`. */
      readonly item?: DisplayedItem;
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
