import { qrSymbol } from '../../receipt/qr.ts';
import type { PrinterOperation } from './operation.ts';

/** One character where it stands on paper. Columns are half-width columns of the paper, counted from 0. */
export interface PaperCell {
  readonly text: string;
  readonly column: number;
  /** Columns it takes, magnification included. */
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  readonly bold: boolean;
  readonly underline: boolean;
  readonly reverse: boolean;
}

/** What came out of the printer, in order. Data only: a screen can show it, a test can compare it. */
export type PaperLine =
  /** A printed line; `dots` is how far the paper moved for it. */
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly cells: readonly PaperCell[];
      readonly dots: number;
    }
  /** Rows of dots, most significant bit left, 1 is black. Bands that follow each other are joined. */
  | {
      readonly kind: 'raster';
      readonly widthBytes: number;
      readonly height: number;
      readonly data: Uint8Array<ArrayBuffer>;
    }
  /** `modules[y][x]` is true where it is black. Empty when the data cannot be a QR code. */
  | {
      readonly kind: 'qr';
      readonly data: string;
      readonly modules: readonly (readonly boolean[])[];
      readonly moduleDots: number;
      readonly align: 'left' | 'center' | 'right';
    }
  | { readonly kind: 'barcode'; readonly data: string; readonly align: 'left' | 'center' | 'right' }
  | { readonly kind: 'feed'; readonly dots: number }
  | { readonly kind: 'cut'; readonly partial: boolean };

interface Style {
  width: number;
  height: number;
  kanjiWidth: number;
  kanjiHeight: number;
  bold: boolean;
  underline: boolean;
  reverse: boolean;
  align: 'left' | 'center' | 'right';
  spacing: number;
}

const CELL_HEIGHT = 24;
const CELL_WIDTH = 12;
const TAB_COLUMNS = 8;
/** ESC @: line spacing 1/6 inch, about 30 dots. */
const freshStyle = (): Style => ({
  width: 1,
  height: 1,
  kanjiWidth: 1,
  kanjiHeight: 1,
  bold: false,
  underline: false,
  reverse: false,
  align: 'left',
  spacing: 30,
});
/** Lines kept on the roll: a day of slips on the training screen, then the oldest go. */
export const PAPER_LINES_MAX = 2_000;
/** Rows kept in one raster line: 8,000 dots are a metre. */
const RASTER_ROWS_MAX = 8_000;

/** Draws operations onto an endless roll of `columns` half-width characters. */
export class Paper {
  readonly columns: number;
  lines: readonly PaperLine[] = [];
  #style = freshStyle();
  #cells: PaperCell[] = [];
  #column = 0;
  #qr = { data: '', dots: 3, level: 'L' as 'L' | 'M' | 'Q' | 'H' };

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Tears the roll off: what was printed is gone. */
  tear(): void {
    this.lines = [];
  }

  /** Draws one operation. Returns the lines of paper it moved, so that a roll can come to its end. */
  draw(operation: PrinterOperation): number {
    const before = this.lines.length;
    this.#mark(operation);
    if (this.lines.length > PAPER_LINES_MAX) this.lines = this.lines.slice(-PAPER_LINES_MAX);
    return Math.max(0, this.lines.length - before);
  }

  #mark(operation: PrinterOperation): void {
    switch (operation.op) {
      case 'text':
        for (const glyph of operation.glyphs) this.#character(glyph.text, glyph.columns);
        return;
      case 'line-feed':
        return this.#feedLine();
      case 'tab':
        this.#column = Math.min(this.columns, (Math.floor(this.#column / TAB_COLUMNS) + 1) * TAB_COLUMNS);
        return;
      case 'feed':
        return this.#advance(operation.lines * this.#style.spacing);
      case 'feed-dots':
        return this.#advance(operation.dots);
      case 'raster':
        return this.#raster(operation.widthBytes, operation.data);
      case 'qr-module':
        this.#qr.dots = operation.dots;
        return;
      case 'qr-level':
        this.#qr.level = operation.level;
        return;
      case 'qr-store':
        this.#qr.data = operation.data;
        return;
      case 'qr-print':
        return this.#qrCode();
      case 'barcode':
        this.#endLine();
        this.#add({ kind: 'barcode', data: operation.data, align: this.#style.align });
        return;
      case 'cut':
        this.#endLine();
        this.#add({ kind: 'cut', partial: operation.partial });
        return;
      default:
        this.#setStyle(operation);
    }
  }

  #setStyle(operation: PrinterOperation): void {
    const style = this.#style;
    switch (operation.op) {
      case 'initialise':
        this.#style = freshStyle();
        this.#cells = [];
        this.#column = 0;
        return;
      case 'align':
        style.align = operation.align;
        return;
      case 'emphasis':
        style.bold = operation.on;
        return;
      case 'underline':
        style.underline = operation.on;
        return;
      case 'reverse':
        style.reverse = operation.on;
        return;
      case 'size':
        // Most printers have one magnification for both fonts; FS ! alone changes only the kanji font.
        style.width = operation.width;
        style.height = operation.height;
        style.kanjiWidth = operation.width;
        style.kanjiHeight = operation.height;
        return;
      case 'kanji-size':
        style.kanjiWidth = operation.width;
        style.kanjiHeight = operation.height;
        return;
      case 'print-mode':
        style.bold = (operation.n & 0x08) !== 0;
        style.height = operation.n & 0x10 ? 2 : 1;
        style.width = operation.n & 0x20 ? 2 : 1;
        style.underline = (operation.n & 0x80) !== 0;
        return;
      case 'line-spacing':
        style.spacing = operation.dots;
        return;
      default:
        return;
    }
  }

  #character(text: string, glyphColumns: 1 | 2): void {
    const style = this.#style;
    const width = glyphColumns === 2 ? style.kanjiWidth : style.width;
    const height = glyphColumns === 2 ? style.kanjiHeight : style.height;
    const columns = glyphColumns * width;
    // A character that does not fit goes to the next line whole: half a hanzi is never printed.
    if (this.#column + columns > this.columns && this.#cells.length > 0) this.#feedLine();
    const { bold, underline, reverse } = style;
    this.#cells.push({ text, column: this.#column, columns, width, height, bold, underline, reverse });
    this.#column += columns;
  }

  #feedLine(): void {
    const tallest = this.#cells.reduce((most, cell) => Math.max(most, cell.height), 0);
    const dots = Math.max(this.#style.spacing, tallest * CELL_HEIGHT);
    const free = Math.max(0, this.columns - this.#column);
    const { align } = this.#style;
    const shift = align === 'left' ? 0 : align === 'right' ? free : free >> 1;
    const cells =
      shift === 0 ? this.#cells : this.#cells.map((cell) => ({ ...cell, column: cell.column + shift }));
    const text = ' '.repeat(shift) + cells.map((cell) => cell.text).join('');
    this.#cells = [];
    this.#column = 0;
    this.#add({ kind: 'text', text: text.trimEnd(), cells, dots });
  }

  #endLine(): void {
    if (this.#cells.length > 0) this.#feedLine();
  }

  #advance(dots: number): void {
    this.#endLine();
    if (dots > 0) this.#add({ kind: 'feed', dots });
  }

  #raster(widthBytes: number, data: Uint8Array<ArrayBuffer>): void {
    this.#endLine();
    if (widthBytes === 0 || data.length === 0) return;
    const last = this.lines.at(-1);
    const rows = data.length / widthBytes;
    if (last?.kind === 'raster' && last.widthBytes === widthBytes && last.height + rows <= RASTER_ROWS_MAX) {
      const joined = new Uint8Array(last.data.length + data.length);
      joined.set(last.data);
      joined.set(data, last.data.length);
      this.lines = [
        ...this.lines.slice(0, -1),
        { kind: 'raster', widthBytes, height: last.height + rows, data: joined },
      ];
      return;
    }
    this.#add({ kind: 'raster', widthBytes, height: rows, data });
  }

  #qrCode(): void {
    this.#endLine();
    const { data, dots, level } = this.#qr;
    const { align } = this.#style;
    this.#add({ kind: 'qr', data, modules: modulesOf(data, level), moduleDots: dots, align });
  }

  #add(line: PaperLine): void {
    this.lines = [...this.lines, line];
  }
}

function modulesOf(data: string, level: 'L' | 'M' | 'Q' | 'H'): readonly (readonly boolean[])[] {
  if (data === '') return [];
  try {
    const code = qrSymbol(data, level);
    const row = (y: number) => Array.from({ length: code.size }, (_, x) => code.get(x, y));
    return Array.from({ length: code.size }, (_, y) => row(y));
  } catch {
    return []; // Too long for any version: a printer prints nothing then.
  }
}

/**
 * A text line as one string per column; the second half of a wide character is the empty string, so that figures can
 * be compared column by column.
 */
export function columnsOfLine(cells: readonly PaperCell[], columns: number): readonly string[] {
  const row = Array.from({ length: columns }, () => ' ');
  for (const cell of cells) {
    row.fill('', cell.column, Math.min(cell.column + cell.columns, columns));
    if (cell.column < columns) row[cell.column] = cell.text;
  }
  return row;
}

/** Width of the paper in dots at 203 dpi. */
export const paperDots = (columns: number): number => columns * CELL_WIDTH;
