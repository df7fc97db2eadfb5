import { describe, expect, test } from 'vitest';
import { OPERATOR, openTab, saleId, sold, soldIn, type TestTab, till, tried } from './testing/books.ts';

const KILLS = 12;
const SALES_PER_LIFE = 24;

/** Park–Miller: the same kills every time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('a till killed at any moment', () => {
  test.each([1, 7])(
    'keeps every acknowledged sale once, whole with its attempt, under numbers of its own (seed %i)',
    async (seed) => {
      const random = randomOf(seed);
      const first = await till(0);
      let tab: TestTab = first;
      const acknowledged = new Set<number>();
      let next = 1;
      for (let life = 0; life < KILLS; life += 1) {
        const dieAfter = Math.floor(random() * SALES_PER_LIFE);
        let done = 0;
        const dead = new Promise<void>((resolve) => {
          for (let n = next; n < next + SALES_PER_LIFE; n += 1) {
            tab.journal.append([tried(n, 'approved'), sold(n)], OPERATOR).then(
              () => {
                acknowledged.add(n);
                if (done === dieAfter) {
                  tab.worker.terminate();
                  resolve();
                }
                done += 1;
              },
              () => undefined,
            );
          }
        });
        next += SALES_PER_LIFE;
        await dead;
        tab = await openTab(first.prefix);
        expect(tab.journal.status).toMatchObject({ role: 'writer', copies: 'both' });
      }
      const kept = await soldIn(tab.journal);
      expect(kept).toHaveLength(new Set(kept).size);
      for (const n of acknowledged) expect(kept).toContain(n);
      for (const n of kept) {
        const types = (await tab.journal.entriesOf(saleId(n))).map((each) => each.entry.type);
        expect(types).toEqual(['attempt.approved', 'sale.completed']);
      }
      expect((await tab.journal.verify()).firstBad).toBeUndefined();
      const numbers = new Set<string>();
      for await (const { entry } of tab.journal.exportAll()) numbers.add(`${entry.epoch}-${entry.seq}`);
      expect(numbers.size).toBe((await tab.journal.unsent(5_000)).length);
      await tab.journal.close();
    },
  );
});
