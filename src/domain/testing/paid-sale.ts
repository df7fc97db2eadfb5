import type { BusinessDay } from '../business-day.ts';
import type { AttemptId, LineId, RefundId, SaleId } from '../ids.ts';
import { minor, sum, times } from '../money.ts';
import type { Refund } from '../refund.ts';
import { quoteRefund, type RefundChoice, type RefundFigures } from '../refund-quote.ts';
import type { CompletedSale, Line } from '../sale.ts';
import type { SalePayment } from '../tender.ts';

/** Paid sales by a few figures, and what goes back of them. */

export const id = (n: number): string => n.toString(16).padStart(32, '0');
const DAY = '2026-11-22' as BusinessDay;

interface Given {
  readonly lines: readonly { readonly price: number; readonly quantityMilli: number }[];
  readonly off?: number;
  readonly points?: number;
  readonly tip?: number;
  /** Shares of what is due, by payment. */
  readonly shares?: readonly number[];
}

export function saleOf({ lines, off = 0, points = 0, tip = 0, shares = [1] }: Given): CompletedSale {
  const made: Line[] = lines.map(({ price, quantityMilli }, index) => ({
    id: id(index + 1) as LineId,
    name: `line ${index}`,
    quantityMilli,
    price: minor(price),
    amount: times(minor(price), quantityMilli),
  }));
  const subtotal = sum(made.map((line) => line.amount));
  const adjustments = [
    { kind: 'discount', amount: minor(-off) },
    { kind: 'points', amount: minor(-points) },
  ] as const;
  const total = minor(subtotal - off - points);
  const head = { saleId: id(900) as SaleId, day: DAY, currency: 'CNY', rounding: minor(0) } as const;
  const whole = { ...head, lines: made, subtotal, adjustments: [...adjustments], total, tip: minor(tip) };
  const payments: SalePayment[] = [];
  let open = total + tip;
  shares.forEach((share, index) => {
    const amount = index === shares.length - 1 ? open : Math.min(open, Math.floor((total + tip) * share));
    open -= amount;
    if (amount > 0)
      payments.push({
        attemptId: id(500 + index) as AttemptId,
        tender: index === 0 ? 'cash' : 'wechat',
        amount: minor(amount),
      });
  });
  return { ...whole, payments };
}

export function take(sale: CompletedSale, prior: readonly Refund[], choice: RefundChoice): Refund {
  const figures = quoteRefund(sale, prior, choice);
  if ('problem' in figures) throw new Error(figures.problem);
  return refundOf(sale, figures, prior.length);
}

export const refundOf = (sale: CompletedSale, figures: RefundFigures, n: number): Refund => ({
  refundId: id(700 + n) as RefundId,
  saleId: sale.saleId,
  kind: 'refund',
  day: DAY,
  currency: 'CNY',
  lines: [...figures.lines],
  amount: figures.amount,
  points: figures.points,
  parts: figures.parts.map((part, index) => ({ ...part, attemptId: id(800 + n * 10 + index) as AttemptId })),
});
