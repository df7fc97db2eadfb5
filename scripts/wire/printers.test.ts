import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualPrinter } from '../../src/devices/simulators/escpos/virtual-printer.ts';
import { StarPrinter } from '../../src/devices/simulators/star/star-printer.ts';
import { cd5220 } from './cd5220.ts';
import { wire } from './command.ts';
import { escPos } from './escpos.ts';
import { star, starStatus } from './star.ts';
import type { WireCodec } from './wire-codec.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex').toUpperCase();
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const codecs: readonly (readonly [string, WireCodec])[] = [
  ['escpos', escPos],
  ['star', star],
  ['cd5220', cd5220],
];

describe.each(codecs)('%s', (_, codec) => {
  test('what is decoded encodes to the same bytes, whatever they are, through JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (data) => {
        const given = Uint8Array.from(data);
        expect(hex(codec.encode!(json(codec.decode(given))))).toBe(hex(given));
      }),
      { numRuns: 400, seed: 20_263 },
    );
  });

  test('and so it is with bytes that look like commands', () => {
    const piece = fc.constantFrom(
      ...['1B40', '1C26', '1B61', '01', '1D21', '11', '1C210C', '1D2811', '1D286B', '0300314306'],
      ...['1B1D', '795331', '79', '1B69', '0A', '1B6B0100', 'D0A1', '41', '1B51', '41', '0D', '1B73', '32'],
      ...[
        '1B070A32',
        '07',
        '17',
        '1B1D0301',
        '1B1D295502003001',
        '1B1D295502003031',
        'E7A5A8',
        '1B',
        '10',
        '0401',
        '1B6C',
        '0101',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const given = bytes(pieces.join(''));
        expect(hex(codec.encode!(json(codec.decode(given))))).toBe(hex(given));
      }),
      { numRuns: 600, seed: 20_264 },
    );
  });

  test('what is cut off at the end is told', () => {
    expect(codec.decode(bytes('41 1B'))).toEqual([
      { op: 'text', text: 'A' },
      { error: 'truncated', at: 1, hex: '1B' },
    ]);
  });

  test.each([[[{ op: 'nothing' }]], ['x'], [null], [{ hex: 'x' }], [[{ op: 'text', text: '𠮷' }]]])(
    '%j is refused',
    (value) => {
      expect(() => codec.encode!(value)).toThrowError(expect.objectContaining({ code: 'bad-command' }));
    },
  );
});

test.each(['escpos', 'star'])('a line of text is encoded with its line feed (%s)', (codec) => {
  expect(wire(['encode', codec, '{"op":"line","text":"票"}'])).toEqual({ hex: 'C6B10A' });
});

describe('commands that decode to themselves', () => {
  const list = {
    escpos: [
      { op: 'initialise' },
      { op: 'status-back', mask: 79 },
      { op: 'code-page', page: 0 },
      { op: 'kanji', on: true },
      { op: 'text', text: '合计 ￥12.50' },
      { op: 'line-feed' },
      { op: 'size', width: 2, height: 3 },
      { op: 'size', width: 2, height: 1, only: 'letters' },
      { op: 'size', width: 2, height: 2, only: 'hanzi' },
      { op: 'emphasis', on: true },
      { op: 'align', align: 'right' },
      { op: 'line-spacing', dots: 30 },
      { op: 'feed', lines: 3 },
      { op: 'raster', widthBytes: 2, data: '01020304' },
      { op: 'qr', data: 'https://pay.example/r?汉', moduleDots: 5, level: 'M' },
      { op: 'cut', partial: true },
      { op: 'pulse', pin: 2, onMs: 100, offMs: 500 },
      { op: 'ask-now', about: 'offline' },
      { op: 'ask', about: 'drawer' },
      { op: 'confirm', id: 'ab c' },
      { op: 'identify', what: 'model' },
    ],
    star: [
      { op: 'initialise' },
      { op: 'status-back', on: true },
      { op: 'font-a' },
      { op: 'text', text: '合计 ￥12.50' },
      { op: 'utf8', on: true },
      { op: 'ambiguous-wide', on: true },
      { op: 'hanzi-order', order: ['simplified', 'traditional', 'japanese', 'korean'] },
      { op: 'text', text: '合计 ￥12.50 𠮷' },
      { op: 'utf8', on: false },
      { op: 'text', text: '票' },
      { op: 'line-feed' },
      { op: 'line-spacing', mm: 3 },
      { op: 'size', width: 2, height: 3 },
      { op: 'emphasis', on: false },
      { op: 'align', align: 'center' },
      { op: 'feed', lines: 3 },
      { op: 'feed-dots', dots: 8 },
      { op: 'raster', widthBytes: 2, data: '01020304' },
      { op: 'raster-band', widthBytes: 1, data: 'FF'.repeat(24) },
      { op: 'qr', data: 'https://pay.example/r?汉', moduleDots: 5, level: 'M' },
      { op: 'cut', partial: true },
      { op: 'pulse', pin: 2, onMs: 100, offMs: 500 },
      { op: 'ask-now' },
      { op: 'clear-etb' },
      { op: 'etb' },
      { op: 'confirm', id: 529 },
    ],
    cd5220: [
      { op: 'initialise' },
      { op: 'clear' },
      { op: 'line', row: 'upper', text: '合计           12.50' },
      { op: 'line', row: 'lower', text: '12.50' },
      { op: 'scroll', text: 'WELCOME' },
      { op: 'clear-line' },
      { op: 'cursor', column: 3, row: 2 },
      { op: 'text', text: '票 A' },
      { op: 'cursor-shown', on: false },
      { op: 'lamp', lamp: 'change' },
    ],
  } as const;

  test.each(codecs)('%s', (id, codec) => {
    const commands = list[id as keyof typeof list];
    expect(json(codec.decode(Uint8Array.from(codec.encode!(commands))))).toEqual(commands);
  });
});

describe('captures of others', () => {
  test('a Chinese slip of a program that writes otherwise keeps its bytes', () => {
    const capture = '1B40 1B2101 1C26 D0A1C6B1 0D0A 1D5601';
    expect(escPos.decode(bytes(capture))).toEqual([
      { op: 'initialise' },
      { op: 'print-mode', n: 1, hex: '1B2101' },
      { op: 'kanji', on: true },
      { op: 'text', text: '小票' },
      { op: 'carriage-return', hex: '0D' },
      { op: 'line-feed' },
      { op: 'cut', partial: true, hex: '1D5601' },
    ]);
  });

  test('a Star status and a document counter', () => {
    expect(starStatus.decode(bytes('23 06 02 00 00 00 00 02 00 1B1D0301021101 00'))).toMatchObject([
      { kind: 'status', etbCounter: 1 },
      { kind: 'counter', asked: 1, id: 0x0211 },
    ]);
  });
});

describe('a whole slip', () => {
  const blocks = [
    { kind: 'text', text: '小机便利店', align: 'center', size: 'large' },
    { kind: 'pair', left: '合计', right: '￥12.50' },
    { kind: 'text', text: '𠮷野家' },
  ];

  test('is encoded as the till would print it, rare characters drawn', () => {
    const printer = new VirtualPrinter({ columns: 32 });
    printer.receive(escPos.encode!({ blocks, profile: 'generic-58', kickDrawer: true }));
    expect(printer.kicks).toHaveLength(1);
    expect(printer.paper.map((line) => line.kind)).toEqual(['text', 'text', 'raster', 'feed']);
    const mine = new StarPrinter();
    mine.receive(star.encode!({ blocks, profile: 'star-utf8-80' }));
    expect(mine.paper.map((line) => line.kind)).toEqual(['text', 'text', 'raster', 'cut']);
  });

  test.each([
    [escPos, { blocks, profile: 'star-utf8-80' }],
    [star, { blocks, profile: 'generic-80' }],
    [escPos, { blocks: [] }],
    [star, { blocks: [{ kind: 'nothing' }] }],
  ])('what is no slip of this language is refused', (codec, value) => {
    expect(() => codec.encode!(value)).toThrowError(expect.objectContaining({ code: 'bad-command' }));
  });
});
