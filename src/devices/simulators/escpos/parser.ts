import { CommandParser, NO_GLYPH } from './command-parser.ts';
import { ruleAt } from './grammar.ts';
import type { PrinterOperation } from './operation.ts';
import { chineseAt, utf8At } from './wide.ts';

/** Which multi-byte code the printer's font uses. */
export const PRINTER_CHARSETS = ['gb18030', 'gbk', 'utf8'] as const;
export type PrinterCharset = (typeof PRINTER_CHARSETS)[number];

const INTRODUCERS: ReadonlySet<number> = new Set([0x10, 0x1b, 0x1c, 0x1d]);

/** Reads ESC/POS. A printer of `utf8` needs no telling; the others read two bytes as one character in kanji mode only. */
export class EscPosParser extends CommandParser {
  constructor(charset: PrinterCharset = 'gb18030') {
    let isKanji = false;
    super({
      introducers: INTRODUCERS,
      ruleAt,
      single,
      wide: (bytes, at) => {
        if (charset === 'utf8') return utf8At(bytes, at);
        return isKanji ? chineseAt(bytes, at, charset) : { glyph: NO_GLYPH, length: 1 };
      },
      seen: (operation) => {
        if (operation.op === 'kanji') isKanji = operation.on;
        if (operation.op === 'initialise') isKanji = false;
      },
    });
  }
}

function single(byte: number): PrinterOperation | undefined {
  if (byte === 0x0a) return { op: 'line-feed' };
  if (byte === 0x0d) return { op: 'carriage-return' };
  if (byte === 0x09) return { op: 'tab' };
  return undefined;
}
