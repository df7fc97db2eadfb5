import {
  blankBitmap,
  CELL_HEIGHT,
  CELL_WIDTH,
  type Rasteriser,
  setDot,
} from '../../src/devices/receipt/bitmap.ts';
import { loadDotFont } from './dot-font.ts';

/** Draws lines with the dot font, where a slip needs dots and there is no browser to draw them. */
export function dotRasteriser(): Rasteriser {
  const glyphs = loadDotFont();
  return (line) => {
    const bitmap = blankBitmap(line.columns * CELL_WIDTH, CELL_HEIGHT * line.scale.height);
    for (const cell of line.cells) {
      const glyph = cell.text === ' ' ? undefined : glyphs(cell.text);
      if (glyph === undefined) continue;
      const left = cell.column * line.scale.width * CELL_WIDTH;
      const width = cell.columns * line.scale.width * CELL_WIDTH;
      for (let y = 0; y < bitmap.height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const [column, row] = [
            Math.floor((x * glyph.width) / width),
            Math.floor((y * glyph.height) / bitmap.height),
          ];
          if (glyph.isBlack(column, row)) setDot(bitmap, left + x, y);
        }
      }
    }
    return bitmap;
  };
}
