import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksOf } from './chunks.ts';

describe('chunks of a job', () => {
  test('end where commands end, as long as a command fits', () => {
    const job = { bytes: new Uint8Array(30), ends: [4, 9, 12, 29, 30] };
    expect([...chunksOf(job, 10)].map(({ bytes, isWhole }) => [bytes.length, isWhole])).toEqual([
      [9, true],
      [3, true],
      [10, false],
      [8, true],
    ]);
  });

  test('put together they are the job, none is too long, and whole ones end at a command', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 50 }), (given, most) => {
        const ends: number[] = [];
        for (const length of given) ends.push((ends.at(-1) ?? 0) + length);
        const bytes = Uint8Array.from({ length: ends.at(-1) ?? 0 }, (_, index) => index & 0xff);
        let at = 0;
        for (const chunk of chunksOf({ bytes, ends }, most)) {
          expect(chunk.bytes.length).toBeGreaterThan(0);
          expect(chunk.bytes.length).toBeLessThanOrEqual(most);
          expect([...chunk.bytes]).toEqual([...bytes.subarray(at, at + chunk.bytes.length)]);
          at += chunk.bytes.length;
          if (chunk.isWhole) expect(ends).toContain(at);
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 500, seed: 20_266 },
    );
  });
});
