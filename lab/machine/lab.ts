import { mkdirSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import { until } from '../../e2e/crash/deadline.ts';
import type { Undo } from '../../e2e/crash/undo.ts';
import { ServerProcess } from '../../e2e/server-process.ts';
import { BENCH_TITLE, serveBench } from '../bench/serve.ts';
import { BENCH_PORT, LAB_DIR, originOf, TILL_PORT } from '../image/place.ts';
import type { UsbDevice } from '../usb/usb-device.ts';
import { UsbIpServer } from '../usb/usbip.ts';
import { BROWSER_URL, Guest } from './guest.ts';

const USBIP_PORT = 3240;
/** The guest's address of the host's loopback. */
const HOST = '10.0.2.2';
/** Sockets of one hub of the guest's virtual controller. */
const SOCKETS = [1, 2, 3, 4, 5, 6, 7];
/** A cold boot under load sometimes has a browser that never answers. */
const BOOTS_MAX = 3;
/** A bound against hanging; nothing here is fast. */
export const PAGE_MS = 300_000;
/** Between the first page and keeping the machine: what the browser does after its start is done then. */
const SETTLE_MS = 5_000;

export type Say = (text: string) => void;

/** The lab: emulated devices, the till's server, and the guest whose browser uses both. */
export class Lab {
  readonly #undo: Undo;
  readonly #say: Say;
  readonly #usb: UsbIpServer;
  readonly #server = new ServerProcess();
  readonly #guest: Guest;
  readonly #sockets = new Map<UsbDevice, number>();
  readonly #seen = new Set<UsbDevice>();
  #browser: Browser | undefined;

  constructor(undo: Undo, say: Say) {
    this.#undo = undo;
    this.#say = say;
    this.#usb = new UsbIpServer((what) => say(`USB/IP: ${what}`));
    this.#guest = new Guest(undo);
  }

  async start(): Promise<void> {
    mkdirSync(LAB_DIR, { recursive: true });
    await this.#usb.listen(USBIP_PORT);
    this.#server.url = `http://127.0.0.1:${TILL_PORT}`;
    await this.#server.start();
    this.#undo.add(() => void this.#server.stop());
    this.#undo.add(await serveBench(BENCH_PORT));
    await this.#boot();
  }

  /** Devices that were ever plugged in. */
  get devices(): number {
    return this.#seen.size;
  }

  /** Payload bytes of all of them, both ways. */
  get bytes(): number {
    return [...this.#seen].reduce((sum, device) => sum + device.bytes, 0);
  }

  get dataDir(): string {
    return this.#server.dataDir;
  }

  /** Runs a command line in the guest, as root. */
  sh(command: string): Promise<string> {
    return this.#guest.sh(command);
  }

  async plug(device: UsbDevice): Promise<void> {
    const taken = new Set(this.#sockets.values());
    const socket = SOCKETS.find((each) => !taken.has(each));
    if (socket === undefined) throw new Error('every socket of the guest is taken');
    this.#sockets.set(device, socket);
    this.#seen.add(device);
    this.#usb.offer(`1-${socket}`, device);
    await this.sh(`usbip attach -r ${HOST} -b 1-${socket}`);
  }

  unplug(device: UsbDevice): void {
    this.#sockets.delete(device);
    this.#usb.unplug(device);
  }

  unplugAll(): void {
    for (const device of [...this.#sockets.keys()]) this.unplug(device);
  }

  /** The guest's one window: another tab costs ten seconds. */
  page(): Page {
    const page = this.#browser?.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error('the guest has no window');
    page.setDefaultTimeout(PAGE_MS);
    page.setDefaultNavigationTimeout(PAGE_MS);
    return page;
  }

  /** The window, at the bench or at the till. */
  async open(port: typeof TILL_PORT | typeof BENCH_PORT): Promise<Page> {
    const page = this.page();
    await page.goto(`${originOf(port)}/`);
    return page;
  }

  /** Ends the guest's browser and starts it again with more flags. What it stored stays. */
  async restartBrowser(flags: readonly string[] = []): Promise<void> {
    await this.#browser?.close();
    await this.sh(`/lab/browser ${flags.join(' ')}`);
    await this.#connect();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#usb.close();
    await this.#guest.stop();
    await this.#server.stop();
  }

  async #boot(): Promise<void> {
    for (let boots = 1; ; boots += 1) {
      const isWarm = this.#guest.isWarm;
      this.#say(isWarm ? 'Lab: waking the guest …' : 'Lab: booting the guest, a minute or two …');
      try {
        await this.#guest.boot();
        await this.#connect();
        await this.open(BENCH_PORT);
        if (isWarm) return;
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        await this.#browser?.close();
        await this.#guest.save();
        await this.#connect();
        return;
      } catch (error) {
        await this.#guest.stop();
        if (boots === BOOTS_MAX) throw error;
        this.#say(`Lab: ${(error as Error).message.split('\n')[0]}: once more`);
        if (isWarm) this.#guest.forget();
      }
    }
  }

  /**
   * Attaching to a window before its first page is there can keep that page from ever coming: the browser holds the new page for
   * a debugger that it never tells. So the title is waited for first.
   */
  async #connect(): Promise<void> {
    await until(PAGE_MS, 'the first page', async () => {
      const windows = await fetch(`${BROWSER_URL}/json/list`).then((response) => response.text(), String);
      return windows.includes(`"title": "${BENCH_TITLE}"`) || undefined;
    });
    this.#browser = await chromium.connectOverCDP(BROWSER_URL, { timeout: PAGE_MS });
    await until(PAGE_MS, 'the first window', () => this.#browser?.contexts()[0]?.pages()[0]);
  }
}
