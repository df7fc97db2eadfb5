import { describe, expect, test } from 'vitest';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, OperatorId, RefundId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Refund, RefundPart } from '../../domain/refund.ts';
import { endOf, isMoving, type RefundModel, step, through } from './refund.ts';

/** The pure order of a refund while channels have accepted parts of it and not finished, arrow by arrow. */

const id = (digit: string): string => digit.repeat(32);
const partOf = (digit: string, tender: RefundPart['tender']): RefundPart => ({
  attemptId: id(digit) as AttemptId,
  original: id('a') as AttemptId,
  tender,
  amount: minor(500),
});
const [first, second] = [partOf('1', 'wechat'), partOf('2', 'alipay')];
const refund: Refund = {
  refundId: id('d') as RefundId,
  saleId: id('e') as SaleId,
  kind: 'refund',
  day: '2026-11-22' as BusinessDay,
  currency: 'CNY',
  lines: [],
  amount: minor(1000),
  parts: [first, second],
};
const running: RefundModel = { at: 'running', refund, part: first, done: [] };
const underWay = [first.attemptId];
const secondRunning: RefundModel = { at: 'running', refund, part: second, done: [first], underWay };
const done: RefundModel = { at: 'done', refund, underWay };
const arrived = { type: 'part-arrived', attemptId: first.attemptId } as const;
const lost = { type: 'part-lost', attemptId: first.attemptId, reason: 'refund-closed' } as const;

describe('a part that a channel has accepted', () => {
  test('lets the next one begin', () => {
    expect(step(running, { type: 'part-accepted' })).toStrictEqual([
      secondRunning,
      [{ type: 'send', refund, part: second, isFirst: false }],
    ]);
  });

  test('is told with the end of the counter’s work', () => {
    expect(step(secondRunning, { type: 'part-approved' })).toStrictEqual([done, []]);
    expect(step(secondRunning, { type: 'part-accepted' })).toStrictEqual([
      { ...done, underWay: [first.attemptId, second.attemptId] },
      [],
    ]);
  });

  test('changes only the words when it arrives, whatever is shown', () => {
    expect(step(done, arrived)).toStrictEqual([{ at: 'done', refund }, []]);
    expect(step(secondRunning, arrived)).toStrictEqual([
      { at: 'running', refund, part: second, done: [first] },
      [],
    ]);
    for (const model of [running, { at: 'granting', refund } as const, { at: 'done', refund } as const])
      expect(step(model, arrived)).toStrictEqual([model, []]);
  });

  test('that is lost on the screen of the finished refund is decided about at once', () => {
    expect(step(done, lost)).toStrictEqual([
      { at: 'part-refused', refund, part: first, done: [second], reason: 'refund-closed' },
      [],
    ]);
    const two: RefundModel = { ...done, underWay: [first.attemptId, second.attemptId] };
    expect(step(two, lost)[0]).toMatchObject({ at: 'part-refused', underWay: [second.attemptId] });
  });

  test('that is lost while another one is under way is not gone again, and the refund ends without it', () => {
    const [after] = step(secondRunning, lost);
    expect(after).toStrictEqual({
      at: 'running',
      refund,
      part: second,
      done: [],
      lost: [first.attemptId],
    });
    expect(step(after, { type: 'part-approved' })).toStrictEqual([
      { at: 'given-up', refund, done: [second], reason: 'refund-lost', lost: [first.attemptId] },
      [{ type: 'close', refund, done: [second], reason: 'refund-lost' }],
    ]);
  });

  test('that was never accepted here says nothing', () => {
    for (const model of [running, { at: 'granting', refund } as const])
      expect(step(model, lost)).toStrictEqual([model, []]);
  });

  test('stays under way when the one after it is refused and goes back in cash', () => {
    const [refused] = step(secondRunning, { type: 'part-failed', reason: 'notenough' });
    const attemptId = id('3') as AttemptId;
    const [cash] = step(refused, { type: 'cash-instead', by: 'owner' as OperatorId, attemptId });
    expect(cash).toMatchObject({ at: 'running', part: { tender: 'cash', attemptId }, underWay });
  });
});

describe('what the journal holds of a refund', () => {
  test('is what went through, and not what is on its way', () => {
    expect(through(secondRunning, refund)).toEqual([]);
    expect(through(done, refund)).toEqual([second]);
    expect(through({ at: 'done', refund }, refund)).toEqual([first, second]);
    expect(through({ at: 'granting', refund }, refund)).toEqual([]);
    expect(through(undefined, refund)).toEqual([]);
    expect(through(done, { ...refund, refundId: id('f') as RefundId })).toEqual([]);
  });

  test('the end of an attempt is told for what it was', () => {
    expect(endOf(done, first, { at: 'approved' })).toEqual(arrived);
    expect(endOf(done, first, { at: 'declined', reason: 'refund-closed' })).toEqual(lost);
    expect(endOf(running, first, { at: 'approved' })).toEqual({ type: 'part-approved' });
    expect(endOf(undefined, first, { at: 'reversed' })).toEqual({ type: 'part-failed', reason: 'reversed' });
  });

  test('it is moving until somebody or something has decided', () => {
    const [refused] = step(done, lost);
    expect(
      [running, refused, done, { at: 'given-up', refund, done: [], reason: 'x' } as const].map(isMoving),
    ).toEqual([true, true, false, false]);
  });
});
