import { type Minor, ZERO } from '../../../src/domain/money.ts';
import type { Answer, Behaviour, Operation } from '../behaviour.ts';
import type { Books } from '../books.ts';
import { carryOut, lyingJson } from '../exchange.ts';
import { answer, type HostRequest, type HttpAnswer, type Reply } from '../http-host.ts';
import { parseObject, text } from '../json.ts';
import { type NoticeRequest, Notices } from '../notices.ts';
import type { Rules } from '../rules.ts';
import { Wallet, type WalletOrder } from '../wallet/wallet.ts';
import { beijingDay, beijingStamp, randomHex, type SandboxWorld } from '../world.ts';
import { billText, gbk, zipOne } from './bill.ts';
import {
  cancel,
  close,
  missing,
  pay,
  query,
  type Refusal,
  readPay,
  refund,
  refundQuery,
  taken,
} from './operations.ts';
import { failed, invalid, lieAboutAmount, type Shape, success, tradeShape, unavailable } from './shapes.ts';
import { type AlipayKeys, isSigned, sign, signContent } from './signing.ts';

/** Download links kept; the oldest go first. */
const LINKS_MAX = 100;

interface Action {
  readonly operation: Operation;
  readonly order: string;
  readonly amount: Minor | undefined;
  readonly run: (behaviour: Behaviour) => () => Shape;
  readonly pretend?: (behaviour: Behaviour) => Shape;
}

export interface AlipayParts {
  readonly books: Books;
  readonly rules: Rules;
  readonly world: SandboxWorld;
  readonly keys: AlipayKeys;
}

/** A gateway that speaks Alipay's `gateway.do` for one app. */
export class AlipayHost {
  readonly #parts: AlipayParts;
  readonly wallet: Wallet;
  readonly notices: Notices;
  readonly #links = new Map<string, Uint8Array>();
  /** Where download links point; set when the port is known. */
  baseUrl = '';

  constructor(parts: AlipayParts) {
    this.#parts = parts;
    this.notices = new Notices(parts.world, (status, body) => status === 200 && body.trim() === 'success');
    const { books, world } = parts;
    this.wallet = new Wallet({ host: 'alipay', books, world, onPaid: (order) => this.#notify(order) });
  }

  handle(request: HostRequest): Reply {
    if (request.path === '/bill') return this.#download(request);
    if (request.path !== '/gateway.do') return answer(404, {}, 'not found');
    const params = new Map([...request.query, ...formParams(request)]);
    const method = params.get('method') ?? '';
    const name = `${method.replaceAll('.', '_')}_response`;
    const biz = parseObject(params.get('biz_content') ?? '');
    const action =
      this.#refuse(params) ?? (biz === undefined ? failedJson() : this.#route(method, biz, params));
    if ('refusal' in action) {
      const { refusal } = action;
      // Alipay does not sign what it says about a request that it could not trust.
      const how = refusal['code'] === '40002' ? 'no-signature' : 'normal';
      return { kind: 'answer', answer: () => this.#encode(refusal, how, name), delayMs: 0 };
    }
    const { operation, order, run, pretend } = action;
    const amount = action.amount ?? this.wallet.find(order)?.book.amount ?? ZERO;
    return carryOut<Shape>(this.#parts.rules, {
      facts: { host: 'alipay', operation, order, amount },
      run,
      pretend: (behaviour) => pretend?.(behaviour) ?? unavailable(),
      systemError: unavailable,
      encode: (shape, how) => this.#encode(shape, how, name),
    });
  }

  #refuse(params: ReadonlyMap<string, string>): Refusal | undefined {
    const { keys } = this.#parts;
    for (const name of ['app_id', 'method', 'sign', 'timestamp', 'version']) {
      if ((params.get(name) ?? '') === '') return { refusal: missing(name.replace('_', '-')) };
    }
    if (params.get('sign_type') !== 'RSA2')
      return { refusal: invalid('40002', 'isv.invalid-signature-type', '无效签名类型') };
    if (params.get('app_id') !== keys.appId)
      return { refusal: invalid('40002', 'isv.invalid-app-id', '无效的AppID参数') };
    return isSigned(params, keys)
      ? undefined
      : { refusal: invalid('40002', 'isv.invalid-signature', '无效签名') };
  }

  #route(
    method: string,
    biz: Record<string, unknown>,
    params: ReadonlyMap<string, string>,
  ): Action | Refusal {
    const notifyUrl = params.get('notify_url') ?? '';
    if (method === 'alipay.trade.pay') return this.#payAction(biz, notifyUrl, 'code');
    if (method === 'alipay.trade.precreate') return this.#payAction(biz, notifyUrl, 'qr');
    if (method === 'alipay.data.dataservice.bill.downloadurl.query')
      return this.#action('statement', '', () => this.#bill(biz));
    const { wallet } = this;
    if (method === 'alipay.trade.fastpay.refund.query')
      return this.#action('refund-query', text(biz['out_request_no']), () => refundQuery(wallet, biz));
    const byNumber = wallet.byProviderId(text(biz['trade_no']))?.book.order;
    const order = byNumber ?? text(biz['out_trade_no']);
    if (order === '') return { refusal: failed('ACQ.INVALID_PARAMETER', '参数无效') };
    switch (method) {
      case 'alipay.trade.query':
        return this.#action('query', order, () => query(wallet, order));
      case 'alipay.trade.cancel':
        return this.#action('reverse', order, () => cancel(wallet, order));
      case 'alipay.trade.close':
        return this.#action('close', order, () => close(wallet, order));
      case 'alipay.trade.refund':
        return this.#action('refund', order, () => refund(wallet, biz, order));
      default:
        return { refusal: invalid('40002', 'isv.invalid-method', '不存在的方法名') };
    }
  }

  #payAction(biz: Record<string, unknown>, notifyUrl: string, kind: 'code' | 'qr'): Action | Refusal {
    const read = readPay(biz, notifyUrl, kind, this.#parts.world);
    if ('refusal' in read) return read;
    return {
      operation: kind === 'code' ? 'pay' : 'precreate',
      order: read.order,
      amount: read.amount,
      run: (behaviour) => pay(this.wallet, read, behaviour),
      pretend: (behaviour) => taken(this.wallet.pretend(read, behaviour)),
    };
  }

  #action(operation: Operation, order: string, run: () => () => Shape): Action {
    return { operation, order, amount: undefined, run };
  }

  #bill(biz: Record<string, unknown>): () => Shape {
    const { world, keys } = this.#parts;
    const day = text(biz['bill_date']);
    const past = /^\d{4}-\d{2}-\d{2}$/.test(day) && day < beijingDay(world.clock.now());
    if (biz['bill_type'] !== 'trade' || !past) return () => failed('isp.bill_not_exist', '账单不存在');
    const bill = billText(this.wallet.list(), day, keys.sellerId, world.clock.now());
    if (bill === undefined) return () => failed('isp.bill_not_exist', '账单不存在');
    const token = randomHex(world, 16);
    const name = gbk(`${keys.sellerId}0156_${day.replaceAll('-', '')}_业务明细.csv`);
    this.#links.set(token, zipOne(name, gbk(bill)));
    const oldest = this.#links.keys().next().value;
    if (this.#links.size > LINKS_MAX && oldest !== undefined) this.#links.delete(oldest);
    return () => success({ bill_download_url: `${this.baseUrl}/bill?token=${token}` });
  }

  #download(request: HostRequest): Reply {
    const file = this.#links.get(request.query.get('token') ?? '');
    return file === undefined
      ? answer(404, {}, 'not found')
      : answer(200, { 'content-type': 'application/zip' }, file);
  }

  /** `{"<method>_response":{…},"sign":"…"}`: the signature is over the text of the inner object. */
  #encode(shape: Shape, how: Answer, name: string): HttpAnswer {
    const inner = lyingJson(shape, how === 'malformed' ? 'normal' : how, {
      amount: lieAboutAmount,
      order: (copy) => {
        copy['out_trade_no'] = `${String(copy['out_trade_no'])}X`;
      },
    });
    const signed = sign(how === 'bad-signature' ? `${inner} ` : inner, this.#parts.keys);
    const tail = how === 'no-signature' ? '' : `,"sign":"${signed}"`;
    const whole = `{"${name}":${inner}${tail}}`;
    const body = how === 'malformed' ? whole.slice(0, Math.ceil(whole.length / 2)) : whole;
    return { status: 200, headers: { 'content-type': 'text/html;charset=utf-8' }, body };
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
    const trade = tradeShape(order);
    if (notice === 'wrong-amount') lieAboutAmount(trade);
    const at = world.clock.now() - (notice === 'old' ? 3_600_000 : 0);
    const params = new Map<string, string>([
      ['notify_time', beijingStamp(at)],
      ['notify_type', 'trade_status_sync'],
      ['notify_id', randomHex(world, 17).toLowerCase()],
      ['app_id', notice === 'wrong-merchant' ? '2021000000000000' : keys.appId],
      ['charset', 'utf-8'],
      ['version', '1.0'],
      ['sign_type', 'RSA2'],
      ['trade_status', 'TRADE_SUCCESS'],
      ['seller_id', keys.sellerId],
      ['subject', order.request.subject],
      ['gmt_create', beijingStamp(order.book.createdAt)],
    ]);
    for (const [name, value] of Object.entries(trade)) {
      params.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    }
    const content = signContent(params, ['sign', 'sign_type']);
    params.set('sign', sign(notice === 'bad-signature' ? `${content} ` : content, keys));
    return {
      url: order.request.notifyUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams([...params]).toString(),
    };
  }
}

const failedJson = (): Refusal => ({ refusal: invalid('40002', 'isv.invalid-parameter', 'biz_content') });

function formParams(request: HostRequest): URLSearchParams {
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? request.body : '');
}
