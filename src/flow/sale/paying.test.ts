import { describe, expect, test } from 'vitest';
import type { AmountEntry } from '../../domain/amount-entry.ts';
import type { Attempt } from '../../domain/attempt.ts';
import { minor } from '../../domain/money.ts';
import type { CheckoutEvent, TenderWay } from '../checkout-service.ts';
import { attemptOf, contextOf, paidBy, SALE } from '../testing/sale-in-hand.ts';
import type { CheckoutContext } from './checkout-model.ts';
import { tender } from './tendering.ts';
import { type Tendering, tenderingOf } from './tendering-model.ts';

const CODE = '134567890123456789';
const cash400 = paidBy('cash', 400);
const entry = (text: string): AmountEntry => text as AmountEntry;
const at = (more: Partial<Tendering> = {}): Tendering => ({ ...tenderingOf(SALE, [], false), ...more });
const does = (model: Tendering, event: CheckoutEvent, context: CheckoutContext = contextOf()) =>
  tender(model, event, context);
const problem = (model: Tendering, said: string) => [{ ...model, problem: said }, []];

/** What must come of a payment that goes ahead. */
const pays = (model: Tendering, how: Partial<Attempt>, code?: string) => {
  const { tender: by, amount = 1000, ...more } = how;
  const attempt = { ...attemptOf(by ?? 'cash', amount), ...more };
  const { sale, paid, opened } = model;
  return [
    { at: 'paying', sale, paid, attempt, state: 'prepared' },
    [{ type: 'pay', sale, paid, attempt, opened, ...(code === undefined ? {} : { code }) }],
  ];
};

describe('cash', () => {
  test.each<[string, Tendering, CheckoutEvent, number]>([
    ['given by a quick amount', at(), { type: 'tendered', amount: minor(2000) }, 2000],
    ['typed', at({ entry: entry('15') }), { type: 'confirm-cash' }, 1500],
    ['typed, by the big button', at({ entry: entry('15') }), { type: 'confirm' }, 1500],
    ['exactly, with nothing typed', at(), { type: 'confirm' }, 1000],
    ['exactly, by its own button', at(), { type: 'confirm-cash' }, 1000],
  ])('%s is one attempt', (_, model, event, tendered) => {
    expect(does(model, event)).toStrictEqual(pays(model, { tender: 'cash', tendered: minor(tendered) }));
  });

  test.each<[string, Tendering, CheckoutEvent]>([
    ['a quick amount', at(), { type: 'tendered', amount: minor(999) }],
    ['what is typed', at({ entry: entry('9.99') }), { type: 'confirm' }],
  ])('%s that is too little is not taken', (_, model, event) => {
    expect(does(model, event)).toStrictEqual(problem(model, 'too-little'));
  });

  test('for a part is for that part, of a sale the journal knows', () => {
    const model = at({ part: minor(300), paid: [cash400], opened: true });
    expect(does(model, { type: 'confirm' })).toStrictEqual(
      pays(model, { tender: 'cash', amount: minor(300), tendered: minor(300) }),
    );
  });

  test('brings the tip when it brings everything, and only then', () => {
    const sale = { ...SALE, tip: minor(150) };
    const all = at({ sale });
    expect(does(all, { type: 'confirm' })).toStrictEqual(
      pays(all, { amount: minor(1150), tendered: minor(1150), tip: minor(150) }),
    );
    const part = at({ sale, part: minor(300) });
    expect(does(part, { type: 'confirm' })).toStrictEqual(
      pays(part, { amount: minor(300), tendered: minor(300) }),
    );
    const rest = at({ sale, paid: [cash400] });
    expect(does(rest, { type: 'confirm' })).toStrictEqual(
      pays(rest, { amount: minor(750), tendered: minor(750) }),
    );
  });
});

describe('a pay code', () => {
  test('is taken whatever way is chosen, and goes with the attempt only', () => {
    const model = at({ way: 'reader' });
    expect(does(model, { type: 'scanned', text: ` ${CODE}\n` })).toStrictEqual(
      pays(model, { tender: 'wechat', method: 'customer-code' }, CODE),
    );
  });

  test('a product’s number is none', () => {
    expect(does(at(), { type: 'scanned', text: '6901234567892' })).toStrictEqual(
      problem(at(), 'not-a-pay-code'),
    );
  });

  test('is not sent while codes cannot be taken', () => {
    const offline = contextOf({ offers: () => [{ way: 'customer-code', refusal: 'offline' }] });
    expect(does(at(), { type: 'scanned', text: CODE }, offline)).toStrictEqual(problem(at(), 'offline'));
  });
});

describe('going ahead with a way', () => {
  test.each<[TenderWay, Partial<CheckoutEvent>, Partial<Attempt>]>([
    ['shop-code', { wallet: 'alipay' }, { tender: 'alipay', method: 'shop-code' }],
    ['reader', {}, { tender: 'card', method: 'reader' }],
    ['static-code', {}, { tender: 'static-code' }],
    ['credit', { account: ' Mrs Li ' }, { tender: 'credit', account: 'Mrs Li' }],
    ['stored-value', { account: 'G-7' }, { tender: 'stored-value', account: 'G-7' }],
  ])('%s', (way, more, how) => {
    const model = at({ way });
    expect(does(model, { type: 'confirm', ...more } as CheckoutEvent)).toStrictEqual(pays(model, how));
  });

  test('the customer’s code is scanned, not confirmed', () => {
    const model = at({ way: 'customer-code' });
    expect(does(model, { type: 'confirm', wallet: 'wechat' })).toStrictEqual([model, []]);
  });

  test('a code to be shown needs a wallet', () => {
    const model = at({ way: 'shop-code' });
    expect(does(model, { type: 'confirm' })).toStrictEqual([model, []]);
  });

  test.each<[TenderWay, string | undefined]>([
    ['credit', undefined],
    ['credit', '  '],
    ['stored-value', ''],
  ])('%s needs an account, and "%s" is none', (way, account) => {
    const model = at({ way });
    expect(does(model, { type: 'confirm', ...(account === undefined ? {} : { account }) })).toStrictEqual(
      problem(model, 'account-missing'),
    );
  });

  test('that went away meanwhile says why', () => {
    const model = at({ way: 'terminal' });
    expect(does(model, { type: 'confirm' })).toStrictEqual(problem(model, 'no-device'));
  });
});
