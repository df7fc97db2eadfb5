import { expect, test } from 'vitest';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import { cashRail } from './cash-rail.ts';
import { markRail } from './mark-rail.ts';

const nobody = (): Promise<boolean> => Promise.reject(new Error('the cashier is not asked about a refund'));

test.each(['cash', 'static-code', 'credit'] as const)(
  'a refund in %s found after a restart waits for a manager, who can end it',
  async (tender) => {
    const rig: DeskRig = new DeskRig({
      rails: (of) => (tender === 'cash' ? cashRail(nobody, of) : markRail(tender, nobody, of)),
    });
    const attempt = attemptOf({ tender, purpose: 'refund' });
    await rig.desk.adopt({ attempt, state: 'sending', at: 0, position: 1 }, rig.plan());
    await rig.time.pass(0);
    expect(rig.live).toMatchObject({ state: 'stuck', reason: 'count-drawer', waiting: { for: 'manager' } });
    await rig.desk.decide(attempt.attemptId, {
      as: 'approved',
      evidence: 'the drawer is short by it',
      pin: '1234',
    });
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
  },
);

test('a refund in cash that nothing interrupts is approved at once', async () => {
  const rig: DeskRig = new DeskRig({ rails: (of) => cashRail(nobody, of) });
  await rig.desk.begin(attemptOf({ tender: 'cash', purpose: 'refund' }), rig.plan());
  await rig.time.pass(0);
  expect(rig.ended).toMatchObject([{ at: 'approved' }]);
});
