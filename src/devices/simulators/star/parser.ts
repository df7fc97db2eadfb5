import { CommandParser, NO_GLYPH } from '../escpos/command-parser.ts';
import type { PrinterOperation } from '../escpos/operation.ts';
import { chineseAt, utf8At } from '../escpos/wide.ts';
import { starRuleAt } from './grammar.ts';

/**
 * What the printer was sold with: a font for China, fonts for all with UTF-8, or letters only. `any` reads a capture whose
 * printer is not known: two-byte codes until the stream itself switches UTF-8 on.
 */
export type StarFont = 'gb18030' | 'utf8' | 'latin' | 'any';

const ESC = 0x1b;

/** Reads StarPRNT and Star Line Mode. A model with UTF-8 has it switched on until it is told otherwise. */
export class StarParser extends CommandParser {
  constructor(font: StarFont = 'utf8') {
    let isUtf8 = font === 'utf8';
    super({
      introducers: new Set([ESC]),
      ruleAt: starRuleAt,
      single,
      wide: (bytes, at) => {
        if (isUtf8) return utf8At(bytes, at);
        return font === 'gb18030' || font === 'any'
          ? chineseAt(bytes, at, 'gb18030')
          : { glyph: NO_GLYPH, length: 1 };
      },
      seen: (operation) => {
        if (operation.op === 'utf8' && (font === 'utf8' || font === 'any')) isUtf8 = operation.on;
      },
    });
  }
}

function single(byte: number): PrinterOperation | undefined {
  switch (byte) {
    case 0x0a:
    case 0x0d: // The same as LF unless a memory switch says otherwise.
      return { op: 'line-feed' };
    case 0x09:
      return { op: 'tab' };
    case 0x17:
      return { op: 'etb' };
    case 0x07:
      return { op: 'pulse', pin: 2, onMs: 0, offMs: 0 };
    case 0x1a:
      return { op: 'pulse', pin: 5, onMs: 200, offMs: 200 };
    default:
      return undefined;
  }
}
