import { describe, expect, test } from 'vitest';
import { minor } from '../../domain/money.ts';
import { timingsOf } from '../../domain/rails.ts';
import type { TenderWay } from '../checkout-service.ts';
import {
  DEFAULT_OFFLINE_CAPS,
  DEFAULT_STATIC_CAP,
  isOnTrust,
  type OfferFacts,
  offersOf,
  walletsOf,
} from './offers.ts';
import { OfflineMeter, type OfflineUse } from './offline-meter.ts';

const rail = (
  tender: 'wechat' | 'card' | 'stored-value',
  method?: 'customer-code' | 'shop-code' | 'reader',
) => ({
  tender,
  ...(method === undefined ? {} : { method }),
  timings: timingsOf(tender, method),
});

const FACTS: OfferFacts = {
  online: true,
  rails: [
    rail('wechat', 'customer-code'),
    rail('wechat', 'shop-code'),
    rail('card', 'reader'),
    rail('stored-value'),
  ],
  reader: true,
  terminal: 'stores-offline',
  emergency: false,
  staticCap: DEFAULT_STATIC_CAP,
  caps: DEFAULT_OFFLINE_CAPS,
  used: undefined,
  now: 1_000_000,
};

const refusals = (facts: Partial<OfferFacts>, asked = 1_000): Partial<Record<TenderWay, string>> =>
  Object.fromEntries(
    offersOf({ ...FACTS, ...facts }, minor(asked)).flatMap(({ way, refusal }) =>
      refusal === undefined ? [] : [[way, refusal]],
    ),
  );

describe('what can be taken', () => {
  test('everything, with the server, the reader and the terminal there', () => {
    expect(refusals({})).toEqual({});
  });

  test('without the server: cash and credit always, codes and the reader never, the terminal only if it stores', () => {
    const gone = {
      'customer-code': 'offline',
      'shop-code': 'offline',
      reader: 'offline',
      'stored-value': 'offline',
    };
    expect(refusals({ online: false })).toEqual(gone);
    expect(refusals({ online: false, terminal: 'connected' })).toEqual({ ...gone, terminal: 'offline' });
  });

  test('what the shop has not set up or not plugged in is said so', () => {
    expect(refusals({ rails: [], reader: false, terminal: 'absent' })).toEqual({
      'customer-code': 'not-offered',
      'shop-code': 'not-offered',
      reader: 'not-offered',
      terminal: 'no-device',
      'stored-value': 'not-offered',
    });
    expect(refusals({ reader: false })).toEqual({ reader: 'no-device' });
  });

  test('only cash in an emergency', () => {
    expect(Object.keys(refusals({ emergency: true }))).toHaveLength(7);
  });

  test('a static code takes no more than its cap, with the server or without', () => {
    expect(refusals({}, 50_000)).toEqual({});
    expect(refusals({}, 50_001)).toEqual({ 'static-code': 'cap-static' });
  });

  test.each<[string, Partial<OfflineUse>, number, number]>([
    ['cap-sale', {}, 50_001, 0],
    ['cap-sum', { sum: minor(499_001) }, 1_000, 0],
    ['cap-count', { count: 100 }, 1_000, 0],
    ['cap-age', {}, 1_000, DEFAULT_OFFLINE_CAPS.ageMs],
    ['cap-age', {}, 1_000, -2 * DEFAULT_OFFLINE_CAPS.ageMs],
  ])('%s limits what is taken on trust', (refusal, use, asked, later) => {
    const used = { since: FACTS.now, sum: minor(0), count: 0, ...use };
    const now = FACTS.now + later;
    expect(refusals({ online: false, used, now }, asked).terminal).toBe(refusal);
  });

  test('what is left on trust is told with its end', () => {
    const used = { since: 900_000, sum: minor(480_000), count: 98 };
    const offers = offersOf({ ...FACTS, online: false, used }, minor(1));
    expect(offers.find(({ way }) => way === 'terminal')?.offlineLeft).toEqual({
      amount: 20_000,
      count: 2,
      untilAt: 900_000 + DEFAULT_OFFLINE_CAPS.ageMs,
    });
  });

  test('only wallets with a code of ours to show are named', () => {
    expect(walletsOf(FACTS.rails)).toEqual(['wechat']);
    expect(walletsOf([rail('wechat', 'customer-code')])).toEqual([]);
  });

  test('the tiles stand in one order, whatever can be had', () => {
    const ways = [
      'cash',
      'customer-code',
      'shop-code',
      'reader',
      'terminal',
      'static-code',
      'credit',
      'stored-value',
    ];
    for (const facts of [{}, { online: false }, { emergency: true, rails: [] }])
      expect(offersOf({ ...FACTS, ...facts }, minor(1)).map(({ way }) => way)).toEqual(ways);
  });

  test('an emergency is said at every tile but cash', () => {
    const { cash, ...others } = refusals({ emergency: true, terminal: 'absent' });
    expect(cash).toBeUndefined();
    expect(new Set(Object.values(others))).toEqual(new Set(['emergency']));
  });

  test('a way that only the server can go is unknown without it when it was never offered', () => {
    expect(refusals({ online: false, rails: [] })).toMatchObject({
      'shop-code': 'offline',
      reader: 'offline',
    });
    expect(refusals({ rails: [rail('card', 'reader')] })).toEqual({
      'customer-code': 'not-offered',
      'shop-code': 'not-offered',
      'stored-value': 'not-offered',
    });
  });

  test('with the server there is no cap but that of the static code', () => {
    const used = { since: 0, sum: minor(500_000), count: 100 };
    for (const offer of offersOf({ ...FACTS, used, now: 9e12 }, minor(1_000)))
      expect(offer).toEqual({ way: offer.way });
  });

  test.each<[string, Partial<OfflineUse>, number, number]>([
    ['a sale of exactly the cap', {}, 50_000, 0],
    ['a sum of exactly the cap', { sum: minor(499_000) }, 1_000, 0],
    ['the last of the count', { count: 99 }, 1_000, 0],
    ['the last moment', {}, 1_000, DEFAULT_OFFLINE_CAPS.ageMs - 1],
    ['a clock set back by a day', {}, 1_000, -DEFAULT_OFFLINE_CAPS.ageMs],
  ])('%s is still taken on trust', (_, use, asked, later) => {
    const used = { since: FACTS.now, sum: minor(0), count: 0, ...use };
    const offline = refusals({ online: false, used, now: FACTS.now + later }, asked);
    expect(offline.terminal).toBeUndefined();
    expect(offline['static-code']).toBeUndefined();
  });

  test('nothing taken yet: everything is left, from now on', () => {
    const offers = offersOf({ ...FACTS, online: false }, minor(1));
    for (const way of ['terminal', 'static-code'])
      expect(offers.find((each) => each.way === way)).toEqual({
        way,
        offlineLeft: { amount: 50_000, count: 100, untilAt: FACTS.now + 86_400_000 },
      });
  });

  test('a used-up cap leaves nothing, never less', () => {
    const used = { since: FACTS.now, sum: minor(500_001), count: 101 };
    expect(
      offersOf({ ...FACTS, online: false, used }, minor(1)).find(({ way }) => way === 'terminal'),
    ).toMatchObject({
      offlineLeft: { amount: 0, count: 0 },
      refusal: 'cap-sum',
    });
  });

  test('a printed code, and whatever a terminal took by itself, is on trust', () => {
    const payment = { attemptId: '1'.repeat(32), amount: minor(300) };
    const of = (more: object) => isOnTrust({ ...payment, ...more } as never);
    expect(of({ tender: 'static-code' })).toBe(true);
    expect(of({ tender: 'card', approval: { offline: true } })).toBe(true);
    expect(of({ tender: 'card', approval: { offline: false } })).toBe(false);
    expect(of({ tender: 'card' })).toBe(false);
    expect(of({ tender: 'cash' })).toBe(false);
  });
});

describe('the meter of what was taken on trust', () => {
  const meterOver = (store: { kept: unknown }) =>
    new OfflineMeter({
      now: () => 77,
      keep: async (use) => {
        store.kept = use;
      },
      kept: async () => store.kept,
    });
  const payment = { attemptId: '1'.repeat(32), tender: 'static-code', amount: minor(300) } as never;

  test('adds up across restarts and is cleared when the server holds everything', async () => {
    const store = { kept: undefined as unknown };
    const meter = meterOver(store);
    await meter.took([payment, payment]);
    const again = meterOver(store);
    await again.load();
    await again.took([payment]);
    expect(again.use).toEqual({ since: 77, sum: 900, count: 3 });
    await again.clear();
    expect(store.kept).toBeNull();
    await again.load();
    expect(again.use).toBeUndefined();
  });

  test('a damaged note counts as none', async () => {
    const meter = meterOver({ kept: { since: 'yesterday' } });
    await meter.load();
    expect(meter.use).toBeUndefined();
  });
});
