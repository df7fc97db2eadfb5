import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { PATIENT } from '../shared/testing/orders.ts';
import { createClient } from './client.ts';
import type { AlipayConfig } from './config.ts';
import { APP_PUBLIC, signedByAlipay, TEST_CONFIG } from './testing/gateway.ts';

const METHOD = 'alipay.trade.query';
const KEY = 'alipay_trade_query_response';
const ANSWER = '{"code":"10000","trade_no":"42"}';
const signed = (part: string, key = KEY): string => `{"${key}":${part},"sign":"${signedByAlipay(part)}"}`;

interface Seen {
  readonly url: URL;
  readonly method: string;
  readonly form: URLSearchParams;
}

async function clientOf(
  answer: string | Uint8Array<ArrayBuffer> | Error,
  config: Partial<AlipayConfig> = {},
) {
  const seen: Seen[] = [];
  const client = await createClient(
    { ...TEST_CONFIG, ...config },
    {
      clock: new FakeClock(Date.UTC(2026, 10, 22, 20, 5, 6)),
      fetch: async (input, init) => {
        const request = new Request(input, init);
        seen.push({
          url: new URL(request.url),
          method: request.method,
          form: new URLSearchParams(await request.text()),
        });
        if (answer instanceof Error) throw answer;
        return new Response(answer);
      },
    },
  );
  return { client, seen };
}
const call = async (answer: string | Uint8Array<ArrayBuffer> | Error) =>
  (await clientOf(answer)).client.call(METHOD, { out_trade_no: 'x' }, PATIENT);

describe('a request', () => {
  it('has its content in the body and everything else, signed, in the address', async () => {
    const { client, seen } = await clientOf(signed(ANSWER));
    await client.call(METHOD, { out_trade_no: 'x', subject: '咖啡' }, PATIENT);
    const [one] = seen;
    if (one === undefined) throw new Error('nothing was asked');
    const { url, method, form } = one;
    expect([method, url.origin + url.pathname]).toEqual(['POST', 'https://openapi.alipay.com/gateway.do']);
    expect([...form.keys()]).toEqual(['biz_content']);
    expect(JSON.parse(form.get('biz_content') ?? '')).toEqual({ out_trade_no: 'x', subject: '咖啡' });
    const fields = Object.fromEntries(url.searchParams);
    expect(fields).toMatchObject({
      app_id: TEST_CONFIG.appId,
      method: METHOD,
      sign_type: 'RSA2',
      timestamp: '2026-11-23 04:05:06',
    });
    expect(fields).not.toHaveProperty('notify_url');
    expect(fields).not.toHaveProperty('biz_content');
    const { sign = '', ...rest } = { ...fields, ...Object.fromEntries(form) } as Record<string, string>;
    const text = Object.entries(rest)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    expect(createVerify('RSA-SHA256').update(text, 'utf8').verify(APP_PUBLIC, sign, 'base64')).toBe(true);
  });

  it('leaves the names in its content as they are', async () => {
    const { client, seen } = await clientOf(signed(ANSWER));
    await client.call(METHOD, { outTradeNo: 'x' }, PATIENT);
    expect(JSON.parse(seen[0]?.form.get('biz_content') ?? '')).toEqual({ outTradeNo: 'x' });
  });

  it('asks for a callback when it is told to, at the gateway it is told', async () => {
    const { client, seen } = await clientOf(signed(ANSWER), {
      gateway: 'https://sandbox.example/gateway.do',
    });
    await client.call(METHOD, {}, PATIENT, { notify: true });
    expect(seen[0]?.url.searchParams.get('notify_url')).toBe(TEST_CONFIG.notifyUrl);
    expect(seen[0]?.url.host).toBe('sandbox.example');
  });
});

describe('an answer', () => {
  it('is what was signed', async () => {
    expect(await call(signed(ANSWER))).toEqual({ body: { code: '10000', trade_no: '42' } });
  });

  it.each([
    ['with its inner code', '{"code":"40002","sub_code":"isv.invalid-app-id"}', 'isv.invalid-app-id'],
    ['without one', '{"code":"20001"}', '20001'],
    ['that says nothing', '{}', 'unnamed'],
    ['that is none', 'null', 'unnamed'],
  ])(
    'under the name of an error decides nothing, signed or not, and its code is told: %s',
    async (_, part, code) => {
      for (const raw of [signed(part, 'error_response'), `{"error_response":${part}}`])
        expect(await call(raw)).toEqual({ fault: 'gateway-error', code });
    },
  );

  it('is not what stands behind it under the same name', async () => {
    const twice = `{"${KEY}":${ANSWER},"sign":"${signedByAlipay(ANSWER)}","${KEY}":{"code":"99999"}}`;
    expect(await call(twice)).not.toMatchObject({ body: { code: '99999' } });
  });

  it.each([
    ['no signature', `{"${KEY}":${ANSWER}}`],
    ['a signature that is no text', `{"${KEY}":${ANSWER},"sign":1}`],
    ['a signature of something else', `{"${KEY}":${ANSWER},"sign":"${signedByAlipay('{}')}"}`],
    ['an empty signature', `{"${KEY}":${ANSWER},"sign":""}`],
  ])('with %s is not believed', async (_, raw) => {
    expect(await call(raw)).toEqual({ fault: 'bad-signature' });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no object', 'null'],
    ['a text', '"x"'],
    ['of another method', signed(ANSWER, 'alipay_trade_pay_response')],
    ['signed, but no object', signed('"text"')],
  ])('%s says nothing', async (_, raw) => {
    expect(await call(raw)).toMatchObject({
      fault: expect.stringMatching(/^(malformed-answer|bad-signature)$/),
    });
  });

  it('that never comes, or never ends, is none', async () => {
    expect(await call(new TypeError('no route'))).toEqual({ fault: 'no-answer' });
    expect(await call(new Uint8Array(1024 * 1024 + 1))).toEqual({ fault: 'no-answer' });
  });
});

describe('a key', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = (type: 'pkcs1' | 'pkcs8', format: 'pem' | 'der'): string =>
    format === 'pem'
      ? privateKey.export({ type, format: 'pem' }).toString()
      : privateKey.export({ type, format: 'der' }).toString('base64');

  it.each([
    ['pkcs1', 'pem'],
    ['pkcs8', 'pem'],
    ['pkcs1', 'der'],
    ['pkcs8', 'der'],
  ] as const)('is read as %s %s', async (type, format) => {
    const { client } = await clientOf(signed(ANSWER), { privateKey: text(type, format) });
    expect(await client.call(METHOD, {}, PATIENT)).toHaveProperty('body');
  });

  it('of Alipay is read with a frame as well', async () => {
    const bare = TEST_CONFIG.alipayPublicKey;
    const framed = `-----BEGIN PUBLIC KEY-----\n${bare.replaceAll(/.{64}/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;
    const { client } = await clientOf(signed(ANSWER), { alipayPublicKey: framed });
    expect(await client.call(METHOD, {}, PATIENT)).toHaveProperty('body');
  });

  it.each(['privateKey', 'alipayPublicKey'] as const)('that is none is refused: %s', async (name) => {
    await expect(clientOf('', { [name]: 'AAAA' })).rejects.toThrow();
  });
});

describe('callback fields', () => {
  it('are believed by RSA2 only, whatever they say of themselves', async () => {
    const { client } = await clientOf('');
    const fields = { a: '1', sign: signedByAlipay('a=1') };
    expect(client.signedByAlipay({ ...fields, sign_type: 'RSA' })).toBe(true);
    expect(client.signedByAlipay({ ...fields, a: '2' })).toBe(false);
    expect(client.signedByAlipay({ a: '1' })).toBe(false);
  });
});
