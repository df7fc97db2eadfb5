import { describe, expect, test } from 'vitest';
import type { SignedEntry } from '../domain/entry.ts';
import { inOrder, rescueEntries } from './rescue.ts';
import { OPERATOR, sold, till, tried } from './testing/books.ts';

const deleted = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });

async function all(entries: AsyncIterable<SignedEntry>): Promise<readonly string[]> {
  const hashes: string[] = [];
  for await (const { hash } of entries) hashes.push(hash);
  return hashes;
}

describe('what the files still hold', () => {
  test('is the whole journal in its order, read beside the writer and after it is gone', async () => {
    const { prefix, journal, worker } = await till(0);
    for (let sale = 1; sale <= 5; sale += 1)
      await journal.append([tried(sale, 'sending'), tried(sale, 'approved'), sold(sale)], OPERATOR);
    const told = await all(journal.exportAll());
    expect(told).toHaveLength(16);
    const hashes = async () => (await rescueEntries(`${prefix}-main`)).map(({ hash }) => hash);
    expect(await hashes()).toEqual(told);
    worker.terminate();
    expect(await hashes()).toEqual(told);
  });

  test('is still there when the database is lost', async () => {
    const { prefix, journal } = await till(0);
    await journal.append([tried(1, 'approved'), sold(1)], OPERATOR);
    const told = await all(journal.exportAll());
    await journal.close();
    await deleted(`${prefix}-main`);
    expect((await rescueEntries(`${prefix}-main`)).map(({ hash }) => hash)).toEqual(told);
    // Looking has made nothing: the journal must find its database as it was.
    expect((await indexedDB.databases()).some(({ name }) => name === `${prefix}-main`)).toBe(false);
  });

  test('holds entries alone: no settings, no keys', async () => {
    const { prefix, journal } = await till(0);
    await journal.vault.set('settings', { entry: {}, hash: 'x', language: 'en' });
    for (const found of await rescueEntries(`${prefix}-main`)) expect(found.sig).not.toBe('');
    await journal.close();
  });

  test('of a till that never was is nothing', async () => {
    expect(await rescueEntries('no-such-books')).toEqual([]);
  });
});

test('entries come in the order of their chain, and what hangs on nothing is not lost', () => {
  const link = (hash: string, prev: string, seq: number, at: number): SignedEntry =>
    ({ hash, entry: { prev, seq, at } }) as never;
  const chain = [
    link('c', 'b', 3, 30),
    link('a', '0', 1, 10),
    link('z', 'lost', 9, 90),
    link('b', 'a', 2, 20),
  ];
  expect(inOrder(chain).map(({ hash }) => hash)).toEqual(['a', 'b', 'c', 'z']);
});

test('whoever listens hears every append after it is on disk, and never what was refused', async () => {
  const { journal } = await till(0);
  const heard: string[] = [];
  journal.onAppended((entries) => heard.push(...entries.map(({ entry }) => entry.type)));
  await journal.append([tried(1, 'approved'), sold(1)], OPERATOR);
  await journal.append([{ type: 'sale.completed', body: {} } as never], OPERATOR).catch(() => undefined);
  await journal.append([tried(2, 'unknown')], OPERATOR);
  await Promise.resolve();
  expect(heard).toEqual(['attempt.approved', 'sale.completed', 'attempt.unknown']);
  await journal.close();
});
