import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc16 } from './crc16.ts';
import { buildEmvQr, type EmvQrItem, emvQrName, parseEmvQr } from './emv-qr.ts';
import { EmvQrError } from './emv-qr-error.ts';

/** The sample of EMVCo's specification: two scheme accounts, a Chinese name and city, additional data. */
const SAMPLE =
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT' +
  '6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME' +
  '91320016A0112233449988770708123456786304A13A';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof EmvQrError) return error.code;
    throw error;
  }
  return 'none';
};
const sealed = (body: string): string =>
  `${body}6304${crc16(new TextEncoder().encode(`${body}6304`))
    .toString(16)
    .toUpperCase()
    .padStart(4, '0')}`;

describe('EMV QR', () => {
  test('the checksum has the check value of its family', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x29b1);
    expect(crc16(new Uint8Array())).toBe(0xffff);
  });

  test("reads EMVCo's own sample, whose lengths count Chinese characters", () => {
    const objects = parseEmvQr(SAMPLE);
    expect(objects.map(({ id }) => id)).toEqual([
      '00',
      '01',
      '29',
      '31',
      '52',
      '58',
      '59',
      '60',
      '64',
      '54',
      '53',
      '55',
      '62',
      '91',
      '63',
    ]);
    expect(objects.find(({ id }) => id === '54')?.value).toBe('23.72');
    expect(objects.find(({ id }) => id === '64')?.children).toEqual([
      { id: '00', value: 'ZH' },
      { id: '01', value: '最佳运输' },
      { id: '02', value: '北京' },
    ]);
    expect(objects.find(({ id }) => id === '29')?.children?.[0]).toEqual({ id: '00', value: 'D15600000000' });
  });

  test('what is built from a payload read is that payload', () => {
    const items = parseEmvQr(SAMPLE).slice(0, -1);
    expect(
      buildEmvQr(items.map(({ id, value, children }) => (children ? { id, children } : { id, value }))),
    ).toBe(SAMPLE);
  });

  test('adds the payload format by itself', () => {
    expect(buildEmvQr([{ id: '59', value: '小店' }])).toMatch(/^0002015902小店6304[0-9A-F]{4}$/);
  });

  test.each([
    ['a changed amount', SAMPLE.replace('23.72', '23.73'), 'bad-checksum'],
    ['no payload format', sealed('5902AB'), 'not-emv-qr'],
    ['nothing', '', 'not-emv-qr'],
    ['no checksum', '000201', 'no-checksum'],
    ['a checksum in the middle', sealed('00020163041234').replace(/6304.{4}$/, '5802CN'), 'no-checksum'],
    ['a value that ends after the text', '0002015999AB', 'truncated'],
    ['an object cut in its head', '000201590', 'truncated'],
    ['letters for a length', '000201590xAB', 'bad-digits'],
    ['an object twice', sealed('0002015902AB5902CD'), 'duplicate-id'],
    ['a template with a broken inside', sealed('00020162040199'), 'truncated'],
    ['more than a QR code holds', '000201'.padEnd(513, '0'), 'too-large'],
  ])('%s is refused', (_, text, code) => {
    expect(codeOf(() => parseEmvQr(text))).toBe(code);
  });

  test.each([
    ['a value too long', [{ id: '59', value: 'x'.repeat(100) }], 'too-large'],
    ['an empty value', [{ id: '59', value: '' }], 'bad-object'],
    ['its own checksum', [{ id: '63', value: '0000' }], 'bad-object'],
    [
      'a payload format in second place',
      [
        { id: '59', value: 'A' },
        { id: '00', value: '01' },
      ],
      'bad-object',
    ],
    ['children of what is no template', [{ id: '59', children: [] }], 'bad-object'],
    ['an identifier of letters', [{ id: 'xx', value: 'A' }], 'bad-digits'],
    [
      'an object twice',
      [
        { id: '59', value: 'A' },
        { id: '59', value: 'A' },
      ],
      'duplicate-id',
    ],
    [
      'too much in all',
      Array.from({ length: 9 }, (_, n) => ({ id: `0${n + 1}`, value: 'y'.repeat(99) })),
      'too-large',
    ],
  ] as const)('%s cannot be built', (_, items, code) => {
    expect(codeOf(() => buildEmvQr(items as readonly EmvQrItem[]))).toBe(code);
  });

  test('objects have names', () => {
    expect(emvQrName('59')).toBe('Merchant Name');
    expect(emvQrName('26')).toBe('Merchant Account Information');
    expect(emvQrName('02')).toBe('Merchant Account Information (scheme)');
    expect(emvQrName('62')).toBe('Additional Data Field Template');
    expect(emvQrName('91')).toBe('Unreserved Template');
    expect(emvQrName('70')).toBe('Reserved');
  });

  test('whatever is built reads back the same', () => {
    const id = (from: number, to: number) =>
      fc.integer({ min: from, max: to }).map((n) => String(n).padStart(2, '0'));
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
    const leaf = fc.uniqueArray(fc.record({ id: id(1, 25), value }), {
      selector: (item) => item.id,
      maxLength: 6,
    });
    const inside = fc.uniqueArray(
      fc.record({ id: id(0, 99), value: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }) }),
      {
        selector: (item) => item.id,
        minLength: 1,
        maxLength: 2,
      },
    );
    const template = fc.uniqueArray(fc.record({ id: id(26, 51), children: inside }), {
      selector: (item) => item.id,
      maxLength: 3,
    });
    fc.assert(
      fc.property(leaf, template, (leaves, templates) => {
        const text = buildEmvQr([...leaves, ...templates]);
        const [, ...read] = parseEmvQr(text).slice(0, -1);
        expect(
          read.map((object) => (object.children ? { id: object.id, children: object.children } : object)),
        ).toEqual([...leaves, ...templates]);
      }),
      { numRuns: 300, seed: 31 },
    );
  });

  test('any text is read or refused with a code', () => {
    const garbled = fc
      .tuple(fc.nat(SAMPLE.length - 1), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([at, text]) => SAMPLE.slice(0, at) + text + SAMPLE.slice(at + text.length));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          garbled,
          fc.nat(SAMPLE.length - 1).map((at) => SAMPLE.slice(0, at)),
        ),
        (text) => {
          codeOf(() => parseEmvQr(text));
        },
      ),
      { numRuns: 2_000, seed: 32 },
    );
  });
});
