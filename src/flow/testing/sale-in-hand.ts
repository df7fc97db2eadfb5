import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, LineId, SaleId } from '../../domain/ids.ts';
import { type Minor, minor, ZERO } from '../../domain/money.ts';
import { priceLabel } from '../../domain/price-label.ts';
import { walletOf } from '../../domain/rails.ts';
import type { Line, OpenSale } from '../../domain/sale.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { CheckoutContext } from '../sale/checkout-model.ts';

/** One sale of 10.00 with its ids, for tests of the pure machines. */

export const id = (digit: string): string => digit.repeat(32);

export const lineOf = (n: string, amount: number): Line => ({
  id: id(n) as LineId,
  name: '',
  quantityMilli: 1000,
  price: minor(amount),
  amount: minor(amount),
});

export const SALE: OpenSale = {
  saleId: id('e') as SaleId,
  day: '2026-11-22' as BusinessDay,
  currency: 'CNY',
  lines: [lineOf('1', 1000)],
  subtotal: minor(1000),
  rounding: ZERO,
  total: minor(1000),
};

export const attemptOf = (tender: Attempt['tender'], amount = 1000, n = 'a'): Attempt => ({
  attemptId: id(n) as AttemptId,
  saleId: SALE.saleId,
  tender,
  amount: minor(amount),
  currency: 'CNY',
});

export const paidBy = (tender: SalePayment['tender'], amount: number, n = 'b'): SalePayment => ({
  attemptId: id(n) as AttemptId,
  tender,
  amount: minor(amount),
});

/** A shop that takes everything but the terminal, with the same ids every time. `asked` remembers what the offers were asked for. */
export function contextOf(
  more: Partial<CheckoutContext> = {},
): CheckoutContext & { readonly asked: Minor[] } {
  const asked: Minor[] = [];
  let lines = 0;
  return {
    asked,
    currency: 'CNY',
    rounding: 'none',
    day: SALE.day,
    offers: (amount) => {
      asked.push(amount);
      return [
        { way: 'cash' },
        { way: 'customer-code' },
        { way: 'shop-code' },
        { way: 'reader' },
        { way: 'terminal', refusal: 'no-device' },
        { way: 'static-code' },
        { way: 'credit' },
        { way: 'stored-value' },
      ];
    },
    walletOf: (code) => walletOf(code),
    labelOf: (code) => priceLabel(code, 'price'),
    newLineId: () => {
      lines += 1;
      return id(String(lines)) as LineId;
    },
    newSaleId: () => SALE.saleId,
    newAttemptId: () => id('a') as AttemptId,
    ...more,
  };
}
