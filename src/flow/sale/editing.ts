import { type AmountEntry, amountOf, EMPTY_ENTRY, pressKey } from '../../domain/amount-entry.ts';
import { add, type Currency, type Minor, minor, sum, ZERO } from '../../domain/money.ts';
import { roundingAdjustment } from '../../domain/rounding.ts';
import { LINES_MAX, type Line, type OpenSale } from '../../domain/sale.ts';
import type { CheckoutEvent } from '../checkout-service.ts';
import type { CheckoutContext, CheckoutStep, Editing, InnerEvent } from './checkout-model.ts';
import { linesOfEntry, ONE_PIECE } from './entry-lines.ts';
import { tenderingOf } from './tendering-model.ts';

/** What the cashier does with the basket. */
export function edit(
  model: Editing,
  event: CheckoutEvent | InnerEvent,
  context: CheckoutContext,
): CheckoutStep {
  const keep = (change: Partial<Editing>, removed?: Editing['removed']): CheckoutStep => {
    const { entry, lines, discount } = { ...model, ...change };
    const next: Editing = { at: 'editing', entry, lines, discount, ...(removed && { removed }) };
    return [next, [{ type: 'keep-draft', lines, entry }]];
  };
  switch (event.type) {
    case 'key': {
      const entry = pressKey(model.entry, event.key, context.currency);
      return entry === model.entry ? [model, []] : keep({ entry }, model.removed);
    }
    case 'add': {
      const lines = withEntry(model, context);
      return lines.length === model.lines.length || lines.length > LINES_MAX
        ? [model, []]
        : keep({ entry: EMPTY_ENTRY, lines });
    }
    case 'remove': {
      const index = model.lines.findIndex((line) => line.id === event.lineId);
      const line = model.lines[index];
      return line === undefined
        ? [model, []]
        : keep({ lines: model.lines.toSpliced(index, 1) }, { line, index });
    }
    case 'undo':
      return model.removed === undefined ? [model, []] : keep(withRemoved(model.lines, model.removed));
    case 'discount':
      return discount(model, context.currency, keep);
    case 'clear':
      return keep(
        { entry: EMPTY_ENTRY, lines: [], discount: ZERO },
        model.lines.length === 0 ? undefined : { lines: model.lines, discount: model.discount },
      );
    case 'scanned':
      return scanned(model, event.text, context, keep);
    case 'charge':
      return charge(model, context);
    default:
      return [model, []];
  }
}

/** A line goes back to its place; a basket that was cleared comes back whole. */
function withRemoved(
  lines: readonly Line[],
  removed: NonNullable<Editing['removed']>,
): Partial<Pick<Editing, 'lines' | 'discount'>> {
  return 'line' in removed ? { lines: lines.toSpliced(removed.index, 0, removed.line) } : removed;
}

/** The typed amount comes off the whole sale. Nothing typed takes the discount away; more than the basket is worth does nothing. */
function discount(
  model: Editing,
  currency: Currency,
  keep: (change: Partial<Editing>) => CheckoutStep,
): CheckoutStep {
  if (model.entry === EMPTY_ENTRY) return model.discount === 0 ? [model, []] : keep({ discount: ZERO });
  const off = amountOf(model.entry, currency) ?? ZERO;
  const worth = totalOf(model.lines) ?? ZERO;
  return off <= 0 || off >= worth ? [model, []] : keep({ entry: EMPTY_ENTRY, discount: minor(-off) });
}

/** The label of a scale is a line with its article's number and its price. Any other code means nothing here: a pay code too. */
function scanned(
  model: Editing,
  text: string,
  context: CheckoutContext,
  keep: (change: Partial<Editing>) => CheckoutStep,
): CheckoutStep {
  const label = context.labelOf(text.trim());
  if (label === undefined) return [model, []];
  if (label.kind === 'problem') return [{ ...model, problem: label.problem }, []];
  if (model.lines.length >= LINES_MAX) return [{ ...model, problem: 'basket-full' }, []];
  const { item: name, price } = label;
  const line: Line = { id: context.newLineId(), name, quantityMilli: ONE_PIECE, price, amount: price };
  return keep({ lines: [...model.lines, line] });
}

function charge(model: Editing, context: CheckoutContext): CheckoutStep {
  const lines = withEntry(model, context);
  const subtotal = lines.length > LINES_MAX ? undefined : totalOf(lines);
  if (subtotal === undefined || subtotal <= 0) return [model, []];
  const reduced = add(subtotal, model.discount);
  // Lines were taken away after the discount was given: it would be more than the goods.
  if (reduced <= 0) return [model, []];
  const { currency, day } = context;
  const rounding = roundingAdjustment(reduced, context.rounding, currency);
  const sale: OpenSale = {
    saleId: context.newSaleId(),
    day,
    currency,
    lines: [...lines],
    subtotal,
    ...(model.discount === 0 ? {} : { adjustments: [{ kind: 'discount', amount: model.discount }] }),
    rounding,
    total: add(reduced, rounding),
  };
  return [tenderingOf(sale, [], false), [{ type: 'keep-draft', lines, entry: EMPTY_ENTRY }]];
}

const withEntry = (model: Editing, context: CheckoutContext): readonly Line[] => [
  ...model.lines,
  ...linesOfEntry(model.entry, context.currency, context.newLineId),
];

/** Undefined when the basket is worth more than a till may carry. */
export function totalOf(lines: readonly Line[]): Minor | undefined {
  try {
    return sum(lines.map((line) => line.amount));
  } catch {
    return undefined;
  }
}

/** What stands in large figures while the basket is filled. */
export function runningTotal(lines: readonly Line[], entry: AmountEntry, currency: Currency): Minor {
  return add(totalOf(lines) ?? ZERO, amountOf(entry, currency) ?? ZERO);
}
