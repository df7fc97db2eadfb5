import { expect } from 'vitest';
import type { Approval } from '../../domain/approval.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import { timingsOf } from '../../domain/rails.ts';
import type { Conditions, Payment, PaymentEvent, Question, StuckDuring } from '../payment/payment.ts';
import type { RailAnswer } from '../payment/rail.ts';
import { step } from '../payment/step.ts';

/** One arrow of the attempt machine in one line, for a payment by a WeChat code sent 20 s ago. */

export const timings = timingsOf('wechat', 'customer-code');
export const attempt: Attempt = {
  attemptId: 'a'.repeat(32) as AttemptId,
  saleId: 'b'.repeat(32) as SaleId,
  tender: 'wechat',
  method: 'customer-code',
  amount: minor(1250),
  currency: 'CNY',
};
export const approval: Approval = { channelId: '42' };
export const at = (state: Payment['at'], more: object = {}): Payment =>
  ({ attempt, at: state, ...more }) as Payment;
export const given = (elapsedMs = 20_000, more: Partial<Conditions> = {}): Conditions => ({
  timings,
  undo: 'reverse',
  elapsedMs,
  surelyMs: elapsedMs,
  ...more,
});
export const hears = (to: Question, answer: RailAnswer): PaymentEvent => ({ type: 'answer', to, answer });
export const silence: RailAnswer = { kind: 'no-answer', reason: 'timeout' };
export const stuckAt = (during: StuckDuring, more: object = {}): Payment => at('stuck', { during, ...more });
export const callsManager = [{ type: 'call-manager' }];
type Arrow = [
  from: Payment,
  event: PaymentEvent,
  next: Payment,
  effects: readonly object[],
  when?: Conditions,
];
export const goes = (...[from, event, next, effects, when = given()]: Arrow): void => {
  expect(step(from, event, when)).toStrictEqual([next, effects]);
};
/** The same object: nothing is written, nothing is shown. */
export const stays = (from: Payment, event: PaymentEvent, when = given()): void => {
  const [next, effects] = step(from, event, when);
  expect(next, `${from.at} ${event.type}`).toBe(from);
  expect(effects).toEqual([]);
};

export const REVERSE: PaymentEvent = { type: 'reverse', reason: 'operator' };
export const DUE: PaymentEvent = { type: 'due' };
const BASICS: readonly PaymentEvent[] = [
  { type: 'prepare' },
  { type: 'send' },
  { type: 'abandon', reason: 'x' },
  DUE,
  REVERSE,
  { type: 'decided', as: 'approved', evidence: 'statement' },
  ...(['send', 'inquire', 'reverse', 'refund'] as const).map((to) => hears(to, { kind: 'approved' })),
];
export const ignores = (from: Payment, isKnown: (event: PaymentEvent) => boolean): void => {
  for (const event of BASICS) if (!isKnown(event)) stays(from, event);
};
