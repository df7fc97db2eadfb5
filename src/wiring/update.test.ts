import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchForUpdates } from './update.ts';

/** Goal: a till whose first registration failed gets its service worker all the same, and does not ask for ever. */

let fails: number;
let registrations: number;
const listeners = new Map<string, () => void>();

vi.mock('workbox-window', () => ({
  Workbox: class {
    addEventListener(type: string, listener: () => void): void {
      listeners.set(type, listener);
    }
    async register(): Promise<void> {
      registrations += 1;
      if (registrations <= fails) throw new TypeError('Failed to register a ServiceWorker');
    }
    async update(): Promise<void> {}
    messageSkipWaiting(): void {}
  },
}));

beforeEach(() => {
  registrations = 0;
  listeners.clear();
  vi.stubGlobal('navigator', { serviceWorker: {} });
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settled = () => vi.waitFor(() => expect(registrations).toBeGreaterThan(0));

test('a registration that fails is tried again, later each time, until it holds', async () => {
  fails = 2;
  const update = watchForUpdates('/sw.js', () => undefined, Promise.resolve());
  await settled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(registrations).toBe(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(registrations).toBe(3);
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(registrations).toBe(3);
  listeners.get('waiting')?.();
  expect(update.waiting.value).toBe(true);
});

test('it is given up after a few tries', async () => {
  fails = 1_000;
  watchForUpdates('/sw.js', () => undefined, Promise.resolve());
  await settled();
  await vi.advanceTimersByTimeAsync(30 * 24 * 3_600_000);
  expect(registrations).toBe(5);
});

test('nothing is tried where there are no service workers', async () => {
  vi.stubGlobal('navigator', {});
  fails = 0;
  watchForUpdates('/sw.js', () => undefined, Promise.resolve());
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(registrations).toBe(0);
});
