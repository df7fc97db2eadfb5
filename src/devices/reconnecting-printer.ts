import { bestEntry } from './choose-driver.ts';
import { drawerState } from './drawer.ts';
import type { Driver, PrinterEntry, PrinterSession, PrinterSettings } from './driver.ts';
import { DeviceError, type DeviceErrorCode } from './errors.ts';
import type { CashDrawer, PrinterStatus, PrintJob, PrintOutcome, ReceiptPrinter } from './ports.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { Rasteriser } from './receipt/bitmap.ts';
import type { Timers } from './timers.ts';
import {
  type Bus,
  type DeviceIdentity,
  type Found,
  isSameDevice,
  type SerialLine,
} from './transports/transport.ts';

/** The printer of this till, as it is remembered. Plain JSON. */
export interface RememberedPrinter {
  readonly driver: string;
  readonly identity: DeviceIdentity;
  readonly profile: PrinterProfile;
  readonly line?: SerialLine;
}

export interface ReconnectingPrinterOptions {
  readonly buses: readonly Bus[];
  readonly drivers: readonly PrinterEntry[];
  readonly raster: Rasteriser;
  readonly timers: Timers;
  readonly remembered?: RememberedPrinter;
  /** Called when there is something new to keep: a device chosen, a profile changed or learned, or nothing any more. */
  readonly remember: (printer: RememberedPrinter | undefined) => void;
}

/** Outcomes kept, so that a job asked for twice is one paper. More sales than this between two taps do not happen. */
const OUTCOMES_MAX = 256;

/** Links opened again by itself before a replug, a job or a person is wanted: a device that flaps would spin. */
const REOPENINGS_MAX = 3;

const ABSENT: PrinterStatus = {
  link: 'absent',
  name: '',
  paper: 'unknown',
  cover: 'unknown',
  drawerPin: 'unknown',
  job: 'idle',
};

/**
 * The till's printer as flows see it: there from the start, whether or not one is plugged in. It takes up the
 * remembered device after a reload and after a replug without asking anyone, and never prints one job twice.
 */
export class ReconnectingPrinter implements ReceiptPrinter, CashDrawer {
  readonly #options: ReconnectingPrinterOptions;
  readonly #listeners = new Set<() => void>();
  readonly #drivers = new Map<string, Driver<PrinterSession, PrinterSettings>>();
  readonly #outcomes = new Map<string, Promise<PrintOutcome>>();
  #remembered: RememberedPrinter | undefined;
  #session: PrinterSession | undefined;
  #connecting: Promise<void> | undefined;
  #trouble: DeviceErrorCode | undefined;
  #status: PrinterStatus = ABSENT;
  #stops: readonly (() => void)[] = [];
  #reopenings = 0;

  constructor(options: ReconnectingPrinterOptions) {
    this.#options = options;
    this.#remembered = options.remembered;
  }

  get status(): PrinterStatus {
    return this.#status;
  }

  get columns(): number {
    return this.#remembered?.profile.columns ?? 48;
  }

  get remembered(): RememberedPrinter | undefined {
    return this.#remembered;
  }

  /** Takes up the remembered printer if it is there, and again whenever it is plugged in. Never rejects. */
  async start(): Promise<void> {
    this.#stops = this.#options.buses.map((bus) => bus.onArrival((found) => void this.#arrived(found)));
    await this.reacquire();
  }

  /** Looks for the remembered printer now: after the person has closed another program, for example. */
  async reacquire(): Promise<void> {
    const wanted = this.#remembered;
    if (wanted === undefined || this.#session !== undefined) return;
    for (const bus of this.#options.buses) {
      if (bus.kind !== wanted.identity.bus) continue;
      const known = await bus.known().catch(() => []);
      const found = known.find((each) => isSameDevice(wanted.identity, each.identity));
      if (found !== undefined) return this.#connect(found, wanted);
    }
  }

  /**
   * Shows the browser's chooser and connects. Call it straight from the click, with nothing awaited before.
   * Rejects with DeviceError: after `not-chosen` the printer that was there is still in use; after any other code
   * the chosen one is remembered with its trouble, and taken up when it can be opened.
   */
  async pair(kind: Bus['kind'], line?: SerialLine): Promise<void> {
    const bus = this.#options.buses.find((each) => each.kind === kind);
    if (bus === undefined) throw new DeviceError('unsupported', `no ${kind} in this browser`);
    const found = await bus.choose(this.#options.drivers.flatMap((each) => each.match));
    const { identity } = found;
    const fitting = this.#options.drivers.filter((each) => each.fits?.(identity) ?? true);
    const driver = bestEntry(fitting, (match) => found.agrees(match));
    if (driver === undefined) throw new DeviceError('unsupported', 'no driver for this printer');
    await this.#drop();
    this.#keep({
      driver: driver.id,
      identity,
      profile: driver.profileFor(identity),
      ...(line ? { line } : {}),
    });
    await this.#connect(found, this.#remembered);
    if (this.#trouble !== undefined) throw new DeviceError(this.#trouble, 'the printer cannot be opened');
  }

  /** Changes language, columns, charset, cutter … of the remembered printer, and connects afresh with them. */
  async configure(profile: PrinterProfile, line?: SerialLine): Promise<void> {
    if (this.#remembered === undefined) return;
    const kept = line ?? this.#remembered.line;
    const speaks = this.#options.drivers.find(({ languages }) => languages.includes(profile.language));
    const driver = speaks?.id ?? this.#remembered.driver;
    this.#keep({ ...this.#remembered, driver, profile, ...(kept ? { line: kept } : {}) });
    await this.#drop();
    await this.reacquire();
  }

  /** Forgets the printer. The browser's permission stays; the next start will not take it up. */
  async forget(): Promise<void> {
    this.#keep(undefined);
    await this.#drop();
  }

  /** Ends for good: used when the page leaves training mode. */
  async stop(): Promise<void> {
    for (const end of this.#stops) end();
    this.#stops = [];
    await this.#drop();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  print(job: PrintJob): Promise<PrintOutcome> {
    const before = this.#outcomes.get(job.jobId);
    if (before !== undefined) return before;
    const outcome = this.#print(job);
    this.#outcomes.set(job.jobId, outcome);
    const oldest = this.#outcomes.keys().next().value;
    if (this.#outcomes.size > OUTCOMES_MAX && oldest !== undefined) this.#outcomes.delete(oldest);
    // Nothing reached the printer: the same job may be tried again.
    void outcome.then(({ kind }) => kind === 'failed' && this.#outcomes.delete(job.jobId));
    return outcome;
  }

  async kick(): Promise<boolean> {
    await this.#connecting;
    return (await this.#session?.kick()) ?? false;
  }

  /** The person gives up the job that is stuck. It ends `unconfirmed`; the link is opened afresh. */
  abandon(): void {
    this.#session?.abandon();
  }

  async #print(job: PrintJob): Promise<PrintOutcome> {
    await this.#connecting;
    this.#reopenings = 0;
    if (this.#session === undefined) await this.reacquire();
    if (this.#session === undefined) return { kind: 'failed', reason: this.#trouble ?? 'no-printer' };
    return this.#session.print(job);
  }

  async #arrived(found: Found): Promise<void> {
    const wanted = this.#remembered;
    if (wanted === undefined || !isSameDevice(wanted.identity, found.identity)) return;
    await this.#connecting;
    this.#reopenings = 0;
    if (this.#session === undefined) await this.#connect(found, wanted);
  }

  #connect(found: Found, wanted: RememberedPrinter | undefined): Promise<void> {
    if (wanted === undefined) return Promise.resolve();
    this.#connecting ??= this.#open(found, wanted).finally(() => {
      this.#connecting = undefined;
      this.#refresh();
    });
    this.#refresh();
    return this.#connecting;
  }

  async #open(found: Found, wanted: RememberedPrinter): Promise<void> {
    this.#trouble = undefined;
    try {
      const driver = await this.#driver(wanted.driver);
      const transport = await found.open(wanted.line);
      const session = driver.connect(transport, {
        profile: wanted.profile,
        raster: this.#options.raster,
        timers: this.#options.timers,
        onLearned: (confirm) => this.#learned(confirm),
      });
      this.#session = session;
      session.subscribe(() => this.#refresh());
      void session.lost.then(() => this.#gone(session));
    } catch (cause) {
      this.#trouble = cause instanceof DeviceError ? cause.code : 'protocol';
    }
  }

  async #driver(id: string): Promise<Driver<PrinterSession, PrinterSettings>> {
    const loaded = this.#drivers.get(id);
    if (loaded !== undefined) return loaded;
    const entry = this.#options.drivers.find((each) => each.id === id);
    if (entry === undefined) throw new DeviceError('unsupported', `no driver ${id}`);
    const driver = await entry.load();
    this.#drivers.set(id, driver);
    return driver;
  }

  #gone(session: PrinterSession): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#trouble = 'lost';
    this.#refresh();
    this.#reopenings += 1;
    // A closed link of a device that is still plugged in (given up, or a hiccup) brings no 'connect': look for it.
    const again = () => (this.#reopenings > REOPENINGS_MAX ? undefined : this.reacquire());
    void session.close().then(again);
  }

  async #drop(): Promise<void> {
    await this.#connecting;
    const session = this.#session;
    this.#session = undefined;
    this.#trouble = undefined;
    await session?.close();
    this.#refresh();
  }

  #learned(confirm: PrinterProfile['confirm']): void {
    if (this.#remembered === undefined) return;
    this.#keep({ ...this.#remembered, profile: { ...this.#remembered.profile, confirm } });
  }

  #keep(remembered: RememberedPrinter | undefined): void {
    this.#remembered = remembered;
    this.#options.remember(remembered);
  }

  #refresh(): void {
    const seen = this.#session?.status ?? ABSENT;
    const link = this.#connecting === undefined ? seen.link : 'connecting';
    const name = seen.name || (this.#remembered?.identity.name ?? '');
    const drawer = drawerState(seen.drawerPin, this.#remembered?.profile.drawerOpenAt);
    const next = {
      ...seen,
      link,
      name,
      ...(drawer === undefined ? {} : { drawer }),
      ...(this.#trouble ? { trouble: this.#trouble } : {}),
    };
    if (JSON.stringify(next) === JSON.stringify(this.#status)) return;
    this.#status = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
