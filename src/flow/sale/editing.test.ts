import { describe, expect, test } from 'vitest';
import type { AmountEntry } from '../../domain/amount-entry.ts';
import { AMOUNT_MAX, minor, ZERO } from '../../domain/money.ts';
import { LINES_MAX, saleDisagreement } from '../../domain/sale.ts';
import { contextOf, id, lineOf, SALE } from '../testing/sale-in-hand.ts';
import { step } from './checkout.ts';
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

  test('is cleared with its discount, and comes back with it while a new amount is typed', () => {
    const model = basket({ entry: entry('5'), discount: minor(-10) });
    const removed = { lines: model.lines, discount: minor(-10) };
    const [cleared, effects] = edit(model, { type: 'clear' }, contextOf());
    expect([cleared, effects]).toStrictEqual([
      { ...EMPTY_CHECKOUT, removed },
      [{ type: 'keep-draft', lines: [], entry: '' }],
    ]);
    const [typed] = edit(cleared as Editing, { type: 'key', key: '8' }, contextOf());
    expect(edit(typed as Editing, { type: 'undo' }, contextOf())).toStrictEqual(
      kept({ entry: entry('8'), discount: minor(-10) }),
    );
  });

  test('that is cleared for good by the next line cannot come back', () => {
    const [cleared] = edit(basket({ entry: entry('5') }), { type: 'clear' }, contextOf());
    const [typed] = edit({ ...(cleared as Editing), entry: entry('8') }, { type: 'add' }, contextOf());
    expect(edit(typed as Editing, { type: 'undo' }, contextOf())).toStrictEqual([typed, []]);
  });

  test('that is empty already leaves nothing to bring back', () => {
    expect(edit({ ...EMPTY_CHECKOUT, entry: entry('5') }, { type: 'clear' }, contextOf())).toStrictEqual([
      EMPTY_CHECKOUT,
      [{ type: 'keep-draft', lines: [], entry: '' }],
    ]);
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

describe('the label of a scale', () => {
  const LABEL = '2100123012503';
  const labelled = { ...lineOf('1', 1_250), name: '00123' };

  test('is a line with its article and its price, whatever is being typed', () => {
    const model = basket({ entry: entry('5'), problem: 'label-damaged' });
    const { problem: _, ...rest } = model;
    const lines = [...model.lines, labelled];
    expect(edit(model, { type: 'scanned', text: ` ${LABEL}\r` }, contextOf())).toStrictEqual([
      { ...rest, lines },
      [{ type: 'keep-draft', lines, entry: '5' }],
    ]);
  });

  test.each([
    ['misread', basket(), '2100123012508', 'label-damaged'],
    ['of a full basket', basket({ lines: full }), LABEL, 'basket-full'],
  ] as const)('%s adds nothing and is told', (_, model, text, problem) => {
    expect(edit(model, { type: 'scanned', text }, contextOf())).toStrictEqual([{ ...model, problem }, []]);
  });

  test.each(['134567890123456789', '6901234567892'])('%s is none, and means nothing here', (text) => {
    expect(edit(basket(), { type: 'scanned', text }, contextOf())).toStrictEqual([basket(), []]);
  });

  test('where somebody pays it is no pay code', () => {
    const paying = tenderingOf(SALE, [], false);
    const [next, effects] = step(paying, { type: 'scanned', text: LABEL }, contextOf());
    expect(effects).toEqual([]);
    expect(next).toMatchObject({ at: 'tendering', problem: 'not-a-pay-code' });
  });

  test('what was wrong with the last one is forgotten with the next key', () => {
    const [next] = edit(basket({ problem: 'label-damaged' }), { type: 'key', key: '5' }, contextOf());
    expect(next).not.toHaveProperty('problem');
  });
});
