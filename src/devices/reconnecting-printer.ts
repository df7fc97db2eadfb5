import { bestEntry } from './choose-driver.ts';
import { DeviceClaim } from './device-claim.ts';
import type { PrinterEntry, PrinterSession } from './driver.ts';
import { DeviceError, type DeviceErrorCode } from './errors.ts';
import { JobOutcomes } from './job-outcomes.ts';
import type { TakenDevices } from './kept/kept-link.ts';
import { LoadedDrivers } from './loaded-drivers.ts';
import { closeSession, openSession } from './open-session.ts';
import type { CashDrawer, PrinterStatus, PrintJob, PrintOutcome, ReceiptPrinter } from './ports.ts';
import type { PrinterProfile } from './printer-profile.ts';
import { ABSENT_PRINTER, printerView } from './printer-view.ts';
import type { Rasteriser } from './receipt/bitmap.ts';
import type { RememberedPrinter } from './remembered-printer.ts';
import type { Timers } from './timers.ts';
import { type Bus, type Found, isSameDevice, type SerialLine } from './transports/transport.ts';

export interface ReconnectingPrinterOptions {
  readonly buses: readonly Bus[];
  readonly drivers: readonly PrinterEntry[];
  readonly raster: Rasteriser;
  readonly timers: Timers;
  /** Shared with the other places of the counter: what one of them has open is not opened here, and the other way round. */
  readonly taken?: TakenDevices;
  readonly remembered?: RememberedPrinter;
  /** Called when there is something new to keep: a device chosen, a profile changed or learned, or nothing any more. */
  readonly remember: (printer: RememberedPrinter | undefined) => void;
}

/** Links opened again by itself before a replug, a job or a person is wanted: a device that flaps would spin. */
const REOPENINGS_MAX = 3;

/**
 * The till's printer as flows see it: there from the start, whether or not one is plugged in. It takes up the
 * remembered device after a reload and after a replug without asking anyone, and never prints one job twice.
 */
export class ReconnectingPrinter implements ReceiptPrinter, CashDrawer {
  readonly #options: ReconnectingPrinterOptions;
  readonly #listeners = new Set<() => void>();
  readonly #drivers: LoadedDrivers;
  readonly #outcomes = new JobOutcomes();
  readonly #claim: DeviceClaim;
  #remembered: RememberedPrinter | undefined;
  /** In use instead of the remembered profile, while it is tried out. */
  #trial: PrinterProfile | undefined;
  #session: PrinterSession | undefined;
  #connecting: Promise<void> | undefined;
  /** A device can only be opened again when it is closed. Never rejects. */
  #closing: Promise<void> = Promise.resolve();
  #trouble: DeviceErrorCode | undefined;
  #status: PrinterStatus = ABSENT_PRINTER;
  #stops: readonly (() => void)[] = [];
  #reopenings = 0;

  constructor(options: ReconnectingPrinterOptions) {
    this.#options = options;
    this.#remembered = options.remembered;
    this.#drivers = new LoadedDrivers(options.drivers);
    this.#claim = new DeviceClaim(options.taken ?? new Set());
  }

  get status(): PrinterStatus {
    return this.#status;
  }

  get columns(): number {
    return this.#profile?.columns ?? 48;
  }

  get remembered(): RememberedPrinter | undefined {
    return this.#remembered;
  }

  get #profile(): PrinterProfile | undefined {
    return this.#trial ?? this.#remembered?.profile;
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
      const found = known.find(
        (each) => this.#claim.isFree(each) && isSameDevice(wanted.identity, each.identity),
      );
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
    const found = await bus.choose(this.#options.drivers.flatMap(({ match }) => match));
    const { identity } = found;
    const fitting = this.#options.drivers.filter((each) => each.fits?.(identity) ?? true);
    const driver = bestEntry(fitting, (match) => found.agrees(match));
    if (driver === undefined) throw new DeviceError('unsupported', 'no driver for this printer');
    if (!this.#claim.isFree(found)) throw new DeviceError('busy', 'this device is in use at another place');
    await this.#drop();
    this.#trial = undefined;
    const profile = driver.profileFor(identity);
    this.#keep({ driver: driver.id, identity, profile, ...(line ? { line } : {}) });
    await this.#connect(found, this.#remembered);
    if (this.#trouble !== undefined) throw new DeviceError(this.#trouble, 'the printer cannot be opened');
  }

  /** Changes language, columns, charset … of the remembered printer, and connects afresh with them. */
  configure(profile: PrinterProfile, line?: SerialLine): Promise<void> {
    return this.#change(profile, line ? { line } : {});
  }

  /** Keeps what the wizard found out, and that it was walked. Connects afresh. */
  settle(profile: PrinterProfile): Promise<void> {
    return this.#change(profile, { walked: true });
  }

  /** Uses a profile without keeping it: a reload comes back to the remembered one, and so does `undefined`. */
  async tryOut(profile: PrinterProfile | undefined): Promise<void> {
    const before = JSON.stringify(this.#profile);
    this.#trial = profile;
    if (JSON.stringify(this.#profile) === before) return;
    await this.#drop();
    await this.reacquire();
  }

  /** Forgets the printer. The browser's permission stays; the next start will not take it up. */
  async forget(): Promise<void> {
    this.#trial = undefined;
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
    return this.#outcomes.once(job, () => this.#print(job));
  }

  async kick(): Promise<boolean> {
    await this.#connecting;
    return (await this.#session?.kick()) ?? false;
  }

  /** Asks a printer that does not report by itself. Never rejects. */
  async look(): Promise<PrinterStatus> {
    await this.#connecting;
    await this.#session?.look();
    return this.#status;
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
    if (this.#session === undefined && this.#claim.isFree(found)) await this.#connect(found, wanted);
  }

  #connect(found: Found, wanted: RememberedPrinter | undefined): Promise<void> {
    if (wanted === undefined) return Promise.resolve();
    this.#connecting ??= this.#closing
      .then(() => this.#open(found, wanted))
      .finally(() => {
        this.#connecting = undefined;
        this.#refresh();
      });
    this.#refresh();
    return this.#connecting;
  }

  async #open(found: Found, wanted: RememberedPrinter): Promise<void> {
    this.#trouble = undefined;
    try {
      if (!this.#claim.isFree(found)) throw new DeviceError('busy', 'this device is in use at another place');
      this.#claim.take(found.device);
      const driver = await this.#drivers.load(wanted.driver);
      const { raster, timers } = this.#options;
      const profile = this.#trial ?? wanted.profile;
      const onLearned = (confirm: PrinterProfile['confirm']): void => this.#learned(confirm);
      const session = await openSession(found.open(wanted.line), (transport) =>
        driver.connect(transport, { profile, raster, timers, onLearned }),
      );
      this.#session = session;
      session.subscribe(() => this.#refresh());
      void session.lost.then(() => this.#gone(session));
    } catch (cause) {
      this.#claim.take(undefined);
      this.#trouble = cause instanceof DeviceError ? cause.code : 'protocol';
    }
  }

  #gone(session: PrinterSession): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#trouble = 'lost';
    this.#refresh();
    this.#reopenings += 1;
    // A closed link of a device that is still plugged in (given up, or a hiccup) brings no 'connect': look for it.
    const again = () => (this.#reopenings > REOPENINGS_MAX ? undefined : this.reacquire());
    void this.#close(session).then(again);
  }

  async #drop(): Promise<void> {
    await this.#connecting;
    const session = this.#session;
    this.#session = undefined;
    this.#trouble = undefined;
    await this.#close(session);
    this.#refresh();
  }

  /** The device is another place's to open when it is closed, not before. */
  #close(session: PrinterSession | undefined): Promise<void> {
    this.#closing = Promise.all([this.#closing, closeSession(session)]).then(() =>
      this.#claim.take(undefined),
    );
    return this.#closing;
  }

  async #change(profile: PrinterProfile, more: Partial<RememberedPrinter>): Promise<void> {
    if (this.#remembered === undefined) return;
    const driver = this.#drivers.speaking(profile.language) ?? this.#remembered.driver;
    this.#trial = undefined;
    this.#keep({ ...this.#remembered, driver, profile, ...more });
    await this.#drop();
    await this.reacquire();
  }

  #learned(confirm: PrinterProfile['confirm']): void {
    if (this.#remembered === undefined) return;
    if (this.#trial !== undefined) this.#trial = { ...this.#trial, confirm };
    this.#keep({ ...this.#remembered, profile: { ...this.#remembered.profile, confirm } });
  }

  #keep(remembered: RememberedPrinter | undefined): void {
    this.#remembered = remembered;
    this.#options.remember(remembered);
  }

  #refresh(): void {
    const next = printerView(this.#session?.status ?? ABSENT_PRINTER, {
      isConnecting: this.#connecting !== undefined,
      identity: this.#remembered?.identity,
      profile: this.#profile,
      trouble: this.#trouble,
    });
    if (JSON.stringify(next) === JSON.stringify(this.#status)) return;
    this.#status = next;
    for (const listener of [...this.#listeners]) listener();
  }
}
