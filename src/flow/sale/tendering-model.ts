import { type AmountEntry, amountOf, EMPTY_ENTRY } from '../../domain/amount-entry.ts';
import { type Currency, type Minor, subtract, sum, ZERO } from '../../domain/money.ts';
import { due, type OpenSale } from '../../domain/sale.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { TenderWay } from '../checkout-service.ts';

/** The sale while it is being paid. `opened`: the journal knows it, so its figures stand. */
export interface Tendering {
  readonly at: 'tendering';
  readonly sale: OpenSale;
  readonly paid: readonly SalePayment[];
  readonly opened: boolean;
  readonly way: TenderWay;
  readonly entry: AmountEntry;
  readonly typing: 'tendered' | 'part' | 'tip';
  /** A part of what is owed, asked of the next attempt. */
  readonly part?: Minor;
  readonly problem?: string;
  /** What was paid is on its way back: nothing more may be taken for this sale. */
  readonly givingUp?: true;
}

export const tenderingOf = (
  sale: OpenSale,
  paid: readonly SalePayment[],
  opened: boolean,
  problem?: string,
): Tendering => ({
  at: 'tendering',
  sale,
  paid,
  opened,
  way: 'cash',
  entry: EMPTY_ENTRY,
  typing: 'tendered',
  ...(problem === undefined ? {} : { problem }),
});

/** What is still owed: total and tip, less what has been paid. */
export const remainingOf = ({
  sale,
  paid,
}: {
  readonly sale: OpenSale;
  readonly paid: readonly SalePayment[];
}): Minor => subtract(due(sale), sum(paid.map((payment) => payment.amount)));

/** What the next attempt is for. */
export const askedOf = (model: Tendering): Minor => model.part ?? remainingOf(model);

/** What is typed as an amount; undefined while nothing is typed or it makes none. */
export const typed = (entry: AmountEntry, currency: Currency): Minor | undefined =>
  entry === EMPTY_ENTRY ? undefined : amountOf(entry, currency);

/** Nothing typed means that the customer gave exactly what is asked. */
export const givenSoFar = (model: Tendering, currency: Currency): Minor =>
  model.typing !== 'tendered' || model.entry === EMPTY_ENTRY
    ? askedOf(model)
    : (amountOf(model.entry, currency) ?? ZERO);
