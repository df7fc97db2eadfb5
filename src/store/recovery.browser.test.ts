import { describe, expect, test } from 'vitest';
import {
  Countersigner,
  enrolment,
  OPERATOR,
  openTab,
  type Countersigner as Server,
  sold,
  soldIn,
  till,
} from './testing/books.ts';
import {
  flipByteOf,
  inDatabase,
  overwrite,
  segments,
  tearLastRecord,
  wipeIndexedDb,
  wipeOpfs,
  wipeSafe,
} from './testing/damage.ts';

async function closed(sales: number, server?: Server) {
  const tab = await till(sales, server === undefined ? {} : { server });
  const status = tab.journal.status;
  await tab.journal.close();
  return { prefix: tab.prefix, status };
}

describe('the copies are made to agree at start', () => {
  test('without the OPFS folder the sales stand, the copy is made anew and the numbers begin again', async () => {
    const { prefix, status } = await closed(3);
    await wipeOpfs(prefix);
    const { journal } = await openTab(prefix, { settleMs: 60_000 });
    expect(journal.status).toMatchObject({ role: 'writer', copies: 'settling' });
    expect(journal.status.repair).toMatchObject({
      source: 'indexeddb',
      reason: 'copy-missing',
      newEpoch: true,
    });
    expect(journal.status.head?.epoch).not.toBe(status.head?.epoch);
    expect(await soldIn(journal)).toEqual([3, 2, 1]);
    expect(await journal.verify()).toEqual({ entries: 5, valid: 5 });
    await journal.close();
    await wipeIndexedDb(prefix);
    const again = await openTab(prefix);
    expect(await soldIn(again.journal)).toEqual([3, 2, 1]);
    await again.journal.close();
  });

  test('without IndexedDB the key and the PINs come back from the safe, and nobody need be told', async () => {
    const { prefix, journal } = await till(3);
    const pins = [{ operator: 'owner', salt: new Uint8Array([1, 2, 3]) }];
    await journal.vault.set('operators', pins);
    const before = await journal.standing();
    await journal.close();
    await wipeIndexedDb(prefix);
    const again = await openTab(prefix);
    expect(again.journal.status.repair).toMatchObject({
      source: 'opfs',
      reason: 'copy-missing',
      restored: 4,
    });
    expect(await again.journal.standing()).toEqual({ ...before, needsRekey: false });
    expect(await again.journal.vault.get('operators')).toEqual(pins);
    await again.journal.append([sold(4)], OPERATOR);
    expect(await soldIn(again.journal)).toEqual([4, 3, 2, 1]);
    expect((await again.journal.verify()).firstBad).toBeUndefined();
    await again.journal.close();
    const third = await openTab(prefix);
    expect(third.journal.status.repair).toBeUndefined();
    await third.journal.close();
  });

  test('without IndexedDB and the safe the sales come back and go on under a new key that needs telling', async () => {
    const { prefix, status } = await closed(3);
    await wipeIndexedDb(prefix);
    await wipeSafe(prefix);
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({
      source: 'opfs',
      reason: 'key-lost',
      newEpoch: true,
      restored: 4,
    });
    const standing = await journal.standing();
    expect(standing.needsRekey).toBe(true);
    expect(standing.identity?.key.kid).not.toBe(undefined);
    expect(await soldIn(journal)).toEqual([3, 2, 1]);
    const [entry] = await journal.append([sold(4)], OPERATOR);
    expect(entry?.entry.epoch).not.toBe(status.head?.epoch);
    expect(entry?.kid).toBe(standing.identity?.key.kid);
    expect(await journal.verify()).toEqual({ entries: 6, valid: 6 });
    expect(await journal.createKey()).toEqual(standing.identity?.key);
    await journal.close();
    const again = await openTab(prefix);
    expect(again.journal.status.repair).toBeUndefined();
    expect((await again.journal.standing()).needsRekey).toBe(true);
    await again.journal.close();
  });

  test('a torn last record in OPFS is written again from IndexedDB, and the epoch goes on', async () => {
    const { prefix, status } = await closed(3);
    await tearLastRecord(prefix);
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({ source: 'indexeddb', newEpoch: false, restored: 1 });
    expect(journal.status.head).toMatchObject({ epoch: status.head?.epoch, seq: 5 });
    await journal.close();
    await wipeIndexedDb(prefix);
    const again = await openTab(prefix);
    expect(await soldIn(again.journal)).toEqual([3, 2, 1]);
    await again.journal.close();
  });

  test('a flipped byte in the middle of OPFS costs nothing while IndexedDB is whole', async () => {
    const { prefix } = await closed(5);
    await flipByteOf(prefix, 3);
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({
      source: 'indexeddb',
      reason: 'copy-damaged',
      newEpoch: false,
    });
    await journal.close();
    await wipeIndexedDb(prefix);
    const again = await openTab(prefix);
    expect(await soldIn(again.journal)).toEqual([5, 4, 3, 2, 1]);
    expect(again.journal.status.parked).toBe(0);
    await again.journal.close();
  });

  test('a tail that IndexedDB lost in silence is restored from OPFS', async () => {
    const { prefix, status } = await closed(5);
    await inDatabase(prefix, (tx) => tx.objectStore('journal-1').delete(IDBKeyRange.lowerBound(4)));
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({
      source: 'opfs',
      reason: 'copy-behind',
      restored: 3,
      newEpoch: false,
    });
    expect(journal.status.head).toMatchObject({ epoch: status.head?.epoch, seq: 7 });
    expect(await soldIn(journal)).toEqual([5, 4, 3, 2, 1]);
    expect(await journal.totals('2026-11-22' as never)).toMatchObject({ sales: 5 });
    expect(await journal.verify()).toEqual({ entries: 7, valid: 7 });
    await journal.close();
  });

  test('the last entry of IndexedDB, unreadable in OPFS, is not taken for a fork when OPFS has more', async () => {
    const { prefix } = await closed(5);
    await inDatabase(prefix, (tx) => tx.objectStore('journal-1').delete(IDBKeyRange.lowerBound(5)));
    await flipByteOf(prefix, 4);
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({ source: 'opfs', reason: 'copy-damaged', restored: 2 });
    expect(await soldIn(journal)).toEqual([5, 4, 3, 2, 1]);
    expect(journal.status.parked).toBe(0);
    expect(await journal.verify()).toEqual({ entries: 7, valid: 7 });
    await journal.close();
  });

  test('an entry changed in IndexedDB is replaced by the one in OPFS', async () => {
    const { prefix } = await closed(3);
    await inDatabase(prefix, (tx) => {
      const store = tx.objectStore('journal-1');
      store.get(3).onsuccess = ({ target }) => {
        const { result } = target as IDBRequest;
        result.entry.body.total = 1;
        store.put(result, 3);
      };
    });
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({ source: 'opfs', reason: 'copy-damaged' });
    expect((await journal.sales({ limit: 9 })).map((each) => each.sale.total)).toEqual([1_250, 1_250, 1_250]);
    expect(await journal.verify()).toMatchObject({ entries: 5, valid: 5 });
    await journal.close();
  });

  test('with IndexedDB gone and one OPFS record unreadable every other sale is kept, and the lost one is named', async () => {
    const { prefix } = await closed(5);
    await flipByteOf(prefix, 3);
    await wipeIndexedDb(prefix);
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({ source: 'opfs', newEpoch: true });
    expect(await soldIn(journal)).toEqual([5, 4, 3, 1]);
    const parked = await journal.parkedEntries();
    expect(parked.map(({ position, reason }) => [position, reason])).toEqual([
      [3, 'entry-lost'],
      [4, 'chain-gap'],
      [5, 'chain-gap'],
      [6, 'chain-gap'],
    ]);
    const unsent = await journal.unsent(100);
    expect(unsent.map((each) => each.position)).toEqual([1, 2, 7]);
    expect(unsent[2]?.signed.entry.prev).toBe(unsent[1]?.signed.hash);
    await journal.close();
    const again = await openTab(prefix);
    expect(again.journal.status.repair).toBeUndefined();
    await again.journal.close();
  });

  test('a tail that both copies lost is noticed by the word of the server, and no number is given twice', async () => {
    const server = await Countersigner.make();
    const { prefix, status } = await closed(3, server);
    const first = await openTab(prefix);
    const word = await server.say({ epoch: status.head!.epoch, seq: 9, hash: 'b'.repeat(64) });
    expect(await first.journal.acknowledge(word)).toBe(false);
    expect(await first.journal.reconcile(word)).toBe('new-epoch');
    expect(first.journal.status.repair).toMatchObject({
      source: 'server',
      reason: 'behind-server',
      newEpoch: true,
    });
    expect(await first.journal.reconcile(word)).toBe('agreed');
    const unsent = await first.journal.unsent(100);
    const repaired = unsent.at(-1)!.signed;
    expect(repaired.entry).toMatchObject({ type: 'head.repaired', seq: 1, prev: 'b'.repeat(64) });
    expect(await first.journal.verify()).toMatchObject({ entries: 5, valid: 5 });
    const { epoch, seq } = repaired.entry;
    expect(await first.journal.acknowledge(await server.say({ epoch, seq, hash: repaired.hash }))).toBe(true);
    expect(first.journal.status.unsynced).toBe(0);
    await first.journal.close();
    const again = await openTab(prefix);
    expect(again.journal.status.repair).toBeUndefined();
    await again.journal.close();
  });

  test('two branches under the same numbers: one is believed, the other is kept aside, and the numbers begin again', async () => {
    const { prefix } = await closed(2);
    const before = await segments(prefix);
    const first = await openTab(prefix);
    await first.journal.append([sold(3)], OPERATOR);
    await first.journal.close();
    const after = await segments(prefix);
    // Both copies go back to the day before, and another sale takes the number.
    await inDatabase(prefix, (tx) => tx.objectStore('journal-1').delete(4));
    for (const { name, bytes } of before) await overwrite(prefix, name, bytes);
    const second = await openTab(prefix);
    await second.journal.append([sold(4)], OPERATOR);
    await second.journal.close();
    for (const { name, bytes } of after) await overwrite(prefix, name, bytes);
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toMatchObject({ source: 'indexeddb', reason: 'diverged', newEpoch: true });
    expect(await soldIn(journal)).toEqual([4, 2, 1]);
    await journal.close();
    const again = await openTab(prefix);
    expect(again.journal.status.repair).toBeUndefined();
    expect((await again.journal.verify()).firstBad).toBeUndefined();
    await again.journal.close();
  });

  test('a re-key code makes the new key of a till that lost the old one known, and it signs on', async () => {
    const { prefix } = await closed(1);
    await wipeIndexedDb(prefix);
    const { journal } = await openTab(prefix);
    const key = await journal.createKey();
    const { sig } = await journal.sign(new TextEncoder().encode('ABCD-EFGH'), 'next');
    expect(sig.length).toBeGreaterThan(80);
    await expect(journal.rekey({ ...enrolment(), till: 'T9' as never })).rejects.toMatchObject({
      code: 'invalid-entry',
    });
    expect((await journal.rekey(enrolment())).key).toEqual(key);
    expect((await journal.standing()).needsRekey).toBe(false);
    const [entry] = await journal.append([sold(2)], OPERATOR);
    expect(entry?.kid).toBe(key.kid);
    await journal.close();
    const again = await openTab(prefix);
    expect((await again.journal.standing()).needsRekey).toBe(false);
    expect((await again.journal.unsent(100)).map((each) => each.signed.entry.type)).toContain(
      'enrolment.rekeyed',
    );
    expect((await again.journal.verify()).firstBad).toBeUndefined();
    await again.journal.close();
  });

  test('an unharmed till says nothing', async () => {
    const { prefix, status } = await closed(3);
    const { journal } = await openTab(prefix);
    expect(journal.status.repair).toBeUndefined();
    expect(journal.status.head).toEqual(status.head);
    await journal.close();
  });
});
