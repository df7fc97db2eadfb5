import { expect, test } from 'vitest';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, OperatorId, RefundId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import { type RefundModel, type RefundStepEvent, step } from './refund.ts';

const id = (digit: string) => digit.repeat(32);
const partOf = (n: string) =>
  ({
    attemptId: id(n) as AttemptId,
    original: id('9') as AttemptId,
    tender: 'wechat',
    amount: minor(100),
  }) as const;
const REFUND: Refund = {
  refundId: id('1') as RefundId,
  saleId: id('2') as SaleId,
  kind: 'refund',
  day: '2026-11-22' as BusinessDay,
  currency: 'CNY',
  lines: [],
  amount: minor(200),
  parts: [partOf('3'), partOf('4')],
};
/** Cash instead is an attempt of its own each time. */
const eventsAt = (depth: number): readonly RefundStepEvent[] => [
  { type: 'granted' },
  { type: 'granted', by: 'owner' as OperatorId },
  { type: 'grant-refused', problem: 'wrong-pin' },
  { type: 'part-approved' },
  { type: 'part-failed', reason: 'x' },
  { type: 'part-accepted' },
  { type: 'part-arrived', attemptId: id('3') as AttemptId },
  { type: 'part-lost', attemptId: id('3') as AttemptId, reason: 'refund-closed' },
  { type: 'part-lost', attemptId: id('4') as AttemptId, reason: 'refund-closed' },
  { type: 'cash-instead', by: 'owner' as OperatorId, attemptId: id('abcdef0123'[depth] ?? '5') as AttemptId },
  { type: 'leave' },
];
const MAY: Readonly<Record<RefundModel['at'], readonly RefundModel['at'][]>> = {
  granting: ['running', 'given-up'],
  running: ['done', 'part-refused', 'given-up'],
  'part-refused': ['running', 'given-up'],
  // A part that was on its way did not arrive.
  done: ['part-refused'],
  'given-up': [],
};
/** Refusals beyond which the walk need not look: each makes one more attempt of the same kind. */
const DEPTH_MAX = 5;

test('in every state every event leads only where it may; the ends absorb, and no way is gone twice', () => {
  const walk = (model: RefundModel, sent: readonly string[], depth: number): void => {
    if (depth > DEPTH_MAX) return;
    for (const event of eventsAt(depth)) {
      const [next, effects] = step(model, event);
      const arrow = `${model.at} –${event.type}→ ${next.at}`;
      expect(next.at === model.at || MAY[model.at].includes(next.at), arrow).toBe(true);
      const isAtEnd = model.at === 'done' || model.at === 'given-up';
      if (isAtEnd && event.type !== 'part-arrived' && event.type !== 'part-lost')
        expect([next, effects], arrow).toStrictEqual([model, []]);
      if (isAtEnd) expect(effects, arrow).toEqual([]);
      const sends = effects.flatMap((effect) => (effect.type === 'send' ? [effect.part.attemptId] : []));
      for (const each of sends) expect(sent, arrow).not.toContain(each);
      if (sends.length > 0) expect(next.at, arrow).toBe('running');
      if (next !== model) walk(next, [...sent, ...sends], depth + 1);
    }
  };
  walk({ at: 'granting', refund: REFUND }, [], 0);
});
