import { beforeEach, describe, expect, test } from 'vitest';
import type { CardReader } from '../../devices/ports.ts';
import { type CardPlay, SimulatedReader } from '../../devices/simulators/card-reader/simulated-reader.ts';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import { seededChance } from '../testing/ports.ts';
import { PRESENT_MS, readerRail } from './reader-rail.ts';

const CARD = attemptOf({ tender: 'card', method: 'reader' });
const APPROVED = { state: 'approved', approval: { authCode: '123456' }, emv: '8A023030' } as const;
let rig: DeskRig;
let reader: SimulatedReader;

beforeEach(() => {
  rig = new DeskRig({
    rails: (attempt) => readerRail(attempt, { ...rig.railPorts(attempt), reader, timer: rig.time }),
  });
  reader = new SimulatedReader({ timers: rig.time, random: seededChance(7) });
  rig.network.says.attempt = [APPROVED];
  rig.network.says.reverse = [{ state: 'reversed' }];
});

async function pay(...plays: readonly CardPlay[]): Promise<string> {
  for (const play of plays) reader.present(play);
  await rig.desk.begin(CARD, rig.plan());
  await rig.time.pass(10_000);
  return rig.story;
}

describe('a card on the reader', () => {
  test('is asked for, read, sent opaque, and told what the host said', async () => {
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(3_000);
    expect(rig.live).toMatchObject({ state: 'sending', waiting: { for: 'reader', prompt: 'present-card' } });
    expect(rig.network.requests).toEqual([]);
    reader.present({ entry: 'chip' });
    await rig.time.pass(10_000);
    expect(rig.story).toBe('prepared sending approved');
    expect(rig.network.requests[0]?.card).toMatchObject({ entry: 'chip', masked: '621799******0018' });
    expect(JSON.stringify(rig.journal.entries)).not.toContain(rig.network.requests[0]?.card?.track);
  });

  test.each([
    ['the chip declines', { entry: 'chip', fault: 'chip-declines' }, 'card-declined'],
    ['the cable goes before it is read', { entry: 'chip', fault: 'cut-before' }, 'lost'],
  ] as const)('%s: declined, and nothing was sent', async (_, play, reason) => {
    await pay(play);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason }]);
    expect(rig.network.asked).toEqual([]);
  });

  test('no card in time, or no reader: declined, and nothing was sent', async () => {
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(PRESENT_MS + 1_000);
    reader.unplug();
    await rig.desk.begin(attemptOf({ ...CARD, attemptId: 'd'.repeat(32) as never }), rig.plan());
    await rig.time.pass(100);
    expect(rig.ended.map((payment) => payment.reason)).toEqual(['timeout', 'no-device']);
    expect(rig.network.asked).toEqual([]);
  });

  test('called off before it was read: declined as cancelled, never reversed', async () => {
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(1_000);
    await rig.desk.reverse(CARD.attemptId);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'cancelled' }]);
    expect(rig.network.asked).toEqual([]);
  });

  test.each([
    ['a chip that refuses the approval', { entry: 'chip', fault: 'chip-refuses' }],
    ['a cable cut after the host was asked', { entry: 'chip', fault: 'cut-after' }],
  ] as const)('%s has the money undone at once', async (_, play) => {
    expect(await pay(play)).toBe('prepared sending reversing reversed');
    expect(rig.network.asked).toEqual(['attempt', 'reverse card-refused']);
    const reversing = rig.journal.entries.find(({ entry }) => entry.type === 'attempt.reversing');
    expect(reversing?.entry.body).toMatchObject({ reason: 'card-refused', approval: { authCode: '123456' } });
  });

  test.each(['hiccup-waiting', 'hiccup-final'] as const)(
    'a link that is gone for a moment (%s) undoes nothing: the reader is asked what it knows',
    async (fault) => {
      expect(await pay({ entry: 'chip', fault })).toBe('prepared sending approved');
      expect(rig.network.asked).toEqual(['attempt']);
    },
  );

  test('a reader that comes back and knows nothing has the money undone', async () => {
    reader.present({ entry: 'chip', fault: 'cut-after' });
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(4_000);
    reader.plug();
    await rig.time.pass(4_000);
    expect(rig.story).toBe('prepared sending reversing reversed');
  });

  test('called off in the moment when it was read: the reader is let go, and nothing is sent', async () => {
    const told: boolean[] = [];
    const card = { entry: 'chip', scheme: 'dukpt-tdes', ksn: 'FF', track: 'AA' } as const;
    const slow: CardReader = {
      link: 'connected',
      subscribe: () => () => undefined,
      start: (_request, _prompt, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ kind: 'online-request', card }));
        }),
      resume: async ({ approved }) => {
        told.push(approved);
        return { kind: 'accepted' };
      },
    };
    rig = new DeskRig({
      rails: (attempt) => readerRail(attempt, { ...rig.railPorts(attempt), reader: slow, timer: rig.time }),
    });
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(600);
    await rig.desk.reverse(CARD.attemptId);
    await rig.time.pass(1_000);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'cancelled' }]);
    expect(rig.network.asked).toEqual([]);
    expect(told).toEqual([false]);
  });

  test('a chip that was told of no answer is undone; a stripe is asked about first', async () => {
    rig.network.says.attempt = ['silence'];
    expect(await pay({ entry: 'chip' })).toBe('prepared sending reversing reversed');
    expect(rig.network.asked).toEqual(['attempt', 'reverse no-answer']);
    rig = new DeskRig({
      rails: (attempt) => readerRail(attempt, { ...rig.railPorts(attempt), reader, timer: rig.time }),
    });
    reader = new SimulatedReader({ timers: rig.time, random: seededChance(7) });
    rig.network.says.query = [APPROVED];
    expect(await pay({ entry: 'swipe' })).toBe('prepared sending unknown inquiring approved');
  });

  test('the window begins when the request leaves, not when the card was asked for', async () => {
    rig.network.says.attempt = [{ state: 'unknown' }];
    rig.network.says.query = [{ state: 'unknown' }];
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(60_000);
    reader.present({ entry: 'swipe' });
    await rig.time.pass(10_000);
    expect(rig.live?.state).toBe('inquiring');
    await rig.time.pass(25_000);
    expect(rig.ended).toMatchObject([{ at: 'reversed', reason: 'window' }]);
  });

  test('a void without an answer is reversed by the host as a sale is', async () => {
    rig.network.says.attempt = ['silence'];
    reader.present({ entry: 'chip' });
    const original = 'e'.repeat(32) as never;
    await rig.desk.begin(attemptOf({ ...CARD, purpose: 'void', original }), rig.plan());
    await rig.time.pass(10_000);
    expect(rig.ended).toMatchObject([{ at: 'reversed' }]);
  });
});
