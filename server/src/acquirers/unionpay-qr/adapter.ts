import {
  type Acquirer,
  AcquirerError,
  type Order,
  type Outcome,
  type PayOrder,
  type StatementLine,
} from '../acquirer.ts';
import { doubt } from '../shared/outcomes.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import { createClient, type QrAnswer, type QrClient } from './client.ts';
import type { UnionpayQrConfig, UnionpayQrDeps } from './config.ts';
import { readNotice } from './notice.ts';
import {
  closeProblem,
  DONE,
  orderOutcome,
  payProblem,
  queryProblem,
  refundOutcome,
  refundProblem,
  reversedOutcome,
  reverseProblem,
  shownCode,
} from './outcomes.ts';
import { statementLines } from './statement.ts';

const CODE_LIFE_S = 120;
const SUBJECT_CHARS_MAX = 64;

const PURPOSES = ['sale', 'refund', 'void'] as const;
const CARRIES: Acquirer['carries'] = [
  { tender: 'unionpay-qr', method: 'customer-code', purposes: PURPOSES },
  { tender: 'unionpay-qr', method: 'shop-code', purposes: PURPOSES },
];

const isRefund = (order: Order): boolean => order.purpose === 'refund' || order.purpose === 'void';

/**
 * UnionPay QR through an acquirer with an HTTP interface of its own (server/sandbox/unionpay-qr/API.md). Rejects when the key is not
 * one; the acquirer itself never rejects but for `statement`.
 */
export async function createUnionpayQr(config: UnionpayQrConfig, deps: UnionpayQrDeps): Promise<Acquirer> {
  const client = createClient(config, deps);
  const reader = { config, key: client.key, clock: deps.clock, replays: new ReplayGuard() };
  const channel = new QrChannel(config, deps, client);
  return {
    id: 'unionpay-qr',
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
      body: taken ? '{"code":"00"}' : '{"code":"A0"}',
      contentType: 'application/json',
    }),
    stop: async () => {},
  };
}

class QrChannel {
  readonly #config: UnionpayQrConfig;
  readonly #deps: UnionpayQrDeps;
  readonly #client: QrClient;

  constructor(config: UnionpayQrConfig, deps: UnionpayQrDeps, client: QrClient) {
    this.#config = config;
    this.#deps = deps;
    this.#client = client;
  }

  async pay(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    if (order.currency !== 'CNY' || order.purpose !== 'sale') return doubt('not-carried');
    const common = {
      order: order.reference,
      amount: order.amount,
      currency: 'CNY',
      subject: order.subject.slice(0, SUBJECT_CHARS_MAX),
      notifyUrl: this.#config.notifyUrl,
      terminal: this.#config.terminals?.[order.till] ?? order.till,
    };
    if (order.method === 'shop-code') return this.#show(order, common, signal);
    if (order.code === undefined) return doubt('not-carried');
    const answer = await this.#client.call('/v1/orders/pay', { ...common, code: order.code }, signal);
    return this.#order(order, answer, payProblem);
  }

  async query(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (isRefund(order)) {
      const answer = await this.#client.call('/v1/refunds/query', { refund: order.reference }, signal);
      return this.#refunded(order, answer, queryProblem);
    }
    const answer = await this.#client.call('/v1/orders/query', { order: order.reference }, signal);
    return this.#order(order, answer, queryProblem);
  }

  /** Closes an unpaid order, gives a paid one back, blocks an unknown one. A refund cannot be undone, only asked about. */
  async reverse(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (isRefund(order)) return this.query(order, signal);
    const answer = await this.#client.call('/v1/orders/reverse', { order: order.reference }, signal);
    return this.#undone(order, answer, reverseProblem, signal);
  }

  async refund(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    if (order.original === undefined || order.currency !== 'CNY') return doubt('not-carried');
    const content = { order: order.original.reference, refund: order.reference, amount: order.amount };
    return this.#refunded(order, await this.#client.call('/v1/refunds', content, signal), refundProblem);
  }

  /** When it was paid in the last moment, the order's own state says so. */
  async close(order: Order, signal: AbortSignal): Promise<Outcome> {
    if (order.method !== 'shop-code') return doubt('not-carried');
    const answer = await this.#client.call('/v1/orders/close', { order: order.reference }, signal);
    return this.#undone(order, answer, closeProblem, signal);
  }

  async statement(day: string, signal: AbortSignal): Promise<readonly StatementLine[]> {
    const answer = await this.#client.call('/v1/statements', { date: day }, signal);
    if ('fault' in answer) throw new AcquirerError('unreachable', `no statement: ${answer.fault}`);
    if (answer.code === DONE) return statementLines(answer.body);
    throw new AcquirerError(
      answer.code === '12' ? 'not-ready' : 'refused',
      `no statement: code ${answer.code}`,
    );
  }

  async #show(order: PayOrder, common: object, signal: AbortSignal): Promise<Outcome> {
    const expiresInS = this.#config.codeLifeS ?? CODE_LIFE_S;
    const expiresAt = this.#deps.clock.now() + expiresInS * 1000;
    const answer = await this.#client.call('/v1/orders/qr', { ...common, expiresInS }, signal);
    const outcome = this.#order(order, answer, payProblem);
    if (outcome.state !== 'waiting' || 'fault' in answer) return outcome;
    const text = shownCode(answer.body);
    return text === undefined ? doubt('malformed-answer') : { ...outcome, code: { text, expiresAt } };
  }

  #order(order: Order, answer: QrAnswer, problem: (code: string) => Outcome): Outcome {
    if ('fault' in answer) return doubt(answer.fault);
    return answer.code === DONE ? orderOutcome(order, answer.body, this.#config) : problem(answer.code);
  }

  #refunded(order: Order, answer: QrAnswer, problem: (code: string) => Outcome): Outcome {
    if ('fault' in answer) return doubt(answer.fault);
    return answer.code === DONE ? refundOutcome(order, answer.body, this.#config) : problem(answer.code);
  }

  async #undone(
    order: Order,
    answer: QrAnswer,
    problem: (code: string) => Outcome | 'refused',
    signal: AbortSignal,
  ): Promise<Outcome> {
    if ('fault' in answer) return doubt(answer.fault);
    if (answer.code === DONE) return reversedOutcome(order, answer.body, this.#config);
    const outcome = problem(answer.code);
    return outcome === 'refused' ? this.query(order, signal) : outcome;
  }
}
