import type { Cell } from './columns.ts';

/** Black and white dots: rows of `widthBytes`, most significant bit left, 1 is black. */
export interface Bitmap {
  readonly widthBytes: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Dots of one half-width character of font A at 203 dpi; a hanzi is 24 × 24. */
export const CELL_WIDTH = 12;
export const CELL_HEIGHT = 24;

/** A line of text to be drawn as dots, where the printer's own font cannot. */
export interface RasterText {
  readonly cells: readonly Cell[];
  /** Columns of the paper at magnification 1. */
  readonly columns: number;
  readonly scale: { readonly width: number; readonly height: number };
  readonly bold: boolean;
}

/** Draws a line: `columns × 12` dots wide, `24 × scale.height` high, each character within its own columns. */
export type Rasteriser = (line: RasterText) => Bitmap;

export function blankBitmap(width: number, height: number): Bitmap {
  const widthBytes = Math.ceil(width / 8);
  return { widthBytes, height, data: new Uint8Array(widthBytes * height) };
}

export function setDot(bitmap: Bitmap, x: number, y: number): void {
  const at = y * bitmap.widthBytes + (x >> 3);
  if (x < 0 || y < 0 || y >= bitmap.height || x >> 3 >= bitmap.widthBytes) return;
  bitmap.data[at] = (bitmap.data[at] ?? 0) | (0x80 >> (x & 7));
}

export function isDot(
  bitmap: { widthBytes: number; height: number; data: Uint8Array },
  x: number,
  y: number,
): boolean {
  if (x < 0 || y < 0 || y >= bitmap.height || x >> 3 >= bitmap.widthBytes) return false;
  return ((bitmap.data[y * bitmap.widthBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** The same dots with `rows` white rows below: the space between lines. */
export function withSpaceBelow(bitmap: Bitmap, rows: number): Bitmap {
  const data = new Uint8Array(bitmap.data.length + rows * bitmap.widthBytes);
  data.set(bitmap.data);
  return { widthBytes: bitmap.widthBytes, height: bitmap.height + rows, data };
}
