import { createSign, createVerify } from 'node:crypto';
import type { AlipayAccess } from '../start-sandbox.ts';

export interface AlipayReply {
  readonly body: Record<string, unknown>;
  readonly text: string;
  /** True when Alipay's signature over the inner object is right. */
  readonly verified: boolean;
}

/** An app in little: signs gateway requests and checks answers with node:crypto alone. */
export class AlipayClient {
  readonly #access: AlipayAccess;
  /** Changes the next requests after they were signed. */
  tamper: ((params: URLSearchParams) => void) | undefined;

  constructor(access: AlipayAccess) {
    this.#access = access;
  }

  async call(method: string, biz: object, more: Record<string, string> = {}): Promise<AlipayReply> {
    const params: Record<string, string> = {
      app_id: this.#access.appId,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: '2026-11-22 12:00:00',
      version: '1.0',
      biz_content: JSON.stringify(biz),
      ...more,
    };
    const content = Object.keys(params)
      .filter((name) => params[name] !== '')
      .sort()
      .map((name) => `${name}=${params[name]}`)
      .join('&');
    const sign = createSign('RSA-SHA256').update(content).sign(this.#access.appPrivateKey, 'base64');
    const form = new URLSearchParams({ ...params, sign });
    this.tamper?.(form);
    const biz_content = form.get('biz_content') ?? '';
    form.delete('biz_content');
    const response = await fetch(`${this.#access.gateway}?${form}`, {
      method: 'POST',
      body: new URLSearchParams({ biz_content }),
    });
    const text = await response.text();
    const name = `${method.replaceAll('.', '_')}_response`;
    const [, inner = '', signature = ''] =
      new RegExp(`^{"${name}":(\\{.*\\})(?:,"sign":"([^"]*)")?}$`, 's').exec(text) ?? [];
    return { text, body: parse(inner), verified: this.#verify(inner, signature) };
  }

  #verify(text: string, signature: string): boolean {
    return createVerify('RSA-SHA256').update(text).verify(this.#access.alipayPublicKey, signature, 'base64');
  }

  /** Checks a notice form as a shop should. */
  verifyNotice(body: string): boolean {
    const params = new URLSearchParams(body);
    const content = [...params]
      .filter(([name, value]) => name !== 'sign' && name !== 'sign_type' && value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    return this.#verify(content, params.get('sign') ?? '');
  }

  pay(order: string, yuan: string, code = '281234567890123456', change: object = {}): Promise<AlipayReply> {
    const biz = {
      out_trade_no: order,
      total_amount: yuan,
      subject: '茶叶蛋',
      scene: 'bar_code',
      auth_code: code,
    };
    return this.call('alipay.trade.pay', { ...biz, ...change });
  }

  precreate(order: string, yuan: string, notifyUrl: string): Promise<AlipayReply> {
    const biz = { out_trade_no: order, total_amount: yuan, subject: '茶叶蛋' };
    return this.call('alipay.trade.precreate', biz, { notify_url: notifyUrl });
  }

  query(order: string): Promise<AlipayReply> {
    return this.call('alipay.trade.query', { out_trade_no: order });
  }

  cancel(order: string): Promise<AlipayReply> {
    return this.call('alipay.trade.cancel', { out_trade_no: order });
  }

  refund(order: string, id: string, yuan: string): Promise<AlipayReply> {
    return this.call('alipay.trade.refund', { out_trade_no: order, out_request_no: id, refund_amount: yuan });
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
