const LEAD_FIRST = 0x81;
const LEAD_LAST = 0xfe;
const TRAIL_FIRST = 0x40;
const TRAIL_LAST = 0xfe;
const TRAIL_HOLE = 0x7f;
const PRIVATE_USE_FIRST = 0xe000;
const PRIVATE_USE_LAST = 0xf8ff;
/** U+FFE5 (fullwidth yen) is A3A4; U+00A5 has only a four-byte code, which printers' fonts do not have. */
const YEN_SIGN = 0xa5;
const FULLWIDTH_YEN = 0xffe5;

/**
 * Two-byte codes that came with GB 18030: an older GBK font (code page 936) has nothing there, the euro sign included.
 * Found by comparing the two tables code by code; the test does it again.
 */
const NOT_IN_GBK: readonly (readonly [first: number, last: number])[] = [
  [0xa2e3, 0xa2e3],
  [0xa3a0, 0xa3a0],
  [0xa6d9, 0xa6df],
  [0xa6ec, 0xa6ed],
  [0xa6f3, 0xa6f3],
  [0xa8bc, 0xa8bc],
  [0xa8bf, 0xa8bf],
  [0xa989, 0xa995],
  [0xfe50, 0xfea0],
];

const isInGbk = (pair: number): boolean => !NOT_IN_GBK.some(([first, last]) => pair >= first && pair <= last);

/** Code unit → two-byte code, 0 where there is none. Turned round from the browser's own decoder: no table to ship. */
function buildPairs(): Uint16Array {
  const source = new Uint8Array((LEAD_LAST - LEAD_FIRST + 1) * (TRAIL_LAST - TRAIL_FIRST) * 2);
  let length = 0;
  for (let lead = LEAD_FIRST; lead <= LEAD_LAST; lead += 1) {
    for (let trail = TRAIL_FIRST; trail <= TRAIL_LAST; trail += 1) {
      if (trail === TRAIL_HOLE) continue;
      source[length] = lead;
      source[length + 1] = trail;
      length += 2;
    }
  }
  const text = new TextDecoder('gb18030').decode(source);
  const pairs = new Uint16Array(0x1_0000);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // User-defined zones: the code exists, but no printer's font has a glyph for it.
    if (unit >= PRIVATE_USE_FIRST && unit <= PRIVATE_USE_LAST) continue;
    if (pairs[unit] === 0) pairs[unit] = ((source[at * 2] ?? 0) << 8) | (source[at * 2 + 1] ?? 0);
  }
  pairs[YEN_SIGN] = pairs[FULLWIDTH_YEN] ?? 0;
  return pairs;
}

/**
 * Text to the one- and two-byte codes of GB18030, which is what the Chinese fonts of receipt printers hold.
 * Characters with only a four-byte code are reported, not written: the line is then drawn as dots.
 * The table takes 2–20 ms and is built at the first use, or by `warm` in a quiet moment.
 */
export class Gb18030 {
  #pairs: Uint16Array | undefined;

  warm(): void {
    this.#pairs ??= buildPairs();
  }

  /** Whether a font of this kind has every character. */
  canEncode(text: string, font: 'gb18030' | 'gbk' = 'gb18030'): boolean {
    this.#pairs ??= buildPairs();
    const pairs = this.#pairs;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit < 0x80) continue;
      const pair = pairs[unit] ?? 0;
      if (pair === 0 || (font === 'gbk' && !isInGbk(pair))) return false;
    }
    return true;
  }

  /**
   * Writes the codes of `text` at `at` and returns where they end, or -1 when a character has no such code
   * (what was written until then is to be ignored). `out` must have room for two bytes per code unit.
   */
  encodeInto(text: string, out: Uint8Array, at: number): number {
    this.#pairs ??= buildPairs();
    const pairs = this.#pairs;
    let end = at;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit < 0x80) {
        out[end] = unit;
        end += 1;
        continue;
      }
      const pair = pairs[unit] ?? 0;
      if (pair === 0) return -1;
      out[end] = pair >> 8;
      out[end + 1] = pair & 0xff;
      end += 2;
    }
    return end;
  }

  /** The codes of a text, or undefined when a character has none. */
  encode(text: string): Uint8Array<ArrayBuffer> | undefined {
    const out = new Uint8Array(text.length * 2);
    const end = this.encodeInto(text, out, 0);
    return end < 0 ? undefined : out.slice(0, end);
  }
}
