import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReceiptBlock } from '../../domain/receipt.ts';
import { cellsOf, columnsOf, wrap } from './columns.ts';
import { layOut } from './layout.ts';

const lines = (blocks: readonly ReceiptBlock[], columns = 32): readonly string[] =>
  layOut({ v: 1, language: 'ar', blocks: [...blocks] }, columns).flatMap((part) =>
    part.kind === 'line' ? [part.texts.join('')] : [],
  );

describe('paper that is read from right to left', () => {
  test('labels stand at the right edge and figures at the left one', () => {
    expect(lines([{ kind: 'pair', left: 'المجموع', right: '￥12.50' }])).toEqual([
      `￥12.50${' '.repeat(18)}المجموع`,
    ]);
    expect(lines([{ kind: 'text', text: 'شكرا' }])).toEqual([`${' '.repeat(28)}شكرا`]);
    expect(lines([{ kind: 'text', text: 'شكرا', align: 'center' }])).toEqual([`${' '.repeat(14)}شكرا`]);
  });

  test('an item has its amount first from the left, then price and quantity, then its name', () => {
    const item = { kind: 'item', name: 'قهوة', quantity: '2', price: '6.25', amount: '12.50' } as const;
    expect(lines([item])).toEqual([`12.50    6.25    2${' '.repeat(10)}قهوة`]);
  });

  test('words stay whole when they are wrapped', () => {
    expect(wrap('المجموع الفرعي اليوم', 14)).toEqual(['المجموع الفرعي', 'اليوم']);
  });

  test('no line is wider than the paper, and nothing is lost', () => {
    const text = fc.string({
      unit: fc.constantFrom('ق', 'ه', 'و', ' ', 'a', '7', '汉', '\u064b'),
      maxLength: 60,
    });
    const figure = fc.stringMatching(/^\d{1,12}\.\d\d$/);
    const block: fc.Arbitrary<ReceiptBlock> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text }),
      fc.record({ kind: fc.constant('pair' as const), left: text, right: fc.oneof(figure, text) }),
      fc.record({
        kind: fc.constant('item' as const),
        name: text,
        quantity: figure,
        price: figure,
        amount: figure,
      }),
    );
    const marks = (from: string): string => [...from.replace(/[ ×]/g, '').normalize('NFC')].sort().join('');
    fc.assert(
      fc.property(block, fc.constantFrom(32, 42, 48), (each, columns) => {
        const laid = lines([each], columns);
        for (const line of laid) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        const { kind: _, ...texts } = each;
        expect(marks(laid.join(''))).toBe(marks(Object.values(texts).join('')));
      }),
      { numRuns: 500, seed: 20_281 },
    );
  });
});

describe('letters that join', () => {
  test('are one cell with the spaces and figures between them', () => {
    expect(cellsOf('茶 قهوة 2 عربية ok').filter((cell) => cell.run)).toEqual([
      { text: 'قهوة 2 عربية', column: 3, columns: 12, run: true },
    ]);
  });

  test('in a mirrored line take the signs around them along, and stop at the gap between columns', () => {
    const line = '12.50    رمز ثابت (غير مؤكد)';
    expect(cellsOf(line, true).filter((cell) => cell.run)).toEqual([
      { text: 'رمز ثابت (غير مؤكد)', column: 9, columns: 19, run: true },
    ]);
    expect(cellsOf(line, true).reduce((sum, cell) => sum + cell.columns, 0)).toBe(columnsOf(line));
  });

  test('a line without them is cut into characters as ever', () => {
    expect(cellsOf('合 7', true).map((cell) => cell.text)).toEqual(['合', ' ', '7']);
  });
});
