import * as z from 'zod/mini';
import type { BusinessDay } from './business-day.ts';
import type { LineId, SaleId } from './ids.ts';
import { add, type Minor, sum, times, ZERO } from './money.ts';
import { kit } from './schema.ts';
import { PaymentSchema } from './tender.ts';

/** Most lines in one sale: 200 lines of paper is a metre and a half; more is two sales. */
export const LINES_MAX = 200;

const hex128 = /^[0-9a-f]{32}$/;
export const SaleIdSchema = kit.branded<SaleId>(hex128, 'a sale id');
export const BusinessDaySchema = kit.branded<BusinessDay>(/^\d{4}-\d{2}-\d{2}$/, 'a business day');

/** One thing sold, at one price. `amount` = price × quantity, rounded once, here and nowhere else. */
export const LineSchema = z.strictObject({
  id: kit.branded<LineId>(hex128, 'a line id'),
  /** Empty for an amount typed on the keypad: the screen and the slip then say 'amount' in the shop's language. */
  name: kit.text(80),
  /** Thousandths: 1 piece = 1000, 1.5 kg = 1500. */
  quantityMilli: z.int().check(z.minimum(1), z.maximum(99_999_999)),
  price: kit.amount,
  amount: kit.amount,
});
export type Line = z.infer<typeof LineSchema>;

/** What was given on the whole sale: a discount, or points the customer spent. Zero or negative. */
export const AdjustmentSchema = z.strictObject({
  kind: z.enum(['discount', 'points']),
  amount: kit.amount,
});

const saleFields = {
  saleId: SaleIdSchema,
  day: BusinessDaySchema,
  currency: kit.currency,
  lines: z.array(LineSchema).check(z.minLength(1), z.maxLength(LINES_MAX)),
  /** Sum of the lines. */
  subtotal: kit.positiveAmount,
  /** 抹零 and the like: what is added to the subtotal, mostly zero or negative. */
  rounding: kit.amount,
  /** Between subtotal and rounding. Absent means none. */
  adjustments: z.optional(z.array(AdjustmentSchema).check(z.maxLength(10))),
  /** What the goods cost the customer: subtotal + adjustments + rounding. */
  total: kit.positiveAmount,
  /** 小费, on top of the total. */
  tip: z.optional(kit.positiveAmount),
};

/** A sale as it stands when the customer is asked to pay. */
export const OpenSaleSchema = z.strictObject(saleFields);
export type OpenSale = z.infer<typeof OpenSaleSchema>;

/** A paid sale. Immutable: what must be undone later is countered by entries of its own. */
export const CompletedSaleSchema = z.strictObject({
  ...saleFields,
  payments: z.array(PaymentSchema).check(z.minLength(1), z.maxLength(20)),
});
export type CompletedSale = z.infer<typeof CompletedSaleSchema>;

export const lineAmount = (price: Minor, quantityMilli: number): Minor => times(price, quantityMilli);

/** The reason why the figures of a sale do not agree with each other; undefined when they do. */
export function saleDisagreement(sale: OpenSale | CompletedSale): string | undefined {
  if (sale.lines.some((line) => line.amount !== lineAmount(line.price, line.quantityMilli)))
    return 'line-amount';
  if (sale.subtotal !== sum(sale.lines.map((line) => line.amount))) return 'subtotal';
  const adjustments = sum((sale.adjustments ?? []).map((each) => each.amount));
  if (sale.total !== add(add(sale.subtotal, adjustments), sale.rounding)) return 'total';
  if ('payments' in sale && sum(sale.payments.map((payment) => payment.amount)) !== due(sale))
    return 'payments';
  return undefined;
}

/** What all payments of the sale come to: total and tip. */
export const due = (sale: OpenSale): Minor => add(sale.total, sale.tip ?? ZERO);
