import { expect, test } from 'vitest';
import type { DisplayContent } from '../../domain/display.ts';
import { minor } from '../../domain/money.ts';
import type { CheckoutState } from '../checkout-service.ts';
import { Store } from '../store.ts';
import { mirror, shownTo } from './display.ts';

const editing = (total: number) =>
  ({ at: 'editing', total: minor(total), lines: [], entry: '' }) as never as CheckoutState;
const attempt = { amount: minor(500) };
const paying = (waiting?: object) =>
  ({
    at: 'paying',
    attempt,
    ...(waiting === undefined ? {} : { live: { waiting } }),
  }) as never as CheckoutState;

test.each<[string, CheckoutState, DisplayContent['show']]>([
  ['nothing is sold', editing(0), 'idle'],
  ['something is in the basket', editing(500), 'amount'],
  ['the customer must scan', paying({ for: 'customer-scan', code: 'x', expiresAt: 9 }), 'code'],
  ['the host is waited for', paying({ for: 'answer' }), 'waiting'],
  ['an attempt has just begun', paying(), 'waiting'],
  ['the cashier is asked', { at: 'asking', attempt } as never, 'waiting'],
  ['the disk refuses', { at: 'unsaved', attempt } as never, 'waiting'],
  ['it was declined', { at: 'refused', remaining: minor(5) } as never, 'amount'],
  ['it is paid', { at: 'done', total: minor(5), change: minor(1) } as never, 'paid'],
])('while %s', (_, state, show) => {
  expect(shownTo(state, 'CNY').show).toBe(show);
});

const line = (name: string, quantityMilli: number, price: number) => ({
  id: 'f'.repeat(32),
  name,
  quantityMilli,
  price: minor(price),
  amount: minor((price * quantityMilli) / 1_000),
});
const basket = (entry: string, ...lines: readonly object[]) => {
  const state = { at: 'editing', entry, lines, discount: minor(0), total: minor(5_000) };
  return shownTo(state as never as CheckoutState, 'CNY');
};

test.each([
  [
    'the line that was added last',
    basket('', line('茶', 1_000, 500), line('面', 2_000, 450)),
    ['面', 2_000, 450, 900],
  ],
  ['what is being typed after it', basket('3×2', line('茶', 1_000, 500)), ['', 2_000, 300, 600]],
  ['the last of several amounts', basket('12.5+3'), ['', 1_000, 300, 300]],
  [
    'an article of which there is only one',
    basket('', line('茶', 1_000, 5_000)),
    ['茶', 1_000, 5_000, 5_000],
  ],
])('while the basket is filled the customer sees %s, and the running total', (_, shown, seen) => {
  const [name, quantityMilli, price, amount] = seen;
  const item = { name, quantityMilli, price, amount };
  expect(shown).toEqual({ show: 'amount', amount: 5_000, currency: 'CNY', item });
});

test.each([
  ['one amount that is typed', basket('50')],
  ['one amount that was added', basket('', line('', 1_000, 5_000))],
])('%s is only the total', (_, shown) => {
  expect(shown).toEqual({ show: 'amount', amount: 5_000, currency: 'CNY' });
});

test('the screen is told once of each thing, and no more after it was let go', () => {
  const store = new Store<CheckoutState>(editing(0));
  const shown: DisplayContent[] = [];
  const stop = mirror(store, () => 'CNY', { link: 'connected', show: (content) => shown.push(content) });
  store.set(editing(500));
  store.set({ ...editing(500) });
  stop();
  store.set(editing(900));
  expect(shown.map((each) => each.show)).toEqual(['idle', 'amount']);
});
