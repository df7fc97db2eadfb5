import {
  type Bitmap,
  blankBitmap,
  CELL_HEIGHT,
  CELL_WIDTH,
  type Rasteriser,
  type RasterText,
} from './bitmap.ts';
import type { Cell } from './columns.ts';

/** A 2D drawing surface of the given size in dots. In a page: `(w, h) => new OffscreenCanvas(w, h).getContext('2d')`. */
export type NewSurface = (
  width: number,
  height: number,
) => OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D | null;

/** Darker than this is black. Below the middle: thin strokes of small hanzi must not vanish on thermal paper. */
const BLACK_BELOW = 160;

/**
 * Draws lines with the fonts of the device the page runs on: the way to paper for characters that the printer's own
 * font lacks. Each character is squeezed into its columns, so figures stay under figures. No surface, no dots.
 */
export function canvasRasteriser(newSurface: NewSurface): Rasteriser {
  // Lines of one slip have one or two sizes; a new surface for each line took longer than the line.
  const kept = new Map<string, ReturnType<NewSurface>>();
  const surfaceOf = (width: number, height: number): ReturnType<NewSurface> => {
    const key = `${width}x${height}`;
    const before = kept.get(key);
    if (before !== undefined) return before;
    if (kept.size >= SURFACES_MAX) kept.clear();
    const surface = newSurface(width, height);
    kept.set(key, surface);
    return surface;
  };
  return (line) => {
    const width = line.columns * CELL_WIDTH;
    const height = CELL_HEIGHT * line.scale.height;
    const surface = surfaceOf(width, height);
    if (surface === null) return blankBitmap(width, height);
    drawCells(surface, line, { width, height });
    return packed(surface.getImageData(0, 0, width, height));
  };
}

/** Widths of paper times heights of characters. */
const SURFACES_MAX = 9;

function packed({ data, width, height }: ImageData): Bitmap {
  const bitmap = blankBitmap(width, height);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const row = y * bitmap.widthBytes;
    for (let x = 0; x < width; x += 1) {
      const light = ((data[at] ?? 255) * 3 + (data[at + 1] ?? 255) * 6 + (data[at + 2] ?? 255)) / 10;
      if (light < BLACK_BELOW)
        bitmap.data[row + (x >> 3)] = (bitmap.data[row + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
      at += 4;
    }
  }
  return bitmap;
}

/** A run of joined letters is narrower than its columns: at the edge of the paper it stands at that edge. */
function placeOf(cell: Cell, columns: number): { readonly align: CanvasTextAlign; readonly share: number } {
  if (cell.run === true && cell.column === 0) return { align: 'left', share: 0 };
  if (cell.run === true && cell.column + cell.columns >= columns) return { align: 'right', share: 1 };
  return { align: 'center', share: 0.5 };
}

function drawCells(
  surface: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  line: RasterText,
  size: { width: number; height: number },
): void {
  surface.fillStyle = '#fff';
  surface.fillRect(0, 0, size.width, size.height);
  surface.fillStyle = '#000';
  surface.textBaseline = 'alphabetic';
  const fontPixels = CELL_HEIGHT - 2;
  surface.font = `${line.bold ? 'bold ' : ''}${fontPixels}px "Noto Sans Mono CJK SC", "PingFang SC", "Microsoft YaHei", "Droid Sans Mono", monospace, sans-serif`;
  for (const cell of line.cells) {
    if (cell.text === ' ') continue;
    const columns = cell.columns * line.scale.width;
    const room = columns * CELL_WIDTH;
    surface.save();
    surface.beginPath();
    surface.rect(cell.column * line.scale.width * CELL_WIDTH, 0, room, size.height);
    surface.clip();
    const at = placeOf(cell, Math.floor(line.columns / line.scale.width));
    surface.translate((cell.column + at.share * cell.columns) * line.scale.width * CELL_WIDTH, 0);
    surface.scale(line.scale.width, line.scale.height);
    surface.textAlign = at.align;
    surface.direction = cell.run === true ? 'rtl' : 'ltr';
    surface.fillText(cell.text, 0, fontPixels - 3, cell.columns * CELL_WIDTH);
    surface.restore();
  }
}
