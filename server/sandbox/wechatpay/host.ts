import { createHash } from 'node:crypto';
import { type Minor, ZERO } from '../../../src/domain/money.ts';
import type { Answer, Behaviour, Operation } from '../behaviour.ts';
import type { Books } from '../books.ts';
import { carryOut, lyingJson } from '../exchange.ts';
import { answer, type HostRequest, type HttpAnswer, type Reply } from '../http-host.ts';
import { parseObject, text } from '../json.ts';
import { type NoticeRequest, Notices } from '../notices.ts';
import type { Rules } from '../rules.ts';
import { Wallet, type WalletOrder } from '../wallet/wallet.ts';
import { beijing, beijingDay, beijingIso, randomHex, type SandboxWorld } from '../world.ts';
import { tradeBill } from './bill.ts';
import { fault, ok, type WechatAnswer } from './errors.ts';
import { close, pay, query, readPay, refund, refundQuery, reverse } from './operations.ts';
import { lieAboutAmount, transaction } from './shapes.ts';
import { encryptResource, refuseSignature, signatureHeaders, type WechatPayKeys } from './signing.ts';

/** Bills of yesterday are ready from this hour, Beijing time (field.md 5.3). */
const BILL_HOUR = 10;
/** Download links kept; the oldest go first. */
const LINKS_MAX = 100;

interface Action {
  readonly operation: Operation;
  readonly order: string;
  /** undefined: that of the order. */
  readonly amount: Minor | undefined;
  readonly run: (behaviour: Behaviour) => () => WechatAnswer;
  readonly pretend: ((behaviour: Behaviour) => WechatAnswer) | undefined;
}

export interface WechatPayParts {
  readonly books: Books;
  readonly rules: Rules;
  readonly world: SandboxWorld;
  readonly keys: WechatPayKeys;
}

/** A host that speaks WeChat Pay APIv3 for one merchant. */
export class WechatPayHost {
  readonly #parts: WechatPayParts;
  readonly wallet: Wallet;
  readonly notices: Notices;
  readonly #links = new Map<string, string>();
  /** Where download links point; set when the port is known. */
  baseUrl = '';

  constructor(parts: WechatPayParts) {
    this.#parts = parts;
    this.notices = new Notices(parts.world, (status) => status === 200 || status === 204);
    this.wallet = new Wallet({
      host: 'wechatpay',
      books: parts.books,
      world: parts.world,
      onPaid: (order) => this.#notify(order),
    });
  }

  handle(request: HostRequest): Reply {
    const { keys, rules, world } = this.#parts;
    const refused = refuseSignature(request, keys, world.clock.now());
    if (refused !== undefined) return this.#plain(fault('SIGN_ERROR', refused));
    if (request.path === '/v3/billdownload/file') return this.#download(request);
    const body = parseObject(request.body);
    if (body === undefined) return this.#plain(fault('PARAM_ERROR', 'body is no JSON object'));
    const action = this.#route(request, body);
    if ('status' in action) return this.#plain(action);
    const { operation, order, run, pretend } = action;
    const amount = action.amount ?? this.wallet.find(order)?.book.amount ?? ZERO;
    return carryOut<WechatAnswer>(rules, {
      facts: { host: 'wechatpay', operation, order, amount },
      run,
      pretend: (behaviour) => pretend?.(behaviour) ?? fault('SYSTEM_ERROR', '系统异常，请稍后重试'),
      systemError: () => fault('SYSTEM_ERROR', '系统异常，请稍后重试'),
      encode: (shape, how) => this.#encode(shape, how),
    });
  }

  #route(request: HostRequest, body: Record<string, unknown>): Action | WechatAnswer {
    const { keys } = this.#parts;
    const { method, path, query: search } = request;
    if (method === 'POST' && path === '/v3/pay/transactions/codepay') return this.#payAction(body, 'code');
    if (method === 'POST' && path === '/v3/pay/transactions/native') return this.#payAction(body, 'qr');
    const [, order = '', verb = ''] =
      /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(?:\/(reverse|close))?$/.exec(path) ?? [];
    const [, id = ''] = /^\/v3\/pay\/transactions\/id\/(\d+)$/.exec(path) ?? [];
    const claimed = method === 'GET' ? search.get('mchid') : text(body['mchid']);
    if ((order !== '' || id !== '') && claimed !== keys.mchid) return fault('PARAM_ERROR', 'mchid');
    if (method === 'GET' && id !== '') {
      const known = this.wallet.byProviderId(id)?.book.order ?? '';
      return this.#simple('query', known, () => query(this.wallet, known, keys));
    }
    const number = decodeURIComponent(order);
    if (method === 'GET' && order !== '' && verb === '')
      return this.#simple('query', number, () => query(this.wallet, number, keys));
    if (method === 'POST' && verb === 'reverse')
      return this.#simple('reverse', number, () => reverse(this.wallet, number, keys));
    if (method === 'POST' && verb === 'close')
      return this.#simple('close', number, () => close(this.wallet, number));
    return this.#routeAfterSale(request, body);
  }

  #routeAfterSale(request: HostRequest, body: Record<string, unknown>): Action | WechatAnswer {
    const { method, path } = request;
    const refunds = '/v3/refund/domestic/refunds';
    if (method === 'POST' && path === refunds)
      return this.#simple('refund', text(body['out_trade_no']), () => refund(this.wallet, body));
    if (method === 'GET' && path.startsWith(`${refunds}/`)) {
      const id = decodeURIComponent(path.slice(refunds.length + 1));
      return this.#simple('refund-query', id, () => refundQuery(this.wallet, id));
    }
    if (method === 'GET' && path === '/v3/bill/tradebill')
      return this.#simple('statement', '', () => this.#bill(request.query.get('bill_date') ?? ''));
    return fault('RESOURCE_NOT_EXISTS', 'no such path');
  }

  #payAction(body: Record<string, unknown>, kind: 'code' | 'qr'): Action | WechatAnswer {
    const { keys, world } = this.#parts;
    const request = readPay(body, kind, keys, world);
    if ('status' in request) return request;
    return {
      operation: kind === 'code' ? 'pay' : 'precreate',
      order: request.order,
      amount: request.amount,
      run: (behaviour) => pay(this.wallet, request, behaviour, keys),
      pretend: (behaviour) =>
        kind === 'code'
          ? ok(transaction(this.wallet.pretend(request, behaviour), keys))
          : ok({ code_url: `weixin://wxpay/bizpayurl?pr=${request.providerId}` }),
    };
  }

  #simple(operation: Operation, order: string, run: () => () => WechatAnswer): Action {
    return { operation, order, amount: undefined, run, pretend: undefined };
  }

  #bill(day: string): () => WechatAnswer {
    const now = this.#parts.world.clock.now();
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day >= beijingDay(now))
      return () => fault('PARAM_ERROR', 'bill_date');
    const isYesterday = beijingDay(now - 86_400_000) === day;
    if (isYesterday && Number(beijing(now).hour) < BILL_HOUR)
      return () => fault('STATEMENT_CREATING', '账单生成中');
    const bill = tradeBill(this.wallet.list(), day, this.#parts.keys);
    if (bill === undefined) return () => fault('NO_STATEMENT_EXIST', '账单文件不存在');
    const token = randomHex(this.#parts.world, 16);
    this.#links.set(token, bill);
    const oldest = this.#links.keys().next().value;
    if (this.#links.size > LINKS_MAX && oldest !== undefined) this.#links.delete(oldest);
    const hash = createHash('sha1').update(bill).digest('hex');
    const url = `${this.baseUrl}/v3/billdownload/file?token=${token}`;
    return () => ok({ hash_type: 'SHA1', hash_value: hash, download_url: url });
  }

  /** The file itself comes without a signature; its hash was signed before. */
  #download(request: HostRequest): Reply {
    const bill = this.#links.get(request.query.get('token') ?? '');
    if (bill === undefined) return this.#plain(fault('RESOURCE_NOT_EXISTS'));
    return answer(200, { 'content-type': 'text/plain; charset=utf-8' }, bill);
  }

  #plain(shape: WechatAnswer): Reply {
    return { kind: 'answer', answer: () => this.#encode(shape, 'normal'), delayMs: 0 };
  }

  #encode({ status, value }: WechatAnswer, how: Answer): HttpAnswer {
    const { keys, world } = this.#parts;
    const body =
      value === undefined
        ? ''
        : lyingJson(value, how, {
            amount: lieAboutAmount,
            order: (copy) => {
              copy['out_trade_no'] = `${String(copy['out_trade_no'])}X`;
            },
          });
    const signature =
      how === 'no-signature' ? {} : signatureHeaders(body, keys, world, { spoiled: how === 'bad-signature' });
    const type = value === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
    return { status, headers: { ...type, 'request-id': randomHex(world, 16), ...signature }, body };
  }

  #notify(order: WalletOrder): void {
    const { notice, delayMs } = order.behaviour;
    if (order.request.notifyUrl === '' || notice === 'never') return;
    const make = (): NoticeRequest => this.#notice(order);
    const send = (): void => this.notices.send(order.book.order, make);
    if (notice === 'late') this.#parts.world.timer.after(delayMs, send);
    else send();
    if (notice === 'twice') send();
  }

  #notice(order: WalletOrder): NoticeRequest {
    const { keys, world } = this.#parts;
    const { notice } = order.behaviour;
    const shape = transaction(order, keys);
    if (notice === 'wrong-amount') lieAboutAmount(shape);
    if (notice === 'wrong-merchant') shape['mchid'] = '1999999999';
    const { nonce, ciphertext } = encryptResource(JSON.stringify(shape), 'transaction', keys, world);
    const body = JSON.stringify({
      id: randomHex(world, 16),
      create_time: beijingIso(world.clock.now()),
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        original_type: 'transaction',
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext,
        associated_data: 'transaction',
        nonce,
      },
    });
    const signature = signatureHeaders(body, keys, world, {
      spoiled: notice === 'bad-signature',
      shiftS: notice === 'old' ? -3_600 : 0,
    });
    return {
      url: order.request.notifyUrl,
      headers: { 'content-type': 'application/json', ...signature },
      body,
    };
  }
}
