import { NO_GLYPH } from './command-parser.ts';
import type { Glyph } from './operation.ts';

type Step = { readonly glyph: Glyph; readonly length: number };

const NOTHING: Step = { glyph: NO_GLYPH, length: 1 };

/** One character of UTF-8; undefined while it is not whole. */
export function utf8At(bytes: Uint8Array, at: number): Step | undefined {
  const byte = bytes[at] ?? 0;
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
  if (at + length > bytes.length) return undefined;
  const text = new TextDecoder().decode(bytes.subarray(at, at + length));
  if ([...text].length !== 1 || text === '\ufffd') return NOTHING;
  return { glyph: { text, columns: 2 }, length };
}

/** One two-byte character of a Chinese font; undefined while it is not whole. */
export function chineseAt(bytes: Uint8Array, at: number, charset: 'gb18030' | 'gbk'): Step | undefined {
  const lead = bytes[at] ?? 0;
  if (lead === 0x80 || lead === 0xff) return NOTHING;
  const trail = bytes[at + 1];
  if (trail === undefined) return undefined;
  // A four-byte code has a digit here. Printers' fonts end at two bytes: the lead alone is a character without glyph.
  if (trail < 0x40 || trail === 0x7f || trail === 0xff) return NOTHING;
  if (charset === 'gbk' && !isInGbk(lead, trail)) return { glyph: { text: '\ufffd', columns: 2 }, length: 2 };
  const text = new TextDecoder('gb18030').decode(bytes.subarray(at, at + 2));
  return { glyph: { text, columns: 2 }, length: 2 };
}

/**
 * What GB 18030 added to GBK is not in an older printer's font. By row of the code table, as the standard prints it: lead
 * byte → trails without a character.
 */
const GBK_GAPS: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  162: [[227, 227]],
  163: [[160, 160]],
  166: [
    [217, 223],
    [236, 237],
    [243, 243],
  ],
  168: [
    [188, 188],
    [191, 191],
  ],
  169: [[137, 149]],
  254: [[80, 160]],
};

function isInGbk(lead: number, trail: number): boolean {
  return !(GBK_GAPS[lead] ?? []).some(([first, last]) => trail >= first && trail <= last);
}
