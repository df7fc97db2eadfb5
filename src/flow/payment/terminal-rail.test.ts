import { beforeEach, describe, expect, test } from 'vitest';
import {
  SimulatedTerminal,
  type TerminalPlay,
} from '../../devices/simulators/terminal/simulated-terminal.ts';
import { timingsOf } from '../../domain/rails.ts';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import { seededChance } from '../testing/ports.ts';
import { terminalRail } from './terminal-rail.ts';

const CARD = attemptOf({ tender: 'card', method: 'terminal' });
let rig: DeskRig;
let terminal: SimulatedTerminal;

beforeEach(() => {
  const timings = timingsOf('card', 'terminal');
  rig = new DeskRig({ rails: (attempt) => terminalRail(attempt, { terminal, timer: rig.time, timings }) });
  terminal = new SimulatedTerminal({ timers: rig.time, random: seededChance(7), customerMs: 5_000 });
});

async function pay(play: TerminalPlay, ms = 20_000): Promise<string> {
  terminal.plan(play);
  await rig.desk.begin(CARD, rig.plan());
  await rig.time.pass(ms);
  return rig.story;
}

describe('a card on the terminal', () => {
  test('is taken there, and the journal keeps what the slip needs', async () => {
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(1_000);
    expect(rig.live).toMatchObject({ state: 'sending', waiting: { for: 'terminal' } });
    await rig.time.pass(10_000);
    expect(rig.story).toBe('prepared sending approved');
    expect(rig.ended[0]?.approval).toMatchObject({ terminalNumber: '10000001', trace: '000001' });
  });

  test('is declined there', async () => {
    expect(await pay({ as: 'decline' })).toBe('prepared sending declined');
  });

  test('whose answer is lost is asked for by our own number', async () => {
    expect(await pay({ as: 'lose-answer', truth: 'approved' })).toBe(
      'prepared sending unknown inquiring approved',
    );
  });

  test('that it never had is not found, only after its window, and undone for good', async () => {
    expect(await pay({ as: 'lose-answer', truth: 'not-found' }, 100_000)).toBe(
      'prepared sending unknown inquiring',
    );
    await rig.time.pass(100_000);
    expect(rig.story).toBe('prepared sending unknown inquiring not-found reversing reversed');
  });

  test('waits for the cable, and burns no try', async () => {
    await pay({ as: 'cut', truth: 'approved' });
    await rig.time.pass(3_600_000);
    expect(rig.live).toMatchObject({ state: 'unknown', waiting: { for: 'terminal' }, tries: 0 });
    terminal.plug();
    await rig.time.pass(100);
    expect(rig.ended).toMatchObject([{ at: 'approved' }]);
  });

  test('called off before it was read: declined as cancelled', async () => {
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(1_000);
    await rig.desk.reverse(CARD.attemptId);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'cancelled' }]);
  });

  test('that is not plugged in takes nothing', async () => {
    terminal.unplug();
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(100);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'no-device' }]);
  });

  test('a customer who takes for ever is stopped, and what he did is heard', async () => {
    terminal = new SimulatedTerminal({ timers: rig.time, random: seededChance(7), customerMs: 10_000_000 });
    expect(await pay({ as: 'approve' }, 130_000)).toBe('prepared sending declined');
  });

  test('stored by the terminal while its bank is away, it is approved and marked', async () => {
    terminal = new SimulatedTerminal({ timers: rig.time, random: seededChance(7), storesOffline: true });
    terminal.setHostOnline(false);
    await pay({ as: 'approve' });
    expect(rig.ended[0]?.approval).toMatchObject({ offline: true });
  });
});
