import { describe, expect, test } from 'vitest';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import { ATTEMPTS_MAX } from './desk.ts';

const APPROVED = { state: 'approved', approval: { channelId: '4200' } } as const;
const other = (digit: string, sale = 'b') => ({
  attemptId: digit.repeat(32) as AttemptId,
  saleId: sale.repeat(32) as SaleId,
});

describe('an attempt on the desk', () => {
  test('is stored, sent, stored again with what the channel said, told once, and gone', async () => {
    const rig = new DeskRig();
    rig.network.says.attempt = [APPROVED];
    await rig.desk.begin(attemptOf(), rig.plan(), { code: '130000000000000001' });
    await rig.time.pass(1_000);
    expect(rig.story).toBe('prepared sending approved');
    expect(rig.journal.entries.at(-1)?.entry.body).toMatchObject({ approval: { channelId: '4200' } });
    expect(rig.shown).toEqual(['prepared', 'sending', 'approved']);
    expect(rig.ended.map(({ at }) => at)).toEqual(['approved']);
    expect(rig.desk.state.value).toEqual([]);
    expect(rig.network.requests).toEqual([
      { attempt: attemptOf(), subject: '小店', code: '130000000000000001' },
    ]);
    expect(JSON.stringify(rig.journal.entries)).not.toContain('130000000000000001');
  });

  test('is never begun twice, nor beside another that may still charge the same sale', async () => {
    const rig = new DeskRig();
    const begun = rig.desk.begin(attemptOf(), rig.plan());
    await expect(rig.desk.begin(attemptOf(), rig.plan())).rejects.toMatchObject({ code: 'attempt-open' });
    await expect(rig.desk.begin(attemptOf(other('c')), rig.plan())).rejects.toMatchObject({
      code: 'attempt-open',
    });
    await begun;
    await rig.time.pass(10_000);
    await expect(rig.desk.begin(attemptOf(other('c')), rig.plan())).rejects.toMatchObject({
      code: 'attempt-open',
    });
    expect(rig.network.requests).toHaveLength(1);
    await rig.desk.reverse('a'.repeat(32));
    expect(rig.live?.state).toBe('reversing');
    await rig.desk.begin(attemptOf(other('c')), rig.plan());
    await rig.desk.begin(attemptOf(other('d', 'e')), rig.plan());
    expect(rig.desk.state.value).toHaveLength(3);
  });

  test('is not sent when its intent cannot be stored', async () => {
    const rig = new DeskRig();
    rig.journal.faults.set(1, 'refused');
    await expect(rig.desk.begin(attemptOf(), rig.plan())).rejects.toMatchObject({ name: 'JournalError' });
    expect(rig.network.requests).toEqual([]);
    expect(rig.desk.state.value).toEqual([]);
    await rig.desk.begin(attemptOf(other('c')), rig.plan());
    expect(rig.network.requests).toHaveLength(1);
  });

  test.each(['refused', 'stored-but-refused'] as const)(
    'whose answer the disk calls %s is told of, and written once',
    async (fault) => {
      const rig = new DeskRig();
      rig.network.says.attempt = [APPROVED];
      rig.journal.faults.set(2, fault);
      await rig.desk.begin(attemptOf(), rig.plan());
      await rig.time.pass(100);
      expect(rig.refusals).toEqual(['approved']);
      expect(rig.shown).not.toContain('approved');
      await rig.time.pass(5_000);
      expect(rig.ended.map(({ at }) => at)).toEqual(['approved']);
      expect(rig.story).toBe('prepared sending approved');
    },
  );

  test('is one of a bounded number', async () => {
    const rig = new DeskRig();
    rig.online.set(false);
    for (let count = 0; count < ATTEMPTS_MAX; count += 1) {
      const id = count.toString(16).padStart(32, '0');
      const attempt = attemptOf({ attemptId: id as AttemptId, saleId: id as SaleId, tender: 'card' });
      await rig.desk.adopt({ attempt, state: 'unknown', at: 0, position: 1 }, rig.plan());
    }
    await expect(rig.desk.begin(attemptOf(), rig.plan())).rejects.toMatchObject({ code: 'too-many-open' });
  });

  test('that the server refused before it stored anything is declined with its code', async () => {
    const rig = new DeskRig();
    rig.network.says.attempt = [{ kind: 'refused', problem: { code: 'rail-unavailable' } }];
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(100);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'rail-unavailable' }]);
  });

  test('that the server refused for another reason is of unknown end', async () => {
    const rig = new DeskRig();
    rig.network.says.attempt = [{ kind: 'refused', problem: { code: 'attempt-conflict' } }];
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(100);
    expect(rig.live).toMatchObject({ state: 'unknown', reason: 'attempt-conflict' });
  });
});

describe('while the customer still has to act', () => {
  test('the till says so, asks every few seconds, and hears the end', async () => {
    const rig = new DeskRig();
    rig.network.says.attempt = [{ state: 'waiting', reason: 'userpaying' }];
    rig.network.says.query = [{ state: 'waiting' }, { state: 'waiting' }, APPROVED];
    const start = rig.time.now();
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(6_000);
    expect(rig.live).toMatchObject({
      state: 'inquiring',
      waiting: { for: 'customer-password' },
      tries: 1,
      nextAt: start + 10_000,
      untilAt: start + 45_000,
      canReverse: true,
    });
    await rig.time.pass(10_000);
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
    expect(rig.story).toBe('prepared sending unknown inquiring approved');
    expect(rig.network.asked).toEqual(['attempt', 'query', 'query', 'query']);
  });

  test('a code to scan stays on the screen until it is paid', async () => {
    const rig = new DeskRig();
    const code = { text: 'weixin://pay/1', expiresAt: 1 };
    rig.network.says.attempt = [{ state: 'waiting', code }];
    rig.network.says.query = [{ state: 'waiting' }, APPROVED];
    await rig.desk.begin(attemptOf({ method: 'shop-code' }), rig.plan());
    await rig.time.pass(3_000);
    expect(rig.live?.waiting).toEqual({ for: 'customer-scan', code: 'weixin://pay/1', expiresAt: 1 });
    await rig.time.pass(3_000);
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
  });

  test('and does not, the window closes and the payment is undone at once', async () => {
    const rig = new DeskRig();
    rig.network.says.attempt = [{ state: 'waiting' }];
    rig.network.says.query = [{ state: 'waiting' }];
    rig.network.says.reverse = ['silence', { state: 'reversed' }];
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(46_000);
    expect(rig.live).toMatchObject({ state: 'reversing', reason: 'window', tries: 1 });
    await rig.time.pass(10_000);
    expect(rig.ended).toMatchObject([{ at: 'reversed', reason: 'window' }]);
    expect(rig.network.asked.slice(-3)).toEqual(['query', 'reverse window', 'reverse window']);
    expect(rig.network.asked.filter((each) => each === 'query')).toHaveLength(9);
  });

  test('a cashier who gives up has it undone, not before the wallet allows it', async () => {
    const rig = new DeskRig();
    rig.network.says.reverse = [{ state: 'reversed' }];
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(6_000);
    await rig.desk.reverse('a'.repeat(32));
    rig.desk.inquireNow('a'.repeat(32));
    await rig.time.pass(8_900);
    expect(rig.network.asked.filter((each) => each.startsWith('reverse'))).toEqual([]);
    await rig.time.pass(200);
    expect(rig.ended).toMatchObject([{ at: 'reversed', reason: 'operator' }]);
  });

  test('asking by hand asks at once, and only one question is on its way', async () => {
    const rig = new DeskRig();
    rig.network.says.query = [{ state: 'not-found' }];
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(100);
    rig.desk.inquireNow('a'.repeat(32));
    rig.desk.inquireNow('a'.repeat(32));
    await rig.time.pass(0);
    expect(rig.network.asked).toEqual(['attempt', 'query']);
  });
});

describe('without the network', () => {
  test('nothing is sent that is known not to leave', async () => {
    const rig = new DeskRig();
    rig.online.set(false);
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(100);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'offline' }]);
    expect(rig.network.asked).toEqual([]);
  });

  test('a question waits for the link, burns no try, and is asked when it is back', async () => {
    const rig = new DeskRig();
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(1_000);
    rig.online.set(false);
    await rig.time.pass(3_600_000);
    expect(rig.live).toMatchObject({ state: 'unknown', waiting: { for: 'network' }, tries: 0 });
    expect(rig.live?.nextAt).toBeUndefined();
    expect(rig.network.asked).toEqual(['attempt']);
    rig.network.says.query = [APPROVED];
    rig.online.set(true);
    await rig.time.pass(0);
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
  });

  test('asked by hand it is asked all the same: the till may be wrong about its link', async () => {
    const rig = new DeskRig();
    await rig.desk.begin(attemptOf(), rig.plan());
    await rig.time.pass(100);
    rig.online.set(false);
    await rig.time.pass(60_000);
    rig.network.says.query = [APPROVED];
    rig.desk.inquireNow('a'.repeat(32));
    await rig.time.pass(0);
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
  });
});
