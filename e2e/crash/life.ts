import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from './args.ts';
import { readBoth, readIdb, readOpfs, type TillBooks } from './books.ts';
import { Cashier, type Standing, type Told } from './cashier.ts';
import { Chromium } from './chromium.ts';
import { until, within } from './deadline.ts';
import type { Disk } from './disk.ts';
import type { Ledger } from './ledger.ts';
import { DURABILITIES, type Durability, Peer, type PeerOrigins } from './peers.ts';
import type { ServerProcess } from './server.ts';
import type { Tab } from './tab.ts';
import type { Undo } from './undo.ts';

const PIN = '738205';
const OPEN_MS = 60_000;
const SYNC_MS = 30_000;
/** Longest wait for a tap to strike at, ms: a till that does not sell any more is a fault of its own. */
const TAP_MS = 15_000;
/** Records that a new database of a peer gets before the disk settles. */
const FIRST_RECORDS = 20;

export interface World {
  readonly disk: Disk;
  readonly server: ServerProcess;
  readonly ledger: Ledger;
  readonly peers: PeerOrigins;
  readonly backend: Backend;
  readonly undo: Undo;
}

/** What the raw writers were told to be complete since the browser started. */
export type PeerAcks = Readonly<Record<Durability, number[]>>;

/** What a dead till's disk says before the till itself has touched it. */
export interface Remains {
  /** Undefined: the browser refused to open it. */
  readonly indexeddb: TillBooks | undefined;
  readonly opfs: TillBooks;
}

/** One life of the browser: from its start on a profile to its death. */
export class Life {
  readonly #world: World;
  readonly #browser: Chromium;
  /** Numbers shown in this life. */
  readonly shown: string[] = [];
  readonly #peers = new Map<Durability, Promise<Peer>>();
  readonly acks: PeerAcks = { strict: [], relaxed: [] };
  asked = 0;
  /** The till had lost its key and was given a new one. */
  restored = false;
  /** The server did not hold every sale of the till within its time after the opening. */
  isLate = false;
  #onTap: () => void = () => undefined;

  private constructor(world: World, browser: Chromium) {
    this.#world = world;
    this.#browser = browser;
  }

  static async begin(world: World): Promise<Life> {
    return new Life(world, await Chromium.start(world.disk.profile, world.backend, world.undo));
  }

  /** Reads both copies from an empty page of the till's origin: no code of the till has run yet. */
  async inspect(): Promise<Remains> {
    const tab = await this.#browser.tab();
    await tab.gotoEmpty(`${this.#world.server.url}empty`);
    const remains = { indexeddb: await readIdb(tab), opfs: await readOpfs(tab) };
    await tab.close();
    return remains;
  }

  /** Records of a raw writer that are there now. */
  async peerKeys(durability: Durability): Promise<ReadonlySet<number>> {
    return (await this.#peer(durability)).keys();
  }

  /** A new shop, first records of the writers, and a disk that holds all of it. */
  async setUp(): Promise<void> {
    const { tab, cashier } = await this.#openTill();
    await within(OPEN_MS, 'the first run', cashier.setUp());
    await within(
      OPEN_MS,
      'the service worker',
      tab.run(async () => void (await navigator.serviceWorker.ready)),
    );
    await this.#startPeers(1);
    await until(OPEN_MS, 'the first records', () =>
      DURABILITIES.every((each) => this.acks[each].length >= FIRST_RECORDS) ? true : undefined,
    );
    this.#world.disk.settle();
  }

  /** Opens the till again; true sales and the answers to its questions go into the ledger. Returns its books. */
  async reopen(
    received: boolean,
  ): Promise<{ readonly tab: Tab; readonly cashier: Cashier; readonly books: TillBooks }> {
    const { tab, cashier } = await this.#openTill();
    let standing = await within(OPEN_MS, 'the opening of the till', cashier.open(received));
    if (standing === 'one-copy') {
      // What the banner tells the cashier to do: the browser opens a damaged database, emptied, the next time it is asked.
      await tab.goto(this.#world.server.url);
      standing = await within(OPEN_MS, 'the reloading of the till', cashier.open(received));
    }
    if (standing === 'key-lost') standing = await this.#restore(cashier);
    const books = await readBoth(tab);
    await this.#synced(books);
    return { tab, cashier, books };
  }

  /** The owner at the server's machine opens the office, asks for a new key for the till, and types the code there. */
  async #restore(cashier: Cashier): Promise<Standing> {
    this.restored = true;
    const office = await this.#browser.tab();
    await office.goto(this.#world.server.officeLink());
    await office.run(() =>
      document.querySelector<HTMLInputElement>('input[name="till"]')?.form?.querySelector('button')?.click(),
    );
    const code = await until(OPEN_MS, 'the code of the office', async () => {
      const shown = await office
        .run(() => document.querySelector('[data-testid="code"]')?.textContent)
        .catch(() => null);
      return shown ?? undefined;
    });
    await office.close();
    return within(OPEN_MS, 'the new key', cashier.restore(code));
  }

  /** Sells, with the raw writers beside it, and returns when it is time to die. */
  async sellUntil(
    cashier: Cashier,
    plan: { firstAmount: number; firstKey: number; ms: number; aimMs?: number },
  ): Promise<void> {
    await this.#startPeers(plan.firstKey);
    const selling = cashier.sell(plan.firstAmount);
    // It ends by the death of the browser; before that, its end is a fault of the till.
    selling.catch(() => undefined);
    await Promise.race([sleep(plan.ms), selling]);
    if (plan.aimMs !== undefined) {
      const tapped = new Promise<void>((resolve) => {
        this.#onTap = resolve;
      });
      await within(TAP_MS, 'the next tap', Promise.race([tapped, selling]));
      await sleep(plan.aimMs);
    }
  }

  stop(): void {
    this.#browser.stop();
  }

  kill(): Promise<void> {
    return this.#browser.kill();
  }

  async #openTill(): Promise<{ readonly tab: Tab; readonly cashier: Cashier }> {
    const tab = await this.#browser.tab();
    const cashier = await Cashier.at(tab, PIN, (told) => this.#told(told));
    await tab.goto(this.#world.server.url);
    return { tab, cashier };
  }

  #told(told: Told): void {
    const { ledger } = this.#world;
    if (told.kind === 'tap') this.#onTap();
    else if (told.kind === 'done') {
      ledger.shown(told.number, told.total);
      this.shown.push(told.number);
    } else {
      this.asked += 1;
      if (!told.received) ledger.denied(told.total);
    }
  }

  /** Waits until the server holds every sale of the till, so that nothing but a loss can be missing there. */
  async #synced(books: TillBooks): Promise<void> {
    const wanted = books.sales.map(({ number }) => number);
    await until(SYNC_MS, 'the sync', () => {
      const held = new Set(this.#world.server.books().sales.map(({ number }) => number));
      return wanted.every((number) => held.has(number)) ? true : undefined;
    }).catch(() => {
      this.isLate = true; // What is missing then is found missing by the ledger.
    });
  }

  async #startPeers(firstKey: number): Promise<void> {
    for (const durability of DURABILITIES) {
      const peer = await this.#peer(durability);
      await peer.write(firstKey, (key) => this.acks[durability].push(key));
    }
  }

  /** One page for each raw writer in a life. */
  #peer(durability: Durability): Promise<Peer> {
    const peer = this.#peers.get(durability) ?? Peer.open(this.#browser, this.#world.peers, durability);
    this.#peers.set(durability, peer);
    return peer;
  }
}
