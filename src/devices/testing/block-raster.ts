import { blankBitmap, CELL_HEIGHT, CELL_WIDTH, type Rasteriser, setDot } from '../receipt/bitmap.ts';

/**
 * A font without glyphs: every character is a pattern of its own, the same on every machine. It fills its columns from
 * the first dot to the last, so a character that stands one dot off is seen.
 */
export const blockRasteriser: Rasteriser = (line) => {
  const bitmap = blankBitmap(line.columns * CELL_WIDTH, CELL_HEIGHT * line.scale.height);
  for (const cell of line.cells) {
    const left = cell.column * line.scale.width * CELL_WIDTH;
    const width = cell.columns * line.scale.width * CELL_WIDTH;
    for (let y = 0; y < bitmap.height; y += 1) {
      for (let x = 0; x < width; x += 1) if (isBlockDot(cell.text, x, y)) setDot(bitmap, left + x, y);
    }
  }
  return bitmap;
};

/** Whether the pattern of `text` is black at a dot of its own box. A space is white. */
export function isBlockDot(text: string, x: number, y: number): boolean {
  if (text === ' ') return false;
  let hash = 0x811c9dc5 ^ (x * 31 + y * 17);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash >>> 13) & 1) === 1;
}
