import { describe, expect, test } from 'vitest';
import type { AmountEntry } from '../../domain/amount-entry.ts';
import type { CheckoutEvent } from '../checkout-service.ts';
import {
  asking,
  attempt,
  cash,
  does,
  done,
  live,
  paid,
  paying,
  refused,
  stays,
  unsaved,
} from '../testing/checkout-states.ts';
import { SALE } from '../testing/sale-in-hand.ts';
import { type CheckoutModel, EMPTY_CHECKOUT } from './checkout-model.ts';
import { tenderingOf } from './tendering-model.ts';

describe('the cashier, while money moves', () => {
  const PRESSES: readonly CheckoutEvent[] = [
    { type: 'confirm' },
    { type: 'key', key: '5' },
    { type: 'answer', received: true },
    { type: 'back' },
    { type: 'set-aside' },
    { type: 'inquire-now' },
    { type: 'reverse' },
    { type: 'next' },
    { type: 'print' },
  ];
  const only = (model: CheckoutModel, known: readonly string[]): void => {
    for (const event of PRESSES) if (!known.includes(event.type)) stays(model, event);
  };

  test('fills a basket, then asks for the money', () => {
    const typed = { ...EMPTY_CHECKOUT, entry: '10' as AmountEntry };
    expect(does(typed, { type: 'charge' })[0]).toStrictEqual(tenderingOf(SALE, [], false));
    expect(does(tenderingOf(SALE, [], false), { type: 'confirm' })[0].at).toBe('paying');
  });

  test('may ask now or undo, and everything else means nothing', () => {
    for (const type of ['inquire-now', 'reverse'] as const)
      expect(does(paying(), { type })).toStrictEqual([paying(), [{ type, attempt }]]);
    only(paying(), ['inquire-now', 'reverse']);
  });

  test('takes the next customer once the attempt lives beside the sale', () => {
    expect(does(paying({ live }), { type: 'set-aside' })).toStrictEqual([
      EMPTY_CHECKOUT,
      [{ type: 'set-aside', saleId: SALE.saleId }],
    ]);
    only(paying({ live }), ['inquire-now', 'reverse', 'set-aside']);
  });

  test.each(['reversing', 'approved-late', 'refund-due'] as const)(
    'goes to another tender while the attempt is %s',
    (state) => {
      expect(does(paying({ state, paid }), { type: 'back' })).toStrictEqual([
        tenderingOf(SALE, paid, true),
        [],
      ]);
    },
  );

  test.each([true, false])('says whether the cash came: %s', (received) => {
    expect(does(asking, { type: 'answer', received })).toStrictEqual([
      asking,
      [{ type: 'answer', attempt: cash, received }],
    ]);
    only(asking, ['answer']);
  });

  test('goes on with another tender after a refusal', () => {
    expect(does(refused, { type: 'next' })).toStrictEqual([tenderingOf(SALE, paid, true), []]);
    only(refused, ['next']);
  });

  test('prints what is not stored yet as such, and does nothing else with it', () => {
    expect(does(unsaved, { type: 'print' })).toStrictEqual([
      { ...unsaved, slip: { at: 'printing' } },
      [{ type: 'print', of: 'unsaved' }],
    ]);
    only(unsaved, ['print']);
  });

  test('prints a sale, or takes the next one', () => {
    expect(does(done, { type: 'print' })).toStrictEqual([
      { ...done, slip: { at: 'printing' } },
      [{ type: 'print', of: 'sale' }],
    ]);
    expect(does(done, { type: 'next' })).toStrictEqual([EMPTY_CHECKOUT, []]);
    only(done, ['print', 'next']);
  });

  test('cannot print twice at once', () => {
    stays({ ...done, slip: { at: 'printing' } }, { type: 'print' });
    stays({ ...unsaved, slip: { at: 'printing' } }, { type: 'print' });
  });
});
