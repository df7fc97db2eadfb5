import { correction, generate } from 'lean-qr';
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

/** The largest module, in dots, with which `data` at level M fits three quarters of the paper's width. */
export function qrModuleDots(data: string, paperDots: number): number {
  const bytes = new TextEncoder().encode(data).length;
  const version = CAPACITY_M.findIndex((capacity) => capacity >= bytes) + 1 || CAPACITY_M.length;
  const modules = 17 + 4 * version + 2 * QUIET_MODULES;
  return Math.max(MODULE_DOTS_MIN, Math.min(MODULE_DOTS_MAX, Math.floor((paperDots * 0.75) / modules)));
}

/** The symbol as dots in the middle of the paper, for printers without a QR command. */
export function drawQr(data: string, paperDots: number): Bitmap {
  const code = generate(data, { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M });
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
