import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTlv, isConstructed, parseTlv, type TlvNode } from './ber-tlv.ts';
import { encodeTlv, type TlvItem } from './encode-tlv.ts';
import { TlvError } from './tlv-error.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex').toUpperCase();
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof TlvError) return error.code;
    throw error;
  }
  return 'none';
};

/** The answer of a card to SELECT PPSE, as the contactless books print it. */
const PPSE = '6F2C840E325041592E5359532E4444463031A51ABF0C1761154F07A0000000031010500A56495341435245444954';

const nested = (sizes: readonly number[]): string =>
  `${sizes.map((size) => `70${size.toString(16).padStart(2, '0')}`).join('')}8A00`;
const NINE_DEEP = nested([18, 16, 14, 12, 10, 8, 6, 4, 2]);

/** A second reader, written apart: recursion over hex text, for comparison only. */
function plainly(text: string): [string, string][] {
  const all: [string, string][] = [];
  let rest = text;
  while (rest.length > 0) {
    if (rest.startsWith('00')) {
      rest = rest.slice(2);
      continue;
    }
    let tagText = rest.slice(0, 2);
    if ((Number.parseInt(tagText, 16) & 31) === 31) {
      do tagText = rest.slice(0, tagText.length + 2);
      while (Number.parseInt(tagText.slice(-2), 16) >= 128);
    }
    rest = rest.slice(tagText.length);
    let length = Number.parseInt(rest.slice(0, 2), 16);
    rest = rest.slice(2);
    if (length > 128) {
      const digits = (length - 128) * 2;
      length = Number.parseInt(rest.slice(0, digits), 16);
      rest = rest.slice(digits);
    }
    const value = rest.slice(0, length * 2);
    rest = rest.slice(length * 2);
    all.push([tagText, value]);
    if ((Number.parseInt(tagText.slice(0, 2), 16) & 32) !== 0) all.push(...plainly(value));
  }
  return all;
}

const flat = (nodes: readonly TlvNode[]): [string, string][] =>
  nodes.flatMap((node): [string, string][] => [
    [node.tag.toString(16).toUpperCase().padStart(2, '0'), hex(node.value)],
    ...flat(node.children),
  ]);

describe('BER-TLV', () => {
  test('reads templates in templates, four deep', () => {
    const [fci] = parseTlv(bytes(PPSE));
    expect(fci?.tag).toBe(0x6f);
    expect(fci?.constructed).toBe(true);
    expect(hex(findTlv([fci!], 0x4f)!.value)).toBe('A0000000031010');
    expect(flat([fci!]).map(([tag]) => tag)).toEqual(['6F', '84', 'A5', 'BF0C', '61', '4F', '50']);
    expect(findTlv([fci!], 0x9f26)).toBeUndefined();
  });

  test('reads tags of one to four bytes and lengths in every form', () => {
    const nodes = parseTlv(
      bytes('82 02 7C00 9F36 81 02 0157 DF8129 8200 01 AA DF818155 84 00000001 BB 95 00'),
    );
    expect(flat(nodes)).toEqual([
      ['82', '7C00'],
      ['9F36', '0157'],
      ['DF8129', 'AA'],
      ['DF818155', 'BB'],
      ['95', ''],
    ]);
  });

  test('skips zero bytes between objects, as EMV allows', () => {
    expect(flat(parseTlv(bytes('0000 8A02 3030 00 9B01 AA 00')))).toEqual([
      ['8A', '3030'],
      ['9B', 'AA'],
    ]);
  });

  test('a value is a view, not a copy', () => {
    const source = bytes('8A023030');
    expect(parseTlv(source)[0]?.value.buffer).toBe(source.buffer);
    expect(parseTlv(source)[0]?.length).toBe(2);
  });

  test.each([
    ['an end inside a tag', '9F', 'truncated'],
    ['an end before the length', '9F26', 'truncated'],
    ['an end inside the length', '5A8201', 'truncated'],
    ['an end inside the value', '8A0230', 'truncated'],
    ['a child that reaches beyond its template', '70038A023030', 'truncated'],
    ['an indefinite length', '70808A0230300000', 'indefinite-length'],
    ['a length of five bytes', '8A850000000002 3030', 'bad-length'],
    ['a length nobody has', '8A84FFFFFFFF', 'truncated'],
    ['a tag of five bytes', 'DF8181810101 00', 'bad-tag'],
    ['nine templates inside each other', NINE_DEEP, 'too-deep'],
  ])('%s is refused', (_, text, code) => {
    expect(codeOf(() => parseTlv(bytes(text)))).toBe(code);
  });

  test('eight templates are read, and 64 KiB are', () => {
    expect(flat(parseTlv(bytes(nested([14, 12, 10, 8, 6, 4, 2])))).length).toBe(8);
    expect(parseTlv(new Uint8Array(65_536))).toEqual([]);
    expect(codeOf(() => parseTlv(new Uint8Array(65_537)))).toBe('too-large');
  });

  test('knows templates by bit 6 of the first byte, whatever the size of the tag', () => {
    expect([0x70, 0xbf0c, 0xff8105, 0xffee8101].map(isConstructed)).toEqual([true, true, true, true]);
    expect([0x5a, 0x9f26, 0xdf8129, 0xdf818155].map(isConstructed)).toEqual([false, false, false, false]);
  });
});

const primitive = fc.constantFrom(0x5a, 0x82, 0x9f26, 0xdf31, 0xdf8129, 0xdf818155);
const template = fc.constantFrom(0x70, 0x77, 0xbf0c, 0xff8105, 0xffee8101);
const { items } = fc.letrec<{ items: TlvItem[]; item: TlvItem }>((tie) => ({
  items: fc.array(tie('item'), { maxLength: 4 }),
  item: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.record({ tag: primitive, value: fc.uint8Array({ maxLength: 300 }) }),
    fc.record({ tag: template, items: tie('items') }),
  ),
}));
const itemOf = (node: TlvNode): TlvItem =>
  node.constructed
    ? { tag: node.tag, items: node.children.map(itemOf) }
    : { tag: node.tag, value: Uint8Array.from(node.value) };
const plain = (list: readonly TlvItem[]): TlvItem[] =>
  list.map((item) =>
    'items' in item
      ? { tag: item.tag, items: plain(item.items) }
      : { tag: item.tag, value: Uint8Array.from(item.value) },
  );

describe('BER-TLV, for any input', () => {
  test('what is written reads back the same, and a second reader agrees', () => {
    fc.assert(
      fc.property(items, (list) => {
        const written = encodeTlv(list);
        const nodes = parseTlv(written);
        expect(nodes.map(itemOf)).toEqual(plain(list));
        expect(flat(nodes)).toEqual(plainly(hex(written)));
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  test('every truncation of a template is refused', () => {
    const whole = bytes(PPSE);
    for (let end = 1; end < whole.length; end += 1) {
      expect(codeOf(() => parseTlv(whole.subarray(0, end)))).toBe('truncated');
    }
  });

  test('garbage is read or refused with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (data) => {
        codeOf(() => parseTlv(data));
      }),
      { numRuns: 5_000, seed: 12 },
    );
  });
});

describe('writing BER-TLV', () => {
  test.each([
    ['the shortest length', 0x7f, '7F'],
    ['two bytes from 128', 0x80, '8180'],
    ['three bytes from 256', 0x100, '820100'],
  ])('a length takes %s', (_, size, expected) => {
    const written = encodeTlv([{ tag: 0x8a, value: new Uint8Array(size) }]);
    expect(hex(written.subarray(1, written.length - size))).toBe(expected);
  });

  test.each([0, -1, 1.5, 0x9f, 0x9f80, 0x8a01, 0x9f0101, 0x1_0000_0000])('%d is no tag', (tag) => {
    expect(codeOf(() => encodeTlv([{ tag, value: new Uint8Array(0) }]))).toBe('bad-tag');
  });

  test('a template without items, a primitive tag with items, and too much are refused', () => {
    expect(codeOf(() => encodeTlv([{ tag: 0x70, value: new Uint8Array(0) }]))).toBe('bad-tag');
    expect(codeOf(() => encodeTlv([{ tag: 0x5a, items: [] }]))).toBe('bad-tag');
    expect(codeOf(() => encodeTlv([{ tag: 0x8a, value: new Uint8Array(65_536) }]))).toBe('too-large');
    let deep: TlvItem = { tag: 0x70, items: [] };
    for (let depth = 0; depth < 8; depth += 1) deep = { tag: 0x70, items: [deep] };
    expect(codeOf(() => encodeTlv([deep]))).toBe('too-deep');
  });
});
