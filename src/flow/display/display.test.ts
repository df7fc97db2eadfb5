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
