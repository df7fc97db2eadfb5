import {
  ANSWERS,
  type Behaviour,
  BOOKINGS,
  type HostId,
  NOTICES,
  OPERATIONS,
  REFUND_FATES,
  type Rule,
} from './behaviour.ts';
import type { Books } from './books.ts';
import { type HostRequest, jsonAnswer, type Reply } from './http-host.ts';
import { type Json, objectOf, parseObject, text } from './json.ts';
import type { NoticeResult } from './notices.ts';
import type { Rules } from './rules.ts';
import type { CustomerAction, Wallet } from './wallet/wallet.ts';

type WalletId = Exclude<HostId, 'bank'>;

export interface AdminParts {
  readonly books: Books;
  readonly rules: Rules;
  readonly wallets: Readonly<Record<WalletId, Wallet>>;
  readonly notices: () => readonly NoticeResult[];
}

const HOSTS: readonly HostId[] = ['bank', 'wechatpay', 'alipay', 'unionpay-qr'];

/** The back door of the sandbox: reads the books, changes behaviour, plays the customer (README.md). */
export class Admin {
  readonly #parts: AdminParts;

  constructor(parts: AdminParts) {
    this.#parts = parts;
  }

  handle({ method, path, query, headers, body }: HostRequest): Reply {
    // No page may steer the sandbox through its visitor's browser, not even under a name that points to this machine.
    const local = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers['host'] ?? '');
    if (!local || headers['origin'] !== undefined || headers['sec-fetch-site'] !== undefined)
      return jsonAnswer(403, { code: 'not-from-a-page' });
    const { books, rules } = this.#parts;
    const input = parseObject(body);
    if (input === undefined) return jsonAnswer(400, { code: 'not-json' });
    switch (`${method} ${path}`) {
      case 'GET /books':
        return jsonAnswer(200, { orders: books.list(hostOf(query.get('host'))) });
      case 'GET /notices':
        return jsonAnswer(200, { notices: this.#parts.notices() });
      case 'GET /rules':
        return jsonAnswer(200, { rules: rules.list() });
      case 'POST /rules': {
        const rule = readRule(input);
        return typeof rule === 'string'
          ? jsonAnswer(400, { code: rule })
          : jsonAnswer(201, { id: rules.add(rule) });
      }
      case 'DELETE /rules':
        rules.clear();
        return jsonAnswer(200, {});
      case 'POST /customer':
        return this.#customer(input);
      default:
        return jsonAnswer(404, { code: 'no-such-path' });
    }
  }

  #customer(input: Json): Reply {
    const action = text(input['action']);
    if (action !== 'pay' && action !== 'password' && action !== 'cancel')
      return jsonAnswer(400, { code: 'action' });
    const done = this.act(text(input['order']) || text(input['qr']), action);
    return jsonAnswer(done ? 200 : 409, { done });
  }

  /** `target` is an order number or the text of a QR code that the shop shows. */
  act(target: string, action: CustomerAction): boolean {
    for (const wallet of Object.values(this.#parts.wallets)) {
      const order =
        wallet.find(target) ?? wallet.list().find((each) => isBehind(target, each.book.providerId));
      if (order !== undefined) return wallet.customer(order.book.order, action);
    }
    return false;
  }
}

/** Every host ends the text of its QR codes with its own order number. */
const isBehind = (qr: string, providerId: string): boolean => qr.includes('://') && qr.endsWith(providerId);

function hostOf(value: unknown): HostId | undefined {
  return HOSTS.find((host) => host === value);
}

/** Reads a rule from JSON, or the name of the field that is wrong. */
function readRule(input: Json): Rule | string {
  const match = objectOf(input['match']);
  const wanted = objectOf(input['behaviour']);
  const times = input['times'] ?? 1;
  if (!isCount(times)) return 'times';
  const behaviour: { -readonly [K in keyof Behaviour]?: Behaviour[K] } = {};
  for (const [name, value] of Object.entries(wanted)) {
    const good = readTrait(behaviour, name, value);
    if (!good) return `behaviour.${name}`;
  }
  const host = hostOf(match['host']);
  const operation = OPERATIONS.find((each) => each === match['operation']);
  if (match['host'] !== undefined && host === undefined) return 'match.host';
  if (match['operation'] !== undefined && operation === undefined) return 'match.operation';
  return {
    ...(host === undefined ? {} : { host }),
    ...(operation === undefined ? {} : { operation }),
    ...(typeof match['amount'] === 'number' ? { amount: match['amount'] } : {}),
    ...(typeof match['order'] === 'string' ? { order: match['order'] } : {}),
    behaviour,
    times,
  };
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

function readTrait(
  into: { -readonly [K in keyof Behaviour]?: Behaviour[K] },
  name: string,
  value: unknown,
): boolean {
  const pick = <T>(all: readonly T[]): T | undefined => all.find((each) => each === value);
  switch (name) {
    case 'booking':
      return set(into, 'booking', pick(BOOKINGS));
    case 'answer':
      return set(into, 'answer', pick(ANSWERS));
    case 'notice':
      return set(into, 'notice', pick(NOTICES));
    case 'refund':
      return set(into, 'refund', pick(REFUND_FATES));
    case 'decline':
      return set(into, 'decline', typeof value === 'string' ? value : undefined);
    case 'queries':
    case 'delayMs':
    case 'reverseRetries':
      return set(into, name, isCount(value) ? value : undefined);
    case 'reverseRefused':
    case 'scripts':
      return set(into, name, typeof value === 'boolean' ? value : undefined);
    default:
      return false;
  }
}

function set<K extends keyof Behaviour>(
  into: { -readonly [N in keyof Behaviour]?: Behaviour[N] },
  name: K,
  value: Behaviour[K] | undefined,
): boolean {
  if (value !== undefined) into[name] = value;
  return value !== undefined;
}
