import { createHmac, randomUUID } from 'node:crypto';
import type { UnionPayQrAccess } from '../start-sandbox.ts';

export interface UnionReply {
  readonly status: number;
  readonly body: Record<string, unknown> & { code?: string };
  readonly verified: boolean;
}

/** A merchant in little, written from API.md. */
export class UnionClient {
  readonly #access: UnionPayQrAccess;
  readonly #now: () => number;
  tamper: ((headers: Record<string, string>) => void) | undefined;

  constructor(access: UnionPayQrAccess, now: () => number) {
    this.#access = access;
    this.#now = now;
  }

  #hmac(text: string): string {
    return createHmac('sha256', Buffer.from(this.#access.key, 'hex')).update(text).digest('hex');
  }

  async call(path: string, value: object): Promise<UnionReply> {
    const body = JSON.stringify(value);
    const nonce = randomUUID();
    const timestamp = String(Math.floor(this.#now() / 1000));
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-merchant': this.#access.merchant,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': this.#hmac(`POST\n${path}\n${timestamp}\n${nonce}\n${body}\n`),
    };
    this.tamper?.(headers);
    const response = await fetch(this.#access.url + path, { method: 'POST', headers, body });
    const text = await response.text();
    const get = (name: string): string => response.headers.get(name) ?? '';
    const lead = `ANSWER\n${headers['x-nonce']}`;
    const expected = this.#hmac(`${lead}\n${get('x-timestamp')}\n${get('x-nonce')}\n${text}\n`);
    return { status: response.status, body: parse(text), verified: expected === get('x-signature') };
  }

  /** Checks a notice as a shop should. */
  verifyNotice(url: string, headers: Record<string, unknown>, body: string): boolean {
    const { pathname, search } = new URL(url);
    const [timestamp, nonce] = [String(headers['x-timestamp']), String(headers['x-nonce'])];
    const fresh = Math.abs(Number(timestamp) - this.#now() / 1000) <= 300;
    return (
      fresh &&
      this.#hmac(`POST\n${pathname}${search}\n${timestamp}\n${nonce}\n${body}\n`) === headers['x-signature']
    );
  }

  pay(order: string, amount: number, code = '6212345678901234567'): Promise<UnionReply> {
    return this.call('/v1/orders/pay', { order, amount, currency: 'CNY', code, subject: 'tea' });
  }

  qr(order: string, amount: number, notifyUrl: string): Promise<UnionReply> {
    return this.call('/v1/orders/qr', { order, amount, currency: 'CNY', subject: 'tea', notifyUrl });
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
