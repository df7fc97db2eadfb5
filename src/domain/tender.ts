import * as z from 'zod/mini';
import type { AttemptId } from './ids.ts';
import { type Minor, subtract } from './money.ts';
import { kit } from './schema.ts';

/** How a customer pays. Electronic tenders add a rail and a word here; nothing else changes shape. */
export const TENDERS = ['cash'] as const;
export type Tender = (typeof TENDERS)[number];
export const TenderSchema = z.enum(TENDERS);

/** Money received for a sale by one attempt. */
export const PaymentSchema = z.strictObject({
  attemptId: kit.branded<AttemptId>(/^[0-9a-f]{32}$/, 'an attempt id'),
  tender: TenderSchema,
  amount: kit.positiveAmount,
  /** Cash handed over; the change is `tendered - amount`. */
  tendered: z.optional(kit.positiveAmount),
});

/** What goes back into the customer's hand. Throws MoneyError when less was given than is owed. */
export const changeDue = (amount: Minor, tendered: Minor): Minor => subtract(tendered, amount);

/** CNY notes people pay with, in yuan; the quick amounts are made of them. */
const NOTES_YUAN = [1, 5, 10, 20, 50, 100];
const QUICK_AMOUNTS_MAX = 4;

/**
 * What customers are likely to hand over for an amount: exact, then the next round sums of real notes, rising, no repeats.
 * `unit` is the number of minor units in a whole one (100 for CNY).
 */
export function quickAmounts(due: Minor, unit: number): readonly Minor[] {
  const sums = new Set<number>([due]);
  for (const note of NOTES_YUAN) {
    const step = note * unit;
    sums.add(Math.ceil(due / step) * step);
  }
  return [...sums]
    .filter((each) => each >= due)
    .sort((a, b) => a - b)
    .slice(0, QUICK_AMOUNTS_MAX) as Minor[];
}
