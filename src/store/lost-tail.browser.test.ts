import { describe, expect, test } from 'vitest';
import { Countersigner, OPERATOR, openTab, sold, soldIn, till } from './testing/books.ts';
import { inDatabase, overwrite, segments, wipeOpfs } from './testing/damage.ts';

const after = (position: number) => IDBKeyRange.lowerBound(position, true);

describe('entries that a copy has lost', () => {
  test('are restored also when the server has them and the files are as good as new', async () => {
    const server = await Countersigner.make();
    const { prefix, journal } = await till(5, { server });
    expect(await journal.acknowledge(await server.say(journal.status.head!))).toBe(true);
    await journal.close();
    await wipeOpfs(prefix);
    const rebuilt = await openTab(prefix);
    await rebuilt.journal.append([sold(6)], OPERATOR);
    await rebuilt.journal.close();
    await inDatabase(prefix, (tx) => tx.objectStore('journal-1').delete(after(3)));
    const again = await openTab(prefix);
    expect(again.journal.status).toMatchObject({ parked: 0, repair: { source: 'opfs', newEpoch: false } });
    expect(await soldIn(again.journal)).toEqual([6, 5, 4, 3, 2, 1]);
    expect((await again.journal.verify()).firstBad).toBeUndefined();
    await again.journal.close();
  });

  test('are restored also when many others were written behind them', async () => {
    const { prefix, journal } = await till(0);
    const sales = Array.from({ length: 200 }, (_, at) => at + 1);
    for (const n of sales) await journal.append([sold(n)], OPERATOR);
    await journal.close();
    // One block of the database's log, skipped in silence.
    await inDatabase(prefix, (tx) => tx.objectStore('journal-1').delete(IDBKeyRange.bound(40, 60)));
    const again = await openTab(prefix);
    expect(again.journal.status).toMatchObject({ parked: 0, repair: { source: 'opfs', newEpoch: false } });
    expect(await again.journal.verify()).toEqual({ entries: 202, valid: 202 });
    expect(await soldIn(again.journal)).toEqual(sales.toReversed());
    expect(await again.journal.unsent(1_000)).toHaveLength(202);
    await again.journal.close();
  });
});

describe('a new epoch', () => {
  test.each([[['idb-commit']], [['idb-commit', 'opfs-write']]])(
    'is begun by every start until its first entry is on the disk (no %j)',
    async (points) => {
      const server = await Countersigner.make();
      const day = await till(2, { server });
      const { prefix } = day;
      const { status } = day.journal;
      await day.journal.close();
      const before = await segments(prefix);
      const first = await openTab(prefix);
      await first.journal.append([sold(3)], OPERATOR);
      const head = first.journal.status.head!;
      expect(await first.journal.acknowledge(await server.say(head))).toBe(true);
      await first.journal.close();
      // Both copies go back to the day before; only the server's word is left of the third sale.
      await inDatabase(prefix, (tx) => tx.objectStore('journal-1').delete(4));
      for (const { name, bytes } of before) await overwrite(prefix, name, bytes);
      const faults = points.map((point) => ({ point, times: 99, error: 'QuotaExceededError' }));
      for (let start = 0; start < 3; start += 1) {
        const { journal } = await openTab(prefix, { faults });
        expect(journal.status).toMatchObject({ head: status.head, repair: { newEpoch: true } });
        await journal.close();
      }
      const { journal } = await openTab(prefix);
      const [entry] = await journal.append([sold(4)], OPERATOR);
      expect(entry?.entry.epoch).not.toBe(status.head?.epoch);
      await journal.close();
      const again = await openTab(prefix);
      expect(again.journal.status.repair).toBeUndefined();
      await again.journal.close();
    },
  );
});
