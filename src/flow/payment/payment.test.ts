import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../domain/attempt.ts';
import { isUnresolved } from '../../domain/attempt.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import { newPayment, type Payment, type PaymentEvent, type RailTimings, recover, step } from './payment.ts';

const attempt: Attempt = {
  attemptId: 'a'.repeat(32) as AttemptId,
  saleId: 'b'.repeat(32) as SaleId,
  tender: 'cash',
  amount: minor(1250),
  currency: 'CNY',
};
const timings: RailTimings = { inquiriesMax: 2, reversalsMax: 2, delayMs: () => 0 };
const EVENTS: readonly PaymentEvent[] = [
  { type: 'prepare' },
  { type: 'send' },
  { type: 'abandon', reason: 'x' },
  { type: 'approved' },
  { type: 'declined', reason: 'x' },
  { type: 'no-answer', reason: 'x' },
  { type: 'not-found' },
  { type: 'reverse', reason: 'x' },
  { type: 'reversed' },
  { type: 'refunded' },
];
const DEFINITE = ['approved', 'declined', 'abandoned', 'reversed', 'refunded'];

/** Visits every state that any order of events and restarts can reach, with what happened on the way. */
function walk(visit: (from: Payment, to: Payment, sends: number, event: string) => void): number {
  const seen = new Set<string>();
  const go = (payment: Payment, sends: number): void => {
    const key = JSON.stringify([payment, sends]);
    if (seen.has(key)) return;
    seen.add(key);
    const nexts = [
      ...EVENTS.map((event) => [event.type, step(payment, event, timings)] as const),
      ['restart', recover(payment, timings)] as const,
    ];
    for (const [event, [next, effects]] of nexts) {
      const after = sends + effects.filter((effect) => effect.type === 'send').length;
      visit(payment, next, after, event);
      go(next, after);
    }
  };
  go(newPayment(attempt), 0);
  return seen.size;
}

describe('on every path through the attempt machine', () => {
  test('the charge is sent at most once', () => {
    const states = walk((_, __, sends) => expect(sends).toBeLessThanOrEqual(1));
    expect(states).toBeGreaterThan(20);
  });
  test('a definite state never changes again', () => {
    walk((from, to) => {
      if (DEFINITE.includes(from.at)) expect(to).toBe(from);
    });
  });
  test('nothing goes back to sending', () => {
    walk((from, to) => {
      if (to.at === 'sending') expect(['prepared', 'sending']).toContain(from.at);
    });
  });
  test('a restart while money may be moving becomes a question, and is never sent', () => {
    walk((from, to, _, event) => {
      if (event === 'restart' && from.at === 'sending') expect(to.at).toBe('unknown');
    });
  });
  test('declined needs a definite answer, not silence', () => {
    walk((from, to, _, event) => {
      if (from !== to && to.at === 'declined') expect(event).toBe('declined');
    });
  });
  test('silence ends with a person, not in a loop', () => {
    for (const start of ['sending', 'reversing'] as const) {
      let payment: Payment =
        start === 'sending' ? { attempt, at: 'sending' } : { attempt, at: 'reversing', tries: 0 };
      for (let turn = 0; turn < 20; turn += 1)
        [payment] = step(payment, { type: 'no-answer', reason: 'x' }, timings);
      expect(payment.at).toBe('stuck');
    }
  });
  test('an approval after giving up is paid back, not kept', () => {
    let payment: Payment = { attempt, at: 'reversing', tries: 0 };
    [payment] = step(payment, { type: 'approved' }, timings);
    expect(payment.at).toBe('approved-late');
    const [due, effects] = step(payment, { type: 'no-answer', reason: 'x' }, timings);
    expect([due.at, effects]).toEqual(['refund-due', [{ type: 'refund' }]]);
  });
  test('what is neither definite nor unsent counts as suspense', () => {
    walk((_, to) => {
      if (to.at === 'draft' || to.at === 'prepared') return;
      expect(isUnresolved(to.at)).toBe(!DEFINITE.includes(to.at));
    });
  });
});
