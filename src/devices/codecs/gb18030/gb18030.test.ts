import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { Gb18030 } from './gb18030.ts';

const gb = new Gb18030();
const hex = (text: string): string | undefined => {
  const bytes = gb.encode(text);
  return bytes && Buffer.from(bytes).toString('hex').toUpperCase();
};

describe('GB18030 two-byte codes', () => {
  test.each([
    ['中', 'D6D0'],
    ['文', 'CEC4'],
    ['收', 'CAD5'],
    ['银', 'D2F8'],
    ['小', 'D0A1'],
    ['票', 'C6B1'],
    ['合', 'BACF'],
    ['计', 'BCC6'],
    ['￥', 'A3A4'],
    ['·', 'A1A4'],
    ['—', 'A1AA'],
    ['①', 'A2D9'],
    ['€', 'A2E3'],
    ['〓', 'A1FE'],
    ['口', 'BFDA'],
    ['收银小票', 'CAD5D2F8D0A1C6B1'],
    ['合计￥12.50', 'BACFBCC6A3A431322E3530'],
  ])('%s is %s', (text, code) => {
    expect(hex(text)).toBe(code);
  });

  test('the half-width yen sign goes out as the full-width one, which fonts have', () => {
    expect(hex('¥9')).toBe('A3A439');
  });

  test.each(['𠀀', '㐀', '😀', '\ue000'])('%s has no two-byte code and is reported', (text) => {
    expect(gb.canEncode(`A${text}`)).toBe(false);
    expect(gb.encode(`A${text}`)).toBeUndefined();
    expect(gb.encodeInto(text, new Uint8Array(8), 0)).toBe(-1);
  });

  test('whatever is encoded decodes to the same text', () => {
    const decoder = new TextDecoder('gb18030');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const bytes = gb.encode(text);
        expect(gb.canEncode(text)).toBe(bytes !== undefined);
        if (bytes !== undefined) expect(decoder.decode(bytes)).toBe(text.replaceAll('¥', '￥'));
      }),
      { numRuns: 2_000, seed: 20_261 },
    );
  });

  test('every two-byte hanzi of the table survives the way there and back', () => {
    const decoder = new TextDecoder('gb18030');
    let encoded = 0;
    for (let unit = 0x80; unit < 0x1_0000; unit += 1) {
      const text = String.fromCharCode(unit);
      const bytes = gb.encode(text);
      if (bytes === undefined || unit === 0xa5) continue;
      encoded += 1;
      if (bytes.length !== 2 || decoder.decode(bytes) !== text) throw new Error(`U+${unit.toString(16)}`);
    }
    // 23,940 pairs, one of them a second code, 2,048 in private use.
    expect(encoded).toBeGreaterThan(21_800);
    expect(encoded).toBeLessThanOrEqual(23_939);
  });
});

describe('an older GBK font', () => {
  test('has what code page 936 has, by a second table, and nothing else', () => {
    const wrong: string[] = [];
    for (let unit = 0x80; unit <= 0xffff; unit += 1) {
      if (unit >= 0xd800 && unit <= 0xf8ff) continue; // Surrogates and private use.
      const character = String.fromCharCode(unit);
      const code = gb.encode(character);
      if (code === undefined || unit === 0xa5) continue;
      const isThere = iconv.decode(Buffer.from(code), 'cp936') === character;
      if (gb.canEncode(character, 'gbk') !== isThere) wrong.push(character);
    }
    expect(wrong).toEqual([]);
    expect(['小票', '￥¥', '€', '䦃', 'ǹ'].map((text) => gb.canEncode(text, 'gbk'))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
