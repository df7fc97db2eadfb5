import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type PrinterReply,
  readOfflineByte,
  readPaperByte,
  readPrinterByte,
  StatusDecoder,
} from './status.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Fed whole and one byte at a time: both must say the same. */
function decode(hex: string): readonly PrinterReply[] {
  const whole = new StatusDecoder().push(bytes(hex));
  const decoder = new StatusDecoder();
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

describe('what a printer says', () => {
  test.each<[string, string, unknown[]]>([
    [
      'real-time answers, healthy',
      '12 16',
      [
        { kind: 'realtime', byte: 0x12 },
        { kind: 'realtime', byte: 0x16 },
      ],
    ],
    [
      'real-time answers, out of paper',
      '1A 32 7E',
      [0x1a, 0x32, 0x7e].map((byte) => ({ kind: 'realtime', byte })),
    ],
    ['automatic status, healthy', '10 00 00 0F', [healthy]],
    ['automatic status, drawer pin high', '14 00 00 0F', [{ ...healthy, drawerPinHigh: true }]],
    ['automatic status, cover open', '38 00 00 0F', [{ ...healthy, offline: true, coverOpen: true }]],
    ['automatic status, paper near end', '10 00 03 0F', [{ ...healthy, paper: 'near-end' }]],
    ['automatic status, paper end', '18 00 0F 0F', [{ ...healthy, offline: true, paper: 'end' }]],
    ['automatic status, cutter error', '18 08 00 0F', [{ ...healthy, offline: true, hasError: true }]],
    ['confirmation', '37 22 61 62 63 64 00', [{ kind: 'confirmed', id: 'abcd' }]],
    ['model name', '5F 54 4D 2D 6D 33 30 00', [{ kind: 'identity', text: 'TM-m30' }]],
    [
      'flow control',
      '13 11',
      [
        { kind: 'flow', go: false },
        { kind: 'flow', go: true },
      ],
    ],
    [
      'answers to GS r',
      '00 0C',
      [
        { kind: 'answer', byte: 0 },
        { kind: 'answer', byte: 0x0c },
      ],
    ],
    ['another block', '37 41 61 00', [{ kind: 'noise', byte: 0x37 }]],
    [
      'an automatic status between other answers',
      '12 10 00 00 0F 37 22 20 20 20 7E 00',
      [{ kind: 'realtime', byte: 0x12 }, healthy, { kind: 'confirmed', id: '   ~' }],
    ],
    [
      'a stray byte before a real-time answer',
      '10 12',
      [
        { kind: 'noise', byte: 0x10 },
        { kind: 'realtime', byte: 0x12 },
      ],
    ],
  ])('%s', (_, hex, expected) => {
    expect(decode(hex)).toEqual(expected);
  });

  test('a block that never ends is given up', () => {
    const decoder = new StatusDecoder();
    const replies = decoder.push(new Uint8Array(1_000).fill(0x5f));
    expect(replies.filter((reply) => reply.kind === 'noise').length).toBeGreaterThan(700);
  });

  test('the bits of the real-time bytes', () => {
    expect(readPrinterByte(0x16)).toEqual({ drawerPinHigh: true, offline: false });
    expect(readPrinterByte(0x1a)).toEqual({ drawerPinHigh: false, offline: true });
    expect(readOfflineByte(0x32)).toEqual({ coverOpen: false, paperEnd: true });
    expect(readOfflineByte(0x16)).toEqual({ coverOpen: true, paperEnd: false });
    expect([0x12, 0x1e, 0x7e].map(readPaperByte)).toEqual(['ok', 'near-end', 'end']);
  });

  test('any bytes in any pieces give the same replies, and never an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 30 }), (chunks) => {
        const all = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        const decoder = new StatusDecoder();
        const pieces = chunks.flatMap((chunk) => [...decoder.push(chunk)]);
        expect(pieces).toEqual(new StatusDecoder().push(all));
      }),
      { numRuns: 500, seed: 20_262 },
    );
  });
});
