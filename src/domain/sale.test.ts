import { expect, test } from 'vitest';
import type { BusinessDay } from './business-day.ts';
import type { AttemptId, LineId, SaleId } from './ids.ts';
import { minor } from './money.ts';
import { type CompletedSale, CompletedSaleSchema, saleDisagreement } from './sale.ts';

const sale: CompletedSale = {
  saleId: 'a'.repeat(32) as SaleId,
  day: '2026-11-22' as BusinessDay,
  currency: 'CNY',
  lines: [
    { id: 'b'.repeat(32) as LineId, name: '', quantityMilli: 1500, price: minor(333), amount: minor(500) },
  ],
  subtotal: minor(500),
  rounding: minor(-5),
  total: minor(495),
  payments: [
    { attemptId: 'c'.repeat(32) as AttemptId, tender: 'cash', amount: minor(495), tendered: minor(500) },
  ],
};

test('figures that agree are said to agree', () => {
  expect(saleDisagreement(sale)).toBeUndefined();
  expect(CompletedSaleSchema.safeParse(sale).success).toBe(true);
});

test.each([
  ['line-amount', { lines: [{ ...sale.lines[0], amount: minor(499) }] }],
  ['subtotal', { subtotal: minor(501) }],
  ['total', { rounding: minor(0) }],
  ['payments', { payments: [{ ...sale.payments[0], amount: minor(494) }] }],
] as const)('a wrong figure is named: %s', (name, wrong) => {
  expect(saleDisagreement({ ...sale, ...wrong } as CompletedSale)).toBe(name);
});

test.each([
  ['a fraction of a fen', { total: 494.5 }],
  ['a negative total', { total: -1 }],
  ['no line', { lines: [] }],
  ['a foreign field', { pan: '4111' }],
  ['a day that is none', { day: '22.11.2026' }],
  ['a currency nobody has', { currency: 'XXX' }],
])('a sale with %s is no sale', (_, wrong) => {
  expect(CompletedSaleSchema.safeParse({ ...sale, ...wrong }).success).toBe(false);
});
