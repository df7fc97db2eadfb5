import type { ReaderSettings } from '../dialogue/reader-settings.ts';
import type { DriverEntry } from '../driver.ts';
import { mmsDriver } from '../drivers/mms/driver.ts';
import { MMS_MATCHES } from '../drivers/mms/match.ts';
import { neo2Driver } from '../drivers/neo2/driver.ts';
import { NEO2_LINE, NEO2_MATCHES } from '../drivers/neo2/match.ts';
import { KeptLink } from '../kept/kept-link.ts';
import { KeptReader, type ReaderSession } from '../kept/kept-reader.ts';
import type { HidCore } from '../simulators/browser/cores.ts';
import { FakeHid } from '../simulators/browser/fake-hid.ts';
import { FakeSerial } from '../simulators/browser/fake-serial.ts';
import { publishedTdesKeys } from '../simulators/card-reader/reader-keys.ts';
import { MmsReader, type MmsReaderOptions } from '../simulators/mms/reader.ts';
import { Neo2Reader, type Neo2ReaderOptions } from '../simulators/neo2/reader.ts';
import { WebHidBus } from '../transports/webhid.ts';
import { WebSerialBus } from '../transports/webserial.ts';
import { FakeTimers } from './fake-timers.ts';

const CLOCK = { now: () => new Date(2026, 10, 22, 10, 15).getTime(), mono: () => 0 };

/** What one HID report is on a serial line, about. */
const SERIAL_PIECE = 16;

/** Bytes that count up: the same in every run. */
export const countingRandom = () => {
  let next = 0;
  return { bytes: (length: number) => Uint8Array.from({ length }, () => (next = (next + 73) % 256)) };
};

const MMS_ENTRY: DriverEntry<ReaderSession, ReaderSettings> = {
  id: 'mms',
  match: MMS_MATCHES,
  load: async () => mmsDriver(),
};

const NEO2_ENTRY: DriverEntry<ReaderSession, ReaderSettings> = {
  id: 'neo2',
  match: NEO2_MATCHES,
  line: NEO2_LINE,
  load: async () => neo2Driver,
};

/** A simulated reader behind `navigator.hid`, and what flows get of it. */
async function hidReaderRig<Core extends HidCore>(
  entry: DriverEntry<ReaderSession, ReaderSettings>,
  make: (timers: FakeTimers) => Core,
) {
  const timers = new FakeTimers();
  const core = make(timers);
  const hid = new FakeHid();
  hid.plug(core);
  const kept = new KeptLink<ReaderSession, ReaderSettings>({
    buses: [new WebHidBus(hid)],
    drivers: [entry],
    settings: { timers, clock: CLOCK },
    timers,
    remember: () => undefined,
  });
  await kept.start();
  await kept.pair('hid');
  await timers.advance(500);
  return {
    timers,
    core,
    kept,
    reader: new KeptReader(kept),
    unplug: () => hid.unplug(core),
    replug: () => void hid.plug(core),
    /** The cable is pulled after so many more pieces, in either direction. */
    cutAfter: (pieces: number) => hid.deviceOf(core)?.cutAfter(pieces),
  };
}

export const mmsRig = (options: Partial<MmsReaderOptions> = {}) =>
  hidReaderRig(
    MMS_ENTRY,
    (timers) => new MmsReader({ timers, random: countingRandom(), keys: publishedTdesKeys(), ...options }),
  );

const neo2 = (timers: FakeTimers, options: Partial<Neo2ReaderOptions>) =>
  new Neo2Reader({ timers, random: countingRandom(), keys: publishedTdesKeys(), ...options });

export const neo2Rig = (options: Partial<Neo2ReaderOptions> = {}) =>
  hidReaderRig(NEO2_ENTRY, (timers) => neo2(timers, options));

/** The same reader behind `navigator.serial`. */
export async function neo2SerialRig(options: Partial<Neo2ReaderOptions> = {}) {
  const timers = new FakeTimers();
  const core = neo2(timers, options);
  const serial = new FakeSerial();
  serial.plug(core);
  const kept = new KeptLink<ReaderSession, ReaderSettings>({
    buses: [new WebSerialBus(serial, (ms) => new Promise((resolve) => timers.after(ms, resolve)))],
    drivers: [NEO2_ENTRY],
    settings: { timers, clock: CLOCK },
    timers,
    remember: () => undefined,
  });
  await kept.start();
  await kept.pair('serial', 'neo2');
  await timers.advance(500);
  return {
    timers,
    core,
    kept,
    reader: new KeptReader(kept),
    unplug: () => serial.unplug(core),
    replug: () => void serial.plug(core),
    cutAfter: (pieces: number) => serial.deviceOf(core)?.cutAfter(pieces * SERIAL_PIECE),
  };
}
