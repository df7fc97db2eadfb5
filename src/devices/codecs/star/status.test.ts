import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StarReply, StarStatusDecoder } from './status.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Fed whole and one byte at a time: both must say the same. */
function decode(hex: string): readonly StarReply[] {
  const whole = new StarStatusDecoder().push(bytes(hex));
  const decoder = new StarStatusDecoder();
  expect([...bytes(hex)].flatMap((byte) => [...decoder.push(Uint8Array.of(byte))])).toEqual(whole);
  return whole;
}

const healthy = {
  kind: 'status',
  drawerPinHigh: false,
  offline: false,
  coverOpen: false,
  hasError: false,
  paper: 'ok',
};

describe('what a Star printer says', () => {
  test.each<[string, string, unknown[]]>([
    ['status of 9 bytes', '23 06 00 00 00 00 00 00 00', [{ ...healthy, etbCounter: 0 }]],
    ['status of 7 bytes: no ETB counter', '0F 06 00 00 00 00 00', [healthy]],
    [
      'a version in bit 7 of the second byte: two bytes more',
      '23 86 00 00 00 00 00 00 00 00 00',
      [{ ...healthy, etbCounter: 0 }],
    ],
    ['drawer', '23 06 04 00 00 00 00 00 00', [{ ...healthy, drawerPinHigh: true, etbCounter: 0 }]],
    [
      'cover open',
      '23 06 28 00 00 00 00 00 00',
      [{ ...healthy, coverOpen: true, offline: true, etbCounter: 0 }],
    ],
    ['paper end', '23 06 08 00 00 0C 00 00 00', [{ ...healthy, offline: true, paper: 'end', etbCounter: 0 }]],
    ['paper near end', '23 06 00 00 00 04 00 00 00', [{ ...healthy, paper: 'near-end', etbCounter: 0 }]],
    [
      'cutter error',
      '23 06 08 08 00 00 00 00 00',
      [{ ...healthy, offline: true, hasError: true, etbCounter: 0 }],
    ],
    ['ETB 1', '23 06 02 00 00 00 00 02 00', [{ ...healthy, etbCounter: 1 }]],
    ['ETB 31', '23 06 00 00 00 00 00 6E 00', [{ ...healthy, etbCounter: 31 }]],
    ['ETB 8', '23 06 00 00 00 00 00 20 00', [{ ...healthy, etbCounter: 8 }]],
    // The manual's own communication example.
    ['document counter', '1B1D03 01 02 11 01 00', [{ kind: 'counter', asked: 1, id: 0x0211, counter: 1 }]],
    [
      'flow control',
      '13 11',
      [
        { kind: 'flow', go: false },
        { kind: 'flow', go: true },
      ],
    ],
    [
      'a status cut off by another',
      '23 06 00 23 06 00 00 00 00 00 00 00',
      [
        { kind: 'noise', byte: 0x23 },
        { kind: 'noise', byte: 0x06 },
        { kind: 'noise', byte: 0x00 },
        { ...healthy, etbCounter: 0 },
      ],
    ],
    [
      'another answer after ESC',
      '1B 16 00',
      [
        { kind: 'noise', byte: 0x1b },
        { kind: 'noise', byte: 0x16 },
        { kind: 'noise', byte: 0x00 },
      ],
    ],
  ])('%s', (_, hex, expected) => {
    expect(decode(hex)).toEqual(expected);
  });

  test('every value of the counter is read from its bits', () => {
    // A second way from number to byte: the manual's table, bit by bit.
    const byteOf = (counter: number): number =>
      [2, 4, 8, 32, 64].reduce((byte, bit, index) => byte | (((counter >> index) & 1) * bit), 0);
    for (let counter = 0; counter < 32; counter += 1) {
      const status = Uint8Array.of(0x23, 0x06, 0, 0, 0, 0, 0, byteOf(counter), 0);
      expect(new StarStatusDecoder().push(status)).toMatchObject([{ etbCounter: counter }]);
    }
  });

  test('any bytes in any pieces give the same replies, and never an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 }), (chunks) => {
        const all = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        const decoder = new StarStatusDecoder();
        const pieces = chunks.flatMap((chunk) => [...decoder.push(chunk)]);
        expect(pieces).toEqual(new StarStatusDecoder().push(all));
      }),
      { numRuns: 500, seed: 20_262 },
    );
  });
});
