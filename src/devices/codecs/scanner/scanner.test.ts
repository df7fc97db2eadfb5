import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODE_BYTES_MAX, type Code } from './code-text.ts';
import { HidPosDecoder } from './hid-pos.ts';
import { SerialCodeDecoder } from './serial-code.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The example of Access-IS, LSR118 manual, B.1.1: 60 characters of a boarding pass in two reports. */
const LONG = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23  30000';

/** A report as the manual draws it, without its id byte. */
function report(length: number, data: Uint8Array, more: 0 | 1, aim = ']Q0'): Uint8Array {
  const all = new Uint8Array(63);
  all[0] = length;
  all.set(bytes(aim), 1);
  all.set(data, 4);
  all[60] = 0x73;
  all[62] = more;
  return all;
}

function joined(reports: readonly Uint8Array[], id = 2): readonly Code[] {
  const decoder = new HidPosDecoder();
  return reports.flatMap((each) => {
    const code = decoder.push(id, each);
    return code === undefined ? [] : [code];
  });
}

describe('HID POS reports', () => {
  test('the example of a maker: two reports are one code', () => {
    const [first, second] = [bytes(LONG.slice(0, 56)), bytes(LONG.slice(56))];
    expect(joined([report(56, first, 1), report(second.length, second, 0)])).toEqual([
      { text: LONG, symbology: 'Q0' },
    ]);
  });

  test('padding is no part of a code, and leading zeros are', () => {
    expect(joined([report(13, bytes('0012345678905'), 0, ']E0')])).toEqual([
      { text: '0012345678905', symbology: 'E0' },
    ]);
  });

  test('a scanner that tells no symbology, and one that sends a line end', () => {
    expect(joined([report(5, bytes('123\r\n'), 0, '\0\0\0')])).toEqual([{ text: '123' }]);
  });

  test.each<[string, Uint8Array, number]>([
    ['another report', report(3, bytes('123'), 0), 1],
    ['a length that cannot be', report(57, bytes('123'), 0), 2],
    ['a short report', Uint8Array.of(10, 0x5d), 2],
    ['nothing', new Uint8Array(0), 2],
    ['an empty code', report(0, bytes(''), 0), 2],
  ])('%s is passed over', (_, data, id) => {
    expect(joined([data], id)).toEqual([]);
  });

  test('a code that is cut off does not become the beginning of the next one', () => {
    const decoder = new HidPosDecoder();
    decoder.push(2, report(56, bytes('x'.repeat(56)), 1));
    expect(decoder.isInside).toBe(true);
    decoder.clear();
    expect(decoder.push(2, report(3, bytes('123'), 0))).toEqual({ text: '123', symbology: 'Q0' });
  });

  test('reports without end keep memory bounded', () => {
    const decoder = new HidPosDecoder();
    for (let count = 0; count < 1_000; count += 1) decoder.push(2, report(56, bytes('x'.repeat(56)), 1));
    const code = decoder.push(2, report(1, bytes('y'), 0));
    expect(code?.text.length).toBeLessThanOrEqual(CODE_BYTES_MAX);
  });

  test('any bytes are survived', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.uint8Array({ maxLength: 70 }))), (reports) => {
        const decoder = new HidPosDecoder();
        for (const [id, data] of reports) decoder.push(id, data);
      }),
    );
  });
});

const said = (pieces: readonly Uint8Array[]): readonly string[] => {
  const decoder = new SerialCodeDecoder();
  return [...pieces.flatMap((piece) => [...decoder.push(piece)]), ...decoder.end()].map(({ text }) => text);
};

describe('a serial line', () => {
  test.each<[string, string, readonly Code[]]>([
    ['CR', '6901234567892\r', [{ text: '6901234567892' }]],
    ['CR LF', '6901234567892\r\n', [{ text: '6901234567892' }]],
    ['no end', '134567890123456789', [{ text: '134567890123456789' }]],
    ['framed', '\x020012345678905\x03\r', [{ text: '0012345678905' }]],
    ['with its AIM identifier', ']E06901234567892\r', [{ text: '6901234567892', symbology: 'E0' }]],
    ['nothing but ends', '\r\n\r\n', []],
    ['only an identifier', ']E0\r', []],
    ['two in a row', '1\r2\r', [{ text: '1' }, { text: '2' }]],
  ])('%s', (_, text, codes) => {
    const decoder = new SerialCodeDecoder();
    expect([...decoder.push(bytes(text)), ...decoder.end()]).toEqual(codes);
  });

  test('Chinese in UTF-8 and in GB 18030', () => {
    expect(said([bytes('小机\r')])).toEqual(['小机']);
    expect(said([Uint8Array.of(0xd0, 0xa1, 0xbb, 0xfa, 0x0d)])).toEqual(['小机']);
  });

  test('more than any code has is dropped up to its end', () => {
    expect(said([new Uint8Array(CODE_BYTES_MAX + 5).fill(0x31), bytes('\r6901234567892\r')])).toEqual([
      '6901234567892',
    ]);
  });

  test('any split gives the same codes', () => {
    const code = fc.string({ unit: fc.constantFrom(...'0123456789ABC/小'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(code, { maxLength: 6 }), fc.array(fc.nat(400)), (codes, cuts) => {
        const all = bytes(codes.map((each) => `${each}\r\n`).join(''));
        const places = [...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        const pieces = places.map((place, index) => all.slice(index === 0 ? 0 : places[index - 1], place));
        expect(said(pieces)).toEqual(codes);
      }),
    );
  });
});
