import type { DriverEntry } from '../driver.ts';
import { KeptLink } from '../kept/kept-link.ts';
import { KeptTerminal, type TerminalSession } from '../kept/kept-terminal.ts';
import type { SerialCore } from '../simulators/browser/cores.ts';
import { FakeSerial, type FakeSerialPort } from '../simulators/browser/fake-serial.ts';
import { type OrderNote, OrderNotes } from '../terminals/order-notes.ts';
import type { TerminalSettings } from '../terminals/terminal-settings.ts';
import type { Timers } from '../timers.ts';
import { WebSerialBus } from '../transports/webserial.ts';
import { FakeTimers, settle } from './fake-timers.ts';

/** The day of every rig: 2026-11-22 20:00 UTC. */
export const RIG_START = Date.UTC(2026, 10, 22, 20);

/** Timers that also tell the time. */
export class RigTimers extends FakeTimers {
  #elapsed = 0;

  readonly now = (): number => RIG_START + this.#elapsed;

  override async advance(ms: number): Promise<void> {
    // In small steps, so that whoever asks for the time in between is not told the end of it.
    for (let left = ms; left > 0; ) {
      const step = Math.min(left, left > 10_000 ? 2_000 : 250);
      await super.advance(step);
      this.#elapsed += step;
      left -= step;
    }
    if (ms === 0) await super.advance(0);
  }
}

/** Time that a test moves. */
interface RigTime extends Timers {
  now(): number;
}

export interface SerialTerminal<Core extends SerialCore, Time extends RigTime = RigTimers> {
  readonly terminal: KeptTerminal<TerminalSettings>;
  readonly core: Core;
  readonly timers: Time;
  readonly serial: FakeSerial;
  /** What is durable: hand it to `reloaded` for a page that comes after. */
  readonly stored: Map<string, OrderNote>;
  port(): FakeSerialPort;
  unplug(): void;
  replug(): void;
  /** The page is loaded again: a new session on the same terminal, with the notes that were durable. */
  reloaded(notes?: 'kept' | 'lost'): Promise<SerialTerminal<Core, Time>>;
}

export interface SerialTerminalOptions<Core extends SerialCore, Time extends RigTime = RigTimers> {
  readonly entry: DriverEntry<TerminalSession, TerminalSettings>;
  readonly core: (timers: Time) => Core;
  readonly settings: Pick<TerminalSettings, 'ecrhub' | 'zvt' | 'pax'>;
}

/** A till's payment terminal at the end of a simulated serial cable, connected as after a start. */
export function serialTerminal<Core extends SerialCore>(
  options: SerialTerminalOptions<Core>,
): Promise<SerialTerminal<Core>> {
  return serialTerminalIn(new RigTimers(), options);
}

/** The same in the time of a larger rig. */
export function serialTerminalIn<Core extends SerialCore, Time extends RigTime>(
  timers: Time,
  options: SerialTerminalOptions<Core, Time>,
): Promise<SerialTerminal<Core, Time>> {
  const serial = new FakeSerial();
  const core = options.core(timers);
  serial.plug(core, { isPermitted: true });
  return connected({ options, timers, serial, core, stored: new Map<string, OrderNote>() }, []);
}

interface Rig<Core extends SerialCore, Time extends RigTime> {
  readonly options: SerialTerminalOptions<Core, Time>;
  readonly timers: Time;
  readonly serial: FakeSerial;
  readonly core: Core;
  readonly stored: Map<string, OrderNote>;
}

async function connected<Core extends SerialCore, Time extends RigTime>(
  rig: Rig<Core, Time>,
  remembered: readonly OrderNote[] | undefined,
): Promise<SerialTerminal<Core, Time>> {
  const { options, timers, serial, core, stored } = rig;
  const { entry } = options;
  const store = {
    save: async (note: OrderNote, dropped: readonly string[]) => {
      stored.set(note.reference, structuredClone(note));
      for (const reference of dropped) stored.delete(reference);
    },
  };
  const wait = (ms: number) => new Promise<void>((resolve) => timers.after(ms, resolve));
  const kept = new KeptLink<TerminalSession, TerminalSettings>({
    buses: [new WebSerialBus(serial, wait)],
    drivers: [entry],
    settings: {
      timers,
      now: () => timers.now(),
      notes: new OrderNotes(store, remembered),
      ...options.settings,
    },
    timers,
    remembered: {
      driver: entry.id,
      identity: { bus: 'serial', vendorId: 0x0403, productId: 0x6001, name: '' },
      ...(entry.line === undefined ? {} : { line: entry.line }),
    },
    remember: () => undefined,
  });
  await kept.start();
  await settle();
  return {
    terminal: new KeptTerminal(kept),
    core,
    timers,
    serial,
    stored,
    port: () => serial.deviceOf(core) as FakeSerialPort,
    unplug: () => serial.unplug(core),
    replug: () => void serial.plug(core, { isPermitted: true }),
    reloaded: async (notes = 'kept') => {
      await kept.stop();
      return connected(rig, notes === 'kept' ? [...stored.values()] : undefined);
    },
  };
}
