import * as z from 'zod/mini';
import {
  type Acquirer,
  AcquirerError,
  type Order,
  type Outcome,
  type PayOrder,
  type StatementLine,
} from '../acquirer.ts';
import { fetchBytes } from '../shared/fetch-bytes.ts';
import { approved, declined, doubt, NOT_FOUND, REVERSED, unknown, waiting } from '../shared/outcomes.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import { isBillDue } from '../shared/shop-time.ts';
import { fenOf, yuanText } from '../shared/yuan.ts';
import { billLines } from './bill.ts';
import { type AlipayAnswer, type AlipayClient, createClient } from './client.ts';
import { ALIPAY_GATEWAY, type AlipayConfig, type AlipayDeps } from './config.ts';
import {
  BillAddressSchema,
  CancelSchema,
  PrecreateSchema,
  RefundQuerySchema,
  RefundSchema,
  TradeSchema,
} from './messages.ts';
import { readNotify } from './notify.ts';
import {
  askProblem,
  cancelProblem,
  DONE,
  faultOutcome,
  gatewayCode,
  queryProblem,
  refundApproval,
  tradeOutcome,
} from './outcomes.ts';

const TIMEOUT_MINUTES = 3;
const MINUTE_MS = 60_000;
const SUBJECT_CHARS_MAX = 64;
const BILL_BYTES_MAX = 64 * 1024 * 1024;

const PURPOSES = ['sale', 'refund', 'void'] as const;
const CARRIES: Acquirer['carries'] = [
  { tender: 'alipay', method: 'customer-code', purposes: PURPOSES },
  { tender: 'alipay', method: 'shop-code', purposes: PURPOSES },
];

const isRefund = (order: Order): boolean => order.purpose === 'refund' || order.purpose === 'void';

/**
 * Alipay, open gateway (facts: devices 5.4, reliability 2.2). Rejects when a key in the configuration cannot be read; the acquirer
 * itself never rejects but for `statement`.
 */
export async function createAlipay(config: AlipayConfig, deps: AlipayDeps): Promise<Acquirer> {
  const client = await createClient(config, deps);
  const reader = { config, client, replays: new ReplayGuard() };
  const channel = new AlipayChannel(config, deps, client);
  return {
    id: 'alipay',
    carries: CARRIES,
    pay: (order, signal) => channel.pay(order, signal),
    query: (order, signal) => channel.query(order, signal),
    reverse: (order, _reason, signal) => channel.reverse(order, signal),
    refund: (order, signal) => channel.refund(order, signal),
    close: (order, signal) => channel.close(order, signal),
    statement: (day, signal) => channel.statement(day, signal),
    notice: async (request) => readNotify(request, reader),
    noticeReply: (taken) => ({
      status: 200,
      body: taken ? 'success' : 'failure',
      contentType: 'text/plain; charset=utf-8',
    }),
    stop: async () => {},
  };
}

class AlipayChannel {
  readonly #config: AlipayConfig;
  readonly #deps: AlipayDeps;
  readonly #client: AlipayClient;

  constructor(config: AlipayConfig, deps: AlipayDeps, client: AlipayClient) {
    this.#config = config;
    this.#deps = deps;
    this.#client = client;
  }

  async pay(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    if (order.currency !== 'CNY' || order.purpose !== 'sale') return doubt('not-carried');
    const common = {
      out_trade_no: order.reference,
      total_amount: yuanText(order.amount),
      subject: order.subject.slice(0, SUBJECT_CHARS_MAX),
      timeout_express: `${this.#timeoutMinutes()}m`,
      ...this.#terminal(order.till),
    };
    if (order.method === 'shop-code') return this.#precreate(common, signal);
    if (order.code === undefined) return doubt('not-carried');
    const content = { ...common, scene: 'bar_code', auth_code: order.code };
    const answer = await this.#client.call('alipay.trade.pay', content, signal, { notify: true });
    return read(answer, askProblem, (body) => {
      const said = z.safeParse(TradeSchema, body);
      return said.success ? tradeOutcome(order, said.data, this.#config, true) : doubt('malformed-answer');
    });
  }

  async query(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (isRefund(order)) return this.#queryRefund(order, signal);
    const answer = await this.#client.call('alipay.trade.query', { out_trade_no: order.reference }, signal);
    return read(
      answer,
      (said) => queryProblem(said, order),
      (body) => {
        const said = z.safeParse(TradeSchema, body);
        return said.success ? tradeOutcome(order, said.data, this.#config) : doubt('malformed-answer');
      },
    );
  }

  /** Cancel closes an unpaid trade and gives a paid one back. A refund cannot be undone, only asked about. */
  async reverse(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (isRefund(order)) return this.query(order, signal);
    const answer = await this.#client.call('alipay.trade.cancel', { out_trade_no: order.reference }, signal);
    if ('fault' in answer) return faultOutcome(answer);
    const code = gatewayCode(answer.body);
    if (code === undefined) return doubt('malformed-answer');
    if (code.code !== DONE) {
      const outcome = cancelProblem(code);
      if (outcome === 'refused') return this.query(order, signal);
      return outcome === 'absent' ? NOT_FOUND : outcome;
    }
    const said = z.safeParse(CancelSchema, answer.body);
    if (!said.success) return doubt('malformed-answer');
    if (said.data.out_trade_no !== order.reference) return doubt('other-order');
    return said.data.retry_flag === 'Y' ? doubt('reverse-needs-retry') : REVERSED;
  }

  async refund(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    const { original } = order;
    if (original === undefined || order.currency !== 'CNY') return doubt('not-carried');
    const content = {
      out_trade_no: original.reference,
      out_request_no: order.reference,
      refund_amount: yuanText(order.amount),
      refund_reason: order.subject.slice(0, SUBJECT_CHARS_MAX),
    };
    const answer = await this.#client.call('alipay.trade.refund', content, signal);
    if ('fault' in answer) return faultOutcome(answer);
    const code = gatewayCode(answer.body);
    if (code === undefined) return doubt('malformed-answer');
    if (code.code !== DONE) return askProblem(code);
    const said = z.safeParse(RefundSchema, answer.body);
    if (!said.success) return doubt('malformed-answer');
    if (said.data.out_trade_no !== original.reference) return doubt('other-order');
    // `fund_change` N: nothing moved by this call, as when it is repeated. Only the refund's own state tells.
    if (said.data.fund_change !== 'Y') {
      const now = await this.#queryRefund(order, signal);
      return now.state === 'not-found' ? waiting('refund-processing') : now;
    }
    // `refund_fee` counts everything given back so far.
    const backSoFar = fenOf(said.data.refund_fee);
    return backSoFar !== undefined && backSoFar >= order.amount && backSoFar <= original.amount
      ? approved(refundApproval(said.data, this.#config))
      : doubt('amount-mismatch');
  }

  /** Close refuses what was paid in the last moment; the order's own state says so then. A code nobody scanned is cancelled. */
  async close(order: Order, signal: AbortSignal): Promise<Outcome> {
    const answer = await this.#client.call('alipay.trade.close', { out_trade_no: order.reference }, signal);
    if ('fault' in answer) return faultOutcome(answer);
    const code = gatewayCode(answer.body);
    if (code === undefined) return doubt('malformed-answer');
    if (code.code === DONE) return REVERSED;
    const outcome = cancelProblem(code);
    if (outcome === 'refused') return this.query(order, signal);
    return outcome === 'absent' ? this.reverse(order, signal) : outcome;
  }

  /** The bill of one day: its address asked for, fetched without any of our keys, read. */
  async statement(day: string, signal: AbortSignal): Promise<readonly StatementLine[]> {
    const answer = await this.#client.call(
      'alipay.data.dataservice.bill.downloadurl.query',
      { bill_type: 'trade', bill_date: day },
      signal,
    );
    if ('fault' in answer) throw new AcquirerError('unreachable', `no bill: ${answer.fault}`);
    const code = gatewayCode(answer.body);
    if (code?.code !== DONE) {
      const isThere = code?.sub !== 'isp.bill_not_exist';
      if (!isThere && isBillDue(day, this.#deps.clock.now())) return [];
      throw new AcquirerError(isThere ? 'refused' : 'not-ready', `no bill: ${code?.sub ?? 'no code'}`);
    }
    const said = z.safeParse(BillAddressSchema, answer.body);
    const address = said.success ? this.#billAddress(said.data.bill_download_url) : undefined;
    if (address === undefined) throw new AcquirerError('malformed', 'the bill has no address');
    const { fetch } = this.#deps;
    const bytes = await fetchBytes({
      url: address,
      signal,
      bytesMax: BILL_BYTES_MAX,
      ...(fetch === undefined ? {} : { fetch }),
    });
    if (bytes === undefined) throw new AcquirerError('unreachable', 'the bill could not be fetched');
    return billLines(bytes);
  }

  async #precreate(common: { readonly out_trade_no: string }, signal: AbortSignal): Promise<Outcome> {
    const expiresAt = this.#deps.clock.now() + this.#timeoutMinutes() * MINUTE_MS;
    const answer = await this.#client.call('alipay.trade.precreate', common, signal, { notify: true });
    return read(answer, askProblem, (body) => {
      const said = z.safeParse(PrecreateSchema, body);
      if (!said.success) return doubt('malformed-answer');
      if (said.data.out_trade_no !== common.out_trade_no) return doubt('other-order');
      return { state: 'waiting', reason: 'not-scanned', code: { text: said.data.qr_code, expiresAt } };
    });
  }

  /** A refund that Alipay does not know is answered with 10000 and no status. */
  async #queryRefund(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (order.original === undefined) return doubt('not-carried');
    const { reference } = order.original;
    const answer = await this.#client.call(
      'alipay.trade.fastpay.refund.query',
      { out_trade_no: reference, out_request_no: order.reference },
      signal,
    );
    return read(
      answer,
      (said) => queryProblem(said, order),
      (body) => {
        const said = z.safeParse(RefundQuerySchema, body);
        if (!said.success) return doubt('malformed-answer');
        const { out_request_no, out_trade_no, refund_amount, refund_status } = said.data;
        if (refund_status === undefined)
          return out_request_no === undefined ? NOT_FOUND : waiting('refund-processing');
        if (out_request_no !== order.reference || out_trade_no !== reference) return doubt('other-order');
        if (fenOf(refund_amount) !== order.amount) return doubt('amount-mismatch');
        return this.#refundState(refund_status, said.data);
      },
    );
  }

  #refundState(
    status: string,
    said: { trade_no?: string | undefined; gmt_refund_pay?: string | undefined },
  ): Outcome {
    if (status === 'REFUND_SUCCESS') return approved(refundApproval(said, this.#config));
    return status === 'REFUND_FAIL' ? declined(status) : unknown(status);
  }

  #timeoutMinutes(): number {
    return this.#config.timeoutMinutes ?? TIMEOUT_MINUTES;
  }

  #terminal(till: string): object {
    const terminal = this.#config.terminals?.[till];
    const { storeId } = this.#config;
    return {
      terminal_id: terminal?.id ?? till,
      ...(storeId === undefined ? {} : { store_id: storeId }),
      ...(terminal === undefined
        ? {}
        : {
            business_params: {
              terminal_info: {
                terminal_type: terminal.kind ?? '11',
                ...(terminal.serial === undefined ? {} : { serial_num: terminal.serial }),
                ...(terminal.location === undefined ? {} : { location: terminal.location }),
                ...(terminal.appVersion === undefined ? {} : { app_version: terminal.appVersion }),
              },
            },
          }),
    };
  }

  /** Real bills are fetched by HTTPS whatever the address says; only a gateway that is plain HTTP itself is a sandbox. */
  #billAddress(address: string): string | undefined {
    if (!URL.canParse(address)) return undefined;
    const url = new URL(address);
    if (new URL(this.#config.gateway ?? ALIPAY_GATEWAY).protocol === 'https:') url.protocol = 'https:';
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  }
}

/** The common walk through an answer: no answer, refused, done. */
function read(
  answer: AlipayAnswer,
  problem: (said: NonNullable<ReturnType<typeof gatewayCode>>) => Outcome,
  done: (body: Readonly<Record<string, unknown>>) => Outcome,
): Outcome {
  if ('fault' in answer) return faultOutcome(answer);
  const code = gatewayCode(answer.body);
  if (code === undefined) return doubt('malformed-answer');
  return code.code === DONE ? done(answer.body) : problem(code);
}
