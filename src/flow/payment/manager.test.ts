import { beforeEach, describe, expect, test } from 'vitest';
import type { AttemptId } from '../../domain/ids.ts';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { serverRail } from './server-rail.ts';

const ID = 'a'.repeat(32);
const REFUND = attemptOf({ purpose: 'refund', original: 'c'.repeat(32) as AttemptId });
let rig: DeskRig;

beforeEach(() => {
  rig = new DeskRig();
});

/** Nobody answers: window, undo requests, STUCK. */
async function stuck(plan = rig.plan()): Promise<void> {
  await rig.desk.begin(attemptOf(), plan);
  await rig.time.pass(3_600_000);
  expect(rig.live).toMatchObject({ state: 'stuck', waiting: { for: 'manager' }, canReverse: true });
}

describe('an attempt that nobody answers for', () => {
  test('is stuck after its bound of undo requests, and stays on the screen', async () => {
    await stuck();
    expect(rig.network.asked.filter((each) => each.startsWith('reverse'))).toHaveLength(20);
    expect(rig.story).toBe('prepared sending unknown inquiring reversing stuck');
    expect(rig.ended).toEqual([]);
  });

  test('is decided by a manager who saw something, in one commit with his name and what he saw', async () => {
    await stuck();
    await rig.desk.decide(ID, { as: 'reversed', evidence: ' bank: not debited ', pin: '1234' });
    const [override, moved] = rig.journal.entries.slice(-2).map(({ entry }) => entry);
    expect(override).toMatchObject({
      type: 'override.granted',
      body: { right: 'override', grantedBy: 'manager', reason: 'attempt-reversed' },
    });
    expect(moved).toMatchObject({
      type: 'attempt.reversed',
      body: { reason: 'manager', evidence: 'bank: not debited' },
    });
    expect(rig.ended).toMatchObject([{ at: 'reversed' }]);
    expect(rig.desk.state.value).toEqual([]);
  });

  test.each([
    ['evidence-missing', { as: 'approved', evidence: ' ', pin: '1234' }],
    ['forbidden', { as: 'approved', evidence: 'seen', pin: '0000' }],
  ] as const)('is not decided: %s', async (code, decision) => {
    await stuck();
    await expect(rig.desk.decide(ID, decision)).rejects.toMatchObject({ code });
    expect(rig.live?.state).toBe('stuck');
  });

  test('cannot be decided while the machine still works on it', async () => {
    await rig.desk.begin(attemptOf(), rig.plan());
    await expect(
      rig.desk.decide(ID, { as: 'approved', evidence: 'seen', pin: '1234' }),
    ).rejects.toMatchObject({ code: 'not-stuck' });
  });

  test('a decision that cannot be stored can be given again', async () => {
    await stuck();
    rig.journal.faults.set(6, 'refused');
    const decision = { as: 'declined', evidence: 'seen', pin: '1234' } as const;
    await expect(rig.desk.decide(ID, decision)).rejects.toMatchObject({ name: 'JournalError' });
    expect(rig.live?.state).toBe('stuck');
    await rig.desk.decide(ID, decision);
    expect(rig.ended).toMatchObject([{ at: 'declined' }]);
    expect(rig.journal.types.filter((type) => type === 'override.granted')).toHaveLength(1);
  });

  test('found paid after the sale was paid otherwise, is paid back', async () => {
    await stuck(rig.plan({ superseded: () => true }));
    rig.network.says.attempt = [{ state: 'approved' }];
    await rig.desk.decide(ID, { as: 'approved', evidence: 'on the statement', pin: '1234' });
    await rig.time.pass(100);
    expect(rig.ended).toMatchObject([{ at: 'refunded' }]);
    expect(rig.story.split(' ').slice(-4)).toEqual([
      'override.granted',
      'approved-late',
      'refund-due',
      'refunded',
    ]);
    const refund = rig.network.requests.at(-1)?.attempt;
    expect(refund).toMatchObject({
      purpose: 'refund',
      original: ID,
      amount: 1250,
      attemptId: '5'.repeat(32),
    });
  });

  test('is undone all the same when the link comes back, or the manager asks for it', async () => {
    await stuck();
    const before = rig.network.asked.length;
    rig.online.set(false);
    rig.online.set(true);
    await rig.time.pass(0);
    expect(rig.network.asked.length).toBe(before + 1);
    expect(rig.live?.state).toBe('stuck');
    rig.network.says.reverse = [{ state: 'reversed' }];
    await rig.desk.reverse(ID);
    await rig.time.pass(0);
    expect(rig.story.split(' ').slice(-3)).toEqual(['stuck', 'reversing', 'reversed']);
  });

  test('is tried once at a time, however often it is asked for', async () => {
    let undone = 0;
    rig = new DeskRig({
      rails: (attempt) => ({
        ...serverRail(attempt, rig.railPorts(attempt)),
        reverse: async () => {
          undone += 1;
          await rig.time.wait(1_000);
          return { kind: 'no-answer', reason: 'slow' };
        },
      }),
    });
    await stuck();
    undone = 0;
    for (let press = 0; press < 5; press += 1) {
      rig.desk.inquireNow(ID);
      await rig.time.pass(100);
    }
    expect(undone).toBe(1);
  });

  test('shows everything the journal says of it', async () => {
    await stuck();
    const evidence = await rig.desk.evidence(ID);
    expect(evidence.map(({ entry }) => entry.type)).toEqual(rig.journal.types);
  });
});

describe('a wallet refund of unknown end', () => {
  test('is asked about and never undone; the truth may come as late as it likes', async () => {
    await rig.desk.begin(REFUND, rig.plan());
    await rig.time.pass(3_600_000);
    expect(rig.live).toMatchObject({ state: 'stuck', canReverse: false });
    await rig.desk.reverse(ID);
    expect(rig.network.asked.some((each) => each.startsWith('reverse'))).toBe(false);
    rig.network.says.query = [{ state: 'approved' }];
    rig.desk.inquireNow(ID);
    await rig.time.pass(0);
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
  });
});

describe('after a restart', () => {
  const journalUntil = async (...moves: readonly string[]): Promise<MemoryJournal> => {
    const journal = new MemoryJournal({ now: () => 1_800_000_000_000, hash: async ({ seq }) => String(seq) });
    const attempt = attemptOf();
    for (const move of moves)
      await journal.append(
        [{ type: `attempt.${move}` as 'attempt.sending', body: { attempt } }],
        'cashier' as never,
      );
    return journal;
  };

  test('every unresolved attempt is seen, plan or no plan, and asked about before it is undone', async () => {
    rig = new DeskRig({ journal: await journalUntil('prepared', 'sending') });
    await rig.time.pass(600_000);
    rig.network.says.query = [{ state: 'not-found' }];
    rig.network.says.reverse = [{ state: 'reversed' }];
    await rig.desk.recover(async () => undefined);
    expect(rig.live).toMatchObject({ state: 'unknown', startedAt: 1_800_000_000_000 });
    await rig.time.pass(14_000);
    expect(rig.network.asked).toEqual(['query']);
    expect(rig.live?.state).toBe('reversing');
    await rig.time.pass(2_000);
    expect(rig.story).toBe('prepared sending unknown inquiring not-found reversing reversed');
    expect(rig.network.requests).toEqual([]);
  });

  test('a wall clock that went back does not stop the window', async () => {
    rig = new DeskRig({ journal: await journalUntil('prepared', 'sending') });
    rig.time.wallStart -= 86_400_000;
    rig.network.says.reverse = [{ state: 'reversed' }];
    await rig.desk.recover(async () => rig.plan());
    await rig.time.pass(50_000);
    expect(rig.ended).toMatchObject([{ at: 'reversed' }]);
  });

  test('a stuck one knows what it was about to do', async () => {
    rig = new DeskRig({ journal: await journalUntil('sending', 'reversing', 'stuck') });
    rig.network.says.reverse = [{ state: 'reversed' }];
    await rig.desk.recover(async () => rig.plan());
    await rig.time.pass(20_000);
    expect(rig.ended).toMatchObject([{ at: 'reversed' }]);
    rig = new DeskRig({
      journal: await journalUntil('sending', 'reversing', 'approved-late', 'refund-due', 'stuck'),
    });
    rig.network.says.attempt = [{ state: 'approved' }];
    await rig.desk.recover(async () => rig.plan());
    await rig.time.pass(20_000);
    expect(rig.ended).toMatchObject([{ at: 'refunded' }]);
  });
});
