import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PrinterStatus } from '../devices/ports.ts';
import type { JournalStatus } from '../domain/journal.ts';
import { Store } from '../flow/store.ts';
import type { SyncState } from '../flow/sync/sync.ts';
import type { InstallPrompt } from './install.ts';
import { LifeService } from './life.ts';
import { readSettings } from './settings.ts';
import type { Update } from './update.ts';

/** Goal: the lamp of the network never shows an older truth than it has. Method: events of a browser, and calls that cross them. */

let events: EventTarget;
let onLine: boolean;
let pings: (() => void)[];
let life: LifeService;

beforeEach(() => {
  events = new EventTarget();
  onLine = true;
  pings = [];
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('navigator', {
    get onLine() {
      return onLine;
    },
  });
  vi.useFakeTimers();
  const silent = { subscribe: () => () => undefined };
  life = new LifeService({
    training: false,
    settings: new Store(readSettings(undefined, 'en')),
    journal: { status: { unsynced: 0 } as JournalStatus, ...silent },
    printer: { status: {} as PrinterStatus, ...silent },
    sync: { state: new Store<SyncState>({ at: 'idle' }), poke: () => undefined },
    update: { waiting: new Store(false) } as unknown as Update,
    install: { available: new Store(false) } as unknown as InstallPrompt,
    isBusy: () => false,
    onBusyChange: () => undefined,
    keep: async () => undefined,
    requestPersist: async () => true,
    officeTicket: async () => undefined,
    ping: () => {
      const heard = life.calling();
      return new Promise((resolve) => {
        pings.push(() => {
          heard(onLine);
          resolve(undefined);
        });
      });
    },
  });
  life.start();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const lose = (): void => {
  onLine = false;
  events.dispatchEvent(new Event('offline'));
};

test('an answer from before the link was lost does not light the lamp again', () => {
  const heard = life.calling();
  lose();
  heard(true);
  expect(life.strip.value.network).toBe('offline');
});

test('a server on this very machine is found at once when the browser says that the network is gone', () => {
  lose();
  const heard = life.calling();
  expect(pings).toHaveLength(2); // At the start, and now.
  heard(true);
  expect(life.strip.value.network).toBe('online');
});

test('a call that fails tells a lost network from a lost server', () => {
  life.calling()(false);
  expect(life.strip.value.network).toBe('server-gone');
  lose();
  pings[1]?.();
  expect(life.strip.value.network).toBe('offline');
});
