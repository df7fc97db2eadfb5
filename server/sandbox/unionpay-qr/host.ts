import type { Minor } from '../../../src/domain/money.ts';
import { ZERO } from '../../../src/domain/money.ts';
import type { Answer, Behaviour, Operation } from '../behaviour.ts';
import type { Books } from '../books.ts';
import { carryOut, lyingJson } from '../exchange.ts';
import type { HostRequest, HttpAnswer, Reply } from '../http-host.ts';
import { isAmount, type Json, objectOf, parseObject, text } from '../json.ts';
import { type NoticeRequest, Notices } from '../notices.ts';
import type { Rules } from '../rules.ts';
import { type PayRequest, Wallet, type WalletOrder } from '../wallet/wallet.ts';
import { beijing, beijingDay, randomDigits, type SandboxWorld } from '../world.ts';
import { orderShape, refundShape, type Shape, statementRows } from './shapes.ts';
import { Nonces, refuseRequest, signedHeaders, type UnionPayQrKeys } from './signing.ts';

/** API.md: life of an unpaid scanned code, and of a shown code by default, ms. */
const CODE_LIFE_MS = 60_000;
const QR_LIFE_S = 900;
const NUMBER = /^[\w-]{6,40}$/;

interface Said {
  readonly status: number;
  readonly value: Shape;
}

interface Action {
  readonly operation: Operation;
  readonly order: string;
  readonly amount: Minor | undefined;
  readonly run: (behaviour: Behaviour) => () => Said;
  readonly pretend?: (behaviour: Behaviour) => Said;
}

const TEXTS: Readonly<Record<string, string>> = { '00': 'done', '09': 'in progress', '96': 'system error' };
const STATUS: Readonly<Record<string, number>> = { '30': 400, A0: 401, '40': 404, '96': 500 };

/** What an answer code says, with more fields when there are some. */
const say = (code: string, more: Shape = {}, message = TEXTS[code] ?? `refused ${code}`): Said => ({
  status: STATUS[code] ?? 200,
  value: { code, message, ...more },
});

export interface UnionPayQrParts {
  readonly books: Books;
  readonly rules: Rules;
  readonly world: SandboxWorld;
  readonly keys: UnionPayQrKeys;
}

/** An acquirer's host for UnionPay QR (API.md). */
export class UnionPayQrHost {
  readonly #parts: UnionPayQrParts;
  readonly wallet: Wallet;
  readonly notices: Notices;
  readonly #nonces = new Nonces();

  constructor(parts: UnionPayQrParts) {
    this.#parts = parts;
    this.notices = new Notices(parts.world, (status) => status === 200);
    const { books, world } = parts;
    this.wallet = new Wallet({
      host: 'unionpay-qr',
      books,
      world,
      onPaid: (order) => this.#notify(order),
    });
  }

  handle(request: HostRequest): Reply {
    const { keys, rules, world } = this.#parts;
    const nonce = request.headers['x-nonce'] ?? '';
    const refused = refuseRequest(request, keys, this.#nonces, world.clock.now());
    const body = parseObject(request.body);
    const action =
      refused !== undefined
        ? say('A0', {}, refused)
        : body === undefined
          ? say('30', {}, 'body')
          : this.#route(request, body);
    if ('status' in action) return this.#plain(action, nonce);
    const { operation, order, run, pretend } = action;
    const amount = action.amount ?? this.wallet.find(order)?.book.amount ?? ZERO;
    return carryOut<Said>(rules, {
      facts: { host: 'unionpay-qr', operation, order, amount },
      run,
      pretend: (behaviour) => pretend?.(behaviour) ?? say('96'),
      systemError: () => say('96'),
      encode: (said, how) => this.#encode(said, how, nonce),
    });
  }

  #route({ method, path }: HostRequest, body: Json): Action | Said {
    if (method !== 'POST') return say('40');
    const order = text(body['order']);
    const simple = (operation: Operation, id: string, run: () => Said): Action | Said =>
      NUMBER.test(id)
        ? { operation, order, amount: undefined, run: () => later(run()) }
        : say('30', {}, 'number');
    switch (path) {
      case '/v1/orders/pay':
        return this.#payAction(body, 'code');
      case '/v1/orders/qr':
        return this.#payAction(body, 'qr');
      case '/v1/orders/query':
        return simple('query', order, () => this.#shown(this.wallet.query(order)));
      case '/v1/orders/reverse':
        return simple('reverse', order, () => this.#reverse(order));
      case '/v1/orders/close':
        return simple('close', order, () => this.#close(order));
      case '/v1/refunds':
        return simple('refund', text(body['refund']), () => this.#refund(order, body));
      case '/v1/refunds/query':
        return simple('refund-query', text(body['refund']), () => this.#refundQuery(text(body['refund'])));
      case '/v1/statements':
        return {
          operation: 'statement',
          order: '',
          amount: undefined,
          run: () => later(this.#statement(text(body['date']))),
        };
      default:
        return say('40');
    }
  }

  #payAction(body: Json, kind: 'code' | 'qr'): Action | Said {
    const { world } = this.#parts;
    const [order, code, seconds] = [text(body['order']), text(body['code']), body['expiresInS'] ?? QR_LIFE_S];
    const amount = body['amount'];
    if (!NUMBER.test(order) || text(body['subject']) === '') return say('30', {}, 'order or subject');
    if (!isAmount(amount) || body['currency'] !== 'CNY') return say('13');
    if (kind === 'code' && !/^62\d{17}$/.test(code)) return say('14');
    if (typeof seconds !== 'number' || !(seconds >= 60 && seconds <= 7_200))
      return say('30', {}, 'expiresInS');
    const now = world.clock.now();
    const request: PayRequest = {
      order,
      amount,
      kind,
      code: kind === 'code' ? code : '',
      providerId: randomDigits(world, 24),
      expiresAt: now + (kind === 'code' ? CODE_LIFE_MS : seconds * 1000),
      notifyUrl: text(body['notifyUrl']),
      subject: text(body['subject']),
      attach: '',
    };
    return {
      operation: kind === 'code' ? 'pay' : 'precreate',
      order,
      amount,
      run: (behaviour) => this.#pay(request, behaviour),
      pretend: (behaviour) => this.#taken(this.wallet.pretend(request, behaviour)),
    };
  }

  #pay(request: PayRequest, behaviour: Behaviour): () => Said {
    const outcome = this.wallet.pay(request, behaviour);
    switch (outcome.kind) {
      case 'taken':
        return () => this.#taken(outcome.order);
      case 'declined':
        return later(say(outcome.code));
      case 'code-used':
        return later(say('14'));
      case 'dead':
        return later(say('12'));
      case 'full':
        return later(say('96'));
      case 'exists': {
        const { amount, code, kind } = outcome.order.request;
        const same = amount === request.amount && code === request.code && kind === request.kind;
        if (!same) return later(say('26'));
        return () => this.#taken(outcome.order);
      }
    }
  }

  #taken(order: WalletOrder): Said {
    const { state, reason } = order.book;
    const shape = { ...this.#order(order) };
    if (order.request.kind === 'qr' && state === 'waiting') return say('00', shape);
    if (state === 'waiting') return say('09', shape);
    if (state === 'declined') return say(/^\d\d$/.test(reason) ? reason : '05', shape);
    return say(state === 'paid' ? '00' : '12', shape);
  }

  #order(order: WalletOrder): Shape {
    return { order: orderShape(order, this.#parts.keys.merchant) };
  }

  #shown(order: WalletOrder | undefined): Said {
    return order === undefined ? say('25') : say('00', this.#order(order));
  }

  #reverse(id: string): Said {
    const outcome = this.wallet.reverse(id);
    const order = this.wallet.find(id);
    const shape = order === undefined ? {} : this.#order(order);
    if (outcome === 'unknown') return say('25');
    if (outcome === 'again') return say('09', shape);
    if (outcome === 'refused') return say('21', shape);
    return say('00', { ...shape, action: outcome === 'refunded' ? 'refund' : 'close' });
  }

  #close(id: string): Said {
    if (this.wallet.find(id)?.request.kind === 'code') return say('12');
    const outcome = this.wallet.close(id);
    const order = this.wallet.find(id);
    if (outcome === 'unknown' || order === undefined) return say('25');
    return say(outcome === 'paid' ? '12' : '00', this.#order(order));
  }

  #refund(order: string, body: Json): Said {
    const amount = body['amount'];
    if (!isAmount(amount)) return say('13');
    const outcome = this.wallet.refund(order, text(body['refund']), amount);
    switch (outcome.kind) {
      case 'done':
      case 'processing':
        return say('00', { refund: refundShape(outcome.order, outcome.refund, this.#parts.keys.merchant) });
      case 'unknown':
        return say('25');
      case 'differs':
        return say('26');
      case 'too-much':
        return say('61');
      case 'refused':
        return say('51');
      default:
        return say('12');
    }
  }

  #refundQuery(id: string): Said {
    const found = this.wallet.refundQuery(id);
    if (found === undefined) return say('25');
    return say('00', { refund: refundShape(found.order, found.refund, this.#parts.keys.merchant) });
  }

  #statement(day: string): Said {
    const now = this.#parts.world.clock.now();
    const isYesterday = beijingDay(now - 86_400_000) === day;
    const tooEarly = isYesterday && Number(beijing(now).hour) < 1;
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day >= beijingDay(now) || tooEarly) return say('12');
    return say('00', { date: day, rows: statementRows(this.wallet.list(), day) });
  }

  #plain(said: Said, nonce: string): Reply {
    return { kind: 'answer', answer: () => this.#encode(said, 'normal', nonce), delayMs: 0 };
  }

  #encode({ status, value }: Said, how: Answer, nonce: string): HttpAnswer {
    const { keys, world } = this.#parts;
    const body = lyingJson(value, how, {
      amount: (copy) => change(copy, lessMoney),
      order: (copy) => change(copy, otherOrder),
    });
    const signed = { lead: ['ANSWER', nonce], body, spoiled: how === 'bad-signature', shiftS: 0 };
    const headers = signedHeaders(signed, keys, world);
    if (how === 'no-signature') delete headers['x-signature'];
    return { status, headers, body };
  }

  #notify(order: WalletOrder): void {
    const { notice, delayMs } = order.behaviour;
    if (order.request.notifyUrl === '' || notice === 'never') return;
    const send = (): void => this.notices.send(order.book.order, () => this.#notice(order));
    if (notice === 'late') this.#parts.world.timer.after(delayMs, send);
    else send();
    if (notice === 'twice') send();
  }

  #notice(order: WalletOrder): NoticeRequest {
    const { keys, world } = this.#parts;
    const { notice } = order.behaviour;
    const shape = orderShape(order, notice === 'wrong-merchant' ? '000000000000000' : keys.merchant);
    const url = new URL(order.request.notifyUrl);
    const body = JSON.stringify({
      event: 'order.paid',
      order: notice === 'wrong-amount' ? lessMoney(shape) : shape,
    });
    const lead = ['POST', `${url.pathname}${url.search}`];
    const signed = { lead, body, spoiled: notice === 'bad-signature', shiftS: notice === 'old' ? -3_600 : 0 };
    return { url: order.request.notifyUrl, headers: signedHeaders(signed, keys, world), body };
  }
}

const later = (said: Said) => () => said;

const lessMoney = (shape: Shape): Shape => ({
  ...shape,
  amount: Number(shape['amount']) - 1,
  paid: Number(shape['paid']) - 1,
});
const otherOrder = (shape: Shape): Shape => ({ ...shape, order: `${String(shape['order'])}X` });

function change(copy: Json, how: (shape: Shape) => Shape): void {
  if (typeof copy['order'] === 'object') copy['order'] = how(objectOf(copy['order']));
}
