import type { DeviceSession, Driver, DriverEntry } from '../driver.ts';
import { DeviceError, type DeviceErrorCode } from '../errors.ts';
import { closeSession, openSession } from '../open-session.ts';
import type { Timers } from '../timers.ts';
import {
  type Bus,
  type BusKind,
  type DeviceIdentity,
  type Found,
  isSameDevice,
  type Link,
  type SerialLine,
} from '../transports/transport.ts';

/** A device of this till, as it is remembered. Plain JSON. */
export interface RememberedDevice {
  readonly driver: string;
  readonly identity: DeviceIdentity;
  readonly line?: SerialLine;
}

/**
 * Which plugged-in devices are taken, shared by all links of a counter: two devices of one model without serial numbers look
 * alike, and must not be opened for the wrong place.
 */
export type TakenDevices = Set<object>;

export interface KeptLinkOptions<Session extends DeviceSession, Settings> {
  readonly buses: readonly Bus<Link>[];
  readonly drivers: readonly DriverEntry<Session, Settings>[];
  readonly settings: Settings;
  readonly timers: Timers;
  readonly taken?: TakenDevices;
  readonly remembered?: RememberedDevice;
  /** Called when there is something new to keep, or nothing any more. */
  readonly remember: (device: RememberedDevice | undefined) => void;
}

/** Waits between tries to open a device that is there and cannot be opened, ms. The last one repeats. */
export const REOPEN_AFTER_MS = [250, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const;
/** Tries by itself: about five minutes. Then a replug, a wake or a person is wanted. */
const REOPENINGS_MAX = 16;
/** A link that held so long was a good one: the tries are counted afresh, ms. */
const STEADY_AFTER_MS = 60_000;

/**
 * Keeps one remembered device connected: taken up after a reload, a replug and a wake without asking anyone, and tried
 * again with growing waits while another program holds it. What is on the link is a session; it ends with the link.
 */
export class KeptLink<Session extends DeviceSession, Settings> {
  readonly #options: KeptLinkOptions<Session, Settings>;
  readonly #listeners = new Set<() => void>();
  readonly #loaded = new Map<string, Driver<Session, Settings, Link>>();
  readonly #taken: TakenDevices;
  #remembered: RememberedDevice | undefined;
  #device: object | undefined;
  #session: Session | undefined;
  #connecting: Promise<void> | undefined;
  #trouble: DeviceErrorCode | undefined;
  #stops: readonly (() => void)[] = [];
  #stopWaiting: () => void = () => undefined;
  #stopProbation: () => void = () => undefined;
  #tries = 0;

  constructor(options: KeptLinkOptions<Session, Settings>) {
    this.#options = options;
    this.#remembered = options.remembered;
    this.#taken = options.taken ?? new Set();
  }

  /** Undefined while no device is connected. */
  get session(): Session | undefined {
    return this.#session;
  }

  get link(): 'connected' | 'connecting' | 'absent' {
    if (this.#session !== undefined) return 'connected';
    return this.#connecting === undefined ? 'absent' : 'connecting';
  }

  /** Why there is no link, when it was tried and failed. */
  get trouble(): DeviceErrorCode | undefined {
    return this.#trouble;
  }

  get remembered(): RememberedDevice | undefined {
    return this.#remembered;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes up the remembered device if it is there, and again whenever it is plugged in. Never rejects. */
  async start(): Promise<void> {
    this.#stops = this.#options.buses.map((bus) => bus.onArrival((found) => void this.#arrived(found)));
    await this.reacquire();
  }

  /** Looks for the remembered device now: after a wake, or when the person has closed another program. Never rejects. */
  async reacquire(): Promise<void> {
    this.#tries = 0;
    await this.#find();
  }

  /**
   * Shows the browser's chooser and connects. Call it straight from the click, with nothing awaited before. `driverId` where
   * ids cannot tell what is behind the link: a serial port. Rejects with DeviceError: after `not-chosen` the device that was
   * there is still in use; after any other code the chosen one is remembered with its trouble.
   */
  async pair(kind: BusKind, driverId?: string, line?: SerialLine): Promise<void> {
    const bus = this.#options.buses.find((each) => each.kind === kind);
    const offered = this.#options.drivers.filter(({ id }) => driverId === undefined || id === driverId);
    if (bus === undefined) throw new DeviceError('unsupported', `no ${kind} in this browser`);
    const found = await bus.choose(offered.flatMap(({ match }) => match.filter((each) => each.bus === kind)));
    const entry = offered.find(({ match }) => match.some((each) => found.agrees(each)));
    if (entry === undefined) throw new DeviceError('unsupported', 'no driver for this device');
    if (!this.#isFree(found)) throw new DeviceError('busy', 'this device is in use at another place');
    await this.#drop();
    const opened = line ?? entry.line;
    this.#keep({ driver: entry.id, identity: found.identity, ...(opened ? { line: opened } : {}) });
    await this.#connect(found);
    if (this.#trouble !== undefined) throw new DeviceError(this.#trouble, 'the device cannot be opened');
  }

  /** Forgets the device. The browser's permission stays; the next start will not take it up. */
  async forget(): Promise<void> {
    this.#keep(undefined);
    await this.#drop();
  }

  /** Ends for good: used when the page leaves training mode. */
  async stop(): Promise<void> {
    for (const end of this.#stops) end();
    this.#stops = [];
    this.#tries = REOPENINGS_MAX;
    await this.#drop();
  }

  async #find(): Promise<void> {
    const wanted = this.#remembered;
    if (wanted === undefined || this.#session !== undefined) return;
    for (const bus of this.#options.buses) {
      if (bus.kind !== wanted.identity.bus) continue;
      const known = await bus.known().catch(() => []);
      const found = known.find((each) => this.#isFree(each) && isSameDevice(wanted.identity, each.identity));
      if (found !== undefined) return this.#connect(found);
    }
  }

  async #arrived(found: Found<Link>): Promise<void> {
    const wanted = this.#remembered;
    if (wanted === undefined || !isSameDevice(wanted.identity, found.identity)) return;
    await this.#connecting;
    this.#tries = 0;
    if (this.#session === undefined && this.#isFree(found)) await this.#connect(found);
  }

  #connect(found: Found<Link>): Promise<void> {
    const wanted = this.#remembered;
    if (wanted === undefined) return Promise.resolve();
    this.#stopWaiting();
    this.#connecting ??= this.#open(found, wanted).finally(() => {
      this.#connecting = undefined;
      this.#tell();
    });
    this.#tell();
    return this.#connecting;
  }

  async #open(found: Found<Link>, wanted: RememberedDevice): Promise<void> {
    this.#trouble = undefined;
    this.#take(found.device);
    try {
      const driver = await this.#driver(wanted.driver);
      const session = await openSession(found.open(wanted.line), (link) =>
        driver.connect(link, this.#options.settings),
      );
      this.#session = session;
      this.#stopProbation = this.#options.timers.after(STEADY_AFTER_MS, () => {
        this.#tries = 0;
      });
      session.subscribe?.(() => this.#tell());
      void session.lost.then(() => this.#gone(session));
    } catch (cause) {
      this.#take(undefined);
      this.#trouble = cause instanceof DeviceError ? cause.code : 'protocol';
      this.#tryAgainLater();
    }
  }

  async #driver(id: string): Promise<Driver<Session, Settings, Link>> {
    const loaded = this.#loaded.get(id);
    if (loaded !== undefined) return loaded;
    const entry = this.#options.drivers.find((each) => each.id === id);
    if (entry === undefined) throw new DeviceError('unsupported', `no driver ${id}`);
    const driver = await entry.load();
    this.#loaded.set(id, driver);
    return driver;
  }

  #gone(session: Session): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#take(undefined);
    this.#stopProbation();
    this.#trouble = 'lost';
    this.#tell();
    // A closed link of a device that is still plugged in (a hiccup) brings no 'connect': look for it.
    void closeSession(session).then(() => this.#tryAgainLater());
  }

  #tryAgainLater(): void {
    if (this.#tries >= REOPENINGS_MAX) return;
    const wait = REOPEN_AFTER_MS[Math.min(this.#tries, REOPEN_AFTER_MS.length - 1)] ?? 0;
    this.#tries += 1;
    this.#stopWaiting();
    this.#stopWaiting = this.#options.timers.after(wait, () => void this.#find());
  }

  async #drop(): Promise<void> {
    this.#stopWaiting();
    this.#stopProbation();
    await this.#connecting;
    const session = this.#session;
    this.#session = undefined;
    this.#trouble = undefined;
    await closeSession(session);
    this.#take(undefined);
    this.#tell();
  }

  #isFree({ device }: Found<Link>): boolean {
    return device === this.#device || !this.#taken.has(device);
  }

  #take(device: object | undefined): void {
    if (this.#device !== undefined) this.#taken.delete(this.#device);
    this.#device = device;
    if (device !== undefined) this.#taken.add(device);
  }

  #keep(remembered: RememberedDevice | undefined): void {
    this.#remembered = remembered;
    this.#options.remember(remembered);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
