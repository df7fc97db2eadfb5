import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import type { UnionpayQrConfig } from './config.ts';
import { type NoticeReader, readNotice } from './notice.ts';
import { isFresh } from './signatures.ts';

const KEY = Buffer.from('00112233445566778899aabbccddeeff'.repeat(2), 'hex');
const config: UnionpayQrConfig = {
  merchantId: '898310054110001',
  key: KEY.toString('hex'),
  origin: 'https://acquirer.example',
  notifyUrl: 'https://shop.example/callbacks/unionpay-qr?m=1',
};
const REFERENCE = '0123456789abcdef0123456789abcdef';
const ORDER = {
  merchant: config.merchantId,
  order: REFERENCE,
  reference: '42',
  state: 'PAID',
  amount: 1205,
  currency: 'CNY',
};
const bodyOf = (change: object = {}, event = 'order.paid'): string =>
  JSON.stringify({ event, order: { ...ORDER, ...change } });

let clock: FakeClock;
let reader: NoticeReader;
beforeEach(() => {
  clock = new FakeClock();
  reader = { config, key: KEY, clock, replays: new ReplayGuard() };
});

const PATH = '/callbacks/unionpay-qr?m=1';
function signed(body: string, { path = PATH, nonce = 'n1', timestamp = String(clock.now() / 1000) } = {}) {
  const mac = createHmac('sha256', KEY)
    .update(`POST\n${path}\n${timestamp}\n${nonce}\n${body}\n`)
    .digest('hex');
  return { headers: { 'X-Timestamp': timestamp, 'x-nonce': nonce, 'X-SIGNATURE': mac }, body };
}
const take = (request: ReturnType<typeof signed>) => readNotice(request, reader);

describe('a callback', () => {
  it('tells what was paid, once', () => {
    const heard = take(signed(bodyOf()));
    expect(heard).toMatchObject({
      notice: {
        reference: REFERENCE,
        amount: 1205,
        outcome: { state: 'approved', approval: { channelId: '42' } },
      },
    });
    expect(take(signed(bodyOf()))).toEqual({ refused: 'replayed' });
    expect(take(signed(bodyOf(), { nonce: 'n2' }))).toEqual(heard);
  });

  it('says what the order says: a word about another state is no payment', () => {
    expect(take(signed(bodyOf({ state: 'WAITING' })))).toMatchObject({
      notice: { outcome: { state: 'waiting' } },
    });
  });

  it.each([
    ['is not signed', { headers: {}, body: bodyOf() }],
    ['is signed over another address', 'path'],
    ['was changed', 'body'],
  ])('that %s is refused', (_, wrong) => {
    const right = signed(bodyOf());
    const request =
      wrong === 'path'
        ? signed(bodyOf(), { path: '/callbacks/unionpay-qr' })
        : wrong === 'body'
          ? { ...right, body: bodyOf({ amount: 1 }) }
          : (wrong as typeof right);
    expect(take(request)).toEqual({ refused: 'signature-invalid' });
    expect(take(right)).toHaveProperty('notice');
  });

  it('is refused when it is older than five minutes', () => {
    const request = signed(bodyOf());
    clock.advance(300_000);
    expect(take(request)).toHaveProperty('notice');
    clock.advance(1_000);
    expect(take(request)).toEqual({ refused: 'stale' });
  });

  it.each([
    ['that is no JSON', 'hello', 'malformed'],
    ['of another kind', bodyOf({}, 'order.closed'), 'malformed'],
    ['without an order', JSON.stringify({ event: 'order.paid' }), 'malformed'],
    ['of part of a fen', bodyOf({ amount: 0.5 }), 'malformed'],
    ['of nothing', bodyOf({ amount: 0 }), 'malformed'],
    ['of less than nothing', bodyOf({ amount: -5 }), 'malformed'],
    ['in another currency', bodyOf({ currency: 'USD' }), 'malformed'],
    ['of another merchant', bodyOf({ merchant: '898310054110002' }), 'other-merchant'],
  ])('%s is refused although it is signed, and uses up no nonce', (_, body, refused) => {
    expect(take(signed(body))).toEqual({ refused });
    expect(take(signed(bodyOf()))).toHaveProperty('notice');
  });
});

it.each(['', '-1', '1.5', ' 1795320000', '1795320000 ', '1234567890123', '1e9'])(
  'a time that is no whole number of seconds is not fresh: "%s"',
  (timestamp) => {
    expect(isFresh(timestamp, Number(timestamp) * 1000 || 0)).toBe(false);
  },
);
