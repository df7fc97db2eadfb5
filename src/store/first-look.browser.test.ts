import { expect, test } from 'vitest';
import { openTab, soldIn, till } from './testing/books.ts';
import { find, overwrite, segments, wipeIndexedDb } from './testing/damage.ts';

/** Large enough that a start does not read the files whole. */
const LARGE = { segmentBytes: 1024 * 1024 };
const SALES = 600;
/** A first look reads less than this when it finds nothing in it. */
const LOOK_BYTES = 256 * 1024;

/** A closed till whose file is unreadable from an entry on until shortly before the last. */
async function damagedFrom(seq: number): Promise<string> {
  const { prefix, journal } = await till(SALES, LARGE);
  await journal.close();
  for (const { name, bytes } of await segments(prefix)) {
    const from = find(bytes, `"seq":${seq},`);
    if (from < 0) continue;
    const until = find(bytes, `"seq":${SALES - 20},`);
    expect(until).toBeGreaterThan(LOOK_BYTES);
    await overwrite(prefix, name, bytes.fill(0, seq === 1 ? 0 : from, until));
  }
  return prefix;
}

test('with IndexedDB gone, sales behind a wide damaged place are still found', async () => {
  const prefix = await damagedFrom(20);
  await wipeIndexedDb(prefix);
  const { journal } = await openTab(prefix, LARGE);
  const kept = await soldIn(journal);
  expect(kept[0]).toBe(SALES);
  expect(kept).toContain(10);
  expect(kept).not.toContain(30);
  await journal.close();
});

test.each([1, 20])('while IndexedDB is whole, a wide damaged place from entry %i is mended', async (seq) => {
  const prefix = await damagedFrom(seq);
  const { journal } = await openTab(prefix, LARGE);
  expect(journal.status.repair).toBeDefined();
  await journal.close();
  await wipeIndexedDb(prefix);
  const again = await openTab(prefix, LARGE);
  expect(await soldIn(again.journal)).toHaveLength(SALES);
  await again.journal.close();
});

test('an unharmed till says nothing of its files', async () => {
  const { prefix, journal } = await till(SALES, LARGE);
  await journal.close();
  const { journal: again } = await openTab(prefix, LARGE);
  expect(again.status.repair).toBeUndefined();
  expect(await soldIn(again)).toHaveLength(SALES);
  await again.close();
});
