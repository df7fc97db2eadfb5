import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock, seededRandom } from '../../testing/fake-clock.ts';
import { PATIENT } from '../shared/testing/orders.ts';
import { createClient } from './client.ts';

const KEY = '00112233445566778899AABBCCDDEEFF'.repeat(2);
const config = {
  merchantId: '898310054110001',
  key: KEY,
  origin: 'https://acquirer.example',
  notifyUrl: 'https://shop.example/callbacks/unionpay-qr',
};
const hmac = (text: string): string =>
  createHmac('sha256', Buffer.from(KEY, 'hex')).update(text).digest('hex');

interface Wish {
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly leave?: string;
  readonly fetch?: typeof globalThis.fetch;
}

function clientOf({ body = '{"code":"00","more":1}', leave, fetch }: Wish = {}) {
  const clock = new FakeClock();
  const asked: { request: Request; redirect: string; text: string }[] = [];
  const client = createClient(config, {
    clock,
    random: seededRandom(1),
    fetch:
      fetch ??
      (async (input, init) => {
        const request = new Request(input, init);
        asked.push({ request, redirect: init?.redirect ?? '', text: await request.clone().text() });
        const timestamp = String(clock.now() / 1000);
        const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
        const signature = hmac(`ANSWER\n${request.headers.get('x-nonce')}\n${timestamp}\nn\n${text}\n`);
        const headers = new Headers({ 'x-timestamp': timestamp, 'x-nonce': 'n', 'x-signature': signature });
        if (leave !== undefined) headers.delete(leave);
        return new Response(body, { headers });
      }),
  });
  return { client, clock, asked };
}
const call = (wish?: Wish) => clientOf(wish).client.call('/v1/orders/pay', { a: 1 }, PATIENT);

describe('a request', () => {
  it('is signed over its path, second, nonce and body, and follows no redirect', async () => {
    const { client, clock, asked } = clientOf();
    clock.advance(999);
    await client.call('/v1/orders/pay', { a: 1 }, PATIENT);
    const [one] = asked;
    if (one === undefined) throw new Error('nothing was asked');
    const { request, redirect, text } = one;
    const header = (name: string) => request.headers.get(name) ?? '';
    expect([request.method, request.url, redirect, text]).toEqual([
      'POST',
      'https://acquirer.example/v1/orders/pay',
      'error',
      '{"a":1}',
    ]);
    expect(header('content-type')).toBe('application/json');
    expect(header('x-merchant')).toBe(config.merchantId);
    expect(header('x-nonce')).toMatch(/^[0-9a-f]{32}$/);
    expect(header('x-timestamp')).toBe(String(Math.floor(clock.now() / 1000)));
    expect(header('x-signature')).toBe(
      hmac(`POST\n/v1/orders/pay\n${header('x-timestamp')}\n${header('x-nonce')}\n{"a":1}\n`),
    );
  });
});

describe('an answer', () => {
  it('is its code and everything beside it', async () => {
    expect(await call()).toEqual({ code: '00', body: { code: '00', more: 1 } });
  });

  it.each(['x-timestamp', 'x-nonce', 'x-signature'])('without %s is not believed', async (leave) => {
    expect(await call({ leave })).toEqual({ fault: 'bad-signature' });
  });

  it.each(['hello', '{"code":0}', '[]', ''])('that is signed and says nothing we know: %s', async (body) => {
    expect(await call({ body })).toEqual({ fault: 'malformed-answer' });
  });

  it('that never ends is cut off', async () => {
    expect(await call({ body: new Uint8Array(16 * 1024 * 1024 + 1) })).toEqual({ fault: 'malformed-answer' });
  });

  it('that never comes is none', async () => {
    const fetch = async () => Promise.reject(new TypeError('no route'));
    expect(await call({ fetch })).toEqual({ fault: 'no-answer' });
    const stopped = AbortSignal.abort();
    expect(await clientOf().client.call('/v1/orders/pay', {}, stopped)).toEqual({ fault: 'no-answer' });
  });
});

it.each(['abc', `0${KEY}`, `${KEY}0`, `${KEY.slice(1)}G`])(
  'a key of other than 64 hex digits is refused',
  (key) => {
    const deps = { clock: new FakeClock(), random: seededRandom(1) };
    expect(() => createClient({ ...config, key }, deps)).toThrow(RangeError);
  },
);
