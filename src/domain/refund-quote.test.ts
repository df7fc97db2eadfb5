import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Minor, minor, sum } from './money.ts';
import type { Refund } from './refund.ts';
import { canVoid, leftOf, netAmounts, quoteRefund, type RefundChoice } from './refund-quote.ts';
import { type CompletedSale, due } from './sale.ts';
import { id, refundOf, saleOf, take } from './testing/paid-sale.ts';

const anySale = fc
  .record({
    lines: fc.array(
      fc.record({
        price: fc.integer({ min: 1, max: 90_000 }),
        quantityMilli: fc.constantFrom(1000, 2000, 3000, 1500, 7000),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    offShare: fc.integer({ min: 0, max: 40 }),
    pointsShare: fc.integer({ min: 0, max: 40 }),
    tip: fc.integer({ min: 0, max: 500 }),
    shares: fc.constantFrom([1], [0.5, 1], [0.2, 0.3, 1], [0.01, 1]),
  })
  .map(({ lines, offShare, pointsShare, tip, shares }) => {
    const plain = saleOf({ lines });
    const off = Math.floor((plain.subtotal * offShare) / 100);
    const points = Math.floor((plain.subtotal * pointsShare) / 100);
    return saleOf({ lines, off, points, tip, shares });
  });

describe('what goes back of a sale', () => {
  test('everything is everything, the tip and each line included', () => {
    const sale = saleOf({
      lines: [
        { price: 1000, quantityMilli: 2000 },
        { price: 333, quantityMilli: 1000 },
      ],
      off: 100,
      tip: 50,
    });
    const refund = take(sale, [], { by: 'all' });
    expect(refund.amount).toBe(2283);
    expect(sum(refund.lines.map((line) => line.amount))).toBe(2233);
    expect(refund.parts).toEqual([{ attemptId: id(800), original: id(500), tender: 'cash', amount: 2283 }]);
  });

  test('a line brings back its price less its share of the discount', () => {
    const sale = saleOf({
      lines: [
        { price: 3000, quantityMilli: 1000 },
        { price: 1000, quantityMilli: 1000 },
      ],
      off: 400,
    });
    expect(netAmounts(sale)).toEqual([2700, 900]);
    expect(take(sale, [], { by: 'lines', lines: [{ lineId: id(2), quantityMilli: 1000 }] }).amount).toBe(900);
  });

  test('three pieces given back one by one come to what they cost together', () => {
    const sale = saleOf({ lines: [{ price: 100, quantityMilli: 3000 }], off: 100 });
    const prior: Refund[] = [];
    for (const expected of [66, 67, 67]) {
      const refund = take(sale, prior, { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 1000 }] });
      expect(refund.amount).toBe(expected);
      prior.push(refund);
    }
    expect(quoteRefund(sale, prior, { by: 'all' })).toEqual({ problem: 'nothing-left' });
  });

  test('points go back in the share in which the money goes back', () => {
    const sale = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }], points: 200 });
    const half = take(sale, [], { by: 'amount', amount: minor(400) });
    expect(half.points).toBe(100);
    expect(take(sale, [half], { by: 'all' }).points).toBe(100);
  });

  test('money goes back the way that holds the most of it, and only then through the next', () => {
    const sale = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }], shares: [0.3, 1] });
    expect(take(sale, [], { by: 'amount', amount: minor(500) }).parts).toMatchObject([
      { tender: 'wechat', amount: 500 },
    ]);
    expect(take(sale, [], { by: 'amount', amount: minor(900) }).parts).toMatchObject([
      { tender: 'wechat', amount: 700 },
      { tender: 'cash', amount: 200 },
    ]);
  });

  test.each<[string, RefundChoice]>([
    ['line-unknown', { by: 'lines', lines: [{ lineId: id(77), quantityMilli: 1000 }] }],
    ['line-unknown', { by: 'lines', lines: [1, 2].map(() => ({ lineId: id(1), quantityMilli: 500 })) }],
    ['more-than-line', { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 1001 }] }],
    ['nothing-chosen', { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 0 }] }],
    ['nothing-chosen', { by: 'lines', lines: [{ lineId: id(1), quantityMilli: 0.5 }] }],
    ['nothing-chosen', { by: 'lines', lines: [] }],
    ['nothing-chosen', { by: 'amount', amount: minor(0) }],
    ['nothing-chosen', { by: 'amount', amount: minor(-5) }],
    ['more-than-paid', { by: 'amount', amount: minor(1001) }],
  ])('%s is refused', (problem, choice) => {
    const sale = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }] });
    expect(quoteRefund(sale, [], choice)).toEqual({ problem });
  });

  test('a sale is given back in at most fifty refunds', () => {
    const sale = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }] });
    const prior: Refund[] = [];
    for (let n = 0; n < 50; n += 1) prior.push(take(sale, prior, { by: 'amount', amount: minor(1) }));
    expect(quoteRefund(sale, prior, { by: 'all' })).toEqual({ problem: 'too-many-refunds' });
  });

  test('a void is for the whole sale, on its own day', () => {
    const sale = saleOf({ lines: [{ price: 1000, quantityMilli: 1000 }] });
    expect(canVoid(sale, [], '2026-11-22')).toBe(true);
    expect(canVoid(sale, [], '2026-11-23')).toBe(false);
    expect(canVoid(sale, [take(sale, [], { by: 'amount', amount: minor(1) })], '2026-11-22')).toBe(false);
  });
});

describe('for any sale and any row of refunds', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ by: fc.constant('amount' as const), share: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ by: fc.constant('line' as const), share: fc.nat(20) }),
      fc.constant({ by: 'all' as const, share: 0 }),
    ),
    { maxLength: 12 },
  );

  const choiceOf = (sale: CompletedSale, left: Minor, step: { by: string; share: number }): RefundChoice => {
    if (step.by === 'all') return { by: 'all' };
    if (step.by === 'amount') return { by: 'amount', amount: minor(Math.ceil((left * step.share) / 100)) };
    const line = sale.lines[step.share % sale.lines.length];
    return { by: 'lines', lines: [{ lineId: line?.id ?? '', quantityMilli: 500 }] };
  };

  test('no more goes back than was paid: for the sale, for a line, for a payment, in points', () => {
    fc.assert(
      fc.property(anySale, steps, (sale, plan) => {
        const prior: Refund[] = [];
        for (const each of plan) {
          const figures = quoteRefund(sale, prior, choiceOf(sale, leftOf(sale, prior), each));
          if ('problem' in figures) continue;
          expect(sum(figures.parts.map((part) => part.amount))).toBe(figures.amount);
          prior.push(refundOf(sale, figures, prior.length));
        }
        const all = prior.flatMap((refund) => refund.lines);
        sale.lines.forEach((line, index) => {
          const gone = all.filter((each) => each.lineId === line.id);
          expect(gone.reduce((n, each) => n + each.quantityMilli, 0)).toBeLessThanOrEqual(line.quantityMilli);
          expect(sum(gone.map((each) => each.amount))).toBeLessThanOrEqual(netAmounts(sale)[index] ?? 0);
        });
        for (const payment of sale.payments) {
          const gone = prior
            .flatMap((refund) => refund.parts)
            .filter((part) => part.original === payment.attemptId);
          expect(sum(gone.map((part) => part.amount))).toBeLessThanOrEqual(payment.amount);
        }
        expect(leftOf(sale, prior)).toBeGreaterThanOrEqual(0);
        const spent =
          0 -
          sum((sale.adjustments ?? []).filter(({ kind }) => kind === 'points').map((each) => each.amount));
        const back = sum(prior.map((refund) => refund.points ?? minor(0)));
        expect(back).toBeLessThanOrEqual(spent);
        if (leftOf(sale, prior) === 0 && due(sale) > 0) expect(back).toBe(spent);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
