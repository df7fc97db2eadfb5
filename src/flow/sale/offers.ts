import type { Minor } from '../../domain/money.ts';
import { minor } from '../../domain/money.ts';
import type { RailOffer } from '../../domain/rails.ts';
import { type SalePayment, WALLETS, type Wallet } from '../../domain/tender.ts';
import type { TenderOffer, TenderRefusal, TenderWay } from '../checkout-service.ts';
import type { OfflineUse } from './offline-meter.ts';

/** What may be taken while nobody can check it, in minor units, pieces and ms (facts: reliability 2.1, field 4). */
export interface OfflineCaps {
  readonly perSale: Minor;
  readonly sum: Minor;
  readonly count: number;
  readonly ageMs: number;
}

/** ￥500 a sale, ￥5,000 and 100 sales in all, 24 hours: the middle of what acquirers allow. */
export const DEFAULT_OFFLINE_CAPS: OfflineCaps = {
  perSale: minor(50_000),
  sum: minor(500_000),
  count: 100,
  ageMs: 86_400_000,
};

/** A printed static code may take ￥500 of one customer a day (PBoC, grade D; facts: field 5.3). */
export const DEFAULT_STATIC_CAP = minor(50_000);

/** What the counter and the link are like when somebody wants to pay. */
export interface OfferFacts {
  readonly online: boolean;
  /** What the shop's server offers; kept from the last time it was asked. */
  readonly rails: readonly RailOffer[];
  readonly reader: boolean;
  readonly terminal: 'absent' | 'connected' | 'stores-offline';
  /** IndexedDB is gone: only cash is written down safely. */
  readonly emergency: boolean;
  readonly staticCap: Minor;
  readonly caps: OfflineCaps;
  readonly used: OfflineUse | undefined;
  readonly now: number;
}

const ALL_WAYS: readonly TenderWay[] = [
  'cash',
  'customer-code',
  'shop-code',
  'reader',
  'terminal',
  'static-code',
  'credit',
  'stored-value',
];

/** Every way of paying, and why one cannot be used now. The order is that of the tiles and never changes. */
export function offersOf(facts: OfferFacts, asked: Minor): readonly TenderOffer[] {
  return ALL_WAYS.map((way) => offerOf(way, facts, asked));
}

function offerOf(way: TenderWay, facts: OfferFacts, asked: Minor): TenderOffer {
  if (way === 'cash') return { way };
  if (facts.emergency) return { way, refusal: 'emergency' };
  switch (way) {
    case 'credit':
      return { way };
    case 'static-code':
      if (asked > facts.staticCap) return { way, refusal: 'cap-static' };
      return facts.online ? { way } : capped(way, facts, asked);
    case 'terminal':
      if (facts.terminal === 'absent') return { way, refusal: 'no-device' };
      if (facts.online) return { way };
      return facts.terminal === 'stores-offline' ? capped(way, facts, asked) : { way, refusal: 'offline' };
    default:
      return hosted(way, facts);
  }
}

/** Ways that only the shop's server can go: never without it. */
function hosted(way: TenderWay, { online, rails, reader }: OfferFacts): TenderOffer {
  const isOffered = rails.some(({ tender, method }) =>
    way === 'stored-value' ? tender === way : method === way,
  );
  if (!isOffered) return { way, refusal: online ? 'not-offered' : 'offline' };
  if (way === 'reader' && !reader) return { way, refusal: 'no-device' };
  return online ? { way } : { way, refusal: 'offline' };
}

/** A way that works without the server, within the caps. */
function capped(way: TenderWay, { caps, used, now }: OfferFacts, asked: Minor): TenderOffer {
  const untilAt = (used?.since ?? now) + caps.ageMs;
  const sum = used?.sum ?? 0;
  const count = used?.count ?? 0;
  const room = Math.max(0, caps.sum - sum);
  const offlineLeft = {
    amount: minor(Math.min(caps.perSale, room)),
    count: Math.max(0, caps.count - count),
    untilAt,
  };
  let refusal: TenderRefusal | undefined;
  if (asked > caps.perSale) refusal = 'cap-sale';
  else if (asked > room) refusal = 'cap-sum';
  else if (count >= caps.count) refusal = 'cap-count';
  // A clock that was set back does not open the door again.
  else if (now >= untilAt || now < (used?.since ?? now) - caps.ageMs) refusal = 'cap-age';
  return { way, offlineLeft, ...(refusal === undefined ? {} : { refusal }) };
}

/** Wallets whose code the shop can show. */
export const walletsOf = (rails: readonly RailOffer[]): readonly Wallet[] =>
  WALLETS.filter((wallet) => rails.some(({ tender, method }) => tender === wallet && method === 'shop-code'));

/** What was taken on trust: nobody has verified it while the server was away. */
export const isOnTrust = (payment: SalePayment): boolean =>
  payment.tender === 'static-code' || payment.approval?.offline === true;
