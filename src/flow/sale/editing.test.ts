import { describe, expect, test } from 'vitest';
import type { AmountEntry } from '../../domain/amount-entry.ts';
import { AMOUNT_MAX, minor, ZERO } from '../../domain/money.ts';
import { LINES_MAX, saleDisagreement } from '../../domain/sale.ts';
import { contextOf, id, lineOf, SALE } from '../testing/sale-in-hand.ts';
import { type Editing, EMPTY_CHECKOUT } from './checkout-model.ts';
import { edit, runningTotal, totalOf } from './editing.ts';
import { tenderingOf } from './tendering-model.ts';

const entry = (text: string): AmountEntry => text as AmountEntry;
const basket = (more: Partial<Editing> = {}): Editing => ({
  ...EMPTY_CHECKOUT,
  lines: [lineOf('8', 300), lineOf('9', 700)],
  ...more,
});
const kept = (next: Partial<Editing>) => {
  const model = { ...basket(), ...next };
  return [model, [{ type: 'keep-draft', lines: model.lines, entry: model.entry }]];
};
const full = Array.from({ length: LINES_MAX }, () => lineOf('8', 1));

describe('the basket', () => {
  test('keeps a key, and what can still be taken back', () => {
    const removed = { line: lineOf('7', 5), index: 0 };
    expect(edit(basket({ removed }), { type: 'key', key: '5' }, contextOf())).toStrictEqual(
      kept({ entry: entry('5'), removed }),
    );
  });

  test('a key that means nothing keeps nothing', () => {
    const model = basket({ entry: entry('1.5') });
    expect(edit(model, { type: 'key', key: '.' }, contextOf())).toStrictEqual([model, []]);
  });

  test('takes what is typed as lines, and forgets what was taken away before', () => {
    const model = basket({ entry: entry('5'), removed: { line: lineOf('7', 5), index: 0 } });
    expect(edit(model, { type: 'add' }, contextOf())).toStrictEqual(
      kept({ lines: [...model.lines, lineOf('1', 500)] }),
    );
  });

  test.each([
    ['nothing typed', basket()],
    ['nothing worth anything typed', basket({ entry: entry('0') })],
    ['a basket that is full', basket({ lines: full, entry: entry('5') })],
  ])('%s adds nothing', (_, model) => {
    expect(edit(model, { type: 'add' }, contextOf())).toStrictEqual([model, []]);
  });

  test('has room for its last line', () => {
    const model = basket({ lines: full.slice(1), entry: entry('5') });
    const [next] = edit(model, { type: 'add' }, contextOf());
    expect('lines' in next && next.lines).toHaveLength(LINES_MAX);
  });

  test('a line goes and comes back where it was', () => {
    const model = basket({ discount: minor(-10) });
    const [first, second] = model.lines;
    const without = kept({
      lines: [first!],
      discount: minor(-10),
      removed: { line: second!, index: 1 },
    });
    expect(edit(model, { type: 'remove', lineId: id('9') }, contextOf())).toStrictEqual(without);
    expect(edit(without[0] as Editing, { type: 'undo' }, contextOf())).toStrictEqual(
      kept({ discount: minor(-10) }),
    );
  });

  test.each([
    ['a line that is not there', { type: 'remove', lineId: id('7') }],
    ['an undo with nothing taken away', { type: 'undo' }],
    ['a print', { type: 'print' }],
  ] as const)('%s changes nothing', (_, event) => {
    expect(edit(basket(), event, contextOf())).toStrictEqual([basket(), []]);
  });

  test('is cleared with its discount', () => {
    expect(
      edit(basket({ entry: entry('5'), discount: minor(-10) }), { type: 'clear' }, contextOf()),
    ).toStrictEqual([EMPTY_CHECKOUT, [{ type: 'keep-draft', lines: [], entry: '' }]]);
  });
});

describe('a discount', () => {
  test('is what is typed, and the keypad is empty again', () => {
    expect(edit(basket({ entry: entry('9.99') }), { type: 'discount' }, contextOf())).toStrictEqual(
      kept({ discount: minor(-999) }),
    );
  });

  test('goes with nothing typed', () => {
    expect(edit(basket({ discount: minor(-10) }), { type: 'discount' }, contextOf())).toStrictEqual(
      kept({ discount: ZERO }),
    );
  });

  test.each([
    ['nothing typed, and none there', basket()],
    ['nothing off', basket({ entry: entry('0') })],
    ['all of it off', basket({ entry: entry('10') })],
    ['more than all off', basket({ entry: entry('11') })],
    ['off an empty basket', { ...EMPTY_CHECKOUT, entry: entry('1') }],
  ])('%s changes nothing', (_, model) => {
    expect(edit(model, { type: 'discount' }, contextOf())).toStrictEqual([model, []]);
  });
});

describe('charging', () => {
  test('makes the sale of what is in the basket and on the keypad', () => {
    const model: Editing = { ...EMPTY_CHECKOUT, entry: entry('10') };
    expect(edit(model, { type: 'charge' }, contextOf())).toStrictEqual([
      tenderingOf(SALE, [], false),
      [{ type: 'keep-draft', lines: SALE.lines, entry: '' }],
    ]);
  });

  test('takes the discount off before it rounds', () => {
    const model = basket({ discount: minor(-33) });
    const [next] = edit(model, { type: 'charge' }, contextOf({ rounding: 'jiao-down' }));
    if (next.at !== 'tendering') throw new Error(next.at);
    expect(next.opened).toBe(false);
    expect(next.sale).toStrictEqual({
      ...SALE,
      lines: model.lines,
      adjustments: [{ kind: 'discount', amount: -33 }],
      rounding: -7,
      total: 960,
    });
    expect(saleDisagreement(next.sale)).toBeUndefined();
  });

  test.each([
    ['nothing', EMPTY_CHECKOUT],
    ['goods worth nothing', { ...EMPTY_CHECKOUT, lines: [lineOf('8', 0)] }],
    ['goods worth as much as the discount', basket({ lines: [lineOf('8', 500)], discount: minor(-500) })],
    ['goods worth less than the discount', basket({ lines: [lineOf('8', 300)], discount: minor(-500) })],
    ['more lines than a sale has', basket({ lines: full, entry: entry('5') })],
    ['more than a till may carry', basket({ lines: [lineOf('8', AMOUNT_MAX), lineOf('9', 1)] })],
  ])('%s makes no sale', (_, model) => {
    expect(edit(model, { type: 'charge' }, contextOf())).toStrictEqual([model, []]);
  });

  test('a full basket is a sale', () => {
    const [next] = edit(basket({ lines: full }), { type: 'charge' }, contextOf());
    expect(next.at).toBe('tendering');
  });
});

test('the large figure is the basket and what is typed; beyond what a till may carry there is none', () => {
  expect(runningTotal(basket().lines, entry('2.5'), 'CNY')).toBe(1250);
  expect(runningTotal([], entry(''), 'CNY')).toBe(0);
  expect(totalOf([lineOf('8', AMOUNT_MAX), lineOf('9', 1)])).toBeUndefined();
  expect(runningTotal([lineOf('8', AMOUNT_MAX), lineOf('9', 1)], entry('1'), 'CNY')).toBe(100);
});
