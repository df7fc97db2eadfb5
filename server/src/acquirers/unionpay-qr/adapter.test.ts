import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { minor } from '../../../../src/domain/money.ts';
import { FakeClock, seededRandom } from '../../testing/fake-clock.ts';
import { PATIENT, refundOrder, saleOrder } from '../shared/testing/orders.ts';
import { createUnionpayQr } from './adapter.ts';
import type { UnionpayQrConfig } from './config.ts';
import { answerMac, isFresh, requestMac, sameMac } from './signatures.ts';

const KEY = '00112233445566778899aabbccddeeff'.repeat(2);
const CONFIG: UnionpayQrConfig = {
  merchantId: '898310054110001',
  key: KEY,
  origin: 'https://acquirer.example',
  notifyUrl: 'https://shop.example/callbacks/unionpay-qr?m=1',
};
const REFERENCE = '0123456789abcdef0123456789abcdef';
const ORDER = saleOrder({
  reference: REFERENCE,
  tender: 'unionpay-qr',
  method: 'customer-code',
  code: `62${'1'.repeat(17)}`,
});
const SAID = {
  merchant: CONFIG.merchantId,
  order: REFERENCE,
  reference: '42',
  state: 'PAID',
  amount: 1205,
  currency: 'CNY',
};

const hmac = (text: string): string =>
  createHmac('sha256', Buffer.from(KEY, 'hex')).update(text).digest('hex');

async function channel(
  said: object,
  change: (headers: Record<string, string>) => object = (headers) => headers,
) {
  const clock = new FakeClock();
  const asked: Request[] = [];
  const acquirer = await createUnionpayQr(CONFIG, {
    clock,
    random: seededRandom(1),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push(request);
      const body = JSON.stringify(said);
      const timestamp = String(clock.now() / 1000);
      const headers = {
        'x-timestamp': timestamp,
        'x-nonce': 'n',
        'x-signature': hmac(`ANSWER\n${request.headers.get('x-nonce')}\n${timestamp}\nn\n${body}\n`),
      };
      return new Response(body, { headers: { ...headers, ...change(headers) } });
    },
  });
  return { acquirer, asked };
}

describe('signatures', () => {
  const stamp = { timestamp: '1795320000', nonce: 'n', body: '{}' };

  it('are over the lines of the interface description', () => {
    const key = Buffer.from(KEY, 'hex');
    expect(requestMac(key, '/v1/orders/pay', stamp)).toBe(hmac('POST\n/v1/orders/pay\n1795320000\nn\n{}\n'));
    expect(answerMac(key, 'q', stamp)).toBe(hmac('ANSWER\nq\n1795320000\nn\n{}\n'));
  });

  it('compare whole', () => {
    expect(sameMac('ab', 'ab')).toBe(true);
    expect(sameMac('ab', 'ac')).toBe(false);
    expect(sameMac('ab', 'abc')).toBe(false);
  });

  it.each([
    ['1795320000', true],
    ['1795319700', true],
    ['1795319699', false],
    ['1795320301', false],
    ['soon', false],
  ])('a time of %s is fresh: %s', (timestamp, fresh) => {
    expect(isFresh(timestamp, 1_795_320_000_000)).toBe(fresh);
  });

  it('need a whole key', async () => {
    const deps = { clock: new FakeClock(), random: seededRandom(1) };
    await expect(createUnionpayQr({ ...CONFIG, key: 'abc' }, deps)).rejects.toThrow('64 hex digits');
  });
});

describe('answers', () => {
  it('are bound to the question by its nonce, which differs each time', async () => {
    const { acquirer, asked } = await channel({ code: '00', order: SAID });
    await acquirer.query(ORDER, PATIENT);
    await acquirer.query(ORDER, PATIENT);
    expect(new Set(asked.map(({ headers }) => headers.get('x-nonce'))).size).toBe(2);
  });

  it.each<[string, Record<string, string>]>([
    ['another question', { 'x-signature': hmac(`ANSWER\nother\n1795320000\nn\n{"code":"05"}\n`) }],
    ['a changed time', { 'x-timestamp': '1795320001' }],
    ['no signature', { 'x-signature': '' }],
  ])('that belong to %s are not believed', async (_name, headers) => {
    const { acquirer } = await channel({ code: '05' }, () => headers);
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual({ state: 'unknown', reason: 'bad-signature' });
  });

  it('that were well signed, but six minutes ago, are not believed', async () => {
    const clock = new FakeClock();
    const acquirer = await createUnionpayQr(CONFIG, {
      clock,
      random: seededRandom(1),
      fetch: async (input, init) => {
        const nonce = new Request(input, init).headers.get('x-nonce');
        const body = JSON.stringify({ code: '00', order: SAID });
        const timestamp = String(clock.now() / 1000 - 360);
        const signature = hmac(`ANSWER\n${nonce}\n${timestamp}\nn\n${body}\n`);
        return new Response(body, {
          headers: { 'x-timestamp': timestamp, 'x-nonce': 'n', 'x-signature': signature },
        });
      },
    });
    expect(await acquirer.query(ORDER, PATIENT)).toEqual({ state: 'unknown', reason: 'bad-signature' });
  });

  it.each([
    ['another merchant', { merchant: '1' }, 'other-merchant'],
    ['another order', { order: 'x' }, 'other-order'],
    ['another amount', { amount: 1204 }, 'amount-mismatch'],
    ['less paid', { paid: 1204 }, 'amount-mismatch'],
    ['another currency', { currency: 'USD' }, 'amount-mismatch'],
    ['a state from the future', { state: 'ODD' }, 'odd'],
  ])('with %s are unknown', async (_name, change, reason) => {
    const { acquirer } = await channel({ code: '00', order: { ...SAID, ...change } });
    expect(await acquirer.query(ORDER, PATIENT)).toEqual({ state: 'unknown', reason });
  });

  it.each([
    ['51', { state: 'declined', reason: 'code-51' }],
    ['09', { state: 'waiting', reason: 'in-progress' }],
    ['96', { state: 'unknown', reason: 'code-96' }],
    ['26', { state: 'unknown', reason: 'code-26' }],
    ['A0', { state: 'unknown', reason: 'code-a0' }],
  ])('code %s to a payment', async (code, outcome) => {
    const { acquirer } = await channel({ code });
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual(outcome);
  });

  it('a reversal that says done about an order that is still paid is not believed', async () => {
    const { acquirer } = await channel({ code: '00', action: 'refund', order: SAID });
    expect(await acquirer.reverse(ORDER, 'window', PATIENT)).toEqual({
      state: 'unknown',
      reason: 'reverse-needs-retry',
    });
  });

  it('a refund of another sale is not believed', async () => {
    const back = refundOrder(ORDER, 'a'.repeat(32), minor(500), {});
    const refund = {
      merchant: CONFIG.merchantId,
      order: 'other',
      refund: back.reference,
      amount: 500,
      state: 'DONE',
    };
    const { acquirer } = await channel({ code: '00', refund });
    expect(await acquirer.refund(back, PATIENT)).toEqual({ state: 'unknown', reason: 'other-order' });
  });
});
