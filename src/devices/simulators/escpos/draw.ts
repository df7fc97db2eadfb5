import { type Bitmap, blankBitmap, isDot, setDot } from '../../receipt/bitmap.ts';
import { type PaperCell, type PaperLine, paperDots } from './paper.ts';

/** One character as dots, as large as its font has it: a hanzi is as wide as it is high, ASCII half as wide. */
export interface DotGlyph {
  readonly width: number;
  readonly height: number;
  isBlack(x: number, y: number): boolean;
}

/** Where the shapes of characters come from: a dot font on Node, a canvas in a page. */
export type GlyphSource = (text: string) => DotGlyph | undefined;

/** Dots of the picture per dot of the printer: 3 × 16 of a dot font's rows then fill a character of 24 exactly. */
const SCALE = 2;
const MARGIN = 24 * SCALE;
const CELL_WIDTH = 12 * SCALE;
const CELL_HEIGHT = 24 * SCALE;
const CUT_HEIGHT = 24 * SCALE;
const CUT_DASH = 8 * SCALE;
/** Height of a drawn roll: a metre and a half of paper at twice 8 dots per millimetre. More is left out at the end. */
export const DRAWN_ROWS_MAX = 24_000;

/** Draws paper as a person would see it, black on white, two picture dots for each of the printer's. */
export function drawPaper(lines: readonly PaperLine[], columns: number, glyphs: GlyphSource): Bitmap {
  const width = paperDots(columns) * SCALE + 2 * MARGIN;
  const height = 2 * MARGIN + lines.reduce((rows, line) => rows + heightOf(line), 0);
  const picture = blankBitmap(width, Math.min(height, DRAWN_ROWS_MAX));
  let top = MARGIN;
  for (const line of lines) {
    if (top >= picture.height) break;
    drawLine(picture, line, { top, columns, glyphs });
    top += heightOf(line);
  }
  return picture;
}

function heightOf(line: PaperLine): number {
  switch (line.kind) {
    case 'text':
    case 'feed':
      return line.dots * SCALE;
    case 'raster':
      return line.height * SCALE;
    case 'qr':
      return line.modules.length * line.moduleDots * SCALE;
    case 'barcode':
      return CELL_HEIGHT;
    case 'cut':
      return CUT_HEIGHT;
    default:
      return line satisfies never;
  }
}

interface Place {
  readonly top: number;
  readonly columns: number;
  readonly glyphs: GlyphSource;
}

function drawLine(picture: Bitmap, line: PaperLine, place: Place): void {
  const room = paperDots(place.columns) * SCALE;
  switch (line.kind) {
    case 'text':
      for (const cell of line.cells) drawCell(picture, cell, place.top, place.glyphs);
      return;
    case 'raster':
      return stamp(
        picture,
        { left: MARGIN, top: place.top, width: line.widthBytes * 8 * SCALE, height: line.height * SCALE },
        (x, y) => isDot(line, Math.floor(x / SCALE), Math.floor(y / SCALE)),
      );
    case 'qr': {
      const dots = line.moduleDots * SCALE;
      const side = line.modules.length * dots;
      const left = MARGIN + shift(room - side, line.align);
      return stamp(
        picture,
        { left, top: place.top, width: side, height: side },
        (x, y) => line.modules[Math.floor(y / dots)]?.[Math.floor(x / dots)] ?? false,
      );
    }
    case 'barcode':
      for (const [column, text] of [...`[${line.data}]`].entries()) {
        drawCell(picture, { ...PLAIN, text, column }, place.top, place.glyphs);
      }
      return;
    case 'cut':
      return stamp(
        picture,
        { left: 0, top: place.top + CUT_HEIGHT / 2, width: room + 2 * MARGIN, height: SCALE },
        (x) => x % (2 * CUT_DASH) < CUT_DASH,
      );
    case 'feed':
      return;
    default:
      line satisfies never;
  }
}

const PLAIN = { columns: 1, width: 1, height: 1, bold: false, underline: false, reverse: false };

const shift = (free: number, align: 'left' | 'center' | 'right'): number =>
  align === 'left' ? 0 : Math.max(0, align === 'right' ? free : free >> 1);

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function stamp(picture: Bitmap, box: Box, isBlack: (x: number, y: number) => boolean): void {
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) if (isBlack(x, y)) setDot(picture, box.left + x, box.top + y);
  }
}

function drawCell(picture: Bitmap, cell: PaperCell, top: number, glyphs: GlyphSource): void {
  const box: Box = {
    left: MARGIN + cell.column * CELL_WIDTH,
    top,
    width: cell.columns * CELL_WIDTH,
    height: cell.height * CELL_HEIGHT,
  };
  const glyph = cell.text === ' ' ? undefined : (glyphs(cell.text) ?? HOLLOW);
  const isInk = (x: number, y: number): boolean =>
    glyph?.isBlack(Math.floor((x * glyph.width) / box.width), Math.floor((y * glyph.height) / box.height)) ??
    false;
  stamp(picture, box, (x, y) => {
    const isBlack =
      isInk(x, y) || (cell.bold && isInk(x - SCALE, y)) || (cell.underline && y >= box.height - SCALE);
    return isBlack !== cell.reverse;
  });
}

/** What stands where the font has nothing. */
const HOLLOW: DotGlyph = {
  width: 8,
  height: 16,
  isBlack: (x, y) => x >= 1 && x <= 6 && y >= 2 && y <= 13 && (x === 1 || x === 6 || y === 2 || y === 13),
};
