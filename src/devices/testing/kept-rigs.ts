import type { DeviceSession, Driver, DriverEntry } from '../driver.ts';
import { KeptLink, type RememberedDevice } from '../kept/kept-link.ts';
import type { HidCore, SerialCore } from '../simulators/browser/cores.ts';
import { FakeHid } from '../simulators/browser/fake-hid.ts';
import { FakeSerial } from '../simulators/browser/fake-serial.ts';
import type { DeviceMatch, Link, SerialLine } from '../transports/transport.ts';
import { WebHidBus } from '../transports/webhid.ts';
import { WebSerialBus } from '../transports/webserial.ts';
import { FakeTimers, settle } from './fake-timers.ts';

/** A driver with its line of the registry, as the till has them. */
export interface RigDriver<Session extends DeviceSession, Settings> {
  readonly driver: Driver<Session, Settings, Link>;
  readonly match: readonly DeviceMatch[];
  readonly line?: SerialLine;
  settings(timers: FakeTimers): Settings;
}

/** One simulated device that the person has chosen, kept as the till keeps it, over the real transport. */
export interface KeptRig<Session extends DeviceSession, Settings> {
  readonly timers: FakeTimers;
  readonly kept: KeptLink<Session, Settings>;
  unplug(): void;
  replug(): void;
}

const entryOf = <Session extends DeviceSession, Settings>({
  driver,
  match,
  line,
}: RigDriver<Session, Settings>): DriverEntry<Session, Settings> => ({
  id: driver.id,
  match,
  ...(line === undefined ? {} : { line }),
  load: async () => driver,
});

/** Behind `navigator.hid`. */
export async function keptHid<Session extends DeviceSession, Settings>(
  core: HidCore,
  rig: RigDriver<Session, Settings>,
): Promise<KeptRig<Session, Settings>> {
  const hid = new FakeHid();
  const timers = new FakeTimers();
  hid.plug(core);
  const kept = new KeptLink({
    buses: [new WebHidBus(hid)],
    drivers: [entryOf(rig)],
    settings: rig.settings(timers),
    timers,
    remember: (_device: RememberedDevice | undefined) => undefined,
  });
  await kept.start();
  await kept.pair('hid');
  await settle();
  return { timers, kept, unplug: () => hid.unplug(core), replug: () => void hid.plug(core) };
}

/** Behind `navigator.serial`. */
export async function keptSerial<Session extends DeviceSession, Settings>(
  core: SerialCore,
  rig: RigDriver<Session, Settings>,
  timers = new FakeTimers(),
): Promise<KeptRig<Session, Settings>> {
  const serial = new FakeSerial();
  serial.plug(core);
  const kept = new KeptLink({
    buses: [new WebSerialBus(serial, (ms) => new Promise((resolve) => timers.after(ms, resolve)))],
    drivers: [entryOf(rig)],
    settings: rig.settings(timers),
    timers,
    remember: (_device: RememberedDevice | undefined) => undefined,
  });
  await kept.start();
  await kept.pair('serial', rig.driver.id);
  await settle();
  return { timers, kept, unplug: () => serial.unplug(core), replug: () => void serial.plug(core) };
}
