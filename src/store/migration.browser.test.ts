import { describe, expect, test } from 'vitest';
import { Countersigner, OPERATOR, openTab, printed, sold, soldIn, till } from './testing/books.ts';
import { activeSet, inDatabase, storeNames } from './testing/damage.ts';

const SALES = 30;

async function oldTill(server?: Countersigner) {
  const tab = await till(SALES, server === undefined ? {} : { server });
  await tab.journal.append([printed(1)], OPERATOR);
  await tab.journal.close();
  return tab.prefix;
}

describe('a newer layout of the stores', () => {
  test('everything arrives, the lists are the same, and the old stores stay while the server has not all of it', async () => {
    const server = await Countersigner.make();
    const prefix = await oldTill(server);
    const { journal } = await openTab(prefix, { newer: true });
    expect(journal.status).toMatchObject({ role: 'writer', copies: 'both', unsynced: SALES + 2 });
    expect(journal.status.repair).toBeUndefined();
    expect(await soldIn(journal)).toHaveLength(SALES);
    expect((await journal.sales({ limit: 1_000 })).at(-1)).toMatchObject({ papers: 1, paper: 'printed' });
    expect(await journal.verify()).toEqual({ entries: SALES + 2, valid: SALES + 2 });
    await journal.append([sold(99)], OPERATOR);
    expect(await journal.acknowledge(await server.say(journal.status.head!))).toBe(true);
    await journal.close();
    expect(await storeNames(prefix)).toEqual(expect.arrayContaining(['journal-1', 'journal-2']));

    const later = await openTab(prefix, { newer: true });
    expect(await soldIn(later.journal)).toHaveLength(SALES + 1);
    await later.journal.close();
    const names = await storeNames(prefix);
    expect(names).toContain('journal-2');
    expect(names).not.toContain('journal-1');
  });

  test.each(['migrate-copy', 'migrate-verify'])(
    'a failure at %s leaves the old layout running, and the next try succeeds',
    async (point) => {
      const prefix = await oldTill();
      const { journal } = await openTab(prefix, {
        newer: true,
        faults: [{ point, times: 1, error: 'QuotaExceededError' }],
      });
      expect(journal.status).toMatchObject({ role: 'writer', unsynced: SALES + 2 });
      await journal.append([sold(50)], OPERATOR);
      await journal.close();
      const old = await openTab(prefix);
      expect(await soldIn(old.journal)).toHaveLength(SALES + 1);
      await old.journal.close();
      const again = await openTab(prefix, { newer: true });
      expect(await soldIn(again.journal)).toHaveLength(SALES + 1);
      expect(await again.journal.verify()).toMatchObject({ valid: SALES + 3 });
      await again.journal.close();
    },
  );

  test('a changed entry stops the migration, is repaired from the other copy, and the next start migrates', async () => {
    const prefix = await oldTill();
    await inDatabase(prefix, (tx) => {
      const store = tx.objectStore('journal-1');
      store.get(3).onsuccess = ({ target }) => {
        const { result } = target as IDBRequest;
        result.entry.body.total = 1;
        store.put(result, 3);
      };
    });
    const { journal } = await openTab(prefix, { newer: true });
    expect(journal.status.repair).toMatchObject({ source: 'opfs', reason: 'copy-damaged' });
    expect(await soldIn(journal)).toHaveLength(SALES);
    await journal.close();
    expect(await activeSet(prefix)).toBe(1);
    const again = await openTab(prefix, { newer: true });
    expect((await again.journal.verify()).firstBad).toBeUndefined();
    expect(await soldIn(again.journal)).toHaveLength(SALES);
    await again.journal.close();
    expect(await activeSet(prefix)).toBe(2);
    const old = await openTab(prefix);
    expect(old.journal.status).toMatchObject({ role: 'failed', trouble: 'unsupported' });
    await old.journal.close();
  });

  test('an older till refuses books of a newer one instead of beginning new ones', async () => {
    const prefix = await oldTill();
    const newer = await openTab(prefix, { newer: true });
    await newer.journal.close();
    const { journal } = await openTab(prefix);
    expect(journal.status).toMatchObject({ role: 'failed', trouble: 'unsupported' });
    await journal.close();
  });
});
