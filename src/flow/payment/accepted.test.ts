import { expect, test } from 'vitest';
import type { AttemptId } from '../../domain/ids.ts';
import {
  approval,
  callsManager,
  DUE,
  given,
  goes,
  hears,
  REVERSE,
  attempt as sale,
  silence,
  stays,
} from '../testing/arrows.ts';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import { isDefinite, mayStillCharge, type Payment, type StuckDuring } from './payment.ts';
import type { RailAnswer } from './rail.ts';
import { recover } from './step.ts';

/**
 * Goal: money that a channel has accepted to give back is on its way until the channel says how that ended; it calls nobody before.
 * Method: the arrows of the machine, then a desk with a scripted server, through a restart.
 */

const refund = attemptOf({ purpose: 'refund', original: 'c'.repeat(32) as AttemptId });
const at = (state: Payment['at'], more: object = {}): Payment =>
  ({ attempt: refund, at: state, ...more }) as Payment;
const stuckAt = (during: StuckDuring, more: object = {}): Payment => at('stuck', { during, ...more });

const reason = 'refund-processing';
const onItsWay: RailAnswer = { kind: 'accepted', reason };
const pause = (ms: number) => [{ type: 'pause', ms }];
const HOUR = 3_600_000;

test.each(['sending', 'unknown', 'inquiring'] as const)('it is on its way, found out while %s', (state) => {
  const more = state === 'inquiring' ? { tries: 3 } : {};
  goes(at(state, more), hears('inquire', onItsWay), at('accepted', { reason }), pause(10_000));
});

test('it is asked about for as long as it takes, at ever longer pauses, and calls nobody', () => {
  const accepted = at('accepted', { reason });
  goes(accepted, DUE, accepted, [{ type: 'inquire' }]);
  for (const answer of [onItsWay, silence, { kind: 'not-found' }, { kind: 'waiting' }] as const)
    for (const [elapsed, ms] of [
      [0, 5_000],
      [60_000, 30_000],
      [6 * HOUR, 30 * 60_000],
      [200 * HOUR, 30 * 60_000],
    ] as const)
      goes(accepted, hears('inquire', answer), accepted, pause(ms), given(elapsed));
  stays(accepted, REVERSE);
  stays(accepted, hears('send', { kind: 'approved' }));
});

test('no payment is ever on its way back before it was paid: such a word says nothing of it', () => {
  const inquiring = { attempt: sale, at: 'inquiring', tries: 0 } as const;
  goes(inquiring, hears('inquire', onItsWay), { ...inquiring, tries: 1, reason }, pause(5_000));
  stays({ attempt: sale, at: 'stuck', during: 'inquiring' }, hears('inquire', onItsWay));
});

test('it ends when it has arrived; a no after that promise is for a manager, with what was said', () => {
  const arrived: RailAnswer = { kind: 'approved', approval };
  goes(at('accepted', { reason }), hears('inquire', arrived), at('approved', { approval }), []);
  for (const kind of ['declined', 'reversed'] as const)
    goes(
      at('accepted', { reason }),
      hears('inquire', { kind, reason: 'refund-closed' }),
      stuckAt('decision', { reason: 'refund-closed' }),
      callsManager,
    );
});

test('it is in no new payment’s way, and is no end', () => {
  expect([mayStillCharge(at('accepted')), isDefinite(at('accepted'))]).toEqual([false, false]);
});

test('it uses up no try of an undoing or of a late refund', () => {
  goes(
    at('reversing', { tries: 19, reason: 'window' }),
    hears('reverse', onItsWay),
    at('reversing', { tries: 19, reason }),
    pause(10_000),
  );
  goes(
    at('refund-due', { tries: 19 }),
    hears('refund', onItsWay),
    at('refund-due', { tries: 19, reason }),
    pause(10_000),
  );
});

test('it lets the manager go who was called before', () => {
  const tries = 0;
  goes(stuckAt('inquiring'), hears('inquire', onItsWay), at('accepted', { reason }), pause(10_000));
  goes(stuckAt('reversing'), hears('reverse', onItsWay), at('reversing', { tries, reason }), pause(10_000));
  goes(stuckAt('refund-due'), hears('refund', onItsWay), at('refund-due', { tries, reason }), pause(10_000));
  stays(stuckAt('decision'), hears('inquire', onItsWay));
});

test('after a restart it is asked about at once', () => {
  const accepted = at('accepted', { reason });
  expect(recover(accepted, given())).toStrictEqual([accepted, pause(0)]);
});

const accepted = { state: 'waiting', reason } as const;

test('at the desk it stays through days and a restart, and arrives', async () => {
  const rig = new DeskRig();
  rig.network.says.attempt = [accepted];
  rig.network.says.query = [accepted];
  await rig.desk.begin(refund, rig.plan());
  await rig.time.pass(26 * HOUR);
  expect(rig.live).toMatchObject({ state: 'accepted', canReverse: false });
  expect(rig.story).toBe('prepared sending accepted');
  const asked = rig.network.asked.length;
  expect(asked).toBeLessThan(80);
  const after = new DeskRig({ journal: rig.journal });
  after.network.says.query = [accepted, { state: 'approved' }];
  await after.desk.recover(async () => after.plan());
  await after.time.pass(HOUR);
  expect(after.story).toBe('prepared sending accepted approved');
  expect(after.ended).toMatchObject([{ at: 'approved' }]);
});

test('at the desk a channel that closes it after all calls a manager, also after a restart, and asks no more', async () => {
  const rig = new DeskRig();
  rig.network.says.attempt = [accepted];
  rig.network.says.query = [accepted, { state: 'declined', reason: 'refund-closed' }];
  await rig.desk.begin(refund, rig.plan());
  await rig.time.pass(HOUR);
  expect(rig.live).toMatchObject({ state: 'stuck', reason: 'refund-closed', waiting: { for: 'manager' } });
  const after = new DeskRig({ journal: rig.journal });
  await after.desk.recover(async () => after.plan());
  await after.time.pass(HOUR);
  expect(after.live).toMatchObject({ state: 'stuck', reason: 'refund-closed' });
  expect(after.network.asked).toEqual([]);
  const evidence = '商户平台：退款关闭';
  await after.desk.decide(refund.attemptId, { as: 'declined', evidence, pin: '1234' });
  expect(after.story).toBe('prepared sending accepted stuck override.granted declined');
});
