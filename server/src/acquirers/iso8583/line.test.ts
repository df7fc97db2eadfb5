import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../../../sandbox/behaviour.ts';
import { until, useAdapter } from './testing/adapter-fixture.ts';

const shop = useAdapter();
const REVERSED = { state: 'reversed' };
const rule = (behaviour: Partial<Behaviour>) =>
  shop.sandbox.admin.addRule({ host: 'bank', operation: 'pay', behaviour, times: 1 });

describe('the line', () => {
  test('that cannot be had leaves the sale unsent', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    await shop.restart({ port });
    expect(await shop.pay(shop.order(1_250))).toEqual({ state: 'declined', reason: 'host-unreachable' });
    expect(await shop.bank.reverse(shop.order(1), '', shop.never)).toEqual(REVERSED);
  });

  test('that is given up while nobody answers leaves a doubt', async () => {
    await shop.paid(shop.order(100));
    rule({ answer: 'silence' });
    const order = shop.order(1_250);
    const stopping = new AbortController();
    const outcome = shop.pay(order, stopping.signal);
    await until(() => shop.books().length === 2);
    stopping.abort();
    expect(await outcome).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(await shop.pay(shop.order(1), stopping.signal)).toEqual({ state: 'declined', reason: 'stopped' });
  });

  test('is made anew after the host has hung up', async () => {
    await shop.paid(shop.order(100));
    rule({ answer: 'drop' });
    const order = shop.order(1_250);
    expect(await shop.unanswered(order)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect((await shop.pay(shop.order(200))).state).toBe('approved');
    expect(shop.net()).toBe(300);
  });

  test('carries one trade at a time, in order', async () => {
    const outcomes = await Promise.all([100, 200, 300].map((amount) => shop.pay(shop.order(amount))));
    expect(outcomes.map(({ state }) => state)).toEqual(['approved', 'approved', 'approved']);
    expect(shop.net()).toBe(600);
  });

  test('asked twice for one reference at once sends it once', async () => {
    const order = shop.order(1_250);
    const [first, second] = await Promise.all([shop.pay(order), shop.pay(order)]);
    expect(second).toEqual(first);
    expect(shop.net()).toBe(1_250);
  });
});
