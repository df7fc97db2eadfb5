import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlipayConfig } from '../config.ts';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const app = pair();
const alipay = pair();

export const APP_PUBLIC = app.publicKey;

/** Keys as Alipay's own tool writes them: base64 without a frame. */
const bare = (key: KeyObject) =>
  key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'der' }).toString('base64');

export const TEST_CONFIG: AlipayConfig = {
  appId: '2021000000000001',
  sellerId: '2088000000000001',
  privateKey: bare(app.privateKey),
  alipayPublicKey: bare(alipay.publicKey),
  notifyUrl: 'https://shop.example/callbacks/alipay',
  demo: true,
};

export const signedByAlipay = (text: string): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(alipay.privateKey, 'base64');

export interface Asked {
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What the gateway says: `sign: false` leaves the signature out, a text replaces it; `raw` is sent as it is. */
export type Told =
  | { readonly body: object; readonly sign?: string | false; readonly status?: number }
  | { readonly raw: string }
  | 'hang-up'
  | 'silence';

/** A gateway on a free port that answers as told and keeps what it was asked. */
export async function startGateway(answer: (asked: Asked) => Told) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams;
      const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
      const fields = Object.fromEntries([...query, ...form]);
      const method = fields['method'] ?? '';
      const one = { method, fields, content: JSON.parse(fields['biz_content'] ?? '{}') };
      asked.push(one);
      const told = answer(one);
      if (told === 'silence') return;
      if (told === 'hang-up') {
        request.socket.destroy();
        return;
      }
      if ('raw' in told) {
        response.end(told.raw);
        return;
      }
      const body = JSON.stringify(told.body);
      const sign = told.sign ?? signedByAlipay(body);
      const tail = sign === false ? '' : `,"sign":"${sign}"`;
      response.writeHead(told.status ?? 200, { 'content-type': 'application/json;charset=utf-8' });
      response.end(`{"${method.replaceAll('.', '_')}_response":${body}${tail}}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    gateway: `http://127.0.0.1:${port}/gateway.do`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
