import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrame, encodeFrame, FRAME_HEADER_BYTES, type Frame, scanSegment } from './framing.ts';

const SEGMENT = 4_096;
const payload = fc.uint8Array({ maxLength: 120 }).map((bytes) => new Uint8Array(bytes));

const frameOf = (at: number, bytes: Uint8Array, ordinal = 1): Frame => ({
  kind: 'entries',
  ordinal,
  position: at + 1,
  count: 1,
  payload: bytes,
});

function segmentOf(frames: readonly Frame[], under = new Uint8Array(SEGMENT)) {
  const bytes = under.slice();
  const offsets: number[] = [];
  let at = 0;
  for (const frame of frames) {
    offsets.push(at);
    const encoded = encodeFrame(frame);
    bytes.set(encoded, at);
    at += encoded.length;
  }
  return { bytes, offsets: [...offsets, at] };
}

describe('records of a segment', () => {
  test('what was written is read back, and the end is where the next one goes', () => {
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 20 }), (payloads) => {
        const { bytes, offsets } = segmentOf(payloads.map((each, at) => frameOf(at, each)));
        const scan = scanSegment(bytes);
        expect(scan.frames.map((frame) => [...frame.payload])).toEqual(payloads.map((each) => [...each]));
        expect(scan).toMatchObject({ end: offsets.at(-1), damaged: false });
      }),
    );
  });

  test('a record cut anywhere is no record, and those before it stand', () => {
    const frames = [frameOf(0, new Uint8Array(40).fill(7)), frameOf(1, new Uint8Array(60).fill(8))];
    const { bytes, offsets } = segmentOf(frames);
    const [, second = 0, end = 0] = offsets;
    for (let cut = second; cut < end; cut += 1) {
      const torn = bytes.slice();
      torn.fill(0, cut);
      expect(scanSegment(torn)).toMatchObject({ end: second, damaged: false });
      expect(scanSegment(torn).frames).toHaveLength(1);
    }
  });

  test('one flipped bit costs the record it is in and no other, and is told', () => {
    const frames = [0, 1, 2].map((at) => frameOf(at, new Uint8Array(30).fill(65 + at)));
    const { bytes, offsets } = segmentOf(frames);
    const [start = 0, end = 0] = offsets.slice(1);
    fc.assert(
      fc.property(fc.integer({ min: start, max: end - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const flipped = bytes.slice();
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const scan = scanSegment(flipped);
        expect(scan.frames.map((frame) => frame.position)).toEqual([1, 3]);
        expect(scan).toMatchObject({ damaged: true, end: offsets[3] });
      }),
    );
  });

  test('what is left of a former use of the file is passed over', () => {
    const old = segmentOf([0, 1, 2, 3].map((at) => frameOf(at, new Uint8Array(50).fill(at)))).bytes;
    const { bytes, offsets } = segmentOf([frameOf(9, new Uint8Array(50).fill(9), 2)], old);
    const scan = scanSegment(bytes);
    expect(scan).toMatchObject({ ordinal: 2, end: offsets[1], damaged: false });
    expect(scan.frames.map((frame) => frame.position)).toEqual([10]);
  });

  test('any bytes at all are read without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const scan = scanSegment(bytes);
        expect(scan.end).toBeLessThanOrEqual(bytes.length);
        expect(decodeFrame(bytes, 0) === undefined || bytes.length >= FRAME_HEADER_BYTES).toBe(true);
      }),
    );
  });
});
