import { describe, expect, test } from 'vitest';
import type { DriverEntry } from '../../devices/driver.ts';
import { ecrHubDriver } from '../../devices/drivers/ecrhub/driver.ts';
import { ECRHUB_LINE, ECRHUB_MATCHES } from '../../devices/drivers/ecrhub/match.ts';
import { paxDriver } from '../../devices/drivers/pax/driver.ts';
import { PAX_LINE, PAX_MATCHES } from '../../devices/drivers/pax/match.ts';
import { zvtDriver } from '../../devices/drivers/zvt/driver.ts';
import { ZVT_LINE, ZVT_MATCHES } from '../../devices/drivers/zvt/match.ts';
import type { TerminalSession } from '../../devices/kept/kept-terminal.ts';
import type { SerialCore } from '../../devices/simulators/browser/cores.ts';
import type { Customer } from '../../devices/simulators/customer/customer.ts';
import { EcrHubTerminal } from '../../devices/simulators/ecrhub/ecrhub-terminal.ts';
import { PaxTerminal } from '../../devices/simulators/pax/pax-terminal.ts';
import { ZvtTerminal } from '../../devices/simulators/zvt/zvt-terminal.ts';
import type { TerminalSettings } from '../../devices/terminals/terminal-settings.ts';
import { type SerialTerminal, serialTerminalIn } from '../../devices/testing/terminal-rigs.ts';
import { timingsOf } from '../../domain/rails.ts';
import { attemptOf, DeskRig } from '../testing/desk-rig.ts';
import type { SimulatedTime } from '../testing/simulated-time.ts';
import { terminalRail } from './terminal-rail.ts';

type Entry = DriverEntry<TerminalSession, TerminalSettings>;
type Core = SerialCore & { readonly customer: Customer; onAuthorising: () => void };

const ecrhub: Entry = {
  id: 'ecrhub',
  match: ECRHUB_MATCHES,
  line: ECRHUB_LINE,
  load: async () => ecrHubDriver(),
};
const zvt: Entry = { id: 'zvt', match: ZVT_MATCHES, line: ZVT_LINE, load: async () => zvtDriver() };
const pax: Entry = { id: 'pax', match: PAX_MATCHES, line: PAX_LINE, load: async () => paxDriver() };

/** A ZVT terminal that took a payment an hour ago. */
function usedZvt(time: SimulatedTime): ZvtTerminal {
  let back = 3_600_000;
  const terminal = new ZvtTerminal({ timers: time, now: () => time.now() - back });
  terminal.books.book('sale', 4_200);
  back = 0;
  return terminal;
}

const DIALECTS: readonly (readonly [string, Entry, (time: SimulatedTime) => Core])[] = [
  ['ECRHub', ecrhub, (time) => new EcrHubTerminal({ timers: time, now: () => time.now() })],
  ['ZVT', zvt, usedZvt],
  ['PAX', pax, (time) => new PaxTerminal({ timers: time, now: () => time.now() })],
];

describe.each(DIALECTS)('a card on a %s terminal', (_, entry, core) => {
  const CARD = attemptOf({ tender: 'card', method: 'terminal' });

  async function counter(): Promise<{ rig: DeskRig; device: SerialTerminal<Core, SimulatedTime> }> {
    const timings = timingsOf('card', 'terminal');
    const box: { device?: SerialTerminal<Core, SimulatedTime> } = {};
    const rig: DeskRig = new DeskRig({
      rails: (attempt) => {
        if (box.device === undefined) throw new Error('no terminal');
        return terminalRail(attempt, { terminal: box.device.terminal, timer: rig.time, timings });
      },
    });
    const device = await serialTerminalIn(rig.time, {
      entry,
      core,
      settings: { ecrhub: { appId: 'demo' }, zvt: { password: '000000' }, pax: { storesOffline: false } },
    });
    box.device = device;
    return { rig, device };
  }

  test('is taken', async () => {
    const { rig } = await counter();
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(20_000);
    expect(rig.story).toBe('prepared sending approved');
  });

  test('whose cable was cut after the card was read is asked for after a replug, and was never a decline', async () => {
    const { rig, device } = await counter();
    device.core.onAuthorising = device.unplug;
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(90_000);
    expect(rig.story).toBe('prepared sending unknown');
    device.replug();
    await rig.time.pass(60_000);
    expect(rig.story).toBe('prepared sending unknown inquiring approved');
  });

  test('that nobody presents is stopped when its time is over', async () => {
    const { rig, device } = await counter();
    device.core.customer.plan({ as: 'person' });
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(200_000);
    expect(rig.ended).toMatchObject([{ at: 'declined' }]);
  });

  test('called off: declined, and the terminal is free again', async () => {
    const { rig, device } = await counter();
    device.core.customer.plan({ as: 'person' });
    await rig.desk.begin(CARD, rig.plan());
    await rig.time.pass(5_000);
    await rig.desk.reverse(CARD.attemptId);
    await rig.time.pass(30_000);
    expect(rig.ended).toMatchObject([{ at: 'declined', reason: 'cancelled' }]);
    expect(device.core.customer.stage).toBe('idle');
  });
});
