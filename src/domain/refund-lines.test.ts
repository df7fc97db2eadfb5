import { describe, expect, test } from 'vitest';
import { minor } from './money.ts';
import type { Refund } from './refund.ts';
import { netAmounts, quoteRefund, type RefundChoice } from './refund-quote.ts';
import type { SalePayment } from './tender.ts';
import { id, saleOf, take } from './testing/paid-sale.ts';

describe('what goes back of a line, and how', () => {
  test('pieces that do not divide evenly lose nothing: the last one brings the odd fen', () => {
    const sale = saleOf({ lines: [{ price: 100, quantityMilli: 3000 }], off: 200 });
    const prior: Refund[] = [];
    for (const expected of [33, 33, 34]) {
      const refund = take(sale, prior, { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 1000 }] });
      expect(refund.lines).toEqual([{ lineId: id(1), quantityMilli: 1000, amount: expected }]);
      prior.push(refund);
    }
  });

  test('two lines go back together, each with its own quantity, down to a gram', () => {
    const sale = saleOf({
      lines: [
        { price: 3000, quantityMilli: 1000 },
        { price: 1000, quantityMilli: 2000 },
      ],
    });
    const { lines, amount } = take(sale, [], {
      by: 'lines',
      lines: [
        { lineId: id(2), quantityMilli: 1 },
        { lineId: id(1), quantityMilli: 1000 },
      ],
    });
    expect(lines).toEqual([
      { lineId: id(2), quantityMilli: 1, amount: 1 },
      { lineId: id(1), quantityMilli: 1000, amount: 3000 },
    ]);
    expect(amount).toBe(3001);
  });

  test('what is left is what other refunds did not take, line by line', () => {
    const sale = saleOf({
      lines: [
        { price: 3000, quantityMilli: 1000 },
        { price: 1000, quantityMilli: 2000 },
      ],
    });
    const first = take(sale, [], { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 1000 }] });
    const rest = take(sale, [first], { by: 'all' });
    expect(rest.lines).toEqual([{ lineId: id(2), quantityMilli: 2000, amount: 2000 }]);
    expect(rest.amount).toBe(2000);
    expect(quoteRefund(sale, [first], { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 1 }] })).toEqual(
      {
        problem: 'more-than-line',
      },
    );
  });

  test('an amount without lines names no line', () => {
    const sale = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }] });
    expect(take(sale, [], { by: 'amount', amount: minor(10) }).lines).toEqual([]);
  });

  test.each([
    ['no more money than the line still has', 90, 1000, { lines: [{ amount: 10 }] }],
    ['the whole rest of its money with the rest of its pieces', 20, 2000, { lines: [{ amount: 80 }] }],
    ['nothing when its money is gone', 120, 1000, { problem: 'nothing-chosen' }],
  ])('a line of which more went back than its share brings %s', (_, gone, quantityMilli, expected) => {
    const sale = saleOf({
      lines: [
        { price: 100, quantityMilli: 3000 },
        { price: 900, quantityMilli: 1000 },
      ],
      off: 800,
    });
    expect(netAmounts(sale)).toEqual([100, 300]);
    const other = take(sale, [], { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 1000 }] });
    const prior = [{ ...other, lines: [{ lineId: id(1), quantityMilli: 1000, amount: minor(gone) }] }];
    expect(
      quoteRefund(sale, prior, { by: 'lines', lines: [{ lineId: id(1), quantityMilli }] }),
    ).toMatchObject(expected);
  });

  test('a sale that cost nothing but a tip gives back the tip', () => {
    const sale = saleOf({ lines: [{ price: 0, quantityMilli: 1000 }], tip: 100 });
    expect(netAmounts(sale)).toEqual([0]);
    expect(take(sale, [], { by: 'all' })).toMatchObject({
      amount: 100,
      lines: [{ lineId: id(1), quantityMilli: 1000, amount: 0 }],
    });
  });

  test('a sale without discount or points brings no points back', () => {
    const { adjustments: _, ...plain } = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }] });
    expect(take(plain, [], { by: 'all' }).points).toBe(0);
  });

  test('money goes back the way it came: the method is kept, and none is made up', () => {
    const sale = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }], shares: [0.3, 1] });
    const [cash, wechat] = sale.payments as [SalePayment, SalePayment];
    const shown = { ...sale, payments: [cash, { ...wechat, method: 'shop-code' as const }] };
    const figures = quoteRefund(shown, [], { by: 'all' });
    expect('parts' in figures && figures.parts).toStrictEqual([
      { original: wechat.attemptId, tender: 'wechat', method: 'shop-code', amount: 700 },
      { original: cash.attemptId, tender: 'cash', amount: 300 },
    ]);
  });

  test.each<[string, RefundChoice]>([
    [
      'nothing-chosen',
      {
        by: 'lines',
        lines: [
          { lineId: id(2), quantityMilli: 1000 },
          { lineId: id(1), quantityMilli: 0 },
        ],
      },
    ],
    [
      'nothing-chosen',
      {
        by: 'lines',
        lines: [
          { lineId: id(2), quantityMilli: 1000 },
          { lineId: id(1), quantityMilli: -1000 },
        ],
      },
    ],
  ])('%s is refused, whatever else was chosen', (problem, choice) => {
    const sale = saleOf({
      lines: [
        { price: 1000, quantityMilli: 2000 },
        { price: 1000, quantityMilli: 1000 },
      ],
    });
    expect(quoteRefund(sale, [], choice)).toEqual({ problem });
  });
});
