import { describe, expect, test } from 'vitest';
import type { Attempt, AttemptState } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { EntryDraft, SignedEntry } from '../../domain/entry.ts';
import type { AttemptId, RefundId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import { attemptOf } from './refund.ts';
import { asFarAsDone, countedRefunds, refundStories } from './refund-story.ts';

const id = (digit: string): string => digit.repeat(32);
const saleId = id('e') as SaleId;
const refundOf = (n: string, ...amounts: number[]): Refund => ({
  refundId: id(n) as RefundId,
  saleId,
  kind: 'refund',
  day: '2026-11-22' as BusinessDay,
  currency: 'CNY',
  lines: [
    { lineId: id('f'), quantityMilli: 1000, amount: minor(amounts.reduce((all, each) => all + each, 0)) },
  ],
  amount: minor(amounts.reduce((all, each) => all + each, 0)),
  parts: amounts.map((amount, index) => ({
    attemptId: `${n}${index}`.padEnd(32, '0') as AttemptId,
    original: `${n}${index}`.padEnd(32, 'a') as AttemptId,
    tender: 'cash',
    amount: minor(amount),
  })),
});
const signed = (draft: EntryDraft): SignedEntry => ({ entry: draft }) as SignedEntry;
const opened = (body: Refund) => signed({ type: 'refund.opened', body });
const completed = (body: Refund) => signed({ type: 'refund.completed', body });
const voided = ({ refundId }: Refund) =>
  signed({ type: 'refund.voided', body: { refundId, saleId, reason: 'balance' } });
const partOf = (refund: Refund, n = 0): Attempt => attemptOf(refund, refund.parts[n]!);
const moved = (attempt: Attempt, state: AttemptState) =>
  signed({ type: `attempt.${state}`, body: { attempt } });

const first = refundOf('1', 300);
const second = refundOf('2', 100, 200);

describe('the refunds of a sale', () => {
  test('are read back with their ends and with what went through, oldest first', () => {
    const stories = refundStories([
      signed({ type: 'sale.voided', body: { saleId, reason: 'declined' } }),
      opened(first),
      moved(partOf(first), 'prepared'),
      moved(partOf(first), 'sending'),
      moved(partOf(first), 'approved'),
      completed(first),
      opened(second),
      moved(partOf(second), 'sending'),
      moved(partOf(second), 'approved'),
      moved(partOf(second, 1), 'sending'),
      moved(partOf(second, 1), 'declined'),
      voided(second),
    ]);
    expect(stories).toStrictEqual([
      { refund: first, end: 'completed', done: [partOf(first)] },
      { refund: second, end: 'voided', done: [partOf(second)] },
    ]);
    expect(countedRefunds(stories)).toEqual([first]);
  });

  test.each(['prepared', 'sending', 'unknown', 'stuck'] as const)(
    'one whose attempt is %s is open and has an attempt to be taken up',
    (state) => {
      const stories = refundStories([opened(second), moved(partOf(second, 1), state)]);
      expect(stories).toStrictEqual([
        { refund: second, end: 'open', done: [], unresolved: partOf(second, 1) },
      ]);
      expect(countedRefunds(stories)).toEqual([second]);
    },
  );

  test('one with a way refused is open and has nothing to be taken up', () => {
    expect(refundStories([opened(first), moved(partOf(first), 'declined')])).toStrictEqual([
      { refund: first, end: 'open', done: [] },
    ]);
  });

  test('a later entry of a refund says what it became: a way went in cash instead', () => {
    const changed = { ...first, parts: [{ ...first.parts[0]!, attemptId: id('9') as AttemptId }] };
    expect(refundStories([opened(first), completed(changed)])).toStrictEqual([
      { refund: changed, end: 'completed', done: [] },
    ]);
  });

  test('an end without a beginning, and other people’s attempts, are no refund', () => {
    expect(refundStories([voided(first), moved(partOf(first), 'approved')])).toEqual([]);
    expect(refundStories([opened(first), moved(partOf(second), 'unknown')])).toStrictEqual([
      { refund: first, end: 'open', done: [] },
    ]);
  });
});

describe('a refund of which only some ways went through', () => {
  test('none: there was no refund', () => {
    expect(asFarAsDone(second, [])).toBeUndefined();
    expect(asFarAsDone(second, [partOf(first)])).toBeUndefined();
  });
  test('some: the money counts, the goods do not', () => {
    expect(asFarAsDone(second, [partOf(second, 1)])).toStrictEqual({
      ...second,
      parts: [second.parts[1]],
      amount: 200,
      lines: [],
    });
  });
  test('all: it is the refund as it was', () => {
    expect(asFarAsDone(second, [partOf(second), partOf(second, 1)])).toBe(second);
  });
});
