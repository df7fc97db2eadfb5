import { describe, expect, test } from 'vitest';
import { JournalError } from '../domain/journal.ts';
import { OPERATOR, openTab, saleId, sold, soldIn, till } from './testing/books.ts';

const refused = (code: string, maybeStored: boolean) =>
  expect.objectContaining({ name: 'JournalError', code, maybeStored }) as JournalError;

describe('a disk that refuses', () => {
  test.each(['idb-commit', 'opfs-write'])(
    'no room at %s: the sale is refused, nothing of it stays, the next one gets its number',
    async (point) => {
      const tab = await till(1);
      tab.order({ point, times: 1, error: 'QuotaExceededError' });
      await expect(tab.journal.append([sold(2)], OPERATOR)).rejects.toEqual(refused('quota', false));
      expect(tab.journal.status.trouble).toBe('quota');
      expect(await tab.journal.entriesOf(saleId(2))).toEqual([]);
      const [entry] = await tab.journal.append([sold(3)], OPERATOR);
      expect(entry?.entry.seq).toBe(3);
      expect(tab.journal.status.trouble).toBeUndefined();
      await tab.journal.close();
      const again = await openTab(tab.prefix);
      expect(again.journal.status.repair).toBeUndefined();
      expect(await soldIn(again.journal)).toEqual([3, 1]);
      await again.journal.close();
    },
  );

  test.each(['idb-commit', 'opfs-write'])(
    'a sale refused at %s does not come back when the till dies at once',
    async (point) => {
      const tab = await till(1);
      tab.order({ point, times: 1, error: 'QuotaExceededError' });
      await expect(tab.journal.append([sold(2)], OPERATOR)).rejects.toEqual(refused('quota', false));
      tab.worker.terminate();
      const again = await openTab(tab.prefix);
      expect(again.journal.status.repair).toBeUndefined();
      expect(await soldIn(again.journal)).toEqual([1]);
      await again.journal.close();
    },
  );

  test.each([
    ['opfs-write', 'idb-undo'],
    ['idb-commit', 'opfs-undo'],
  ])(
    'no room at %s and no taking back at %s: perhaps stored, and nothing is written before the copies agree',
    async (point, undo) => {
      const tab = await till(1);
      tab.order({ point: undo, times: 2, error: 'UnknownError' });
      tab.order({ point, times: 1, error: 'QuotaExceededError' });
      const failure = await tab.journal.append([sold(2)], OPERATOR).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(JournalError);
      if (point === 'opfs-write') {
        expect(failure).toEqual(refused('quota', true));
        await expect(tab.journal.append([sold(3)], OPERATOR)).rejects.toEqual(refused('disk', false));
      }
      const [entry] = await tab.journal
        .append([sold(4)], OPERATOR)
        .catch(() => tab.journal.append([sold(4)], OPERATOR));
      expect(entry?.entry.seq).toBe(3);
      await tab.journal.close();
      const again = await openTab(tab.prefix);
      expect(await again.journal.verify()).toEqual({ entries: 3, valid: 3 });
      expect(await soldIn(again.journal)).toEqual([4, 1]);
      await again.journal.close();
    },
  );

  test('a till killed while its copies disagree keeps the sale once', async () => {
    const tab = await till(1);
    tab.order({ point: 'idb-undo', times: 9, error: 'UnknownError' });
    tab.order({ point: 'opfs-write', times: 1, error: 'QuotaExceededError' });
    await expect(tab.journal.append([sold(2)], OPERATOR)).rejects.toEqual(refused('quota', true));
    expect(await soldIn(tab.journal)).toEqual([1]);
    tab.worker.terminate();
    const again = await openTab(tab.prefix);
    expect(again.journal.status.repair).toMatchObject({
      source: 'indexeddb',
      reason: 'copy-behind',
      restored: 1,
    });
    expect(await soldIn(again.journal)).toEqual([2, 1]);
    await again.journal.close();
  });

  test('a lost IndexedDB connection is made again, and the sale goes through', async () => {
    const tab = await till(1);
    tab.order({ point: 'idb-commit', times: 1, error: 'InvalidStateError' });
    const [entry] = await tab.journal.append([sold(2)], OPERATOR);
    expect(entry?.entry.seq).toBe(3);
    expect(tab.journal.status).toMatchObject({ copies: 'both' });
    expect(await soldIn(tab.journal)).toEqual([2, 1]);
    await tab.journal.close();
  });

  test('an IndexedDB that does not come back leaves a till that sells into OPFS, and says so', async () => {
    const tab = await till(1);
    tab.order({ point: 'idb-open', times: 9, error: 'UnknownError' });
    tab.order({ point: 'idb-commit', times: 1, error: 'InvalidStateError' });
    await tab.journal.append([sold(2)], OPERATOR);
    expect(tab.journal.status).toMatchObject({ role: 'writer', copies: 'opfs-only', trouble: 'disk' });
    await tab.journal.append([sold(3)], OPERATOR);
    expect(await soldIn(tab.journal)).toEqual([3, 2, 1]);
    await tab.journal.close();
    const again = await openTab(tab.prefix);
    expect(again.journal.status.repair).toMatchObject({ source: 'opfs', reason: 'copy-behind', restored: 2 });
    expect(await soldIn(again.journal)).toEqual([3, 2, 1]);
    await again.journal.close();
  });

  test('a database that the browser finds damaged is opened once more before it is given up', async () => {
    const { prefix, journal } = await till(2);
    await journal.close();
    const again = await openTab(prefix, { faults: [{ point: 'idb-open', times: 1, error: 'UnknownError' }] });
    expect(again.journal.status).toMatchObject({ role: 'writer', copies: 'both' });
    expect(again.journal.status.trouble).toBeUndefined();
    expect(again.journal.status.repair).toBeUndefined();
    await again.journal.close();
  });

  test('a till whose IndexedDB will not open sells on from OPFS under the same key, and is whole when it opens again', async () => {
    const { prefix, journal } = await till(2);
    await journal.vault.set('pin', { tries: 0 });
    await journal.close();
    const bad = await openTab(prefix, { faults: [{ point: 'idb-open', times: 9, error: 'UnknownError' }] });
    expect(bad.journal.status).toMatchObject({ role: 'writer', copies: 'opfs-only', trouble: 'disk' });
    expect((await bad.journal.standing()).needsRekey).toBe(false);
    expect(await bad.journal.vault.get('pin')).toEqual({ tries: 0 });
    await bad.journal.append([sold(3)], OPERATOR);
    expect((await bad.journal.unsent(100)).map((each) => each.position)).toEqual([1, 2, 3, 4, 5]);
    expect(await soldIn(bad.journal)).toEqual([3, 2, 1]);
    await bad.journal.close();
    const again = await openTab(prefix);
    expect(again.journal.status).toMatchObject({ role: 'writer', copies: 'both' });
    expect(await soldIn(again.journal)).toEqual([3, 2, 1]);
    expect((await again.journal.verify()).firstBad).toBeUndefined();
    await again.journal.close();
  });

  test('without OPFS the till keeps one copy and says so', async () => {
    const { prefix, journal } = await till(1);
    await journal.close();
    const one = await openTab(prefix, {
      faults: [{ point: 'opfs-open', times: 9, error: 'NotSupportedError' }],
    });
    expect(one.journal.status).toMatchObject({
      role: 'writer',
      copies: 'indexeddb-only',
      trouble: 'unsupported',
    });
    await one.journal.append([sold(2)], OPERATOR);
    expect(await soldIn(one.journal)).toEqual([2, 1]);
    await one.journal.close();
  });

  test('with neither copy the journal has failed and every call says why', async () => {
    const { journal } = await openTab('test-none', {
      faults: [
        { point: 'opfs-open', times: 9, error: 'NotSupportedError' },
        { point: 'idb-open', times: 9, error: 'UnknownError' },
      ],
    });
    expect(journal.status).toMatchObject({ role: 'failed', copies: 'none', trouble: 'disk' });
    await expect(journal.append([sold(1)], OPERATOR)).rejects.toEqual(refused('disk', false));
    await journal.close();
  });
});
