import * as z from 'zod/mini';
import {
  type Acquirer,
  AcquirerError,
  type Order,
  type Outcome,
  type PayOrder,
  type StatementLine,
} from '../acquirer.ts';
import { doubt, REVERSED } from '../shared/outcomes.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import { isBillDue, rfc3339Beijing } from '../shared/shop-time.ts';
import { createClient, type WechatAnswer, type WechatClient } from './client.ts';
import { WECHATPAY_ORIGIN, type WechatpayConfig, type WechatpayDeps } from './config.ts';
import {
  NativeSchema,
  RefundSchema,
  ReversedSchema,
  TradeBillSchema,
  TransactionSchema,
} from './messages.ts';
import { readNotice } from './notice.ts';
import {
  payProblem,
  problemCode,
  queryProblem,
  refundOutcome,
  refundProblem,
  reverseProblem,
  transactionOutcome,
} from './outcomes.ts';
import { billIsWhole, tradeBillLines } from './trade-bill.ts';

const CODE_LIFE_MS = 120_000;
/** `description` holds 127 bytes. */
const SUBJECT_CHARS_MAX = 40;

/** Who will scan is not known yet, but the field is required. */
const PAYER_IP = '127.0.0.1';

const PURPOSES = ['sale', 'refund', 'void'] as const;
const CARRIES: Acquirer['carries'] = [
  { tender: 'wechat', method: 'customer-code', purposes: PURPOSES },
  { tender: 'wechat', method: 'shop-code', purposes: PURPOSES },
];

const isRefund = (order: Order): boolean => order.purpose === 'refund' || order.purpose === 'void';

/**
 * WeChat Pay, APIv3 (facts: devices 5.3, reliability 2.2). Code pay has no callback: only the answer and queries.
 * Rejects when a key in the configuration cannot be read; the acquirer itself never rejects but for `statement`.
 */
export async function createWechatpay(config: WechatpayConfig, deps: WechatpayDeps): Promise<Acquirer> {
  const client = await createClient(config, deps);
  const replays = new ReplayGuard();
  const reader = { config, keys: client.keys, clock: deps.clock, replays };
  const channel = new WechatChannel(config, deps, client);
  return {
    id: 'wechatpay',
    carries: CARRIES,
    pay: (order, signal) => channel.pay(order, signal),
    query: (order, signal) => channel.query(order, signal),
    reverse: (order, _reason, signal) => channel.reverse(order, signal),
    refund: (order, signal) => channel.refund(order, signal),
    close: (order, signal) => channel.close(order, signal),
    statement: (day, signal) => channel.statement(day, signal),
    notice: async (request) => readNotice(request, reader),
    noticeReply: (taken) => ({
      status: taken ? 200 : 401,
      body: JSON.stringify(taken ? { code: 'SUCCESS' } : { code: 'FAIL', message: 'refused' }),
      contentType: 'application/json',
    }),
    stop: async () => client.stop(),
  };
}

class WechatChannel {
  readonly #config: WechatpayConfig;
  readonly #deps: WechatpayDeps;
  readonly #client: WechatClient;

  constructor(config: WechatpayConfig, deps: WechatpayDeps, client: WechatClient) {
    this.#config = config;
    this.#deps = deps;
    this.#client = client;
  }

  async pay(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    if (order.currency !== 'CNY' || order.purpose !== 'sale') return doubt('not-carried');
    const common = {
      appid: this.#config.appId,
      mchid: this.#config.merchantId,
      description: order.subject.slice(0, SUBJECT_CHARS_MAX),
      out_trade_no: order.reference,
      amount: { total: order.amount, currency: 'CNY' },
    };
    if (order.method === 'shop-code') return this.#native(order, common, signal);
    if (order.code === undefined) return doubt('not-carried');
    const data = { ...common, payer: { auth_code: order.code }, scene_info: this.#scene(order.till) };
    const answer = await this.#post('/v3/pay/transactions/codepay', data, signal);
    return this.#transaction(order, answer, payProblem);
  }

  async query(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (isRefund(order)) {
      const url = `/v3/refund/domestic/refunds/${order.reference}`;
      return this.#refunded(order, await this.#client.call({ method: 'get', url, signal }), queryProblem);
    }
    const url = `/v3/pay/transactions/out-trade-no/${order.reference}?mchid=${encodeURIComponent(this.#config.merchantId)}`;
    return this.#transaction(order, await this.#client.call({ method: 'get', url, signal }), queryProblem);
  }

  /** A code pay is revoked, which also gives the money back; a shown code is closed. A refund cannot be undone, only asked about. */
  async reverse(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (isRefund(order)) return this.query(order, signal);
    if (order.method === 'shop-code') return this.close(order, signal);
    const answer = await this.#post(
      `/v3/pay/transactions/out-trade-no/${order.reference}/reverse`,
      { appid: this.#config.appId, mchid: this.#config.merchantId },
      signal,
    );
    if ('fault' in answer) return doubt(answer.fault);
    if (answer.status === 204) return REVERSED;
    if (answer.status !== 200) {
      const outcome = reverseProblem(answer.body);
      return outcome === 'expired' ? this.query(order, signal) : outcome;
    }
    const said = z.safeParse(ReversedSchema, answer.body);
    if (!said.success) return doubt('malformed-answer');
    if (said.data.mchid !== this.#config.merchantId) return doubt('other-merchant');
    return said.data.out_trade_no === order.reference ? REVERSED : doubt('other-order');
  }

  async refund(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    if (order.original === undefined || order.currency !== 'CNY') return doubt('not-carried');
    const data = {
      out_trade_no: order.original.reference,
      out_refund_no: order.reference,
      reason: order.subject.slice(0, SUBJECT_CHARS_MAX),
      amount: { refund: order.amount, total: order.original.amount, currency: 'CNY' },
    };
    return this.#refunded(
      order,
      await this.#post('/v3/refund/domestic/refunds', data, signal),
      refundProblem,
    );
  }

  /** When it was paid in the last moment, the order's own state says so. */
  async close(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (order.method !== 'shop-code') return doubt('not-carried');
    const answer = await this.#post(
      `/v3/pay/transactions/out-trade-no/${order.reference}/close`,
      { mchid: this.#config.merchantId },
      signal,
    );
    if ('fault' in answer) return doubt(answer.fault);
    if (answer.status === 204) return REVERSED;
    const outcome = reverseProblem(answer.body);
    if (outcome === 'expired' || problemCode(answer.body) === 'INVALID_REQUEST')
      return this.query(order, signal);
    return outcome;
  }

  /** The bill of one day: asked for, fetched, compared with the announced hash, read. Ready from 10:00 the next day. */
  async statement(day: string, signal: AbortSignal): Promise<readonly StatementLine[]> {
    const url = `/v3/bill/tradebill?bill_date=${encodeURIComponent(day)}&bill_type=ALL`;
    const answer = await this.#client.call({ method: 'get', url, signal });
    if ('fault' in answer) throw new AcquirerError('unreachable', `no trade bill: ${answer.fault}`);
    if (answer.status !== 200) {
      const code = problemCode(answer.body) ?? 'unnamed';
      const isThere = code !== 'NO_STATEMENT_EXIST' && code !== 'STATEMENT_CREATING';
      if (code === 'NO_STATEMENT_EXIST' && isBillDue(day, this.#deps.clock.now())) return [];
      throw new AcquirerError(isThere ? 'refused' : 'not-ready', `no trade bill: ${code}`);
    }
    const said = z.safeParse(TradeBillSchema, answer.body);
    if (!said.success || !this.#isOurHost(said.data.download_url))
      throw new AcquirerError('malformed', 'the trade bill has no address');
    const bytes = await this.#client.download(said.data.download_url, signal);
    if (bytes === undefined) throw new AcquirerError('unreachable', 'the trade bill could not be fetched');
    if (!billIsWhole(bytes, { type: said.data.hash_type, value: said.data.hash_value }))
      throw new AcquirerError('malformed', 'the trade bill is not the one that was announced');
    return tradeBillLines(new TextDecoder().decode(bytes), this.#config.merchantId);
  }

  async #native(order: PayOrder, common: object, signal: AbortSignal): Promise<Outcome> {
    const expiresAt = this.#deps.clock.now() + (this.#config.codeLifeMs ?? CODE_LIFE_MS);
    const data = {
      ...common,
      notify_url: this.#config.notifyUrl,
      time_expire: rfc3339Beijing(expiresAt),
      scene_info: { payer_client_ip: PAYER_IP, ...this.#scene(order.till) },
    };
    const answer = await this.#post('/v3/pay/transactions/native', data, signal);
    if ('fault' in answer) return doubt(answer.fault);
    if (answer.status !== 200) return payProblem(answer.body);
    const said = z.safeParse(NativeSchema, answer.body);
    if (!said.success) return doubt('malformed-answer');
    return { state: 'waiting', reason: 'notpay', code: { text: said.data.code_url, expiresAt } };
  }

  /** `store_info` is required, by WeChat Pay's number of the shop or by one of our own. */
  #scene(till: string): object {
    const terminal = this.#config.terminals?.[till];
    const { storeId } = this.#config;
    return {
      device_id: terminal?.deviceId ?? till,
      ...(terminal?.deviceIp === undefined ? {} : { device_ip: terminal.deviceIp }),
      store_info: storeId === undefined ? { out_id: till } : { id: storeId },
    };
  }

  #transaction(order: Order, answer: WechatAnswer, problem: (body: unknown) => Outcome): Outcome {
    if ('fault' in answer) return doubt(answer.fault);
    if (answer.status !== 200) return problem(answer.body);
    const said = z.safeParse(TransactionSchema, answer.body);
    return said.success ? transactionOutcome(order, said.data, this.#config) : doubt('malformed-answer');
  }

  #refunded(order: Order, answer: WechatAnswer, problem: (body: unknown) => Outcome): Outcome {
    if ('fault' in answer) return doubt(answer.fault);
    if (answer.status !== 200) return problem(answer.body);
    const said = z.safeParse(RefundSchema, answer.body);
    return said.success ? refundOutcome(order, said.data, this.#config) : doubt('malformed-answer');
  }

  #post(url: string, data: object, signal: AbortSignal): Promise<WechatAnswer> {
    return this.#client.call({ method: 'post', url, data, signal });
  }

  /** The bill is fetched with our signature on it: nobody else may get that. */
  #isOurHost(address: string): boolean {
    return (
      URL.canParse(address) &&
      new URL(address).origin === new URL(this.#config.origin ?? WECHATPAY_ORIGIN).origin
    );
  }
}
