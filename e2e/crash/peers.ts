import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chromium } from './chromium.ts';
import type { Tab } from './tab.ts';
import type { Undo } from './undo.ts';

export const DURABILITIES = ['strict', 'relaxed'] as const;
export type Durability = (typeof DURABILITIES)[number];

/** Every database of an origin shares one log in the browser, so a strict commit would carry relaxed ones to the disk. */
export type PeerOrigins = Readonly<Record<Durability, string>>;

/** An empty page under a name for each durability: two origins, two logs. */
export async function servePeers(undo: Undo): Promise<PeerOrigins> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>peer</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.add(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { strict: `http://strict.localhost:${port}/`, relaxed: `http://relaxed.localhost:${port}/` };
}

/** A page that writes raw IndexedDB records of one durability and tells of each when its transaction is complete. */
export class Peer {
  readonly #tab: Tab;
  readonly #durability: Durability;

  private constructor(tab: Tab, durability: Durability) {
    this.#tab = tab;
    this.#durability = durability;
  }

  static async open(browser: Chromium, origins: PeerOrigins, durability: Durability): Promise<Peer> {
    const tab = await browser.tab();
    await tab.goto(origins[durability]);
    await tab.run(makeStore, OPEN_TRIES);
    return new Peer(tab, durability);
  }

  /** Keys that are there now. A database that vanished is an empty one. */
  async keys(): Promise<ReadonlySet<number>> {
    return new Set(await this.#tab.run(readKeys));
  }

  /** Writes from `first` on until it dies. */
  async write(first: number, acknowledge: (key: number) => void): Promise<void> {
    await this.#tab.bind('peerAck', (payload) => acknowledge(Number(payload)));
    this.#tab.run(writeRecords, this.#durability, first, BETWEEN_MS).catch(() => undefined);
  }
}

const OPEN_TRIES = 20;
/** Pause between records, ms: enough of them to lose, without taking the machine from the till. */
const BETWEEN_MS = 15;

/** Runs in the page. A database that the browser finds damaged fails to open once and is an empty one the next time. */
async function makeStore(tries: number): Promise<void> {
  for (let left = tries; ; left -= 1) {
    const error = await new Promise<DOMException | null>((resolve) => {
      const opening = indexedDB.open('peer', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('records');
      opening.onerror = () => resolve(opening.error);
      opening.onsuccess = () => {
        opening.result.close();
        resolve(null);
      };
    });
    if (error === null) return;
    if (left === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Runs in the page. */
async function readKeys(): Promise<number[]> {
  return new Promise<number[]>((resolve, reject) => {
    const opening = indexedDB.open('peer');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asking = opening.result.transaction('records').objectStore('records').getAllKeys();
      asking.onsuccess = () => resolve(asking.result as number[]);
      asking.onerror = () => reject(asking.error);
    };
  });
}

/** Runs in the page. */
async function writeRecords(durability: Durability, first: number, pauseMs: number): Promise<void> {
  const page = globalThis as { peerAck?(payload: string): void };
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('peer');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  for (let key = first; ; key += 1) {
    await new Promise<void>((resolve, reject) => {
      const tx = db.transaction('records', 'readwrite', { durability });
      tx.objectStore('records').put({ key, text: 'x'.repeat(500) }, key);
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
    page.peerAck?.(String(key));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
