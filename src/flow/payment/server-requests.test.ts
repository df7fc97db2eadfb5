import { beforeEach, describe, expect, test } from 'vitest';
import type { AttemptAnswer } from '../../contract/api.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptId } from '../../domain/ids.ts';
import { timingsOf } from '../../domain/rails.ts';
import { attemptOf } from '../testing/desk-rig.ts';
import type { AttemptNetwork, NetworkAnswer } from './attempt-network.ts';
import { lateRefundOf } from './late-refund.ts';
import type { RailAnswer, Sending } from './rail.ts';
import { asked, charged, paidBack, serverRail, undone } from './server-rail.ts';

const UNREACHABLE: NetworkAnswer = { kind: 'unreachable' };
const refused = (code: 'internal' | 'rail-unavailable'): NetworkAnswer => ({
  kind: 'refused',
  problem: { code },
});
const ok = (value: AttemptAnswer): NetworkAnswer => ({ kind: 'ok', value });
const timings = timingsOf('wechat', 'customer-code');
const card = { entry: 'chip', scheme: 'dukpt-tdes', ksn: 'FFFF9876543210E00001', track: '00' } as const;

let calls: unknown[][];
let answer: NetworkAnswer;
let isOnline: boolean;
beforeEach(() => {
  calls = [];
  answer = ok({ state: 'approved' });
  isOnline = true;
});

function railOf(attempt: Attempt) {
  const hear =
    (name: keyof AttemptNetwork) =>
    async (...args: unknown[]): Promise<NetworkAnswer> => {
      calls.push([name, ...args]);
      return answer;
    };
  const network = {
    attempt: hear('attempt'),
    query: hear('query'),
    reverse: hear('reverse'),
  } as AttemptNetwork;
  const link = {
    online: () => isOnline,
    subscribe: () => () => undefined,
    waiting: { for: 'network' },
  } as const;
  const rail = serverRail(attempt, { network, link, timings, subject: ({ amount }) => `小店 ${amount}` });
  return { rail, link };
}
const signal = new AbortController().signal;
const sending = (secret: Sending['secret'] = {}): Sending => ({
  secret,
  signal,
  waiting: () => undefined,
  sent: () => undefined,
});

describe('a rail of the shop’s server', () => {
  test('waits as it was told, for the server’s answer', () => {
    const { rail, link } = railOf(attemptOf());
    expect(rail).toMatchObject({ timings, undo: 'reverse', waits: { for: 'answer' } });
    expect(rail.link).toBe(link);
    expect(railOf(attemptOf({ purpose: 'refund' })).rail.undo).toBe('ask');
  });

  test('charges with the pay code, under the rail’s deadline, until the cashier stops it', async () => {
    const attempt = attemptOf();
    const code = '134567890123456789';
    expect(await railOf(attempt).rail.send(attempt, sending({ code }))).toStrictEqual({ kind: 'approved' });
    expect(calls).toStrictEqual([
      ['attempt', { attempt, subject: '小店 1250', code }, { answerMs: 10_000, signal }],
    ]);
  });

  test('charges a card that was read', async () => {
    const attempt = attemptOf({ tender: 'card', method: 'reader' });
    await railOf(attempt).rail.send(attempt, sending({ card }));
    expect(calls).toStrictEqual([
      ['attempt', { attempt, subject: '小店 1250', card }, { answerMs: 10_000, signal }],
    ]);
  });

  test('without a link, or without the card, sends nothing and is sure of it', async () => {
    const attempt = attemptOf({ tender: 'card', method: 'reader' });
    expect(await railOf(attempt).rail.send(attempt, sending())).toStrictEqual({
      kind: 'declined',
      reason: 'no-device',
    });
    isOnline = false;
    expect(await railOf(attempt).rail.send(attempt, sending({ card }))).toStrictEqual({
      kind: 'declined',
      reason: 'offline',
    });
    expect(calls).toEqual([]);
  });

  test('what names an earlier payment needs no card', async () => {
    const attempt = attemptOf({
      tender: 'card',
      method: 'reader',
      purpose: 'void',
      original: 'd'.repeat(32) as AttemptId,
    });
    expect(await railOf(attempt).rail.send(attempt, sending())).toStrictEqual({ kind: 'approved' });
  });

  test('asks, undoes and pays back by the attempt, under the rail’s deadline', async () => {
    const attempt = attemptOf();
    const { rail } = railOf(attempt);
    expect(await rail.inquire(attempt)).toStrictEqual({ kind: 'approved' });
    expect(await rail.reverse(attempt, 'operator')).toStrictEqual({ kind: 'approved' });
    expect(await rail.refund(attempt, undefined)).toStrictEqual({ kind: 'refunded' });
    expect(calls).toStrictEqual([
      ['query', attempt, { answerMs: 10_000 }],
      ['reverse', attempt, 'operator', { answerMs: 10_000 }],
      ['attempt', { attempt: lateRefundOf(attempt), subject: '小店 1250' }, { answerMs: 10_000 }],
    ]);
  });

  test('a pay code that is not paid yet waits for the customer’s password, a shown code for the customer', async () => {
    answer = ok({ state: 'waiting', reason: 'userpaying' });
    const scanned = railOf(attemptOf()).rail;
    const waits = { kind: 'waiting', reason: 'userpaying', show: { for: 'customer-password' } };
    expect(await scanned.send(attemptOf(), sending())).toStrictEqual(waits);
    expect(await scanned.inquire(attemptOf())).toStrictEqual(waits);
    expect(await railOf(attemptOf({ method: 'shop-code' })).rail.inquire(attemptOf())).toStrictEqual({
      kind: 'waiting',
      reason: 'userpaying',
    });
    answer = ok({ state: 'waiting', code: { text: 'weixin://x', expiresAt: 99 } });
    expect(await scanned.inquire(attemptOf())).toStrictEqual({
      kind: 'waiting',
      show: { for: 'customer-scan', code: 'weixin://x', expiresAt: 99 },
    });
  });

  test('only a pay code that waits waits for a password', async () => {
    answer = ok({ state: 'not-found' });
    expect(await railOf(attemptOf()).rail.inquire(attemptOf())).toStrictEqual({ kind: 'not-found' });
  });
});

describe('the server’s words', () => {
  const approval = { channelId: '42' };
  test.each<[AttemptAnswer, RailAnswer]>([
    [{ state: 'approved' }, { kind: 'approved' }],
    [
      { state: 'approved', reason: 'x', approval },
      { kind: 'approved', reason: 'x', approval },
    ],
    [{ state: 'declined' }, { kind: 'declined', reason: 'declined' }],
    [
      { state: 'declined', reason: 'notenough' },
      { kind: 'declined', reason: 'notenough' },
    ],
    [{ state: 'waiting' }, { kind: 'waiting' }],
    [{ state: 'reversed' }, { kind: 'reversed' }],
    [
      { state: 'reversed', reason: 'tombstone' },
      { kind: 'reversed', reason: 'tombstone' },
    ],
    [{ state: 'not-found', reason: 'x' }, { kind: 'not-found' }],
    [{ state: 'unknown' }, { kind: 'no-answer', reason: 'unknown' }],
    [
      { state: 'unknown', reason: 'host-silent' },
      { kind: 'no-answer', reason: 'host-silent' },
    ],
  ])('%j', (said, heard) => {
    expect(asked(ok(said))).toStrictEqual(heard);
    expect(charged(ok(said))).toStrictEqual(heard);
  });

  test('no word is no answer, whatever was asked', () => {
    for (const hear of [charged, asked, undone, paidBack])
      expect(hear(UNREACHABLE)).toStrictEqual({ kind: 'no-answer', reason: 'unreachable' });
  });

  test('a refusal is definite for a charge that was never stored, and no answer to anything else', () => {
    expect(charged(refused('rail-unavailable'))).toStrictEqual({
      kind: 'declined',
      reason: 'rail-unavailable',
    });
    expect(charged(refused('internal'))).toStrictEqual({ kind: 'no-answer', reason: 'internal' });
    expect(paidBack(refused('rail-unavailable'))).toStrictEqual({
      kind: 'declined',
      reason: 'rail-unavailable',
    });
    expect(undone(refused('rail-unavailable'))).toStrictEqual({
      kind: 'no-answer',
      reason: 'rail-unavailable',
    });
  });

  test('an undo that waits or finds nothing has no answer; a tombstone is one', () => {
    expect(undone(ok({ state: 'waiting' }))).toStrictEqual({ kind: 'no-answer', reason: 'waiting' });
    expect(undone(ok({ state: 'not-found' }))).toStrictEqual({ kind: 'no-answer', reason: 'not-found' });
    expect(undone(ok({ state: 'reversed', reason: 'tombstone' }))).toStrictEqual({
      kind: 'reversed',
      reason: 'tombstone',
    });
  });
});
