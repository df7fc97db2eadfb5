import { createDecipheriv, createSign, createVerify, randomUUID } from 'node:crypto';
import type { WechatPayAccess } from '../start-sandbox.ts';

export interface WechatReply {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  /** True when WeChat Pay's signature over this answer is right. */
  readonly verified: boolean;
}

/** A merchant in little: signs APIv3 requests and checks answers with node:crypto alone. */
export class WechatClient {
  readonly #access: WechatPayAccess;
  readonly #now: () => number;
  /** Spoils the next signature. */
  tamper: ((authorization: string) => string) | undefined;

  constructor(access: WechatPayAccess, now: () => number) {
    this.#access = access;
    this.#now = now;
  }

  async call(method: string, target: string, value?: unknown): Promise<WechatReply> {
    const { mchid, merchantSerial, merchantPrivateKey, url } = this.#access;
    const body = value === undefined ? '' : JSON.stringify(value);
    const nonce = randomUUID().replaceAll('-', '');
    const timestamp = String(Math.floor(this.#now() / 1000));
    const signature = createSign('RSA-SHA256')
      .update(`${method}\n${target}\n${timestamp}\n${nonce}\n${body}\n`)
      .sign(merchantPrivateKey, 'base64');
    const parts = { mchid, nonce_str: nonce, signature, timestamp, serial_no: merchantSerial };
    const list = Object.entries(parts).map(([name, each]) => `${name}="${each}"`);
    const authorization = `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`;
    const response = await fetch(url + target, {
      method,
      headers: {
        authorization: this.tamper?.(authorization) ?? authorization,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      ...(value === undefined ? {} : { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: parse(text),
      verified: this.verify(response.headers, text),
    };
  }

  verify(headers: { get(name: string): string | null }, text: string): boolean {
    const get = (name: string): string => headers.get(`wechatpay-${name}`) ?? '';
    const fresh = Math.abs(Number(get('timestamp')) - this.#now() / 1000) <= 300;
    const good = createVerify('RSA-SHA256')
      .update(`${get('timestamp')}\n${get('nonce')}\n${text}\n`)
      .verify(this.#access.publicKey, get('signature'), 'base64');
    return fresh && good && get('serial') === this.#access.publicKeyId;
  }

  /** The plain resource of a notice. */
  open(resource: { ciphertext: string; nonce: string; associated_data: string }): Record<string, unknown> {
    const bytes = Buffer.from(resource.ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#access.apiV3Key, resource.nonce);
    decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
    return JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
  }

  codepay(
    order: string,
    total: number,
    code = '134567890123456789',
    change: object = {},
  ): Promise<WechatReply> {
    const { appid, mchid } = this.#access;
    return this.call('POST', '/v3/pay/transactions/codepay', {
      appid,
      mchid,
      description: '茶叶蛋',
      out_trade_no: order,
      payer: { auth_code: code },
      amount: { total, currency: 'CNY' },
      scene_info: { store_info: { id: '0001' } },
      ...change,
    });
  }

  native(order: string, total: number, notifyUrl: string): Promise<WechatReply> {
    const { appid, mchid } = this.#access;
    const common = { appid, mchid, description: '茶叶蛋', out_trade_no: order, notify_url: notifyUrl };
    return this.call('POST', '/v3/pay/transactions/native', {
      ...common,
      amount: { total, currency: 'CNY' },
    });
  }

  query(order: string): Promise<WechatReply> {
    return this.call('GET', `/v3/pay/transactions/out-trade-no/${order}?mchid=${this.#access.mchid}`);
  }

  reverse(order: string): Promise<WechatReply> {
    const { appid, mchid } = this.#access;
    return this.call('POST', `/v3/pay/transactions/out-trade-no/${order}/reverse`, { appid, mchid });
  }

  close(order: string): Promise<WechatReply> {
    return this.call('POST', `/v3/pay/transactions/out-trade-no/${order}/close`, {
      mchid: this.#access.mchid,
    });
  }

  refund(order: string, id: string, refund: number, total: number): Promise<WechatReply> {
    const amount = { refund, total, currency: 'CNY' };
    return this.call('POST', '/v3/refund/domestic/refunds', {
      out_trade_no: order,
      out_refund_no: id,
      amount,
    });
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
