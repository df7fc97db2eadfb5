import { expect, test, vi } from 'vitest';
import { Store } from '../flow/store.ts';
import { ONLINE } from '../ui/testing/fake-data.ts';
import { keepBadge } from './badge.ts';

const strip = (change: Partial<typeof ONLINE.journal> = {}, training = false) => ({
  ...ONLINE,
  training,
  journal: { ...ONLINE.journal, ...change },
});

test('the icon shows what the server lacks, once for each number, and nothing when it has all', () => {
  const store = new Store(strip({ role: 'opening', unsynced: 9 }));
  const calls: (number | 'clear')[] = [];
  keepBadge(store, {
    setAppBadge: async (count) => void calls.push(count),
    clearAppBadge: async () => void calls.push('clear'),
  });
  expect(calls).toEqual([]);
  store.set(strip({ unsynced: 2 }));
  store.set(strip({ unsynced: 2, persisted: false }));
  store.set(strip({ unsynced: 3 }));
  store.set(strip({ unsynced: 0 }));
  expect(calls).toEqual([2, 3, 'clear']);
});

test('training puts no number on the icon', () => {
  const setAppBadge = vi.fn();
  keepBadge(new Store(strip({ unsynced: 4 }, true)), { setAppBadge, clearAppBadge: async () => undefined });
  expect(setAppBadge).not.toHaveBeenCalled();
});

test('a browser without badges, and one that refuses, do no harm', async () => {
  keepBadge(new Store(strip({ unsynced: 1 })), {});
  const refused = Promise.reject(new DOMException('not installed', 'NotAllowedError'));
  keepBadge(new Store(strip({ unsynced: 1 })), { setAppBadge: () => refused });
  await expect(refused).rejects.toThrow();
});
