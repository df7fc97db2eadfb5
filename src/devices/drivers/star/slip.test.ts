import { describe, expect, test } from 'vitest';
import type { ReceiptDocument } from '../../../domain/receipt.ts';
import { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import { type PrinterProfile, printerProfile } from '../../printer-profile.ts';
import { CELL_HEIGHT, CELL_WIDTH, isDot } from '../../receipt/bitmap.ts';
import { cellsOf } from '../../receipt/columns.ts';
import { layOut, MAGNIFICATION } from '../../receipt/layout.ts';
import { columnsOfLine, type PaperLine } from '../../simulators/escpos/paper.ts';
import type { StarFont } from '../../simulators/star/parser.ts';
import { StarPrinter } from '../../simulators/star/star-printer.ts';
import { blockRasteriser, isBlockDot } from '../../testing/block-raster.ts';
import { sixtyLines } from '../../testing/sixty-lines.ts';
import { compileStarReceipt } from './compile.ts';

const press = { gb18030: new Gb18030(), raster: blockRasteriser };
const GAP = 8;

function printed(document: ReceiptDocument, profile: PrinterProfile, font: StarFont, piece = 7): StarPrinter {
  const printer = new StarPrinter({ columns: profile.columns, font });
  const { bytes } = compileStarReceipt(document, profile, press, false);
  for (let at = 0; at < bytes.length; at += piece) printer.receive(bytes.subarray(at, at + piece));
  return printer;
}

const rowsOf = (paper: readonly PaperLine[], columns: number): readonly string[] =>
  paper.flatMap((line) =>
    line.kind === 'text' ? [columnsOfLine(line.cells, columns).join('').trimEnd()] : [],
  );

describe.each(['star-utf8-80', 'star-utf8-58'] as const)('the slip of 60 lines with %s', (id) => {
  const profile = printerProfile(id);
  const document = sixtyLines();

  test('as text: the lines are those of the layout', () => {
    const expected = layOut(document, profile.columns).flatMap((part) =>
      part.kind === 'line' ? [part.texts.join('').trimEnd()] : part.kind === 'qr' ? ['', ''] : [],
    );
    const rows = rowsOf(printed(document, profile, 'utf8').paper, profile.columns);
    expect(rows.map((row) => row.replaceAll(/ +/g, ' '))).toEqual(
      expected.map((row) => row.replaceAll(/ +/g, ' ')),
    );
  });

  test('the bytes in any pieces give the same paper', () => {
    const whole = printed(document, profile, 'utf8', 100_000).paper;
    expect(printed(document, profile, 'utf8', 1).paper).toEqual(whole);
    expect(printed(document, profile, 'utf8', 64).paper).toEqual(whole);
  });

  test('a Chinese model gets two-byte codes and shows the same', () => {
    const chinese = { ...profile, charset: 'gb18030' as const };
    const rows = rowsOf(printed(document, chinese, 'gb18030').paper, profile.columns);
    expect(rows).toEqual(rowsOf(printed(document, profile, 'utf8').paper, profile.columns));
  });
});

describe.each(['star-prnt-80', 'star-line-80'] as const)('drawn by %s', (id) => {
  const profile = printerProfile(id);

  test('every character of a slip stands in its own columns, whatever font the printer has', () => {
    const document: ReceiptDocument = {
      v: 1,
      language: 'zh-CN',
      blocks: [
        { kind: 'text', text: '小机 𠮷', align: 'center', size: 'huge' },
        { kind: 'pair', left: '合计', right: '￥12.50', size: 'large' },
        { kind: 'item', name: '茶', quantity: '1', price: '12.50', amount: '12.50' },
      ],
    };
    const { paper } = printed(document, profile, 'latin');
    expect(paper.some((line) => line.kind === 'text')).toBe(false);
    const rows = dotRows(paper);
    let top = 0;
    for (const part of layOut(document, profile.columns)) {
      if (part.kind !== 'line') continue;
      const scale = MAGNIFICATION[part.size];
      for (const cell of cellsOf(part.texts.join(''))) {
        const left = cell.column * scale.width * CELL_WIDTH;
        for (let y = 0; y < CELL_HEIGHT * scale.height; y += 1) {
          for (let x = 0; x < cell.columns * scale.width * CELL_WIDTH; x += 1) {
            const isBlack = rows[top + y]?.(left + x) ?? false;
            if (isBlack !== isBlockDot(cell.text, x, y)) throw new Error(`${cell.text} at ${x}, ${y}`);
          }
        }
      }
      top += CELL_HEIGHT * scale.height + GAP;
    }
    expect(rows.length).toBe(top);
  });
});

/** The paper as rows of dots; what is fed between pictures is white. */
function dotRows(paper: readonly PaperLine[]): readonly ((x: number) => boolean)[] {
  return paper.flatMap((line) => {
    if (line.kind === 'raster')
      return Array.from({ length: line.height }, (_, y) => (x: number) => isDot(line, x, y));
    return Array.from({ length: line.kind === 'feed' ? line.dots : 0 }, () => () => false);
  });
}

describe('one line at a time', () => {
  const slip = (...blocks: ReceiptDocument['blocks']): ReceiptDocument => ({
    v: 1,
    language: 'zh-CN',
    blocks,
  });

  test('the QR code carries its data and is not wider than the paper', () => {
    const data = 'https://pay.example/r/42?汉=1';
    const code = printed(slip({ kind: 'qr', data }), printerProfile('star-utf8-58'), 'utf8').paper.find(
      (line) => line.kind === 'qr',
    );
    expect(code).toMatchObject({ data, align: 'center' });
    expect((code!.modules.length + 8) * code!.moduleDots).toBeLessThanOrEqual(32 * CELL_WIDTH);
  });

  test('the drawer is kicked before the paper, with its times', () => {
    const printer = new StarPrinter();
    const { bytes } = compileStarReceipt(sixtyLines(), printerProfile('star-utf8-80'), press, true);
    printer.receive(bytes.subarray(0, 60));
    expect(printer.kicks).toEqual([{ pin: 2, onMs: 100, offMs: 500 }]);
    expect(printer.paper).toEqual([]);
  });

  test('an item name cannot smuggle in a command', () => {
    const item = { kind: 'item' as const, quantity: '1', price: '1', amount: '1' };
    const printer = printed(
      slip({ ...item, name: '茶\x07\x1a\x1b\x06\x01\x17' }),
      printerProfile('star-utf8-80'),
      'utf8',
    );
    expect(printer.kicks).toEqual([]);
  });
});
