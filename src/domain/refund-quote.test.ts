import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BusinessDay } from './business-day.ts';
import type { AttemptId, LineId, RefundId, SaleId } from './ids.ts';
import { type Minor, minor, sum, times } from './money.ts';
import type { Refund } from './refund.ts';
import {
  canVoid,
  leftOf,
  netAmounts,
  quoteRefund,
  type RefundChoice,
  type RefundFigures,
} from './refund-quote.ts';
import { type CompletedSale, due, type Line } from './sale.ts';
import type { SalePayment } from './tender.ts';

const id = (n: number): string => n.toString(16).padStart(32, '0');
const DAY = '2026-11-22' as BusinessDay;

interface Given {
  readonly lines: readonly { readonly price: number; readonly quantityMilli: number }[];
  readonly off?: number;
  readonly points?: number;
  readonly tip?: number;
  /** Shares of what is due, by payment. */
  readonly shares?: readonly number[];
}

function saleOf({ lines, off = 0, points = 0, tip = 0, shares = [1] }: Given): CompletedSale {
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

function take(sale: CompletedSale, prior: readonly Refund[], choice: RefundChoice): Refund {
  const figures = quoteRefund(sale, prior, choice);
  if ('problem' in figures) throw new Error(figures.problem);
  return refundOf(sale, figures, prior.length);
}

const refundOf = (sale: CompletedSale, figures: RefundFigures, n: number): Refund => ({
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
