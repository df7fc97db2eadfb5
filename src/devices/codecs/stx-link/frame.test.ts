import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeStx, StxDecoder } from './frame.ts';
import type { LineItem } from './line-item.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const bodies = (items: readonly LineItem[]) =>
  items.flatMap((item) => (item.kind === 'frame' ? [hexOf(item.body)] : []));
const told = (items: readonly LineItem[]) =>
  items.map((item) => ('code' in item ? item.code : 'control' in item ? item.control : item.kind));
const bodyArb = fc
  .array(fc.oneof(fc.integer({ min: 0x20, max: 0xff }), fc.constantFrom(0x1c, 0x1d, 0x1e, 0x1f)), {
    maxLength: 60,
  })
  .map((bytes) => Uint8Array.from(bytes));

/** Facts: devices 3.7. */
const VECTORS = [
  ['A00', 'A00\x1c1.28', '024130301C312E3238034B'],
  ['A14', 'A14\x1c1.28', '024131341C312E3238034E'],
] as const;

describe('STX frames', () => {
  test.each(VECTORS)('the vector %s, written and read whole and byte by byte', (_, body, hex) => {
    expect(hexOf(encodeStx(ascii(body)))).toBe(hex);
    expect(bodies(new StxDecoder().push(bytesOf(hex)))).toEqual([hexOf(ascii(body))]);
    const decoder = new StxDecoder();
    expect(bodies([...bytesOf(hex)].flatMap((byte) => decoder.push(Uint8Array.of(byte))))).toEqual([
      hexOf(ascii(body)),
    ]);
  });

  test('the check byte agrees with a second way to compute it: parity bit by bit', () => {
    fc.assert(
      fc.property(bodyArb, (body) => {
        const covered = [...body, 3];
        const check = [1, 2, 4, 8, 16, 32, 64, 128].filter(
          (bit) => covered.filter((byte) => byte & bit).length % 2 === 1,
        );
        expect(encodeStx(body).at(-1)).toBe(check.reduce((a, b) => a + b, 0));
      }),
    );
  });

  test('a check byte may look like anything', () => {
    for (let wanted = 0; wanted < 256; wanted += 1) {
      const body = Uint8Array.of(0x80, 0x80 ^ wanted ^ 3);
      if (body[1]! < 0x20) continue;
      expect(bodies(new StxDecoder().push(encodeStx(body)))).toEqual([hexOf(body)]);
    }
  });

  test.each([
    ['024130301C312E3238034C 06', ['bad-check', 'ack']],
    ['024130 024130301C312E3238034B', ['truncated', 'frame']],
    ['02413006', ['bad-byte', 'ack']],
    ['0506150415FF00', ['enq', 'ack', 'nak', 'eot', 'nak', 'noise']],
  ])('%s is told as %j', (hex, expected) => {
    expect(told(new StxDecoder().push(bytesOf(hex)))).toEqual(expected);
  });

  test('a frame that never ends keeps no more than a frame, and silence ends it', () => {
    const decoder = new StxDecoder();
    expect(told(decoder.push(Uint8Array.from([2, ...new Uint8Array(9_000).fill(0x41)])))).toEqual([
      'too-long',
      'noise',
    ]);
    decoder.push(Uint8Array.of(2, 0x41));
    expect(decoder.pending).toBe(2);
    expect(told(decoder.giveUp())).toEqual(['truncated']);
    expect(decoder.giveUp()).toEqual([]);
  });

  test('any bodies, cut anywhere, are the same bodies', () => {
    fc.assert(
      fc.property(fc.array(bodyArb, { maxLength: 5 }), fc.array(fc.nat(30)), (all, cuts) => {
        const stream = Buffer.concat(all.flatMap((body) => [encodeStx(body), Uint8Array.of(6)]));
        const decoder = new StxDecoder();
        const items: LineItem[] = [];
        let at = 0;
        for (const length of [...cuts, stream.length]) {
          items.push(...decoder.push(stream.subarray(at, at + length)));
          at += length;
        }
        expect(bodies(items)).toEqual(all.map(hexOf));
      }),
    );
  });

  test('random bytes never throw, and a frame behind them is found after a silence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const decoder = new StxDecoder();
        decoder.push(noise);
        decoder.giveUp();
        expect(bodies(decoder.push(bytesOf('024130301C312E3238034B')))).toEqual([
          hexOf(ascii('A00\x1c1.28')),
        ]);
      }),
    );
  });

  test('a body that would break the frame is refused', () => {
    expect(() => encodeStx(ascii('A\x03'))).toThrow('control byte');
    expect(() => encodeStx(new Uint8Array(8_193).fill(65))).toThrow('8193');
  });
});
