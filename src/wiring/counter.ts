import * as z from 'zod/mini';
import type { TakenDevices } from '../devices/kept/kept-link.ts';
import type { PrintDoubt, PrintOutcome } from '../devices/ports.ts';
import type { ReconnectingPrinter } from '../devices/reconnecting-printer.ts';
import type { RememberedPrinter } from '../devices/remembered-printer.ts';
import { newJobId } from '../domain/ids.ts';
import type { Journal } from '../domain/journal.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';
import type { Language } from '../domain/shop.ts';
import type { CheckoutState } from '../flow/checkout-service.ts';
import type { PrinterWizardRunner } from '../flow/devices/printer-wizard-runner.ts';
import type { Devices, DevicesState, Paper } from '../flow/services.ts';
import { Store } from '../flow/store.ts';
import { CounterCards } from './counter-cards.ts';
import { CounterPlaces } from './counter-places.ts';
import { PrinterSightings } from './device-printer.ts';
import { NO_PRINTER } from './no-printer.ts';
import type { PrinterTrial } from './printer-trial.ts';
import type { SimulatedCounter } from './simulated-counter.ts';
import type { SlipPreview } from './slip-preview.ts';
import { SwitchedPrinter } from './switched-printer.ts';
import { systemChance, systemClock } from './system.ts';

const KEPT_KEY = 'printer';
const KeptSchema = z.object({
  simulated: z.boolean(),
  columns: z.union([z.literal(32), z.literal(42), z.literal(48)]),
});

/** The money is on its way, or taken and not written down yet: the printer is wanted any moment. */
const PAYING: readonly CheckoutState['at'][] = ['paying', 'asking', 'unsaved'];

export interface CounterPorts {
  /** Which device APIs this browser has. */
  readonly has: { readonly usb: boolean; readonly serial: boolean };
  readonly training: boolean;
  readonly language: () => Language;
  readonly vault: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  testDocument(columns: number): Promise<ReceiptDocument>;
  printBySystem(document: ReceiptDocument): Promise<void>;
  openDisplay(): void;
  alarm(error: unknown): void;
}

/** The devices of this counter as pages and flows see them. */
export class Counter implements Devices {
  readonly state: Store<DevicesState>;
  readonly paper: Store<Paper>;
  readonly printer: SwitchedPrinter;
  readonly cards = new CounterCards();
  readonly places: CounterPlaces;
  readonly #ports: CounterPorts;
  #real: ReconnectingPrinter | undefined;
  #simulated: SimulatedCounter | undefined;
  #simulatedColumns: 32 | 42 | 48 = 32;
  readonly #sightings: PrinterSightings;
  #trial: PrinterTrial | undefined;
  #preview: Promise<SlipPreview> | undefined;
  #isPaying = false;
  #hasStarted = false;

  constructor(ports: CounterPorts) {
    this.#ports = ports;
    this.printer = new SwitchedPrinter(NO_PRINTER);
    this.paper = new Store<Paper>({ columns: this.#simulatedColumns, lines: [], drawerKicks: 0 });
    const { vault, language, alarm } = ports;
    this.places = new CounterPlaces({ vault, language, alarm, printer: () => this.#look() });
    this.#sightings = new PrinterSightings({
      clock: systemClock,
      happened: (moment) => this.places.happened(moment),
    });
    this.state = new Store(this.#look());
    this.printer.subscribe(() => this.state.set(this.#look()));
  }

  /** Of several tabs one owns the devices: the one that writes. Another takes them up when it becomes the writer. */
  startAsOwner(journal: Pick<Journal, 'status' | 'subscribe'>): void {
    const begin = (): void => {
      if (this.#hasStarted || journal.status.role !== 'writer') return;
      this.#hasStarted = true;
      this.#start().catch(this.#ports.alarm);
    };
    begin();
    journal.subscribe(begin);
  }

  /** A payment comes before the wizard. */
  follow(sale: Store<CheckoutState>): void {
    const look = (): void => {
      this.#isPaying = PAYING.includes(sale.value.at);
      if (this.#isPaying) void this.#endTrial();
    };
    sale.subscribe(look);
    look();
  }

  /** The tablet was asleep, and its USB with it: what came back without a word is looked for. */
  wake(): void {
    Promise.all([this.#real?.reacquire(), this.places.wake()]).catch(this.#ports.alarm);
  }

  /** A simulated reader and terminal, where no real one would do: in training and at a demo server. */
  simulateCards(on: boolean): void {
    this.cards.simulate(on, this.#ports.alarm);
    this.places.simulate(on ? ['reader', 'terminal'] : []);
  }

  /** Loads the drivers and takes up what this counter had, without asking anyone. */
  async #start(): Promise<void> {
    const { vault, training, alarm } = this.#ports;
    if (training) this.cards.use(null);
    const kept = z.safeParse(KeptSchema, await vault.get(KEPT_KEY));
    if (kept.success) this.#simulatedColumns = kept.data.columns;
    if (training || (kept.success && kept.data.simulated)) await this.#simulate();
    const remembered = (await vault.get(`${KEPT_KEY}-device`)) as RememberedPrinter | null | undefined;
    const [{ realPrinter }, { browserBuses }] = await Promise.all([
      import('./real-counter.ts'),
      import('./browser-buses.ts'),
    ]);
    const buses = browserBuses();
    const taken: TakenDevices = new Set();
    this.#real = await realPrinter(buses.bytes, taken, remembered ?? undefined, (printer) => {
      vault.set(`${KEPT_KEY}-device`, printer ?? null).catch(alarm);
    });
    this.#watch(this.#real);
    if (this.#simulated === undefined) this.printer.use(this.#real);
    // Practice must not reach a terminal that takes real money.
    if (!training) this.cards.use((await this.places.start(buses.all, taken)).cards);
  }

  #watch(real: ReconnectingPrinter): void {
    const look = (): void => this.#sightings.look(real.status);
    real.subscribe(look);
    look();
  }

  async pair(bus: 'usb' | 'serial'): Promise<PrintDoubt | undefined> {
    try {
      if (this.#real === undefined) return 'unsupported';
      void this.#endTrial();
      await this.#real.pair(bus);
      this.#sightings.tell('paired');
    } catch (error) {
      return doubtOf(error);
    }
    await this.useSimulated(false);
    return undefined;
  }

  async forget(): Promise<void> {
    await this.#endTrial();
    await this.#real?.forget();
    this.#sightings.tell('forgotten');
    this.state.set(this.#look());
  }

  async setColumns(columns: 32 | 42 | 48): Promise<void> {
    await this.#endTrial();
    if (this.#simulated !== undefined) {
      this.#simulatedColumns = columns;
      await this.#simulated.printer.stop();
      await this.#simulate();
      return this.#keep(true);
    }
    const remembered = this.#real?.remembered;
    if (remembered !== undefined) await this.#real?.configure({ ...remembered.profile, columns });
    this.state.set(this.#look());
  }

  async setCharset(charset: 'gb18030' | 'raster'): Promise<void> {
    await this.#endTrial();
    const printer = this.#current;
    const remembered = printer?.remembered;
    const qr = charset === 'raster' ? 'raster' : 'native';
    if (remembered !== undefined) await printer?.configure({ ...remembered.profile, charset, qr });
    this.state.set(this.#look());
  }

  async useSimulated(on: boolean): Promise<void> {
    if (on === (this.#simulated !== undefined)) return;
    await this.#endTrial();
    if (on) await this.#simulate();
    else {
      await this.#simulated?.printer.stop();
      this.#simulated = undefined;
      this.printer.use(this.#real ?? NO_PRINTER);
    }
    await this.#keep(on);
  }

  async wizard(): Promise<PrinterWizardRunner | undefined> {
    const [{ tryPrinter }] = await Promise.all([import('./printer-trial.ts'), this.#endTrial()]);
    const [printer, simulated] = [this.#current, this.#simulated];
    const { link, job } = this.printer.status;
    const isFree = link === 'connected' && job === 'idle' && this.#trial === undefined && !this.#isPaying;
    if (printer === undefined || !isFree) return undefined;
    const trial = tryPrinter(printer, {
      alarm: this.#ports.alarm,
      ...(simulated === undefined ? {} : { shutDrawer: () => simulated.closeDrawer() }),
    });
    this.#trial = trial;
    this.printer.hold(() => this.#endTrial());
    void trial.ended.then(() => this.#trialEnded());
    return trial.runner;
  }

  /** Resolves when the printer is as it was before the wizard. At once where there is none. */
  async #endTrial(): Promise<void> {
    this.#trial?.runner.send({ type: 'stop' });
    await this.#trial?.ended;
  }

  #trialEnded(): void {
    this.#trial = undefined;
    this.printer.hold(undefined);
    this.state.set(this.#look());
  }

  async testSlip(): Promise<PrintOutcome> {
    const document = await this.#ports.testDocument(this.printer.columns);
    return this.printer.print({ jobId: newJobId(systemChance), document, kickDrawer: false });
  }

  kickDrawer(): Promise<boolean> {
    return this.printer.kick();
  }

  openDisplay(): void {
    this.#ports.openDisplay();
  }

  abandonJob(): void {
    this.#current?.abandon();
  }

  simulate(fault: Parameters<Devices['simulate']>[0]): void {
    this.#simulated?.simulate(fault);
  }

  printBySystem(document: ReceiptDocument): Promise<void> {
    return this.#ports.printBySystem(document);
  }

  async preview(document: ReceiptDocument): Promise<Paper> {
    this.#preview ??= import('./slip-preview.ts').then((module) => new module.SlipPreview());
    const { columns, charset } = this.state.value;
    return (await this.#preview).draw(document, columns, charset);
  }

  async #simulate(): Promise<void> {
    // Loaded only where somebody practises: a till with a printer never downloads the simulator.
    const { simulatedCounter } = await import('./simulated-counter.ts');
    const simulated = await simulatedCounter(this.#simulatedColumns);
    simulated.onPaper(() => this.paper.set(simulated.paper()));
    this.#simulated = simulated;
    this.paper.set(simulated.paper());
    this.printer.use(simulated.printer);
  }

  #keep(simulated: boolean): Promise<void> {
    this.state.set(this.#look());
    return this.#ports.vault.set(KEPT_KEY, { simulated, columns: this.#simulatedColumns });
  }

  get #current(): ReconnectingPrinter | undefined {
    return this.#simulated?.printer ?? this.#real;
  }

  #look(): DevicesState {
    const remembered = this.#current?.remembered;
    const { status } = this.printer;
    const { lastSeenMs } = this.#sightings;
    return {
      printer: status,
      ...(lastSeenMs === undefined ? {} : { lastSeenMs }),
      ...this.#ports.has,
      columns: this.printer.columns,
      charset: remembered?.profile.charset === 'raster' ? 'raster' : 'gb18030',
      simulated: this.#simulated !== undefined,
      proposesWizard:
        this.#simulated === undefined && status.link === 'connected' && remembered?.walked !== true,
    };
  }
}

/** The coded reason of a DeviceError, told by its name: the class itself is in a chunk that may not be loaded. */
function doubtOf(error: unknown): PrintDoubt {
  return error instanceof Error && error.name === 'DeviceError' && 'code' in error
    ? (error.code as PrintDoubt)
    : 'protocol';
}
