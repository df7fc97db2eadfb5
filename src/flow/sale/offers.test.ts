import { describe, expect, test } from 'vitest';
import { minor } from '../../domain/money.ts';
import { timingsOf } from '../../domain/rails.ts';
import type { TenderWay } from '../checkout-service.ts';
import { DEFAULT_OFFLINE_CAPS, DEFAULT_STATIC_CAP, type OfferFacts, offersOf, walletsOf } from './offers.ts';
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
