import { type Bitmap2D, correction, generate, mode } from 'lean-qr';
import { type Bitmap, blankBitmap, setDot } from './bitmap.ts';

/** Bytes that fit QR versions 1, 2, 3 … at level M in byte mode (ISO/IEC 18004, table 7). */
const CAPACITY_M = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1_059, 1_125, 1_190, 1_264, 1_370, 1_452, 1_538, 1_628, 1_722, 1_809, 1_911, 1_989, 2_099,
  2_213, 2_331,
];
/** White modules that scanners want around the symbol. */
const QUIET_MODULES = 4;
/** 8 dots are 1 mm: larger modules are not easier to scan. 3 dots are about the smallest a phone reads off thermal paper. */
const MODULE_DOTS_MAX = 8;
const MODULE_DOTS_MIN = 2;

/**
 * How texts are written into a symbol. Not the kanji of Shift JIS: their table is thousands of characters, made before the first
 * symbol, and what shops print is addresses and pay codes.
 */
const MODES = [mode.numeric, mode.alphaNumeric, mode.ascii, mode.utf8];

/** The symbol of `data` at one level of correction. Throws when it fits no version. */
export const qrSymbol = (data: string, level: keyof typeof correction & ('L' | 'M' | 'Q' | 'H')): Bitmap2D =>
  generate(data, {
    modes: MODES,
    minCorrectionLevel: correction[level],
    maxCorrectionLevel: correction[level],
  });

/** The largest module, in dots, with which `data` at level M fits three quarters of the paper's width. */
export function qrModuleDots(data: string, paperDots: number): number {
  const bytes = new TextEncoder().encode(data).length;
  const version = CAPACITY_M.findIndex((capacity) => capacity >= bytes) + 1 || CAPACITY_M.length;
  const modules = 17 + 4 * version + 2 * QUIET_MODULES;
  return Math.max(MODULE_DOTS_MIN, Math.min(MODULE_DOTS_MAX, Math.floor((paperDots * 0.75) / modules)));
}

/** The symbol as dots in the middle of the paper, for printers without a QR command. */
export function drawQr(data: string, paperDots: number): Bitmap {
  const code = qrSymbol(data, 'M');
  const dots = qrModuleDots(data, paperDots);
  const side = (code.size + 2 * QUIET_MODULES) * dots;
  const bitmap = blankBitmap(paperDots, side);
  const left = ((paperDots - side) >> 1) + QUIET_MODULES * dots;
  for (let y = 0; y < code.size * dots; y += 1) {
    for (let x = 0; x < code.size * dots; x += 1) {
      if (code.get(Math.floor(x / dots), Math.floor(y / dots)))
        setDot(bitmap, left + x, y + QUIET_MODULES * dots);
    }
  }
  return bitmap;
}
