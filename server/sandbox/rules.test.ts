import { expect, test } from 'vitest';
import { minor } from '../../src/domain/money.ts';
import { DECLINES, MAGIC, MAGIC_BASE, magicBehaviour } from './amount-table.ts';
import { NORMAL, type RequestFacts } from './behaviour.ts';
import { Rules } from './rules.ts';

const request = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  host: 'wechatpay',
  operation: 'pay',
  amount: minor(1_250),
  order: 'A',
  ...change,
});

test('without rules an ordinary amount is an honest payment', () => {
  expect(new Rules().decide(request())).toEqual(NORMAL);
});

test('amounts just outside the magic range are ordinary', () => {
  for (const amount of [MAGIC_BASE - 1, MAGIC_BASE, MAGIC_BASE + 1_000, 51, 1_051]) {
    expect(magicBehaviour('bank', minor(amount))).toBeUndefined();
  }
});

test('every decline of the table declines at every host that has a word for it and books nothing', () => {
  for (const [digits, words] of Object.entries(DECLINES)) {
    for (const host of ['bank', 'wechatpay', 'alipay', 'unionpay-qr'] as const) {
      const behaviour = magicBehaviour(host, minor(MAGIC_BASE + Number(digits)));
      expect(behaviour).toEqual({ decline: words[host], booking: 'never' });
    }
  }
});

test('every line of the table has its digits', () => {
  for (const [digits, behaviour] of Object.entries(MAGIC)) {
    expect(magicBehaviour('alipay', minor(MAGIC_BASE + Number(digits)))).toEqual(behaviour);
  }
  expect(magicBehaviour('alipay', minor(MAGIC_BASE + 107))).toEqual({ booking: 'waiting', queries: 7 });
  expect(magicBehaviour('alipay', minor(MAGIC_BASE + 269))).toMatchObject({ reverseRetries: 9 });
});

test('only requests that take money or show a code look at the amount', () => {
  const amount = minor(MAGIC_BASE + 210);
  const rules = new Rules();
  expect(rules.decide(request({ amount })).answer).toBe('drop');
  expect(rules.decide(request({ amount, operation: 'precreate' })).answer).toBe('drop');
  expect(rules.decide(request({ amount, operation: 'query' }))).toEqual(NORMAL);
});

test('the newest matching rule comes first, for as many times as it says', () => {
  const rules = new Rules();
  rules.add({ behaviour: { answer: 'late' }, times: 0 });
  rules.add({ host: 'wechatpay', operation: 'pay', behaviour: { answer: 'drop' }, times: 2 });
  const seen = [1, 2, 3, 4].map(() => rules.decide(request()).answer);
  expect(seen).toEqual(['drop', 'drop', 'late', 'late']);
  expect(rules.list()).toHaveLength(1);
  rules.clear();
  expect(rules.decide(request())).toEqual(NORMAL);
});

test('a rule applies only where all its fields match', () => {
  const rules = new Rules();
  const rule = { host: 'bank', operation: 'pay', amount: 1_250, order: 'A' } as const;
  rules.add({ ...rule, behaviour: { answer: 'drop' }, times: 0 });
  expect(rules.decide(request({ host: 'bank' })).answer).toBe('drop');
  for (const other of [
    {},
    { host: 'bank', operation: 'query' },
    { host: 'bank', amount: minor(1) },
    { host: 'bank', order: 'B' },
  ] as const) {
    expect(rules.decide(request(other)).answer).toBe('normal');
  }
});

test('a thousand and one rules are too many', () => {
  const rules = new Rules();
  for (let each = 0; each < 1_000; each += 1) rules.add({ behaviour: {}, times: 0 });
  expect(() => rules.add({ behaviour: {}, times: 0 })).toThrow(RangeError);
});
