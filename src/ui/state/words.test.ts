import { describe, expect, test } from 'vitest';
import type { Epoch } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import { isSynced } from '../../flow/orders/synced.ts';
import { EMPTY_CHECKOUT } from '../../flow/sale/checkout-model.ts';
import { view } from '../../flow/sale/view.ts';
import { spoken } from '../../i18n/testing/spoken.ts';
import { ONLINE, recordOf } from '../testing/fake-data.ts';
import { FakeServices, VIEWED } from '../testing/fake-services.ts';
import { announcement } from './announce.ts';
import { lamps, notice } from './lamps.ts';
import { hashOf, parseRoute } from './route.ts';
import { slipWords } from './slip-words.ts';

const zh = spoken();

describe('what a screen reader hears', () => {
  test('an added line with its amount and the new total', () => {
    const fake = new FakeServices();
    fake.type('12.5');
    const before = fake.checkout.state.value;
    void fake.checkout.send({ type: 'add' });
    expect(announcement(before, fake.checkout.state.value, 'CNY', zh)).toBe('已记 ¥12.50，合计 ¥12.50');
  });

  test('what is due, then what to give back', () => {
    const fake = new FakeServices();
    fake.type('47.8');
    const editing = fake.checkout.state.value;
    void fake.checkout.send({ type: 'charge' });
    const tendering = fake.checkout.state.value;
    expect(announcement(editing, tendering, 'CNY', zh)).toBe('应收 ¥47.80');
    void fake.checkout.send({ type: 'tendered', amount: minor(5_000) });
    expect(announcement(tendering, fake.checkout.state.value, 'CNY', zh)).toBe('已收款 ¥47.80，找零 ¥2.20');
  });

  test('nothing while digits are typed', () => {
    const empty = view(EMPTY_CHECKOUT, VIEWED);
    const fake = new FakeServices();
    fake.type('1');
    expect(announcement(empty, fake.checkout.state.value, 'CNY', zh)).toBe('');
  });
});

describe('the status strip', () => {
  const toneOf = (id: string, strip = ONLINE) => lamps(strip, zh).find((lamp) => lamp.id === id)?.tone;

  test('is calm when all is well and keeps the order of its lamps', () => {
    expect(lamps(ONLINE, zh).map((lamp) => `${lamp.id} ${lamp.tone}`)).toEqual([
      'network calm',
      'sync calm',
      'printer calm',
      'storage calm',
    ]);
    expect(notice(ONLINE, '小店', zh)).toBe('小店');
  });

  test('says that selling goes on when the network is gone', () => {
    const strip = { ...ONLINE, network: 'offline' as const, journal: { ...ONLINE.journal, unsynced: 3 } };
    expect(toneOf('network', strip)).toBe('warn');
    expect(notice(strip, '小店', zh)).toContain('3');
  });

  test('is red when only one copy is kept without the database', () => {
    expect(toneOf('storage', { ...ONLINE, journal: { ...ONLINE.journal, copies: 'opfs-only' } })).toBe('bad');
  });

  test('does not call a shop without a printer broken, but one that lost its printer', () => {
    const absent = { ...ONLINE.printer, link: 'absent' as const };
    expect(toneOf('printer', { ...ONLINE, printer: absent })).toBe('calm');
    expect(toneOf('printer', { ...ONLINE, printer: { ...absent, trouble: 'lost' } })).toBe('warn');
  });

  test('tells of a wrong clock from two minutes on', () => {
    expect(notice({ ...ONLINE, clockSkewMs: 119_000 }, '小店', zh)).toBe('小店');
    expect(notice({ ...ONLINE, clockSkewMs: -3 * 86_400_000 }, '小店', zh)).toContain('4320');
  });
});

describe('the mark of an unsent sale', () => {
  const record = recordOf(100, minor(500));
  const journal = { ...ONLINE.journal, unsynced: 9 };
  const acknowledged = (seq: number, epoch = record.head.epoch) => ({ epoch, seq, hash: 'a'.repeat(64) });

  test('goes when the server has countersigned its number', () => {
    expect(isSynced(record, { ...journal, acknowledged: acknowledged(99) })).toBe(false);
    expect(isSynced(record, { ...journal, acknowledged: acknowledged(100) })).toBe(true);
  });

  test('stays when nothing was ever acknowledged', () => {
    const { acknowledged: _, ...never } = journal;
    expect(isSynced(record, never)).toBe(false);
  });

  test('is gone for an epoch that is over, and there for one the server has not seen', () => {
    const next = 'NEXT00' as Epoch;
    const head = acknowledged(3, next);
    expect(isSynced(record, { ...journal, head, acknowledged: acknowledged(1, next) })).toBe(true);
    expect(isSynced({ ...record, head }, { ...journal, head, acknowledged: acknowledged(500) })).toBe(false);
  });
});

test('a slip that may be out is never called printed, and its next paper is called a duplicate', () => {
  const words = slipWords({ at: 'unconfirmed', reason: 'paper-end' }, zh);
  expect(words.text).toContain('可能');
  expect(words.print).toContain('重打印');
});

test('a route survives the address bar, and a strange address leads to the till', () => {
  const { saleId } = recordOf(1, minor(100)).sale;
  for (const route of [
    { at: 'till' },
    { at: 'orders' },
    { at: 'devices' },
    { at: 'settings' },
    { at: 'order', id: saleId },
  ] as const) {
    expect(parseRoute(hashOf(route))).toEqual(route);
  }
  for (const hash of ['', '#/', '#/nowhere', '#/orders/../x'])
    expect(['till', 'orders']).toContain(parseRoute(hash).at);
});
