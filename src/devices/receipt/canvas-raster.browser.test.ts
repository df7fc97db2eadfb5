import { describe, expect, test } from 'vitest';
import { CELL_HEIGHT, CELL_WIDTH, isDot } from './bitmap.ts';
import { canvasRasteriser } from './canvas-raster.ts';
import { cellsOf } from './columns.ts';

const raster = canvasRasteriser((width, height) =>
  new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }),
);

const draw = (text: string, scale = { width: 1, height: 1 }, bold = false) =>
  raster({ cells: cellsOf(text), columns: 32, scale, bold });

function ink(bitmap: ReturnType<typeof draw>, column: number, columns: number): number {
  let dots = 0;
  for (let y = 0; y < bitmap.height; y += 1) {
    for (let x = column * CELL_WIDTH; x < (column + columns) * CELL_WIDTH; x += 1)
      if (isDot(bitmap, x, y)) dots += 1;
  }
  return dots;
}

describe('lines drawn with the fonts of the page', () => {
  test('every character has ink in its own columns and none beside them', () => {
    const text = '汉 A  ￥ 𠮷   8';
    const bitmap = draw(text);
    expect([bitmap.widthBytes, bitmap.height]).toEqual([(32 * CELL_WIDTH) / 8, CELL_HEIGHT]);
    const cells = cellsOf(text);
    for (const cell of cells) {
      if (cell.text === ' ') expect(ink(bitmap, cell.column, 1)).toBe(0);
      else expect(ink(bitmap, cell.column, cell.columns)).toBeGreaterThan(8);
    }
    const end = (cells.at(-1)?.column ?? 0) + 1;
    expect(ink(bitmap, end, 32 - end)).toBe(0);
  });

  test('a magnified line takes magnified columns', () => {
    const bitmap = draw('合计', { width: 2, height: 2 });
    expect(bitmap.height).toBe(2 * CELL_HEIGHT);
    expect(ink(bitmap, 0, 4)).toBeGreaterThan(50);
    expect(ink(bitmap, 4, 4)).toBeGreaterThan(50);
    expect(ink(bitmap, 8, 24)).toBe(0);
  });

  test('without a surface the line is blank, not an exception', () => {
    const blank = canvasRasteriser(() => null)({
      cells: cellsOf('A'),
      columns: 32,
      scale: { width: 1, height: 1 },
      bold: false,
    });
    expect(blank.data.every((byte) => byte === 0)).toBe(true);
  });

  test('letters that join are drawn joined, at the edge of the paper they belong to', () => {
    const line = `12.50${' '.repeat(23)}بببب`;
    const bitmap = raster({
      cells: cellsOf(line, true),
      columns: 32,
      scale: { width: 1, height: 1 },
      bold: false,
    });
    expect(ink(bitmap, 0, 5)).toBeGreaterThan(40);
    expect(ink(bitmap, 5, 20)).toBe(0);
    const inked = Array.from({ length: 32 * CELL_WIDTH }, (_, x) => x).filter((x) =>
      Array.from({ length: CELL_HEIGHT }, (_, y) => y).some((y) => isDot(bitmap, x, y)),
    );
    const word = inked.filter((x) => x > 10 * CELL_WIDTH);
    expect(word.at(-1)).toBeGreaterThan(31 * CELL_WIDTH);
    // Not one blank column of dots inside the word: the letters touch.
    expect((word.at(-1) ?? 0) - (word[0] ?? 0) + 1).toBe(word.length);
  });
});
