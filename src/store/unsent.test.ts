import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Placed } from './protocol.ts';
import { collectUnsent } from './unsent.ts';

test('what is sent is what stands after the last word and is not parked, in order, whatever the batch', async () => {
  const books = fc.record({
    last: fc.nat(40),
    acknowledged: fc.nat(40),
    parked: fc.uniqueArray(fc.integer({ min: 1, max: 40 })),
    limit: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(books, async ({ last, acknowledged, parked, limit }) => {
      const all = Array.from({ length: last }, (_, at) => ({ position: at + 1 }) as Placed);
      const read = async (after: number, count: number) =>
        all.filter((each) => each.position > after).slice(0, count);
      const found = await collectUnsent(read, { acknowledged, parked }, limit);
      const wanted = all.filter(({ position }) => position > acknowledged && !parked.includes(position));
      expect(found).toEqual(wanted.slice(0, limit));
    }),
  );
});
