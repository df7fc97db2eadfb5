import { describe, expect, test } from 'vitest';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import { lateRefundOf } from './late-refund.ts';
import { lazyRail } from './lazy-rail.ts';
import { markRail } from './mark-rail.ts';
import { serverRail } from './server-rail.ts';

describe('what only people vouch for', () => {
  test.each([
    ['static-code', 'unverified'],
    ['credit', 'booked'],
  ] as const)('%s is approved at once and marked, without any link', async (tender, reason) => {
    const rig: DeskRig = new DeskRig({ rails: () => markRail(tender, async () => true) });
    rig.online.set(false);
    await rig.desk.begin(attemptOf({ tender, account: '张三' }), rig.plan());
    await rig.time.pass(0);
    expect(rig.ended).toMatchObject([{ at: 'approved', reason }]);
  });

  test.each([true, false])('after a restart the cashier is asked, and says %s', async (said) => {
    const rig: DeskRig = new DeskRig({ rails: () => markRail('credit', async () => said) });
    const attempt = attemptOf({ tender: 'credit' });
    await rig.desk.adopt({ attempt, state: 'sending', at: 0, position: 1 }, rig.plan());
    await rig.time.pass(0);
    expect(rig.ended).toMatchObject([{ at: said ? 'approved' : 'declined' }]);
  });
});

describe('a rail whose code is loaded late', () => {
  test('works as the rail itself', async () => {
    const rig: DeskRig = new DeskRig({
      rails: (attempt) => {
        const ports = rig.railPorts(attempt);
        const rail = serverRail(attempt, ports);
        return lazyRail(rail, async () => rail);
      },
    });
    rig.network.says.attempt = [{ state: 'approved' }];
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(0);
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
  });

  test('and cannot be, sends nothing; a question is asked again', async () => {
    const rig: DeskRig = new DeskRig({
      rails: (attempt) =>
        lazyRail(serverRail(attempt, rig.railPorts(attempt)), () => Promise.reject(new Error('no chunk'))),
    });
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(0);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'rail-unavailable' }]);
    await rig.desk.adopt({ attempt: attemptOf(), state: 'sending', at: 0, position: 1 }, rig.plan());
    await rig.time.pass(0);
    expect(rig.live).toMatchObject({ state: 'inquiring', reason: 'not-loaded', tries: 1 });
  });
});

test('a card is never charged without a card', async () => {
  const rig = new DeskRig();
  await rig.desk.begin(attemptOf({ tender: 'card', method: 'reader' }), rig.plan());
  await rig.time.pass(0);
  expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'no-device' }]);
  expect(rig.network.asked).toEqual([]);
});

test('a late refund has one number, and nobody else has it', () => {
  const attempt = attemptOf();
  expect(lateRefundOf(attempt)).toEqual(lateRefundOf(attempt));
  expect(lateRefundOf(attempt)).toMatchObject({
    attemptId: '5'.repeat(32),
    original: attempt.attemptId,
    purpose: 'refund',
  });
  expect(lateRefundOf(attemptOf({ purpose: 'authorisation' })).purpose).toBe('authorisation-cancel');
});
