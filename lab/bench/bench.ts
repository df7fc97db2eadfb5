import type { ReaderSettings } from '../../src/devices/dialogue/reader-settings.ts';
import type { DeviceSession, DriverEntry } from '../../src/devices/driver.ts';
import type { TagReaderSettings } from '../../src/devices/drivers/pn532/driver.ts';
import type { PoleSettings } from '../../src/devices/drivers/pole/session.ts';
import type { ScaleSettings } from '../../src/devices/drivers/scale/continuous-driver.ts';
import type { ScannerSettings } from '../../src/devices/drivers/scanner/listening.ts';
import { KeptDisplay, type PoleSession } from '../../src/devices/kept/kept-display.ts';
import { KeptLink } from '../../src/devices/kept/kept-link.ts';
import { KeptReader, type ReaderSession } from '../../src/devices/kept/kept-reader.ts';
import { KeptScale, type ScaleSession } from '../../src/devices/kept/kept-scale.ts';
import { KeptScanner, type ScannerSession } from '../../src/devices/kept/kept-scanner.ts';
import { KeptTagReader, type TagSession } from '../../src/devices/kept/kept-tag-reader.ts';
import { KeptTerminal, type TerminalSession } from '../../src/devices/kept/kept-terminal.ts';
import type {
  CardFinal,
  CardPresented,
  DeviceHealth,
  HostResult,
  PrintOutcome,
  ReaderPrompt,
  TerminalAnswer,
  WeightReading,
} from '../../src/devices/ports.ts';
import { type PrinterProfileId, printerProfile } from '../../src/devices/printer-profile.ts';
import { canvasRasteriser } from '../../src/devices/receipt/canvas-raster.ts';
import { ReconnectingPrinter } from '../../src/devices/reconnecting-printer.ts';
import {
  CARD_READERS,
  PAYMENT_TERMINALS,
  POLE_DISPLAYS,
  RECEIPT_PRINTERS,
  SCALES,
  SCANNERS,
  TAG_READERS,
} from '../../src/devices/registry.ts';
import { OrderNotes } from '../../src/devices/terminals/order-notes.ts';
import type { TerminalSettings } from '../../src/devices/terminals/terminal-settings.ts';
import { sixtyLines } from '../../src/devices/testing/sixty-lines.ts';
import { systemTimers } from '../../src/devices/timers.ts';
import type { Bus, BusKind, Link } from '../../src/devices/transports/transport.ts';
import { WebHidBus } from '../../src/devices/transports/webhid.ts';
import { WebSerialBus } from '../../src/devices/transports/webserial.ts';
import { WebUsbBus } from '../../src/devices/transports/webusb.ts';
import { minor } from '../../src/domain/money.ts';

/** Numbers that a remembered device is found by. */
interface Ids {
  readonly bus: BusKind;
  readonly vendorId: number;
  readonly productId: number;
}

/** What a pole says around its figures. */
const POLE_WORDS = {
  ...{ welcome: 'Welcome', amount: 'Amount', total: 'Total', received: 'Received', change: 'Change' },
  ...{ paid: 'Paid', waiting: 'Wait', scan: 'Scan' },
};

/** The ways to devices that this browser has, as the till wires them. */
const usb = new WebUsbBus(navigator.usb);
const serial = new WebSerialBus(navigator.serial, (ms) => wait(ms));
const hid = new WebHidBus(navigator.hid);

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What happened to the devices of this page, oldest first: `usb connect`, `hid disconnect` … */
function watchEvents(): string[] {
  const events: string[] = [];
  for (const api of ['usb', 'hid', 'serial'] as const) {
    for (const type of ['connect', 'disconnect'] as const) {
      navigator[api].addEventListener(type, () => events.push(`${api} ${type}`));
    }
  }
  return events;
}

/** The product's drivers over the browser's own device APIs. Runs in the guest's page; a case of the lab presses its buttons. */
class Bench {
  readonly events = watchEvents();
  readonly prompts: ReaderPrompt[] = [];
  #terminal: KeptTerminal<TerminalSettings> | undefined;
  #reader: KeptReader<ReaderSettings> | undefined;
  readonly scans: string[] = [];
  #scale: KeptScale<ScaleSettings> | undefined;
  #display: KeptDisplay<PoleSettings> | undefined;
  #tagReader: KeptTagReader<TagReaderSettings> | undefined;
  #scanner: KeptScanner<ScannerSettings> | undefined;
  #printer: ReconnectingPrinter | undefined;
  #cancel = new AbortController();

  async keepPrinter(driver: string, ids: Ids, profile: PrinterProfileId): Promise<void> {
    this.#printer = new ReconnectingPrinter({
      ...{ buses: [usb, serial], drivers: RECEIPT_PRINTERS, timers: systemTimers },
      raster: canvasRasteriser((width, height) =>
        new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }),
      ),
      remembered: { driver, identity: { ...ids, name: '' }, profile: printerProfile(profile) },
      remember: () => undefined,
    });
    await this.#printer.start();
  }

  async keepTerminal(driver: string, ids: Ids): Promise<void> {
    const notes = new OrderNotes({ save: async () => undefined }, []);
    const settings = {
      ...{ timers: systemTimers, now: Date.now, notes },
      ...{ ecrhub: { appId: 'lab' }, zvt: { password: '000000' }, pax: { storesOffline: false } },
    };
    const kept = await this.#keep<TerminalSession, TerminalSettings>(PAYMENT_TERMINALS, settings, {
      driver,
      ids,
    });
    this.#terminal = new KeptTerminal(kept);
  }

  async keepReader(driver: string, ids: Ids): Promise<void> {
    const kept = await this.#keep<ReaderSession, ReaderSettings>(
      CARD_READERS,
      { timers: systemTimers, clock: { now: Date.now, mono: () => performance.now() } },
      { driver, ids },
    );
    this.#reader = new KeptReader(kept);
  }

  /** What is scanned is added to `scans`. */
  async keepScanner(driver: string, ids: Ids): Promise<void> {
    const settings = { timers: systemTimers };
    const kept = await this.#keep<ScannerSession, ScannerSettings>(SCANNERS, settings, { driver, ids });
    this.#scanner = new KeptScanner(kept);
    this.#scanner.onScan(({ text }) => this.scans.push(text));
  }

  async keepScale(driver: string, ids: Ids): Promise<void> {
    const settings = { timers: systemTimers };
    this.#scale = new KeptScale(
      await this.#keep<ScaleSession, ScaleSettings>(SCALES, settings, { driver, ids }),
    );
  }

  /** The serial numbers of tags are added to `scans`. */
  async keepTagReader(driver: string, ids: Ids): Promise<void> {
    const settings = { timers: systemTimers };
    this.#tagReader = new KeptTagReader(
      await this.#keep<TagSession, TagReaderSettings>(TAG_READERS, settings, { driver, ids }),
    );
    this.#tagReader.onTag(({ uid }) => this.scans.push(uid));
  }

  async keepDisplay(driver: string, ids: Ids): Promise<void> {
    const settings = { words: () => POLE_WORDS, plainWords: POLE_WORDS };
    this.#display = new KeptDisplay(
      await this.#keep<PoleSession, PoleSettings>(POLE_DISPLAYS, settings, { driver, ids }),
    );
  }

  showAmount(amount: number): void {
    this.#display?.show({ show: 'amount', amount: minor(amount), currency: 'CNY' });
  }

  weigh(): Promise<WeightReading> {
    if (this.#scale === undefined) throw new Error('no scale is kept');
    return this.#scale.request();
  }

  /** Of whatever is kept: its link, and what is known of the device. */
  get state(): { readonly link: string; readonly trouble: string; readonly health: DeviceHealth } {
    if (this.#printer !== undefined) {
      const { link, trouble = 'none' } = this.#printer.status;
      return { link, trouble, health: {} };
    }
    const all = [this.#terminal, this.#reader, this.#scanner, this.#scale, this.#display, this.#tagReader];
    const kept = all.find(Boolean)?.kept;
    const health = kept?.session?.health ?? {};
    return { link: kept?.link ?? 'absent', trouble: kept?.trouble ?? 'none', health };
  }

  /** A slip of sixty mixed lines. */
  async print(jobId: string): Promise<PrintOutcome> {
    if (this.#printer === undefined) throw new Error('no printer is kept');
    return this.#printer.print({ jobId, document: sixtyLines(), kickDrawer: true });
  }

  pay(reference: string, amount: number): Promise<TerminalAnswer> {
    this.#cancel = new AbortController();
    const order = { reference, amount: minor(amount), currency: 'CNY', purpose: 'sale' } as const;
    return this.#theTerminal.pay(order, this.#cancel.signal);
  }

  inquire(reference: string): Promise<TerminalAnswer> {
    return this.#theTerminal.inquire(reference);
  }

  reverse(reference: string): Promise<TerminalAnswer> {
    return this.#theTerminal.reverse(reference);
  }

  /** Asks for a card; what the reader tells the customer is added to `prompts`. */
  present(amount: number, timeoutMs: number): Promise<CardPresented> {
    this.#cancel = new AbortController();
    const order = { orderKey: 'a'.repeat(32), purpose: 'sale', currency: 'CNY' } as const;
    const request = { ...order, amount: minor(amount), timeoutMs };
    return this.#theReader.start(request, (prompt) => this.prompts.push(prompt), this.#cancel.signal);
  }

  resume(result: HostResult): Promise<CardFinal> {
    return this.#theReader.resume(result, (prompt) => this.prompts.push(prompt));
  }

  cancel(): void {
    this.#cancel.abort();
  }

  get #theTerminal(): KeptTerminal<TerminalSettings> {
    if (this.#terminal === undefined) throw new Error('no terminal is kept');
    return this.#terminal;
  }

  get #theReader(): KeptReader<ReaderSettings> {
    if (this.#reader === undefined) throw new Error('no reader is kept');
    return this.#reader;
  }

  /** Remembers a device as if a person had chosen it earlier: from then on it is taken up whenever it is plugged in. */
  async #keep<Session extends DeviceSession, Settings>(
    drivers: readonly DriverEntry<Session, Settings>[],
    settings: Settings,
    { driver, ids }: { readonly driver: string; readonly ids: Ids },
  ): Promise<KeptLink<Session, Settings>> {
    const line = drivers.find(({ id }) => id === driver)?.line;
    const buses: readonly Bus<Link>[] = [hid, serial, usb];
    const kept = new KeptLink<Session, Settings>({
      ...{ buses, drivers, settings, timers: systemTimers, remember: () => undefined },
      remembered: { driver, identity: { ...ids, name: '' }, ...(line === undefined ? {} : { line }) },
    });
    await kept.start();
    return kept;
  }
}

declare global {
  var bench: Bench;
}
globalThis.bench = new Bench();
