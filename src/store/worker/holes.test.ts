import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstHole } from './holes.ts';

const holding = (positions: readonly number[]) => ({
  held: async (after: number, last: number) =>
    positions.filter((position) => position > after && position <= last).length,
});

test('the first hole is what a scan would find', async () => {
  const places = fc.record({
    after: fc.nat(20),
    length: fc.nat(80),
    missing: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 8 }),
    lost: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(places, async ({ after, length, missing, lost }) => {
      const last = after + length;
      const all = Array.from({ length: 100 }, (_, at) => at + 1);
      const gone = new Set([...missing, ...lost]);
      const held = holding(all.filter((position) => !gone.has(position)));
      const hole = all.find(
        (position) =>
          position > after && position <= last && missing.includes(position) && !lost.includes(position),
      );
      expect(await firstHole(held, { after, last, lost })).toBe(hole);
    }),
  );
});
