import type { PrinterStatus } from '../devices/ports.ts';
import type { JournalStatus } from '../domain/journal.ts';
import { FlowError, type Life, type Settings, type StripState } from '../flow/services.ts';
import { Store } from '../flow/store.ts';
import type { SyncState } from '../flow/sync/sync.ts';
import type { InstallPrompt } from './install.ts';
import type { Update } from './update.ts';

/** Ms between beats: what waits is sent, and the strip learns whether the server is there (at most 60 s by design §4). */
export const BEAT_MS = 30_000;

export interface LifePorts {
  readonly training: boolean;
  readonly settings: Store<Settings>;
  readonly journal: { readonly status: JournalStatus; subscribe(listener: () => void): () => void };
  readonly printer: { readonly status: PrinterStatus; subscribe(listener: () => void): () => void };
  readonly sync: { readonly state: Store<SyncState>; poke(urgent: boolean): void };
  readonly update: Update;
  readonly install: InstallPrompt;
  /** True while a reload would interrupt a sale or leave an attempt unresolved. */
  isBusy(): boolean;
  onBusyChange(listener: () => void): void;
  keep(settings: Settings): Promise<void>;
  requestPersist(): Promise<boolean>;
  officeTicket(): Promise<string | undefined>;
  /** Asks the server for its time: any answer proves that it is there. */
  ping(): Promise<{ readonly serverTime: number } | undefined>;
}

/** Everything around the sale: the strip that never lies, settings, updates, the way to the office. */
export class LifeService implements Life {
  readonly strip: Store<StripState>;
  readonly settings: Store<Settings>;
  readonly canInstall: Store<boolean>;
  readonly #ports: LifePorts;
  /** How often the browser has said that the network is gone. */
  #losses = 0;

  constructor(ports: LifePorts) {
    this.#ports = ports;
    this.settings = ports.settings;
    this.canInstall = ports.install.available;
    const { journal, printer, training } = ports;
    const base = { sync: 'idle', update: 'none', training, demo: false } as const;
    this.strip = new Store<StripState>({
      ...base,
      network: navigator.onLine ? 'online' : 'offline',
      journal: journal.status,
      printer: printer.status,
    });
  }

  start(): void {
    const { journal, printer, sync, update } = this.#ports;
    journal.subscribe(() => {
      this.#set({ journal: journal.status });
      if (journal.status.unsynced > 0) sync.poke(false);
    });
    printer.subscribe(() => this.#set({ printer: printer.status }));
    sync.state.subscribe(() => this.#showSync(sync.state.value));
    update.waiting.subscribe(() => this.#showUpdate());
    this.#ports.onBusyChange(() => this.#showUpdate());
    globalThis.addEventListener('online', () => this.#beat(true));
    globalThis.addEventListener('offline', () => {
      this.#losses += 1;
      this.#set({ network: 'offline' });
      // The server may be on this very machine: then it answers all the same.
      this.#beat(false);
    });
    setInterval(() => this.#beat(false), BEAT_MS);
    this.#beat(true);
  }

  /**
   * Every call to the server, whoever makes it, begins with this, and tells what it gives back whether the server answered. An
   * answer to a question from before the link was lost says nothing of the link now.
   */
  calling(): (isAnswered: boolean) => void {
    const losses = this.#losses;
    return (isAnswered) => {
      if (isAnswered && losses !== this.#losses) return;
      const network = isAnswered ? 'online' : navigator.onLine ? 'server-gone' : 'offline';
      if (network !== this.strip.value.network) this.#set({ network });
    };
  }

  /** Said plainly on every screen. */
  demo(demo: boolean): void {
    if (demo !== this.strip.value.demo) this.#set({ demo });
  }

  /** Server time minus device time, when they are far enough apart to matter or have come together again. */
  told(serverTime: number): void {
    const clockSkewMs = serverTime - Date.now();
    if (Math.abs((this.strip.value.clockSkewMs ?? 0) - clockSkewMs) > 1_000) this.#set({ clockSkewMs });
  }

  async change(change: Partial<Settings>): Promise<void> {
    const next = { ...this.settings.value, ...change };
    await this.#ports.keep(next);
    this.settings.set(next);
  }

  async syncNow(): Promise<void> {
    this.#ports.sync.poke(true);
  }

  async requestPersist(): Promise<boolean> {
    return this.#ports.requestPersist();
  }

  async applyUpdate(): Promise<void> {
    if (!this.#ports.isBusy()) this.#ports.update.apply();
  }

  async openOffice(): Promise<string> {
    const url = await this.#ports.officeTicket();
    if (url === undefined) throw new FlowError('server-unreachable');
    return url;
  }

  async install(): Promise<void> {
    await this.#ports.install.show();
  }

  #beat(urgent: boolean): void {
    const { sync, training } = this.#ports;
    if (training) return;
    if (this.strip.value.journal.unsynced > 0) sync.poke(urgent);
    this.#ports.ping().then(
      (answer) => {
        if (answer !== undefined) this.told(answer.serverTime);
      },
      () => undefined,
    );
  }

  #showSync(state: SyncState): void {
    const { syncProblem: _, ...rest } = this.strip.value;
    this.strip.set({
      ...rest,
      sync: state.at,
      ...(state.at === 'blocked' ? { syncProblem: state.reason } : {}),
    });
  }

  #showUpdate(): void {
    const update = !this.#ports.update.waiting.value ? 'none' : this.#ports.isBusy() ? 'busy' : 'ready';
    if (update !== this.strip.value.update) this.#set({ update });
  }

  #set(change: Partial<StripState>): void {
    this.strip.set({ ...this.strip.value, ...change });
  }
}
