import { describe, expect, test } from 'vitest';
import type { ReceiptDocument } from '../../../domain/receipt.ts';
import { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import { type PrinterProfile, printerProfile } from '../../printer-profile.ts';
import { CELL_HEIGHT, CELL_WIDTH, isDot } from '../../receipt/bitmap.ts';
import { cellsOf } from '../../receipt/columns.ts';
import { type LaidPart, layOut, MAGNIFICATION } from '../../receipt/layout.ts';
import { columnsOfLine, type PaperLine } from '../../simulators/escpos/paper.ts';
import { VirtualPrinter } from '../../simulators/escpos/virtual-printer.ts';
import { blockRasteriser, isBlockDot } from '../../testing/block-raster.ts';
import { sixtyLines } from '../../testing/sixty-lines.ts';
import { compileReceipt } from './compile.ts';

const press = { gb18030: new Gb18030(), raster: blockRasteriser };
const LINE_GAP = 6;

function printed(document: ReceiptDocument, profile: PrinterProfile, piece = 7): VirtualPrinter {
  const charset = profile.charset === 'raster' ? 'gb18030' : profile.charset;
  const printer = new VirtualPrinter({ columns: profile.columns, charset });
  const { bytes } = compileReceipt(document, profile, press, false);
  for (let at = 0; at < bytes.length; at += piece) printer.receive(bytes.subarray(at, at + piece));
  return printer;
}

function rowsOf(paper: readonly PaperLine[], columns: number): readonly (readonly string[])[] {
  return paper.flatMap((line) => (line.kind === 'text' ? [columnsOfLine(line.cells, columns)] : []));
}

/** Where each character must stand, told a second time: counted from the left edge and from the right one. */
const row = (columns: number, left: string, right = ''): readonly string[] => {
  const spread = (text: string) =>
    [...text].flatMap((each) => (each.charCodeAt(0) < 0x80 ? [each] : [each, '']));
  const start = spread(left);
  const end = spread(right);
  return [...start, ...Array.from({ length: columns - start.length - end.length }, () => ' '), ...end];
};

const magnified = (cells: readonly string[]): readonly string[] =>
  cells.flatMap((each) => (each === '' ? ['', ''] : [each, '']));

/** A double-size row: the blanks within are of double width, too; behind the last character nothing is printed. */
const wide = (columns: number, left: string, right = ''): readonly string[] => {
  const cells = [...magnified(row(columns / 2, left, right))];
  for (let at = cells.length - 2; cells[at] === ' '; at -= 2) cells[at + 1] = ' ';
  return cells;
};

describe.each([32, 42, 48] as const)('the slip of 60 lines on paper of %i columns', (columns) => {
  const profile = { ...printerProfile('generic-80'), columns };
  const document = sixtyLines();

  test('as text: every character stands in its column', () => {
    const rows = rowsOf(printed(document, profile).paper, columns);
    expect(rows.length).toBeGreaterThanOrEqual(60);
    for (const cells of rows) expect(cells).toHaveLength(columns);
    const half = columns / 2;
    const centred = (text: string, width: number, within: number) => ' '.repeat((within - width) >> 1) + text;
    expect(rows[0]).toEqual(wide(columns, centred('小机便利店', 10, half)));
    expect(rows[1]).toEqual(row(columns, centred('Xiaoji · 收银小票', 18, columns)));
    expect(rows[2]).toEqual(row(columns, '单号', 'A1-7K3M9Q-000042'));
    expect(rows[3]).toEqual(row(columns, '时间 Time', '2026-11-22 13:35'));
    expect(rows[4]).toEqual(row(columns, '-'.repeat(columns)));
    const total = rows.findIndex((cells) => cells.join('').includes('合'));
    expect(rows[total]).toEqual(wide(columns, '合计', '￥12,345.67'));
    expect(rows[total - 1]).toEqual(row(columns, '='.repeat(columns)));
    expect(rows[total + 1]).toEqual(row(columns, '现金 Cash', '￥12,400.00'));
    expect(rows[total + 2]).toEqual(row(columns, '找零 Change', '￥54.33'));
    expect(rows.at(-1)).toEqual(row(columns, '', '右'));
  });

  test('as text: the figures of the items stand under each other and are whole', () => {
    const rows = rowsOf(printed(document, profile).paper, columns).map((cells) =>
      cells.map((each) => each || '_').join(''),
    );
    for (const block of document.blocks) {
      if (block.kind !== 'item') continue;
      const width = columns >= 40 ? { price: 9, amount: 10 } : { price: 8, amount: 9 };
      const end = block.price.padStart(width.price) + block.amount.padStart(width.amount);
      expect(rows.some((each) => each.endsWith(`${block.quantity}${end}`))).toBe(true);
    }
  });

  test('the bytes in any pieces give the same paper', () => {
    const whole = printed(document, profile, 100_000).paper;
    expect(printed(document, profile, 1).paper).toEqual(whole);
    expect(printed(document, profile, 64).paper).toEqual(whole);
  });

  test('as dots: every character is drawn within its own columns', () => {
    const raster = { ...printerProfile('raster-80'), columns };
    const paper = printed(document, raster).paper;
    expect(paper.some((line) => line.kind === 'text' || line.kind === 'qr')).toBe(false);
    expectDots(paper, layOut(document, columns), columns);
  });

  test('an older GBK font shows the same columns', () => {
    const rows = rowsOf(printed(document, { ...profile, charset: 'gbk' }).paper, columns);
    expect(rows).toEqual(rowsOf(printed(document, profile).paper, columns));
  });

  test('UTF-8 printers show the same columns', () => {
    const rows = rowsOf(printed(document, { ...profile, charset: 'utf8' }).paper, columns);
    expect(rows).toEqual(rowsOf(printed(document, profile).paper, columns));
  });
});

/** Walks down the dots of the paper, line by line of the layout, and compares the box of each character. */
function expectDots(paper: readonly PaperLine[], parts: readonly LaidPart[], columns: number): void {
  const bands = paper.filter((line) => line.kind === 'raster');
  const drawn = parts.filter((part) => part.kind !== 'feed');
  expect(bands).toHaveLength(1); // Nothing is fed between: all bands of dots follow each other.
  const bitmap = bands[0]!;
  expect(bitmap.widthBytes).toBe(Math.ceil((columns * CELL_WIDTH) / 8));
  const textRows = drawn.reduce((rows, part) => rows + (part.kind === 'line' ? rowsOfLine(part) : 0), 0);
  let top = 0;
  for (const part of drawn) {
    if (part.kind === 'qr') {
      top += bitmap.height - textRows;
      continue;
    }
    const scale = MAGNIFICATION[part.size];
    for (const cell of cellsOf(part.texts.join(''))) {
      const left = cell.column * scale.width * CELL_WIDTH;
      const width = cell.columns * scale.width * CELL_WIDTH;
      expect(left + width).toBeLessThanOrEqual(columns * CELL_WIDTH);
      const wrong = countWrong(bitmap, {
        text: cell.text,
        left,
        top,
        width,
        height: CELL_HEIGHT * scale.height,
      });
      if (wrong > 0)
        throw new Error(
          `${wrong} dots of ${cell.text} at column ${cell.column} are wrong in: ${part.texts.join('')}`,
        );
    }
    top += rowsOfLine(part);
  }
  expect(top).toBe(bitmap.height);
}

const rowsOfLine = (part: Extract<LaidPart, { kind: 'line' }>): number =>
  CELL_HEIGHT * MAGNIFICATION[part.size].height + LINE_GAP;

function countWrong(
  bitmap: { widthBytes: number; height: number; data: Uint8Array },
  box: { text: string; left: number; top: number; width: number; height: number },
): number {
  let wrong = 0;
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      if (isDot(bitmap, box.left + x, box.top + y) !== isBlockDot(box.text, x, y)) wrong += 1;
    }
  }
  return wrong;
}

describe('one line at a time', () => {
  const slip = (...blocks: ReceiptDocument['blocks']): ReceiptDocument => ({
    v: 1,
    language: 'zh-CN',
    blocks,
  });

  test('a line with a character that the font lacks is drawn; the lines around it stay text', () => {
    const paper = printed(
      slip(
        { kind: 'text', text: '上' },
        { kind: 'pair', left: '𠮷野家', right: '￥1.00' },
        { kind: 'text', text: '下' },
      ),
      printerProfile('generic-80'),
    ).paper;
    expect(paper.map((line) => line.kind)).toEqual(['text', 'raster', 'text', 'cut']);
    const drawn = paper[1]!;
    if (drawn.kind !== 'raster') throw new Error('not drawn');
    const box = { text: '￥', left: 42 * CELL_WIDTH, top: 0, width: 2 * CELL_WIDTH, height: CELL_HEIGHT };
    expect(countWrong(drawn, box)).toBe(0);
  });

  test('what an older GBK font lacks is drawn: a euro sign, a hanzi of GB 18030', () => {
    const texts = ['小票 ￥12.50', '€ 12.50', '䦃'].map((text) => ({ kind: 'text' as const, text }));
    const kinds = (id: 'gbk-80' | 'generic-80') =>
      printed(slip(...texts), printerProfile(id)).paper.map((line) => line.kind);
    expect(kinds('gbk-80')).toEqual(['text', 'raster', 'cut']);
    expect(kinds('generic-80')).toEqual(['text', 'text', 'text', 'cut']);
  });

  test.each([
    ['sunmi-80', '1c261c43ff'],
    ['xprinter-80', '1c261b3901'],
    ['epson-80', '1c284302003032'],
  ] as const)('%s is told in its maker’s way that UTF-8 comes', (id, hex) => {
    const utf8 = { ...printerProfile(id), charset: 'utf8' as const };
    const { bytes } = compileReceipt(slip({ kind: 'text', text: '票' }), utf8, press, false);
    expect(Buffer.from(bytes).toString('hex')).toContain(hex);
    expect(printed(slip({ kind: 'text', text: '票' }), utf8).paper[0]).toMatchObject({ text: '票' });
  });

  test('the QR code carries its data, natively and as dots', () => {
    const data = 'https://pay.example/r/42?汉=1';
    const native = printed(slip({ kind: 'qr', data }), printerProfile('generic-58')).paper[1]!;
    expect(native).toMatchObject({ kind: 'qr', data, align: 'center' });
    if (native.kind !== 'qr') throw new Error('no QR');
    expect((native.modules.length + 8) * native.moduleDots).toBeLessThanOrEqual(32 * CELL_WIDTH);
    const drawn = printed(slip({ kind: 'qr', data }), printerProfile('raster-58')).paper[0]!;
    if (drawn.kind !== 'raster') throw new Error('not drawn');
    const dots = native.moduleDots;
    const left = (32 * CELL_WIDTH - native.modules.length * dots) / 2;
    native.modules.forEach((line, y) => {
      line.forEach((isBlack, x) => {
        const at = { x: Math.floor(left + (x + 0.5) * dots), y: Math.floor((y + 4.5) * dots) };
        expect(isDot(drawn, at.x, at.y)).toBe(isBlack);
      });
    });
  });

  test('an item name cannot smuggle in a command', () => {
    const printer = printed(
      slip({
        kind: 'item',
        name: '\x1bp\x00\x19\xfa茶\x10\x14\x01\x00\x01',
        quantity: '1',
        price: '1',
        amount: '1',
      }),
      printerProfile('generic-80'),
    );
    expect(printer.kicks).toEqual([]);
    expect(printer.isDrawerOpen).toBe(false);
  });

  test('figures are never cut, however long', () => {
    const paper = printed(
      slip(
        {
          kind: 'item',
          name: '金条',
          quantity: '99999.999',
          price: '999,999,999.99',
          amount: '￥9,999,999,999.99',
        },
        { kind: 'pair', left: '一个很长很长很长很长的名字', right: '￥9,999,999,999.99' },
      ),
      printerProfile('generic-58'),
    ).paper;
    const text = paper.map((line) => (line.kind === 'text' ? line.text : '')).join('\n');
    for (const figure of ['99999.999', '999,999,999.99', '￥9,999,999,999.99'])
      expect(text).toContain(figure);
  });

  test('bands of dots are commands of at most 4,000 bytes and 256 rows', () => {
    const { ends } = compileReceipt(sixtyLines(), printerProfile('raster-80'), press, false);
    const sizes = ends.map((end, index) => end - (ends[index - 1] ?? 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4_008);
  });

  test('the drawer is kicked before the paper', () => {
    const printer = new VirtualPrinter();
    const { bytes } = compileReceipt(sixtyLines(), printerProfile('generic-80'), press, true);
    printer.receive(bytes.subarray(0, 40));
    expect(printer.kicks).toEqual([{ pin: 2, onMs: 100, offMs: 500 }]);
    expect(printer.paper).toEqual([]);
  });
});
