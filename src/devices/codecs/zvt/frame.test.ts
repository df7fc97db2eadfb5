import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LineItem } from '../stx-link/line-item.ts';
import { decodeApdu, encodeApdu } from './apdu.ts';
import { zvtCrc } from './crc.ts';
import { encodeZvtFrame, ZvtDecoder } from './frame.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const bodies = (items: readonly LineItem[]) =>
  items.flatMap((item) => (item.kind === 'frame' ? [hexOf(item.body)] : []));
const told = (items: readonly LineItem[]) =>
  items.map((item) => ('code' in item ? item.code : 'control' in item ? item.control : item.kind));
/** Many bytes are 10, 02 and 03: what frames are made of. */
const apduArb = fc
  .array(fc.oneof(fc.nat(255), fc.constantFrom(0x10, 0x02, 0x03, 0x06, 0x15)), { maxLength: 60 })
  .map((bytes) => Uint8Array.from(bytes));

/** Facts: devices 3.5, wire form. */
const VECTORS = [
  ['authorise 12.00', '060107 04000000001200', '10 02 06 01 07 04 00 00 00 00 12 00 10 03 DA 24'],
  ['80 00 00', '800000', '10 02 80 00 00 10 03 F5 1F'],
  ['84 00 00', '840000', '10 02 84 00 00 10 03 19 6D'],
  ['84 66 00', '846600', '10 02 84 66 00 10 03 8D BE'],
  ['04 FF 01 0A', '04FF010A', '10 02 04 FF 01 0A 10 03 F5 7D'],
  ['06 B0 00', '06B000', '10 02 06 B0 00 10 03 43 F3'],
  ['06 1E 01 6C', '061E016C', '10 02 06 1E 01 6C 10 03 C9 F2'],
  ['06 0F 00', '060F00', '10 02 06 0F 00 10 03 C6 33'],
  ['end of day', '065003000000', '10 02 06 50 03 00 00 00 10 03 FB 37'],
  ['repeat receipt', '062003000000', '10 02 06 20 03 00 00 00 10 03 FA F2'],
  ['status enquiry', '050103000000', '10 02 05 01 03 00 00 00 10 03 DF DB'],
] as const;

/** The same CRC by a table of 16 entries, half a byte at a time. */
function crcByNibbles(bytes: readonly number[]): number {
  const table = Array.from({ length: 16 }, (_, nibble) => {
    let value = nibble;
    for (let bit = 0; bit < 4; bit += 1)
      value = value % 2 === 1 ? Math.floor(value / 2) ^ 0x8408 : Math.floor(value / 2);
    return value;
  });
  let crc = 0;
  for (const byte of bytes)
    for (const nibble of [byte % 16, Math.floor(byte / 16)])
      crc = Math.floor(crc / 16) ^ table[(crc % 16) ^ nibble]!;
  return crc;
}

describe('ZVT frames', () => {
  test.each(VECTORS)('the vector %s, written and read whole and byte by byte', (_, apdu, hex) => {
    expect(hexOf(encodeZvtFrame(bytesOf(apdu)))).toBe(hexOf(bytesOf(hex)));
    expect(bodies(new ZvtDecoder().push(bytesOf(hex)))).toEqual([hexOf(bytesOf(apdu))]);
    const decoder = new ZvtDecoder();
    const items = [...bytesOf(hex)].flatMap((byte) => decoder.push(Uint8Array.of(byte)));
    expect([bodies(items), decoder.pending]).toEqual([[hexOf(bytesOf(apdu))], 0]);
  });

  test('the CRC agrees with a second way to compute it, and with the check value of its family', () => {
    expect(zvtCrc(new TextEncoder().encode('123456789'))).toBe(0x2189);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(zvtCrc(bytes)).toBe(crcByNibbles([...bytes]));
      }),
    );
  });

  test('every 10 inside is doubled, and a CRC may look like anything', () => {
    expect(hexOf(encodeZvtFrame(Uint8Array.of(0x10, 0x03, 0x10))).slice(0, 14)).toBe('10021010031010');
    fc.assert(
      fc.property(apduArb, (apdu) => {
        expect(bodies(new ZvtDecoder().push(encodeZvtFrame(apdu)))).toEqual([hexOf(apdu)]);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['100280000010 03 F51E 06', ['bad-check', 'ack']],
    ['1002 8000 1002 8000001003F51F', ['truncated', 'frame']],
    ['1002 8000 1006 15', ['bad-byte', 'ack', 'nak']],
    ['0615 04FF 10 10 1002 8000001003F51F', ['ack', 'nak', 'noise', 'frame']],
  ])('%s is told as %j', (hex, expected) => {
    expect(told(new ZvtDecoder().push(bytesOf(hex)))).toEqual(expected);
  });

  test('a frame that never ends keeps no more than a frame, and silence ends it', () => {
    const decoder = new ZvtDecoder();
    expect(told(decoder.push(Uint8Array.from([0x10, 2, ...new Uint8Array(9_000)])))).toEqual([
      'too-long',
      'noise',
    ]);
    decoder.push(Uint8Array.of(0x10, 2, 0x80));
    expect([decoder.pending, told(decoder.giveUp()), decoder.pending]).toEqual([3, ['truncated'], 0]);
    expect(() => encodeZvtFrame(new Uint8Array(8_193))).toThrow('8193');
  });

  test('any APDUs, cut anywhere, with acknowledgements between, are the same APDUs', () => {
    fc.assert(
      fc.property(fc.array(apduArb, { maxLength: 5 }), fc.array(fc.nat(30)), (apdus, cuts) => {
        const stream = Buffer.concat(apdus.flatMap((apdu) => [encodeZvtFrame(apdu), Uint8Array.of(6)]));
        const decoder = new ZvtDecoder();
        const items: LineItem[] = [];
        let at = 0;
        for (const length of [...cuts, stream.length]) {
          items.push(...decoder.push(stream.subarray(at, at + length)));
          at += length;
        }
        expect(bodies(items)).toEqual(apdus.map(hexOf));
      }),
    );
  });

  test('random bytes never throw, and a frame behind them is found after a silence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const decoder = new ZvtDecoder();
        decoder.push(noise);
        decoder.giveUp();
        expect(bodies(decoder.push(bytesOf('10028000001003F51F')))).toEqual(['800000']);
      }),
    );
  });
});

describe('ZVT APDUs', () => {
  test('any data comes back, with a length of one byte or of three', () => {
    for (const length of [0, 1, 254, 255, 256, 5_000]) {
      const apdu = { command: 0x06d3, data: new Uint8Array(length).fill(7) };
      const bytes = encodeApdu(apdu);
      expect(bytes.length).toBe(length + (length < 255 ? 3 : 5));
      expect(decodeApdu(bytes)).toEqual(apdu);
    }
    expect(hexOf(encodeApdu({ command: 0x06d3, data: new Uint8Array(300) })).slice(0, 10)).toBe('06D3FF2C01');
    expect(() => encodeApdu({ command: 1, data: new Uint8Array(65_536) })).toThrow('65536');
  });

  test.each(['', '06', '0601', '060101', '06010001', '0601FF', '0601FF01', '0601FF0100'])(
    '%s is none',
    (hex) => {
      expect(decodeApdu(bytesOf(hex))).toBeUndefined();
    },
  );
});
