import { describe, expect, test } from 'vitest';
import type { AmountEntry } from '../../domain/amount-entry.ts';
import { minor } from '../../domain/money.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { CheckoutEvent } from '../checkout-service.ts';
import { contextOf, paidBy, SALE } from '../testing/sale-in-hand.ts';
import { type CheckoutContext, EMPTY_CHECKOUT } from './checkout-model.ts';
import { tender } from './tendering.ts';
import { askedOf, givenSoFar, remainingOf, type Tendering, tenderingOf, typed } from './tendering-model.ts';

const cash400 = paidBy('cash', 400);
const entry = (text: string): AmountEntry => text as AmountEntry;
const at = (more: Partial<Tendering> = {}): Tendering => ({ ...tenderingOf(SALE, [], false), ...more });
const does = (model: Tendering, event: CheckoutEvent, context: CheckoutContext = contextOf()) =>
  tender(model, event, context);
const without = (model: Tendering): Tendering => {
  const { problem: _, ...rest } = model;
  return rest;
};
const problem = (model: Tendering, said: string) => [{ ...model, problem: said }, []];

describe('typing', () => {
  test('shows the key and takes the complaint away', () => {
    expect(does(at({ entry: entry('1'), problem: 'too-little' }), { type: 'key', key: '5' })).toStrictEqual([
      at({ entry: entry('15') }),
      [],
    ]);
  });

  test('a key that means nothing leaves the complaint', () => {
    const model = at({ entry: entry('1.5'), problem: 'too-little' });
    expect(does(model, { type: 'key', key: '.' })).toStrictEqual([model, []]);
  });

  test('is cleared', () => {
    expect(does(at({ entry: entry('15'), problem: 'too-little' }), { type: 'clear' })).toStrictEqual([
      at(),
      [],
    ]);
  });

  test.each(['tendered', 'part', 'tip'] as const)('into %s begins empty', (field) => {
    expect(does(at({ entry: entry('5'), problem: 'disk' }), { type: 'type-into', field })).toStrictEqual([
      at({ typing: field }),
      [],
    ]);
  });

  test('a tip is not for a sale that the journal knows; a part is', () => {
    const model = at({ opened: true });
    expect(does(model, { type: 'type-into', field: 'tip' })).toStrictEqual([model, []]);
    expect(does(model, { type: 'type-into', field: 'part' })).toStrictEqual([
      { ...model, typing: 'part' },
      [],
    ]);
  });

  test.each(['print', 'next', 'add', 'undo'] as const)('%s means nothing here', (type) => {
    expect(does(at(), { type })).toStrictEqual([at(), []]);
  });
});

describe('a typed part', () => {
  const confirms: readonly CheckoutEvent[] = [{ type: 'confirm' }, { type: 'confirm-cash' }];
  test.each(confirms)('is what the next attempt asks: $type', (event) => {
    const model = at({ typing: 'part', entry: entry('4'), problem: 'part-range' });
    expect(does(model, event)).toStrictEqual([at({ part: minor(400) }), []]);
  });

  test('that is all of it is no part', () => {
    const model = at({ typing: 'part', entry: entry('10'), part: minor(400) });
    expect(does(model, { type: 'confirm' })).toStrictEqual([at(), []]);
  });

  test('of what is left is all of it', () => {
    const model = at({ typing: 'part', entry: entry('6'), paid: [cash400] });
    expect(does(model, { type: 'confirm' })).toStrictEqual([at({ paid: [cash400] }), []]);
  });

  test('with nothing typed asks for everything again', () => {
    expect(does(at({ typing: 'part', part: minor(400) }), { type: 'confirm' })).toStrictEqual([at(), []]);
  });

  test.each(['0', '10.01'])('of %s is out of range', (text) => {
    const model = at({ typing: 'part', entry: entry(text) });
    expect(does(model, { type: 'confirm' })).toStrictEqual(problem(model, 'part-range'));
  });
});

describe('a typed tip', () => {
  test('is part of what the sale comes to', () => {
    expect(
      does(at({ typing: 'tip', entry: entry('1.5'), part: minor(5) }), { type: 'confirm' }),
    ).toStrictEqual([at({ sale: { ...SALE, tip: minor(150) } }), []]);
  });

  test.each(['', '0'])('of "%s" is none, and takes away what was there', (text) => {
    const model = at({ typing: 'tip', entry: entry(text), sale: { ...SALE, tip: minor(150) } });
    expect(does(model, { type: 'confirm-cash' })).toStrictEqual([at(), []]);
  });
});

describe('choosing a way', () => {
  test('begins with an empty keypad and no complaint', () => {
    const model = at({ typing: 'part', entry: entry('5'), problem: 'disk' });
    expect(does(model, { type: 'choose', way: 'reader' })).toStrictEqual([at({ way: 'reader' }), []]);
  });

  test('that cannot be had says why, and the old one stays', () => {
    const model = at({ way: 'credit', entry: entry('5') });
    expect(does(model, { type: 'choose', way: 'terminal' })).toStrictEqual(problem(model, 'no-device'));
    const none = contextOf({ offers: () => [{ way: 'terminal' }] });
    expect(does(model, { type: 'choose', way: 'reader' }, none)).toStrictEqual(problem(model, 'not-offered'));
  });

  test('asks for what the next attempt is for', () => {
    const context = contextOf();
    does(at({ part: minor(300) }), { type: 'choose', way: 'cash' }, context);
    does(at({ paid: [cash400] }), { type: 'choose', way: 'cash' }, context);
    expect(context.asked).toEqual([300, 600]);
  });
});

describe('leaving', () => {
  test('what is typed comes before the way, the way before the sale', () => {
    const typing = at({ typing: 'part', entry: entry('5'), way: 'credit', problem: 'part-range' });
    expect(does(typing, { type: 'back' })).toStrictEqual([at({ way: 'credit' }), []]);
    const way = at({ way: 'credit', entry: entry('5'), problem: 'account-missing' });
    expect(does(way, { type: 'back' })).toStrictEqual([at(), []]);
  });

  test('a sale nobody knows of becomes the basket again, with its discount', () => {
    expect(does(at(), { type: 'back' })).toStrictEqual([
      { ...EMPTY_CHECKOUT, lines: SALE.lines, discount: 0 },
      [],
    ]);
    const sale = { ...SALE, adjustments: [{ kind: 'discount' as const, amount: minor(-50) }] };
    expect(does(at({ sale }), { type: 'back' })).toStrictEqual([
      { ...EMPTY_CHECKOUT, lines: SALE.lines, discount: -50 },
      [],
    ]);
    expect(does(at({ sale: { ...SALE, adjustments: [] } }), { type: 'back' })).toStrictEqual([
      { ...EMPTY_CHECKOUT, lines: SALE.lines, discount: 0 },
      [],
    ]);
  });

  const givesUp = (model: Tendering) => [
    { ...without(model), givingUp: true },
    [{ type: 'give-up', sale: SALE, paid: model.paid }],
  ];

  test('a sale the journal knows is given up', () => {
    const model = at({ opened: true, problem: 'disk' });
    expect(does(model, { type: 'back' })).toStrictEqual(givesUp(model));
  });

  test('a sale paid in part is left only on purpose: set aside, or given up', () => {
    const model = at({ opened: true, paid: [cash400] });
    expect(does(model, { type: 'back' })).toStrictEqual(problem(model, 'part-paid'));
    expect(does(model, { type: 'give-up' })).toStrictEqual(givesUp(model));
    expect(does(model, { type: 'set-aside' })).toStrictEqual([
      EMPTY_CHECKOUT,
      [{ type: 'set-aside', saleId: SALE.saleId }],
    ]);
  });

  test('while its money goes back it can only be set aside, paid in part or not', () => {
    for (const paid of [[], [cash400]]) {
      const model = at({ opened: true, paid, givingUp: true });
      expect(does(model, { type: 'set-aside' })).toStrictEqual([
        EMPTY_CHECKOUT,
        [{ type: 'set-aside', saleId: SALE.saleId }],
      ]);
      for (const type of ['confirm', 'confirm-cash', 'back', 'give-up', 'clear'] as const)
        expect(does(model, { type })).toStrictEqual([model, []]);
    }
  });

  test('a sale nobody has paid for is not set aside', () => {
    expect(does(at(), { type: 'set-aside' })).toStrictEqual([at(), []]);
  });
});

describe('the figures', () => {
  const tipped = { ...SALE, tip: minor(150) };
  const paid: readonly SalePayment[] = [cash400, paidBy('wechat', 250)];
  test('what is owed is total and tip less what was paid; a part is asked when there is one', () => {
    expect(remainingOf({ sale: tipped, paid })).toBe(500);
    expect(askedOf(at({ sale: tipped, paid }))).toBe(500);
    expect(askedOf(at({ sale: tipped, paid, part: minor(7) }))).toBe(7);
  });
  test('nothing typed is no amount', () => {
    expect(typed(entry(''), 'CNY')).toBeUndefined();
    expect(typed(entry('0'), 'CNY')).toBe(0);
    expect(typed(entry('12.5'), 'CNY')).toBe(1250);
  });
  test('given is what is typed as given, else exactly what is asked', () => {
    expect(givenSoFar(at(), 'CNY')).toBe(1000);
    expect(givenSoFar(at({ entry: entry('20') }), 'CNY')).toBe(2000);
    expect(givenSoFar(at({ entry: entry('20'), typing: 'tip' }), 'CNY')).toBe(1000);
    expect(givenSoFar(at({ entry: entry('9999999999.99+1') }), 'CNY')).toBe(0);
  });
  test('a sale is asked for in cash first, with the reason why it is asked for again', () => {
    expect(tenderingOf(SALE, paid, true, 'disk')).toStrictEqual({
      at: 'tendering',
      sale: SALE,
      paid,
      opened: true,
      way: 'cash',
      entry: '',
      typing: 'tendered',
      problem: 'disk',
    });
    expect(without(tenderingOf(SALE, paid, true))).toStrictEqual(tenderingOf(SALE, paid, true));
  });
});
