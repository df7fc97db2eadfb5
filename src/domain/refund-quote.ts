import type { AttemptId } from './ids.ts';
import { add, allocate, type Minor, minor, subtract, sum, ZERO } from './money.ts';
import { REFUNDS_PER_SALE_MAX, type Refund, type RefundLine, type RefundPart } from './refund.ts';
import { type CompletedSale, due, type Line } from './sale.ts';

/** What is to go back: everything that is left, some lines, or an amount without naming lines. */
export type RefundChoice =
  | { readonly by: 'all' }
  | {
      readonly by: 'lines';
      readonly lines: readonly { readonly lineId: string; readonly quantityMilli: number }[];
    }
  | { readonly by: 'amount'; readonly amount: Minor };

export type RefundProblem =
  | 'nothing-left'
  | 'nothing-chosen'
  | 'line-unknown'
  | 'more-than-line'
  | 'more-than-paid'
  | 'too-many-refunds';

export interface RefundFigures {
  readonly amount: Minor;
  readonly lines: readonly RefundLine[];
  readonly points: Minor;
  /** Largest rest first, so that money goes back in as few movements as can be. */
  readonly parts: readonly Omit<RefundPart, 'attemptId'>[];
}

/** What one payment still holds: what it brought less what has gone back through it. */
interface Held {
  readonly attemptId: AttemptId;
  readonly left: Minor;
  readonly part: Omit<RefundPart, 'attemptId' | 'amount'>;
}

/** Money of the sale that has not gone back yet, tip included. */
export const leftOf = (sale: CompletedSale, prior: readonly Refund[]): Minor =>
  subtract(due(sale), sum(prior.map((refund) => refund.amount)));

/**
 * What each line brought: its share of the total after discounts, points and rounding, by the lines' amounts. Adds up to the
 * total exactly.
 */
export function netAmounts(sale: CompletedSale): readonly Minor[] {
  const weights = sale.lines.map((line) => line.amount);
  return sum(weights) === 0 ? weights.map(() => ZERO) : allocate(sale.total, weights);
}

/**
 * The figures of a refund, or why there is none. Never more than was paid: for the sale, for a line and for a payment.
 * Quantities given back one by one come to the same as all at once, to the fen.
 */
export function quoteRefund(
  sale: CompletedSale,
  prior: readonly Refund[],
  choice: RefundChoice,
): RefundFigures | { readonly problem: RefundProblem } {
  const left = leftOf(sale, prior);
  if (left <= 0) return { problem: 'nothing-left' };
  if (prior.length >= REFUNDS_PER_SALE_MAX) return { problem: 'too-many-refunds' };
  const chosen = chosenLines(sale, prior, choice, left);
  if ('problem' in chosen) return chosen;
  const { amount, lines } = chosen;
  if (amount <= 0) return { problem: 'nothing-chosen' };
  if (amount > left) return { problem: 'more-than-paid' };
  return { amount, lines, points: pointsBack(sale, prior, amount), parts: split(sale, prior, amount) };
}

type Chosen =
  | { readonly amount: Minor; readonly lines: readonly RefundLine[] }
  | { readonly problem: RefundProblem };

function chosenLines(
  sale: CompletedSale,
  prior: readonly Refund[],
  choice: RefundChoice,
  left: Minor,
): Chosen {
  if (choice.by === 'amount') return { amount: choice.amount, lines: [] };
  const net = netAmounts(sale);
  if (choice.by === 'all') {
    const all = sale.lines.map((line, index) => restOf(line, net[index] ?? ZERO, prior));
    return { amount: left, lines: all.filter((line) => line.quantityMilli > 0) };
  }
  const lines: RefundLine[] = [];
  for (const { lineId, quantityMilli } of choice.lines) {
    const index = sale.lines.findIndex((line) => line.id === lineId);
    const line = sale.lines[index];
    if (line === undefined || lines.some((each) => each.lineId === lineId))
      return { problem: 'line-unknown' };
    const rest = restOf(line, net[index] ?? ZERO, prior);
    if (!Number.isSafeInteger(quantityMilli) || quantityMilli < 1) return { problem: 'nothing-chosen' };
    if (quantityMilli > rest.quantityMilli) return { problem: 'more-than-line' };
    lines.push(
      quantityMilli === rest.quantityMilli ? rest : partOf(line, quantityMilli, rest, net[index] ?? ZERO),
    );
  }
  return { amount: sum(lines.map((line) => line.amount)), lines };
}

/** What is left of a line, quantity and money. */
function restOf(line: Line, net: Minor, prior: readonly Refund[]): RefundLine {
  const gone = prior.flatMap((refund) => refund.lines).filter((each) => each.lineId === line.id);
  const quantityMilli = line.quantityMilli - gone.reduce((all, each) => all + each.quantityMilli, 0);
  const amount = net - sum(gone.map((each) => each.amount));
  return {
    lineId: line.id,
    quantityMilli: Math.max(0, quantityMilli),
    amount: minor(Math.max(0, amount)),
  };
}

function partOf(line: Line, quantityMilli: number, rest: RefundLine, net: Minor): RefundLine {
  const gone = line.quantityMilli - rest.quantityMilli;
  const amount = subtract(
    shareOf(net, gone + quantityMilli, line.quantityMilli),
    shareOf(net, gone, line.quantityMilli),
  );
  return { lineId: line.id, quantityMilli, amount: minor(Math.min(amount, rest.amount)) };
}

/** `amount × part / whole`, rounded down: what is lost in between comes back with the last of it. `whole` is not zero. */
const shareOf = (amount: Minor, part: number, whole: number): Minor =>
  minor(Number((BigInt(amount) * BigInt(part)) / BigInt(whole)));

function pointsBack(sale: CompletedSale, prior: readonly Refund[], amount: Minor): Minor {
  const spent = minor(
    -sum((sale.adjustments ?? []).filter(({ kind }) => kind === 'points').map((each) => each.amount)),
  );
  const gone = sum(prior.map((refund) => refund.amount));
  const back = sum(prior.map((refund) => refund.points ?? ZERO));
  return subtract(shareOf(spent, add(gone, amount), due(sale)), back);
}

function split(
  sale: CompletedSale,
  prior: readonly Refund[],
  amount: Minor,
): readonly Omit<RefundPart, 'attemptId'>[] {
  const parts: Omit<RefundPart, 'attemptId'>[] = [];
  let open: Minor = amount;
  for (const { left, part } of heldBy(sale, prior)) {
    const taken = minor(Math.min(left, open));
    if (taken > 0) parts.push({ ...part, amount: taken });
    open = subtract(open, taken);
  }
  return parts;
}

function heldBy(sale: CompletedSale, prior: readonly Refund[]): readonly Held[] {
  const gone = prior.flatMap((refund) => refund.parts);
  return sale.payments
    .map(({ attemptId, tender, method, amount }) => ({
      attemptId,
      left: subtract(
        amount,
        sum(gone.filter((part) => part.original === attemptId).map((part) => part.amount)),
      ),
      part: { original: attemptId, tender, ...(method === undefined ? {} : { method }) },
    }))
    .sort((a, b) => b.left - a.left);
}

/** A void (撤销) takes the whole sale back on its own business day, before anything of it has gone back. */
export const canVoid = (sale: CompletedSale, prior: readonly Refund[], today: string): boolean =>
  sale.day === today && prior.length === 0;
