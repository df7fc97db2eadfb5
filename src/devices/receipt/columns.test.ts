import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aligned, cellsOf, columnsOf, printable, wrap } from './columns.ts';

describe('columns', () => {
  test.each([
    ['abc', 3],
    ['小票', 4],
    ['￥12.50', 7],
    ['·', 2],
    ['①', 2],
    ['ｱ', 1],
    ['😀', 2],
    ['e\u0301', 1],
    ['', 0],
  ])('%j is %i columns wide', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
    expect(cellsOf(text).reduce((sum, cell) => sum + cell.columns, 0)).toBe(columns);
  });

  test('control characters, direction marks and lone surrogates are not printed', () => {
    expect(printable('a\x1b@b\x10\x04\x01c\u202ed\ud800e\u200bf')).toBe('a@bcdef');
    expect(printable('a\tb\u00a0c')).toBe('a b c');
    expect(printable('¥5')).toBe('￥5');
    expect(printable('正常 text')).toBe('正常 text');
  });

  test('lines break at spaces between words and anywhere between hanzi', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('一二三四五', 4)).toEqual(['一二', '三四', '五']);
    expect(wrap('一二三', 5)).toEqual(['一二', '三']);
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrap('特级 Oolong tea', 8)).toEqual(['特级', 'Oolong', 'tea']);
    expect(wrap('', 8)).toEqual(['']);
  });

  test('wrapping loses no character, cuts no hanzi, and no line is too wide', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', '7', '.', ' ', '汉', '字', '￥', '😀', '·'),
      maxLength: 120,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 48 }), (given, width) => {
        const lines = wrap(printable(given), width);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
      }),
      { numRuns: 1_000, seed: 20_263 },
    );
  });

  test('aligned text stands at the right place', () => {
    expect(aligned('ab', 6, 'center')).toBe('  ab');
    expect(aligned('票', 6, 'right')).toBe('    票');
    expect(aligned('too wide', 3, 'right')).toBe('too wide');
  });
});
