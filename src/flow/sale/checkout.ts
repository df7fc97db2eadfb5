import { type AmountEntry, amountOf, EMPTY_ENTRY, pressKey } from '../../domain/amount-entry.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, LineId, SaleId } from '../../domain/ids.ts';
import { add, type Currency, type Minor, sum, ZERO } from '../../domain/money.ts';
import { type RoundingRule, roundingAdjustment } from '../../domain/rounding.ts';
import { LINES_MAX, type Line, type OpenSale } from '../../domain/sale.ts';
import type { Payment } from '../payment/payment.ts';
import type { CheckoutEvent, CheckoutState, SlipState } from '../services.ts';
import { linesOfEntry } from './entry-lines.ts';

/** The sale in hand, as a pure machine. What pages see of it is `view`; what must be done beside it are the effects. */
export type CheckoutModel =
  | {
      readonly at: 'editing';
      readonly entry: AmountEntry;
      readonly lines: readonly Line[];
      readonly removed?: { readonly line: Line; readonly index: number };
    }
  | {
      readonly at: 'tendering';
      readonly sale: OpenSale;
      readonly entry: AmountEntry;
      readonly problem?: string;
    }
  | Exclude<CheckoutState, { at: 'editing' | 'tendering' }>;

/** Fixed facts of the shop, and fresh ids for whatever this event may make. */
export interface CheckoutContext {
  readonly currency: Currency;
  readonly rounding: RoundingRule;
  readonly day: BusinessDay;
  newLineId(): LineId;
  newSaleId(): SaleId;
  newAttemptId(): AttemptId;
}

/** What the payment runner and the slip report back. */
export type InnerEvent =
  | { readonly type: 'payment-moved'; readonly sale: OpenSale; readonly payment: Payment }
  | { readonly type: 'intent-refused'; readonly sale: OpenSale; readonly reason: string }
  | {
      readonly type: 'save-refused';
      readonly sale: OpenSale;
      readonly attempt: Attempt;
      readonly reason: string;
      readonly tries: number;
    }
  | {
      readonly type: 'completed';
      readonly saleId: SaleId;
      readonly number: string;
      readonly attempt: Attempt;
      readonly receiptUrl: string;
      readonly recovered: boolean;
    }
  /** The attempt ended without money. */
  | { readonly type: 'not-paid'; readonly sale: OpenSale; readonly recovered: boolean }
  | { readonly type: 'slip'; readonly slip: SlipState };

export type CheckoutEffect =
  | { readonly type: 'keep-draft'; readonly lines: readonly Line[]; readonly entry: AmountEntry }
  | { readonly type: 'pay'; readonly sale: OpenSale; readonly attempt: Attempt }
  | { readonly type: 'answer'; readonly attempt: Attempt; readonly received: boolean }
  | { readonly type: 'print'; readonly of: 'sale' | 'unsaved' };

export type CheckoutStep = readonly [CheckoutModel, readonly CheckoutEffect[]];

export const EMPTY_CHECKOUT: CheckoutModel = { at: 'editing', entry: EMPTY_ENTRY, lines: [] };

export function step(
  model: CheckoutModel,
  event: CheckoutEvent | InnerEvent,
  context: CheckoutContext,
): CheckoutStep {
  const inner = takeInner(model, event);
  if (inner !== undefined) return inner;
  switch (model.at) {
    case 'editing':
      return edit(model, event, context);
    case 'tendering':
      return tender(model, event, context);
    case 'asking':
      return event.type === 'answer'
        ? [model, [{ type: 'answer', attempt: model.attempt, received: event.received }]]
        : [model, []];
    case 'unsaved':
      return event.type === 'print' && model.slip.at !== 'printing'
        ? [{ ...model, slip: { at: 'printing' } }, [{ type: 'print', of: 'unsaved' }]]
        : [model, []];
    case 'done':
      if (event.type === 'next') return [EMPTY_CHECKOUT, []];
      return event.type === 'print' && model.slip.at !== 'printing'
        ? [{ ...model, slip: { at: 'printing' } }, [{ type: 'print', of: 'sale' }]]
        : [model, []];
    case 'paying':
      return [model, []]; // A second tap, a key: the money is on its way and nothing here changes that.
    default:
      return model satisfies never;
  }
}

/** Reports from the edge are true wherever the cashier is looking. */
function takeInner(model: CheckoutModel, event: CheckoutEvent | InnerEvent): CheckoutStep | undefined {
  switch (event.type) {
    case 'payment-moved': {
      const { attempt, at } = event.payment;
      if (at === 'draft' || at === 'approved') return [model, []]; // Approved is shown as `completed`, with its number.
      const isQuestion = at === 'inquiring' || at === 'unknown' || at === 'stuck';
      return [{ at: isQuestion ? 'asking' : 'paying', sale: event.sale, attempt, state: at }, []];
    }
    case 'intent-refused':
      return [{ at: 'tendering', sale: event.sale, entry: EMPTY_ENTRY, problem: event.reason }, []];
    case 'save-refused': {
      const slip = model.at === 'unsaved' ? model.slip : ({ at: 'idle' } as const);
      const { sale, attempt, reason: trouble, tries } = event;
      return [{ at: 'unsaved', sale, attempt, trouble, tries, slip }, []];
    }
    case 'completed': {
      const { saleId, number, attempt, receiptUrl, recovered } = event;
      const tendered = attempt.tendered ?? attempt.amount;
      const change = add(tendered, -attempt.amount as Minor);
      const done = {
        at: 'done',
        saleId,
        number,
        total: attempt.amount,
        tendered,
        change,
        receiptUrl,
        recovered,
      } as const;
      return [{ ...done, slip: { at: 'idle' } }, [{ type: 'keep-draft', lines: [], entry: EMPTY_ENTRY }]];
    }
    case 'not-paid':
      // After a restart the customer has gone: the basket is not offered for payment again by itself.
      if (event.recovered) return [EMPTY_CHECKOUT, []];
      return [{ at: 'editing', entry: EMPTY_ENTRY, lines: event.sale.lines }, []];
    case 'slip':
      return model.at === 'done' || model.at === 'unsaved'
        ? [{ ...model, slip: event.slip }, []]
        : [model, []];
    default:
      return undefined;
  }
}

type Editing = Extract<CheckoutModel, { at: 'editing' }>;

function edit(model: Editing, event: CheckoutEvent | InnerEvent, context: CheckoutContext): CheckoutStep {
  const keep = (entry: AmountEntry, lines: readonly Line[], removed?: Editing['removed']): CheckoutStep => [
    { at: 'editing', entry, lines, ...(removed === undefined ? {} : { removed }) },
    [{ type: 'keep-draft', lines, entry }],
  ];
  switch (event.type) {
    case 'key': {
      const entry = pressKey(model.entry, event.key, context.currency);
      return entry === model.entry ? [model, []] : keep(entry, model.lines, model.removed);
    }
    case 'add': {
      const lines = withEntry(model, context);
      return lines.length === model.lines.length || lines.length > LINES_MAX
        ? [model, []]
        : keep(EMPTY_ENTRY, lines);
    }
    case 'remove': {
      const index = model.lines.findIndex((line) => line.id === event.lineId);
      const line = model.lines[index];
      if (line === undefined) return [model, []];
      return keep(model.entry, model.lines.toSpliced(index, 1), { line, index });
    }
    case 'undo': {
      if (model.removed === undefined) return [model, []];
      return keep(model.entry, model.lines.toSpliced(model.removed.index, 0, model.removed.line));
    }
    case 'clear':
      return keep(EMPTY_ENTRY, []);
    case 'charge': {
      const lines = withEntry(model, context);
      const subtotal = lines.length > LINES_MAX ? undefined : totalOf(lines);
      if (subtotal === undefined || subtotal <= 0) return [model, []];
      const { currency, day } = context;
      const rounding = roundingAdjustment(subtotal, context.rounding, currency);
      const total = add(subtotal, rounding);
      const sale: OpenSale = {
        saleId: context.newSaleId(),
        day,
        currency,
        lines: [...lines],
        subtotal,
        rounding,
        total,
      };
      return [
        { at: 'tendering', sale, entry: EMPTY_ENTRY },
        [{ type: 'keep-draft', lines, entry: EMPTY_ENTRY }],
      ];
    }
    default:
      return [model, []];
  }
}

type Tendering = Extract<CheckoutModel, { at: 'tendering' }>;

function tender(model: Tendering, event: CheckoutEvent | InnerEvent, context: CheckoutContext): CheckoutStep {
  switch (event.type) {
    case 'key': {
      const entry = pressKey(model.entry, event.key, context.currency);
      return entry === model.entry ? [model, []] : [{ at: 'tendering', sale: model.sale, entry }, []];
    }
    case 'clear':
      return [{ at: 'tendering', sale: model.sale, entry: EMPTY_ENTRY }, []];
    case 'tendered':
      return pay(model, event.amount, context);
    case 'confirm-cash':
      return pay(model, givenSoFar(model, context.currency), context);
    case 'back':
      return [{ at: 'editing', entry: EMPTY_ENTRY, lines: model.sale.lines }, []];
    default:
      return [model, []];
  }
}

/** From here on the sale is in the payment runner's hands; a second confirmation finds `paying` and means nothing. */
function pay(model: Tendering, tendered: Minor, context: CheckoutContext): CheckoutStep {
  const { sale } = model;
  if (tendered < sale.total) return [{ ...model, problem: 'too-little' }, []];
  const { saleId, total: amount, currency } = sale;
  const attempt: Attempt = {
    attemptId: context.newAttemptId(),
    saleId,
    tender: 'cash',
    amount,
    currency,
    tendered,
  };
  return [{ at: 'paying', sale, attempt, state: 'prepared' }, [{ type: 'pay', sale, attempt }]];
}

/** Nothing typed means that the customer gave exactly what is due. */
const givenSoFar = (model: Tendering, currency: Currency): Minor =>
  model.entry === EMPTY_ENTRY ? model.sale.total : (amountOf(model.entry, currency) ?? ZERO);

const withEntry = (model: Editing, context: CheckoutContext): readonly Line[] => [
  ...model.lines,
  ...linesOfEntry(model.entry, context.currency, context.newLineId),
];

/** Undefined when the basket is worth more than a till may carry. */
function totalOf(lines: readonly Line[]): Minor | undefined {
  try {
    return sum(lines.map((line) => line.amount));
  } catch {
    return undefined;
  }
}

/** What pages are shown. */
export function view(
  model: CheckoutModel,
  currency: Currency,
  quick: (due: Minor) => readonly Minor[],
): CheckoutState {
  if (model.at === 'editing') {
    const { entry, lines } = model;
    const total = add(totalOf(lines) ?? ZERO, amountOf(entry, currency) ?? ZERO);
    return { at: 'editing', entry, lines, total, canUndo: model.removed !== undefined };
  }
  if (model.at === 'tendering') {
    const { sale, entry, problem } = model;
    const tendered = givenSoFar(model, currency);
    const enough = tendered >= sale.total;
    const change = enough ? add(tendered, -sale.total as Minor) : ZERO;
    const base = {
      at: 'tendering',
      sale,
      entry,
      tendered,
      change,
      enough,
      quick: quick(sale.total),
    } as const;
    return problem === undefined ? base : { ...base, problem };
  }
  return model;
}
