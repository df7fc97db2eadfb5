import { expect, test } from 'vitest';
import type { PaperCell } from '../../flow/services.ts';
import { drawnText, LINE } from './paper-text.ts';

const cell = (text: string, columns = 1, more: Partial<PaperCell> = {}): PaperCell => ({
  ...{ text, columns, widthTimes: 1, heightTimes: 1, bold: false },
  ...more,
});

test('characters that look alike are one text, each in the middle of its columns', () => {
  const { height, texts } = drawnText([cell('单', 2), cell(' '), cell('A'), cell('1')], 'left', 32);
  expect(height).toBe(LINE);
  expect(texts).toEqual([{ text: '单A1', bold: false, transform: undefined, x: '10 35 45', y: 18 }]);
});

test('what is larger or bolder is a text of its own, and everything of a line stands on one ground', () => {
  const large = { widthTimes: 2, heightTimes: 2 };
  const { height, texts } = drawnText(
    [cell('合', 4, large), cell('x'), cell('y', 1, { bold: true })],
    'left',
    32,
  );
  expect(height).toBe(2 * LINE);
  expect(texts.map(({ text, transform, x }) => [text, transform, x])).toEqual([
    ['合', 'scale(2 2)', '10'],
    ['x', undefined, '45'],
    ['y', undefined, '55'],
  ]);
  const grounds = texts.map(({ y, transform }) => LINE * 2 - y * (transform === undefined ? 1 : 2));
  expect(grounds[0]).toBe(2 * (grounds[1] ?? 0)); // The white below grows with the character.
});

test('a line is set left, in the middle or right on its paper', () => {
  const first = (align: 'left' | 'center' | 'right') =>
    drawnText([cell('a'), cell('b')], align, 32).texts[0]?.x;
  expect([first('left'), first('center'), first('right')]).toEqual(['5 15', '155 165', '305 315']);
});

test('letters that join, and characters of more than one unit, are drawn on their own', () => {
  const { texts } = drawnText(
    [...['س', 'ل', '👍', 'e\u0301', 'a', 'b']].map((each) => cell(each)),
    'left',
    32,
  );
  expect(texts.map(({ text }) => text)).toEqual(['س', 'ل', '👍', 'e\u0301', 'ab']);
});

test('white is not drawn but takes its columns', () => {
  expect(drawnText([cell('', 7), cell('9')], 'left', 32).texts.map(({ x }) => x)).toEqual(['75']);
  expect(drawnText([], 'left', 32)).toEqual({ height: LINE, texts: [] });
});
