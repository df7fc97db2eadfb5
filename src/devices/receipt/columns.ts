/**
 * How wide text is on paper, in columns of a half-width character.
 * Everything that is no ASCII takes two: in kanji mode the printer's Chinese font draws it, and all its glyphs are square.
 */

const JOINER = '\u200d';
const ZERO_WIDTH = /^(?:[\p{Mn}\p{Me}]|\u200d|[\ufe00-\ufe0f])$/u;
/** Cc, Cf, line separators, lone surrogates: what could be a command, turn the line round, or is nothing. */
const NOT_PRINTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const SPACES = /[\t\n\r\u00a0\u2000-\u200a\u202f\u205f]/g;

/** Half-width katakana and symbols (U+FF61–FFDC, U+FFE8–FFEE) are one column even in Chinese fonts. */
const isHalfForm = (unit: number): boolean =>
  (unit >= 0xff61 && unit <= 0xffdc) || (unit >= 0xffe8 && unit <= 0xffee);

/** Hebrew, Arabic and their presentation forms: joined by whoever draws them, about half as wide as a hanzi. */
const isRightToLeft = (unit: number): boolean =>
  (unit >= 0x590 && unit <= 0x8ff) ||
  (unit >= 0xfb1d && unit <= 0xfdff) ||
  (unit >= 0xfe70 && unit <= 0xfefc);
const R = '[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc]';
/** Letters read from right to left, and what stands between them: spaces, figures, signs, but not the gap between columns. */
const RUN = new RegExp(`${R}(?:${R}|(?:(?! {2})[^\\p{L}])+(?=${R}))*`, 'gu');
const HAS_RUN = new RegExp(R);

/** Units that need a closer look: surrogates, combining marks, joiners, variation selectors, half forms. */
const isPlain = (unit: number): boolean =>
  (unit >= 0x2e80 && unit < 0xd800) || (unit >= 0xff00 && unit < 0xff61) || unit === 0xffe5;

/** Width of a text in columns. */
export function columnsOf(text: string): number {
  const clean = cleanColumns(text);
  if (clean >= 0) return clean;
  let columns = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) columns += 1;
    else if (isPlain(unit)) columns += 2;
    else {
      const point = text.codePointAt(at) ?? unit;
      columns += columnsOfPoint(point);
      if (point > 0xffff) at += 1;
    }
  }
  return columns;
}

function columnsOfPoint(point: number): 0 | 1 | 2 {
  if (point < 0x80) return 1;
  if (ZERO_WIDTH.test(String.fromCodePoint(point))) return 0;
  return isHalfForm(point) || isRightToLeft(point) ? 1 : 2;
}

/** One character with the marks that belong to it, and where it stands. */
export interface Cell {
  readonly text: string;
  readonly column: number;
  readonly columns: number;
  /** Several characters that are drawn as one, because their letters join: read from right to left. */
  readonly run?: boolean;
}

/**
 * The characters of a line with their columns. A mark without width joins the character before it, and letters that are read
 * from right to left stay together. `mirrored`: the whole line is of a document in such a language.
 */
export function cellsOf(text: string, mirrored = false): readonly Cell[] {
  if (!HAS_RUN.test(text)) return charactersOf(text);
  const cells: Cell[] = [];
  let column = 0;
  let at = 0;
  const characters = (until: number): void => {
    for (const cell of charactersOf(text.slice(at, until)))
      cells.push({ ...cell, column: cell.column + column });
    column += columnsOf(text.slice(at, until));
    at = until;
  };
  for (const { 0: run, index } of text.matchAll(mirrored ? SEGMENT : RUN)) {
    if (!HAS_RUN.test(run)) continue;
    characters(index);
    const columns = columnsOf(run);
    cells.push({ text: run, column, columns, run: true });
    column += columns;
    at += run.length;
  }
  characters(text.length);
  return cells;
}

/** What stands between gaps of two spaces and more. */
const SEGMENT = /\S+(?: \S+)*/g;

function charactersOf(text: string): readonly Cell[] {
  const cells: { text: string; column: number; columns: number }[] = [];
  let column = 0;
  for (const character of text) {
    const columns = columnsOfPoint(character.codePointAt(0) ?? 0);
    const last = cells.at(-1);
    if (columns === 0 && last !== undefined) last.text += character;
    else if (columns > 0) cells.push({ text: character, column, columns });
    column += columns;
  }
  return cells;
}

/** Width of a text that can be printed as it is; -1 when it must be cleaned first. One pass for the common case. */
export function cleanColumns(text: string): number {
  let columns = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x7f) {
      if (unit < 0x20) return -1;
    } else if (isPlain(unit)) columns += 1;
    else return -1;
  }
  return columns;
}

/**
 * Text that can only be text: no control characters (an item's name must not be able to open the drawer), no
 * characters that turn the line round, ¥ as ￥ because printers' fonts have only that one.
 */
export function printable(text: string): string {
  return cleanColumns(text) >= 0 ? text : cleaned(text);
}

const cleaned = (text: string): string =>
  text
    .normalize('NFC')
    .replace(SPACES, ' ')
    .replaceAll('¥', '￥')
    .replace(NOT_PRINTED, (each) => (each === JOINER ? each : ''));

/** Spaces by number, ready made: no paper is wider than this, and putting them together anew each time is slow. */
const BLANKS = Array.from({ length: 49 }, (_, length) => ' '.repeat(length));

/** `count` spaces; none for zero and below. */
export const blanks = (count: number): string => BLANKS[count] ?? ' '.repeat(Math.max(0, count));

/** Cuts a text into lines of at most `width` columns: at spaces where there are some, anywhere between hanzi. */
export function wrap(text: string, width: number): string[] {
  if (columnsOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const part of unbreakable(text)) {
    for (const piece of columnsOf(part) > width ? cellsOf(part).map((cell) => cell.text) : [part]) {
      const columns = columnsOf(piece);
      if (used + columns > width) {
        lines.push(line.trimEnd());
        line = '';
        used = 0;
      }
      if (line === '' && piece === ' ') continue;
      line += piece;
      used += columns;
    }
  }
  if (line !== '') lines.push(line.trimEnd());
  return lines.filter((each, index) => each !== '' || index === 0);
}

/** Runs of ASCII, and words read from right to left, stay together; spaces and everything else stand alone. */
const unbreakable = (text: string): readonly string[] => text.match(WORDS) ?? [];
const WORDS = new RegExp(`${R}+|[!-~]+|[^!-~](?:\\p{M}|\\u200d|\\ufe0f)*`, 'gu');

/** Spaces that put `text` at the place in `width` columns. Text that is too wide stays where it is. */
export function aligned(text: string, width: number, align: 'left' | 'center' | 'right'): string {
  if (align === 'left') return text;
  const free = width - columnsOf(text);
  if (free <= 0) return text;
  return blanks(align === 'right' ? free : free >> 1) + text;
}
