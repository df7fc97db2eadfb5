import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../../../src/domain/clock.ts';
import type { WechatpayConfig } from '../config.ts';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject) =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();

const merchant = pair();
const platform = pair();

export const MERCHANT_PUBLIC = merchant.publicKey;
export const SERIAL = 'PUB_KEY_ID_0000000000000000000000000000';
export const API_V3_KEY = '0123456789abcdef0123456789abcdef';

export const TEST_CONFIG: WechatpayConfig = {
  merchantId: '1900000001',
  appId: 'wx0000000000000001',
  merchantSerial: '5F00000000000000000000000000000000000001',
  privateKey: pem(merchant.privateKey),
  platformKeys: { [SERIAL]: pem(platform.publicKey) },
  apiV3Key: API_V3_KEY,
  notifyUrl: 'https://shop.example/callbacks/wechatpay',
  demo: true,
};

/** The headers by which the platform proves a body. */
export function platformHeaders(body: string, clock: Clock, nonce = 'N0NCE'): Record<string, string> {
  const timestamp = String(Math.floor(clock.now() / 1000));
  const signature = createSign('RSA-SHA256')
    .update(`${timestamp}\n${nonce}\n${body}\n`)
    .sign(platform.privateKey, 'base64');
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': SERIAL,
    'Wechatpay-Signature': signature,
  };
}

export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string;
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly body?: object;
  /** Changes the signed headers of this answer. */
  readonly headers?: Record<string, string>;
}

/** A `fetch` that answers as told, signed by the platform, and keeps what it was asked. */
export function signedFetch(clock: Clock, answer: (seen: Seen) => Said) {
  const seen: Seen[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const asked = {
      method: request.method,
      url: new URL(request.url),
      authorization: request.headers.get('authorization') ?? '',
      body: await request.text(),
    };
    seen.push(asked);
    const said = answer(asked);
    const body = said.body === undefined ? '' : JSON.stringify(said.body);
    return new Response(said.status === 204 ? null : body, {
      status: said.status,
      headers: { 'content-type': 'application/json', ...platformHeaders(body, clock), ...said.headers },
    });
  };
  return { fetch, seen };
}
