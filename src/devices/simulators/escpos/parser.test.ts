import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PrinterOperation } from './operation.ts';
import { EscPosParser } from './parser.ts';
import { RealtimeScanner } from './realtime.ts';
import { VirtualPrinter } from './virtual-printer.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

/** Characters that follow each other as one text: where the stream was cut must not matter. */
function joined(operations: readonly PrinterOperation[]): unknown[] {
  const all: PrinterOperation[] = [];
  for (const operation of operations) {
    const last = all.at(-1);
    if (operation.op === 'text' && last?.op === 'text') {
      all[all.length - 1] = { op: 'text', glyphs: [...last.glyphs, ...operation.glyphs] };
    } else all.push(operation);
  }
  return all.map((each) =>
    each.op === 'text' ? { text: each.glyphs.map((glyph) => glyph.text).join('') } : each,
  );
}

function parse(hex: string): unknown[] {
  const whole = joined(new EscPosParser().push(bytes(hex)));
  const parser = new EscPosParser();
  expect(joined([...bytes(hex)].flatMap((byte) => [...parser.push(Uint8Array.of(byte))]))).toEqual(whole);
  return whole;
}

describe('the ESC/POS parser', () => {
  test.each<[string, unknown[]]>([
    ['1B40', [{ op: 'initialise' }]],
    ['1C26 BACF BCC6 A3A4 31 0A', [{ op: 'kanji', on: true }, { text: '合计￥1' }, { op: 'line-feed' }]],
    ['BACF', [{ text: '\ufffd\ufffd' }]], // Kanji mode is off after power-on.
    ['1C26 8130 8436', [{ op: 'kanji', on: true }, { text: '\ufffd0\ufffd6' }]], // A four-byte code: no such glyph.
    [
      '1C26 BACF 1B40 BACF',
      [{ op: 'kanji', on: true }, { text: '合' }, { op: 'initialise' }, { text: '\ufffd\ufffd' }],
    ],
    ['1B6101', [{ op: 'align', align: 'center' }]],
    ['1B6132', [{ op: 'align', align: 'right' }]],
    [
      '1B4501 1B4500',
      [
        { op: 'emphasis', on: true },
        { op: 'emphasis', on: false },
      ],
    ],
    ['1B2138', [{ op: 'print-mode', n: 0x38 }]],
    ['1D2111', [{ op: 'size', width: 2, height: 2 }]],
    ['1C210C', [{ op: 'kanji-size', width: 2, height: 2 }]],
    ['1D4201', [{ op: 'reverse', on: true }]],
    ['1B6403', [{ op: 'feed', lines: 3 }]],
    ['1B4A10', [{ op: 'feed-dots', dots: 16 }]],
    [
      '1B33 18 1B32',
      [
        { op: 'line-spacing', dots: 24 },
        { op: 'line-spacing', dots: 30 },
      ],
    ],
    ['1B700032FA', [{ op: 'pulse', pin: 2, onMs: 100, offMs: 500 }]],
    ['1D5601', [{ op: 'cut', partial: true }]],
    ['1D5600', [{ op: 'cut', partial: false }]],
    ['1D564200', [{ op: 'cut', partial: true }]],
    ['1D7630 00 0100 0200 AA55', [{ op: 'raster', widthBytes: 1, data: Uint8Array.of(0xaa, 0x55) }]],
    [
      '1D284C 0C00 30 70 30 01 01 31 0800 0200 AA55 1D284C 0200 30 32',
      [
        { op: 'raster', widthBytes: 1, data: Uint8Array.of(0xaa, 0x55) },
        { op: 'ignored', name: 'GS ( L', hex: '02003032' },
      ],
    ],
    ['1D286B 0400 31 41 32 00', [{ op: 'ignored', name: 'GS ( k', hex: '040031413200' }]],
    ['1D286B 0300 31 43 06', [{ op: 'qr-module', dots: 6 }]],
    ['1D286B 0300 31 45 31', [{ op: 'qr-level', level: 'M' }]],
    ['1D286B 0500 31 50 30 41 42', [{ op: 'qr-store', data: 'AB' }]],
    ['1D286B 0300 31 51 30', [{ op: 'qr-print' }]],
    ['1D6B02 313233 00', [{ op: 'barcode', system: 2, data: '123' }]],
    ['1D6B49 03 313233', [{ op: 'barcode', system: 73, data: '123' }]],
    ['1D614F', [{ op: 'status-back', mask: 0x4f }]],
    ['1D7201', [{ op: 'ask', n: 1 }]],
    ['1D2848 0600 3030 61626364', [{ op: 'confirm', id: 'abcd' }]],
    ['1D4943', [{ op: 'identify', n: 67 }]],
    ['100404', [{ op: 'ask-now', n: 4 }]],
    ['1D285A 0300 010203 41', [{ op: 'ignored', name: 'GS ( Z', hex: '0300010203' }, { text: 'A' }]],
    ['07', [{ op: 'unknown', hex: '07' }]],
    ['1BFF 41', [{ op: 'unknown', hex: '1BFF' }, { text: 'A' }]],
  ])('%s', (hex, expected) => {
    expect(parse(hex)).toEqual(expected);
  });

  test('a picture larger than any memory is stepped over, and what follows is read', () => {
    const parser = new EscPosParser();
    parser.push(bytes('1D763000 FFFF 0200'));
    const after = [...parser.push(new Uint8Array(65_535 * 2)), ...parser.push(bytes('41'))];
    expect(joined(after)).toEqual([{ text: 'A' }]);
  });

  /** Random bytes with many introducers and small numbers among them, so that commands really begin. */
  const noise = fc.array(
    fc.oneof(fc.constantFrom(0x1b, 0x1d, 0x1c, 0x10, 0x28, 0x6b, 0x76, 0x30, 0x0a, 0), fc.nat(255)),
    { maxLength: 300 },
  );

  test('random bytes in any pieces never throw, and the pieces do not matter', () => {
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 9 }), (given, piece) => {
        const all = Uint8Array.from(given);
        const parser = new EscPosParser();
        const pieces: PrinterOperation[] = [];
        for (let at = 0; at < all.length; at += piece)
          pieces.push(...parser.push(all.subarray(at, at + piece)));
        expect(joined(pieces)).toEqual(joined(new EscPosParser().push(all)));
      }),
      { numRuns: 2_000, seed: 20_264 },
    );
  });

  test('a printer fed with random bytes prints a bounded paper and always answers', () => {
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 6 }), (chunks) => {
        const printer = new VirtualPrinter();
        for (const chunk of chunks) expect(printer.receive(Uint8Array.from(chunk))).toBe(chunk.length);
        expect(printer.paper.length).toBeLessThanOrEqual(2_000);
        const said: number[] = [];
        printer.onReply((reply) => said.push(...reply));
        printer.receive(bytes('00 100401'));
        expect(said.length).toBeGreaterThan(0);
      }),
      { numRuns: 500, seed: 20_265 },
    );
  });
});

describe('the real-time scanner', () => {
  test.each<[string, unknown[]]>([
    ['100401', [{ kind: 'status', n: 1 }]],
    ['10100404', [{ kind: 'status', n: 4 }]],
    ['10140701', [{ kind: 'status-back' }]],
    ['1014010001', [{ kind: 'pulse', pin: 2, onMs: 100 }]],
    ['100409 41 10 41', []],
    ['1014010009', []],
  ])('%s', (hex, expected) => {
    const scanner = new RealtimeScanner();
    expect([...bytes(hex)].flatMap((byte) => scanner.push(byte) ?? [])).toEqual(expected);
  });
});
