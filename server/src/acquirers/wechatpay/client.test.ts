import { createVerify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock, seededRandom } from '../../testing/fake-clock.ts';
import { PATIENT } from '../shared/testing/orders.ts';
import { createClient, type WechatRequest } from './client.ts';
import {
  MERCHANT_PUBLIC,
  platformHeaders,
  type Said,
  SERIAL,
  signedFetch,
  TEST_CONFIG,
} from './testing/signed-host.ts';

async function clientOf(said: Said, fetch?: typeof globalThis.fetch) {
  const clock = new FakeClock();
  clock.advance(999);
  const host = signedFetch(clock, () => said);
  const deps = { clock, random: seededRandom(1), fetch: fetch ?? host.fetch };
  return { client: await createClient(TEST_CONFIG, deps), seen: host.seen, clock };
}
const ask = async (said: Said, more: Partial<WechatRequest> = {}) =>
  (await clientOf(said)).client.call({ method: 'get', url: '/v3/x?a=1', signal: PATIENT, ...more });

describe('a request', () => {
  it.each([
    ['get', undefined, ''],
    ['post', { a: '咖啡' }, '{"a":"咖啡"}'],
  ] as const)(
    '%s is signed over method, path with query, second, nonce and body',
    async (method, data, body) => {
      const { client, seen, clock } = await clientOf({ status: 200, body: {} });
      await client.call({
        method,
        url: '/v3/x?a=1',
        signal: PATIENT,
        ...(data === undefined ? {} : { data }),
      });
      const [one] = seen;
      if (one === undefined) throw new Error('nothing was asked');
      expect([one.method, `${one.url}`, one.body]).toEqual([
        method.toUpperCase(),
        'https://api.mch.weixin.qq.com/v3/x?a=1',
        body,
      ]);
      expect(one.authorization).toMatch(/^WECHATPAY2-SHA256-RSA2048 /);
      const fields = Object.fromEntries(
        [...one.authorization.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
      );
      expect(fields).toMatchObject({
        mchid: TEST_CONFIG.merchantId,
        serial_no: TEST_CONFIG.merchantSerial,
        nonce_str: expect.stringMatching(/^[0-9A-F]{32}$/),
        timestamp: String(Math.floor(clock.now() / 1000)),
      });
      const text = [
        method.toUpperCase(),
        '/v3/x?a=1',
        fields['timestamp'],
        fields['nonce_str'],
        body,
        '',
      ].join('\n');
      expect(
        createVerify('RSA-SHA256')
          .update(text)
          .verify(MERCHANT_PUBLIC, fields['signature'] ?? '', 'base64'),
      ).toBe(true);
    },
  );
});

describe('an answer', () => {
  it.each([200, 400, 500])('%i is what was signed', async (status) => {
    expect(await ask({ status, body: { code: 'X' } })).toEqual({ status, body: { code: 'X' } });
  });

  it('of 204 has no body, and is signed as well', async () => {
    expect(await ask({ status: 204 })).toEqual({ status: 204, body: undefined });
    expect(await ask({ status: 204, headers: { 'Wechatpay-Signature': 'AAAA' } })).toEqual({
      fault: 'bad-signature',
    });
  });

  it.each([200, 400, 404, 500])('%i that somebody else signed is not believed', async (status) => {
    for (const headers of [
      { 'Wechatpay-Signature': 'AAAA' },
      { 'Wechatpay-Serial': 'OTHER' },
      { 'Wechatpay-Nonce': 'other' },
      { 'Wechatpay-Timestamp': '1795320001' },
    ])
      expect(await ask({ status, body: { code: 'X' }, headers: headers as Record<string, string> })).toEqual({
        fault: 'bad-signature',
      });
  });

  it('that is signed and no JSON says nothing', async () => {
    const clock = new FakeClock();
    for (const body of ['hello', '5', 'null']) {
      const fetch = async () => new Response(body, { status: 200, headers: platformHeaders(body, clock) });
      const { client } = await clientOf({ status: 200 }, fetch);
      expect(await client.call({ method: 'get', url: '/v3/x', signal: PATIENT })).toEqual({
        fault: 'malformed-answer',
      });
    }
  });

  it('that never comes is none', async () => {
    const { client } = await clientOf({ status: 200 }, async () => Promise.reject(new TypeError('no route')));
    expect(await client.call({ method: 'get', url: '/v3/x', signal: PATIENT })).toEqual({
      fault: 'no-answer',
    });
    const waits = await clientOf({ status: 200, body: {} });
    expect(await waits.client.call({ method: 'get', url: '/v3/x', signal: AbortSignal.abort() })).toEqual({
      fault: 'no-answer',
    });
  });
});

describe('a bill', () => {
  const bytes = new TextEncoder().encode('a,b\n');
  it('that is refused, or never comes, is none', async () => {
    const refused = await clientOf({ status: 200 }, async () => new Response(bytes, { status: 404 }));
    expect(await refused.client.download('/v3/x', PATIENT)).toBeUndefined();
    const lost = await clientOf({ status: 200 }, async () => Promise.reject(new TypeError('no route')));
    expect(await lost.client.download('/v3/x', PATIENT)).toBeUndefined();
  });
});

it('knows the platform by its serial', async () => {
  const { client } = await clientOf({ status: 200 });
  expect([...client.keys.keys()]).toEqual([SERIAL]);
  client.stop();
});
