import { describe, expect, test } from 'vitest';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { JournalStatus, SaleRecord } from '../../domain/journal.ts';
import { minor } from '../../domain/money.ts';
import { ONLINE, recordOf } from '../../ui/testing/fake-data.ts';
import { findSales, matches, type SaleQuery } from './find-sales.ts';

const STATUS: JournalStatus = ONLINE.journal;

function journalOf(records: readonly SaleRecord[]) {
  const asked: number[] = [];
  return {
    asked,
    status: STATUS,
    sales: async ({ before = Number.POSITIVE_INFINITY, limit }: { before?: number; limit: number }) => {
      asked.push(limit);
      return records.filter(({ position }) => position < before).slice(0, limit);
    },
  };
}

const sale = (number: number, total: number, change: Partial<SaleRecord['sale']> = {}): SaleRecord => {
  const record = recordOf(number, minor(total));
  return { ...record, sale: { ...record.sale, ...change } };
};

describe('what a search means', () => {
  const found = (record: SaleRecord, text: string) => matches(record, { text }, STATUS);

  test('an amount is found however it is typed, and only the whole of it', () => {
    for (const text of ['12.5', '12.50', '¥12.50', ' 12.50 元', '12.5'])
      expect(found(sale(7, 1_250), text)).toBe(true);
    for (const text of ['12', '2.5', '12.51', '1250']) expect(found(sale(7, 1_250), text)).toBe(false);
  });

  test('a number on the slip is found whole, by its number alone, and by its end', () => {
    for (const text of ['A1-7K3M9Q-000128', 'a1-7k3m9q-000128', '128', '000128', '0128', '#128'])
      expect(found(sale(128, 100), text)).toBe(true);
    // Two digits are the end of every hundredth sale: they must be its whole number.
    expect(found(sale(128, 100), '28')).toBe(false);
    expect(found(sale(28, 100), '28')).toBe(true);
  });

  test('a number of the wallet, the bank or the card is found by its end', () => {
    const [payment] = sale(7, 1_250).sale.payments;
    const approval = { channelId: '4200002345678901', trace: '000321', reference: '812345678901' };
    const paid = sale(7, 1_250, { payments: [{ ...payment!, approval }] });
    for (const text of ['78901', '4200002345678901', '0321']) expect(found(paid, text)).toBe(true);
    expect(found(paid, '901')).toBe(false);
  });

  test('day, tender and state must all hold', () => {
    const record = sale(7, 1_250);
    const day = record.sale.day;
    expect(matches(record, { day, tender: 'cash' }, STATUS)).toBe(true);
    expect(matches(record, { day, tender: 'wechat' }, STATUS)).toBe(false);
    expect(matches(record, { day: '2026-03-13' as BusinessDay }, STATUS)).toBe(false);
    expect(matches({ ...record, refunded: minor(100) }, { state: 'refunded' }, STATUS)).toBe(true);
    expect(matches(record, { state: 'refunded' }, STATUS)).toBe(false);
    expect(matches({ ...record, paper: 'unconfirmed' }, { state: 'paper-unsure' }, STATUS)).toBe(true);
    expect(matches(record, { state: 'unsynced' }, STATUS)).toBe(false);
    expect(matches(record, { state: 'unsynced' }, { ...STATUS, unsynced: 3 })).toBe(false);
    const behind = { ...STATUS, unsynced: 3, acknowledged: { ...STATUS.acknowledged!, seq: 5 } };
    expect(matches(record, { state: 'unsynced' }, behind)).toBe(true);
  });
});

describe('looking through the journal', () => {
  const many = Array.from({ length: 9_000 }, (_, index) => sale(9_000 - index, 100 + index));
  const all = async (query: Omit<SaleQuery, 'before'>): Promise<readonly number[]> => {
    const journal = journalOf(many);
    const positions: number[] = [];
    for (let before: number | undefined; ; ) {
      const answer = await findSales(journal, { ...query, ...(before === undefined ? {} : { before }) });
      positions.push(...answer.records.map(({ position }) => position));
      before = answer.next;
      if (before === undefined) return positions;
    }
  };

  test('without a filter it reads no more than is shown', async () => {
    const journal = journalOf(many);
    const answer = await findSales(journal, { limit: 30, text: '' });
    expect(answer.records).toHaveLength(30);
    expect(journal.asked).toEqual([30]);
    expect(answer.next).toBe(answer.records.at(-1)?.position);
  });

  test('a rare sale far back is found by going on, each sale once', async () => {
    expect(await all({ limit: 30, text: '000001' })).toEqual([1]);
  });

  test('walking on gives every sale exactly once', async () => {
    const positions = await all({ limit: 700, tender: 'cash' });
    expect(new Set(positions).size).toBe(9_000);
    expect(positions).toHaveLength(9_000);
  });

  test('a search that finds nothing stops after a bounded look and says where to go on', async () => {
    const journal = journalOf(many);
    const answer = await findSales(journal, { limit: 30, text: 'nothing-like-it' });
    expect(answer.records).toEqual([]);
    expect(answer.next).toBe(9_000 - 4_000 + 1);
  });

  test('the end is told, not guessed', async () => {
    const journal = journalOf(many.slice(0, 10));
    expect((await findSales(journal, { limit: 30 })).next).toBeUndefined();
    expect((await findSales(journalOf([]), { limit: 30, text: '1' })).records).toEqual([]);
  });
});
