import { describe, expect, test } from 'vitest';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, OperatorId, RefundId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Refund, RefundPart } from '../../domain/refund.ts';
import { attemptOf, draftsAround, type RefundModel, type RefundStepEvent, step } from './refund.ts';

const id = (digit: string): string => digit.repeat(32);
const wechat: RefundPart = {
  attemptId: id('1') as AttemptId,
  original: id('a') as AttemptId,
  tender: 'wechat',
  method: 'customer-code',
  amount: minor(600),
};
const cash: RefundPart = {
  attemptId: id('2') as AttemptId,
  original: id('b') as AttemptId,
  tender: 'cash',
  amount: minor(400),
};
const refund: Refund = {
  refundId: id('d') as RefundId,
  saleId: id('e') as SaleId,
  kind: 'refund',
  day: '2026-11-22' as BusinessDay,
  currency: 'CNY',
  lines: [],
  amount: minor(1000),
  parts: [wechat, cash],
};
const owner = 'owner' as OperatorId;

const granting: RefundModel = { at: 'granting', refund };
const running: RefundModel = { at: 'running', refund, part: wechat, done: [] };
const second: RefundModel = { at: 'running', refund, part: cash, done: [wechat] };
const refused: RefundModel = { at: 'part-refused', refund, part: wechat, done: [], reason: 'balance' };
const done: RefundModel = { at: 'done', refund };
const givenUp: RefundModel = { at: 'given-up', refund, done: [], reason: 'not-allowed' };

const EVENTS: readonly RefundStepEvent[] = [
  { type: 'granted', by: owner },
  { type: 'grant-refused', problem: 'wrong-pin' },
  { type: 'part-approved' },
  { type: 'part-failed', reason: 'balance' },
  { type: 'cash-instead', by: owner, attemptId: id('3') as AttemptId },
  { type: 'leave' },
];

describe('the order of a refund', () => {
  test('begins with its first way, when it is granted', () => {
    expect(step(granting, { type: 'granted' })).toStrictEqual([
      running,
      [{ type: 'send', refund, part: wechat, isFirst: true }],
    ]);
  });

  test('knows the manager who granted it', () => {
    const granted = { ...refund, grantedBy: owner };
    expect(step(granting, { type: 'granted', by: owner })).toStrictEqual([
      { at: 'running', refund: granted, part: wechat, done: [] },
      [{ type: 'send', refund: granted, part: wechat, isFirst: true }],
    ]);
  });

  test('a PIN that is not taken is said, and nothing is sent', () => {
    expect(step(granting, { type: 'grant-refused', problem: 'wrong-pin' })).toStrictEqual([
      { ...granting, problem: 'wrong-pin' },
      [],
    ]);
  });

  test('that was never granted is left without a trace', () => {
    expect(step(granting, { type: 'leave' })).toStrictEqual([givenUp, []]);
  });

  test('goes on to the next way, which opens nothing anew', () => {
    expect(step(running, { type: 'part-approved' })).toStrictEqual([
      second,
      [{ type: 'send', refund, part: cash, isFirst: false }],
    ]);
  });

  test('is done after the last', () => {
    expect(step(second, { type: 'part-approved' })).toStrictEqual([done, []]);
  });

  test('stops for a person when a way is refused', () => {
    expect(step(running, { type: 'part-failed', reason: 'balance' })).toStrictEqual([refused, []]);
  });

  test('given up after a refusal says what went through', () => {
    const after: RefundModel = { ...refused, part: cash, done: [wechat] };
    const said = { refund, done: [wechat], reason: 'balance' };
    expect(step(after, { type: 'leave' })).toStrictEqual([
      { at: 'given-up', ...said },
      [{ type: 'close', ...said }],
    ]);
  });

  test('a manager’s wrong PIN after a refusal is said, and the refusal stands', () => {
    expect(step(refused, { type: 'grant-refused', problem: 'wrong-pin' })).toStrictEqual([
      { ...refused, problem: 'wrong-pin' },
      [],
    ]);
  });

  test('cash instead is an attempt of its own for the same payment, without the refused method', () => {
    const attemptId = id('3') as AttemptId;
    const { method: _, ...plain } = wechat;
    const instead = { ...plain, tender: 'cash', attemptId };
    const changed = { ...refund, parts: [instead, cash], grantedBy: owner };
    expect(step(refused, { type: 'cash-instead', by: owner, attemptId })).toStrictEqual([
      { at: 'running', refund: changed, part: instead, done: [] },
      [{ type: 'send', refund: changed, part: instead, isFirst: true }],
    ]);
  });

  test.each<[string, RefundModel, readonly RefundStepEvent['type'][]]>([
    ['granting', granting, ['granted', 'grant-refused', 'leave']],
    ['running', running, ['part-approved', 'part-failed']],
    ['refused', refused, ['grant-refused', 'cash-instead', 'leave']],
    ['done', done, []],
    ['given up', givenUp, []],
  ])('while %s, nothing else changes it', (_, model, known) => {
    for (const event of EVENTS.filter(({ type }) => !known.includes(type)))
      expect(step(model, event), event.type).toStrictEqual([model, []]);
  });
});

describe('the attempt of a way', () => {
  test('names the sale, what it gives back and how', () => {
    expect(attemptOf(refund, wechat)).toStrictEqual({
      attemptId: wechat.attemptId,
      saleId: refund.saleId,
      tender: 'wechat',
      method: 'customer-code',
      purpose: 'refund',
      original: wechat.original,
      amount: 600,
      currency: 'CNY',
    });
  });

  test('of a void in cash has no method', () => {
    expect(attemptOf({ ...refund, kind: 'void' }, cash)).toStrictEqual({
      attemptId: cash.attemptId,
      saleId: refund.saleId,
      tender: 'cash',
      purpose: 'void',
      original: cash.original,
      amount: 400,
      currency: 'CNY',
    });
  });
});

describe('what is written around a way', () => {
  const opened = { type: 'refund.opened', body: refund };
  const completed = { type: 'refund.completed', body: refund };
  test.each([
    [
      'the first of two opens it',
      { part: wechat, before: [], isOpen: false, drafts: { first: [opened], last: [] } },
    ],
    [
      'the second completes it',
      { part: cash, before: [wechat], isOpen: true, drafts: { first: [], last: [completed] } },
    ],
    [
      'the second completes it once',
      { part: cash, before: [wechat, cash], isOpen: true, drafts: { first: [], last: [] } },
    ],
    [
      'the first again, after a restart, opens nothing',
      { part: wechat, before: [], isOpen: true, drafts: { first: [], last: [] } },
    ],
    [
      'one that is done already completes nothing',
      { part: wechat, before: [wechat], isOpen: true, drafts: { first: [], last: [] } },
    ],
  ] as const)('%s', (_, { part, before, isOpen, drafts }) => {
    expect(draftsAround(refund, part, before, isOpen)).toStrictEqual(drafts);
  });

  test('the only way opens and completes it', () => {
    const single = { ...refund, parts: [cash] };
    expect(draftsAround(single, cash, [], false)).toStrictEqual({
      first: [{ type: 'refund.opened', body: single }],
      last: [{ type: 'refund.completed', body: single }],
    });
  });

  test('who granted it stands before it, once', () => {
    const granted = { ...refund, grantedBy: owner };
    expect(draftsAround(granted, wechat, [], false).first).toStrictEqual([
      {
        type: 'override.granted',
        body: { right: 'refund', grantedBy: owner, saleId: refund.saleId, reason: 'refund' },
      },
      { type: 'refund.opened', body: granted },
    ]);
    expect(draftsAround(granted, cash, [wechat], true).first).toStrictEqual([]);
  });
});
