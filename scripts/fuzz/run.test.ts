import { describe, expect, test } from 'vitest';
import { WireFailure } from '../wire/failure.ts';
import type { WireCodec } from '../wire/wire-codec.ts';
import { fuzz } from './run.ts';

const SEEDS = [Uint8Array.of(2, 1, 65, 3), Uint8Array.of(2, 3, 66, 67, 68, 3)];
const options = { seeds: SEEDS, cases: 2_000, seed: 7 };

/** STX, length, that many bytes, ETX. */
const framed: WireCodec = {
  decode: (bytes) => {
    const length = bytes[1] ?? 0;
    if (bytes[0] !== 2 || bytes[2 + length] !== 3) throw new WireFailure('no-frame', 'not a frame');
    return [{ body: Buffer.from(bytes.subarray(2, 2 + length)).toString('hex') }];
  },
  encode: (value) => {
    const body = Buffer.from((value as { body: string }).body, 'hex');
    return Uint8Array.of(2, body.length, ...body, 3);
  },
};

describe('the fuzzer', () => {
  test('finds nothing in a codec that keeps its word, and reads some of what it makes', () => {
    const report = fuzz('framed', framed, options);
    expect(report.failures).toEqual([]);
    expect(report.read).toBeGreaterThan(50);
    expect(report.roundTrips).toBe(report.read);
  });

  test('finds an exception without a code', () => {
    const naive: WireCodec = { ...framed, decode: (bytes) => [bytes[1]?.toFixed(), bytes[5]!.toFixed()] };
    expect(fuzz('naive', naive, options).failures[0]?.what).toMatch(/threw TypeError/);
  });

  test('finds a message that does not come back', () => {
    const lossy: WireCodec = { ...framed, encode: () => Uint8Array.of(2, 1, 65, 3) };
    expect(fuzz('lossy', lossy, options).failures[0]?.what).toMatch(/did not come back/);
  });

  test('finds an input that holds the page', () => {
    const slow: WireCodec = {
      decode: () => {
        const started = process.threadCpuUsage();
        while (process.threadCpuUsage(started).user < 60_000);
        return [];
      },
    };
    expect(fuzz('slow', slow, { ...options, cases: 1 }).failures[0]?.what).toMatch(/^took \d+ ms$/);
  });

  test('does not blame an input for time in which the machine did something else', () => {
    const waits: WireCodec = {
      decode: () => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
        return [];
      },
    };
    expect(fuzz('waits', waits, { ...options, cases: 3 }).failures).toEqual([]);
  });

  test('makes the same cases for the same seed', () => {
    const seen = (seed: number): string[] => {
      const inputs: string[] = [];
      const codec: WireCodec = { decode: (bytes) => [void inputs.push(Buffer.from(bytes).toString('hex'))] };
      fuzz('seen', codec, { ...options, cases: 50, seed });
      return inputs;
    };
    expect(seen(3)).toEqual(seen(3));
    expect(seen(3)).not.toEqual(seen(4));
  });
});
