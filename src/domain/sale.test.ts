import { expect, test } from 'vitest';
import type { BusinessDay } from './business-day.ts';
import type { AttemptId, LineId, SaleId } from './ids.ts';
import { minor } from './money.ts';
import { type CompletedSale, CompletedSaleSchema, due, saleDisagreement } from './sale.ts';

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

const second = {
  id: 'd'.repeat(32) as LineId,
  name: 'tea',
  quantityMilli: 1000,
  price: minor(100),
  amount: minor(100),
};
const reduced: CompletedSale = {
  ...sale,
  lines: [...sale.lines, second],
  subtotal: minor(600),
  adjustments: [
    { kind: 'discount', amount: minor(-50) },
    { kind: 'points', amount: minor(-45) },
  ],
  rounding: minor(-5),
  total: minor(500),
  tip: minor(20),
  payments: [
    { attemptId: 'c'.repeat(32) as AttemptId, tender: 'cash', amount: minor(120) },
    { attemptId: 'e'.repeat(32) as AttemptId, tender: 'wechat', method: 'shop-code', amount: minor(400) },
  ],
};

test('discount and points come off, the tip goes on top, two payments make it whole', () => {
  expect(saleDisagreement(reduced)).toBeUndefined();
  expect(CompletedSaleSchema.safeParse(reduced).success).toBe(true);
  expect(due(reduced)).toBe(520);
});

test('one wrong line among right ones is found', () => {
  const lines = [...sale.lines, { ...second, amount: minor(101) }];
  expect(saleDisagreement({ ...reduced, lines })).toBe('line-amount');
});

test('a sale that nobody has paid yet has no payments to disagree with', () => {
  const { payments: _, ...open } = reduced;
  expect(saleDisagreement(open)).toBeUndefined();
});

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
  ['a day with something before it', { day: 'x2026-11-22' }],
  ['a day with something behind it', { day: '2026-11-22T' }],
  ['an id with something before it', { saleId: `0${sale.saleId}` }],
  ['an id with something behind it', { saleId: `${sale.saleId}0` }],
  ['an adjustment of a foreign kind', { adjustments: [{ kind: 'gift', amount: -1 }] }],
  ['a foreign field in an adjustment', { adjustments: [{ kind: 'points', amount: -1, card: '4111' }] }],
  ['eleven adjustments', { adjustments: Array(11).fill({ kind: 'points', amount: 0 }) }],
  ['more lines than a sale has', { lines: Array(201).fill(sale.lines[0]) }],
  ['a line of nothing', { lines: [{ ...sale.lines[0], quantityMilli: 0 }] }],
  ['a line of a hundred thousand', { lines: [{ ...sale.lines[0], quantityMilli: 100_000_000 }] }],
  ['a name of 81 characters', { lines: [{ ...sale.lines[0], name: 'x'.repeat(81) }] }],
  ['no payment', { payments: [] }],
  ['21 payments', { payments: Array(21).fill(sale.payments[0]) }],
  ['a foreign field in a payment', { payments: [{ ...sale.payments[0], pan: '4111' }] }],
  ['a payment by an unknown way', { payments: [{ ...sale.payments[0], method: 'mail' }] }],
  ['an account of 41 characters', { payments: [{ ...sale.payments[0], account: 'x'.repeat(41) }] }],
])('a sale with %s is no sale', (_, wrong) => {
  expect(CompletedSaleSchema.safeParse({ ...sale, ...wrong }).success).toBe(false);
});

test.each([
  ['not a sale id', { saleId: 'x' }],
  ['not a business day', { day: 'today' }],
  ['not a line id', { lines: [{ ...sale.lines[0], id: `0${sale.lines[0]?.id}` }] }],
  [
    'not an attempt id',
    { payments: [{ ...sale.payments[0], attemptId: `${sale.payments[0]?.attemptId}0` }] },
  ],
  [
    'not an attempt id',
    { payments: [{ ...sale.payments[0], attemptId: `0${sale.payments[0]?.attemptId}` }] },
  ],
])('what is wrong is said: %s', (message, wrong) => {
  const { error } = CompletedSaleSchema.safeParse({ ...sale, ...wrong });
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});
