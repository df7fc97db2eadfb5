import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Iso8583Codec, type IsoMessage } from './codec.ts';
import { type FieldTable, UNIONPAY_FIELDS } from './fields.ts';
import { FrameReader, readFrame, writeFrame } from './frame.ts';
import { Iso8583Error } from './iso8583-error.ts';

const codec = new Iso8583Codec(UNIONPAY_FIELDS);
const bytes = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Iso8583Error) return error.code;
    throw error;
  }
  return 'none';
};
const plain = (message: IsoMessage) => ({ mti: message.mti, fields: { ...message.fields } });
const unpackCode = (text: string) => codeOf(() => codec.unpack(bytes(text)));

/** Worked out by hand from the conventions of a UnionPay terminal, field by field. */
const SALE_HEX =
  '0200 3020048000C08011 000000 000000001250 000001 0210 00 3130303030303031 383938333130303030303030303031 313536' +
  '0013 22000001000500 FAC4A22F65AD2BB8';
const SALE = {
  mti: '0200',
  fields: {
    3: '000000',
    4: '000000001250',
    11: '000001',
    22: '021',
    25: '00',
    41: '10000001',
    42: '898310000000001',
    49: '156',
    60: '2200000100050',
    64: 'FAC4A22F65AD2BB8',
  },
};

describe('ISO 8583 messages', () => {
  test('a sale is packed byte by byte as the terminal convention has it, and unpacked', () => {
    expect(codec.pack(SALE).toString('hex').toUpperCase()).toBe(SALE_HEX.replaceAll(' ', ''));
    expect(plain(codec.unpack(bytes(SALE_HEX)))).toEqual(SALE);
  });

  test('odd digits are padded at the right, except the card sequence number', () => {
    const packed = codec.pack({ mti: '0200', fields: { 2: '6224242900000', 22: '021', 23: '001' } });
    expect(packed.toString('hex')).toBe('02004000060000000000' + '1362242429000000' + '0210' + '0001');
  });

  test('a track keeps its separator, text its bytes, binary its hex', () => {
    const message = {
      mti: '0210',
      fields: { 35: '4761739001010119D22122011758928889', 44: '\xd6\xd0 BANK', 55: '9F2601AA', 63: '01 ' },
    };
    expect(plain(codec.unpack(codec.pack(message)))).toEqual(message);
  });

  test('a second bitmap appears when a field above 64 is there', () => {
    const table: FieldTable = {
      ...UNIONPAY_FIELDS,
      70: { name: 'Network', kind: 'n', size: 3, prefix: 0 },
      128: { name: 'MAC', kind: 'b', size: 8, prefix: 0 },
    };
    const wide = new Iso8583Codec(table);
    const message = { mti: '0800', fields: { 11: '000007', 70: '301', 128: '0011223344556677' } };
    const packed = wide.pack(message);
    expect(packed.toString('hex')).toBe(
      '0800802000000000000004000000000000010000073010' + '0011223344556677',
    );
    expect(plain(wide.unpack(packed))).toEqual(message);
    expect(unpackCode(packed.toString('hex'))).toBe('unknown-field');
    expect(codeOf(() => wide.unpack(packed.subarray(0, 17)))).toBe('truncated-bitmap');
  });

  test('a view into a larger buffer is read in its own bounds', () => {
    const inside = Uint8Array.from([0xff, ...bytes(SALE_HEX), 0xff]).subarray(1, -1);
    expect(plain(codec.unpack(inside))).toEqual(SALE);
  });

  test('what was packed before is not changed by the next message', () => {
    const first = codec.pack(SALE);
    codec.pack({ mti: '0800', fields: { 11: '999999' } });
    expect(first.toString('hex').toUpperCase()).toBe(SALE_HEX.replaceAll(' ', ''));
  });

  test.each([
    ['nothing', '', 'too-short'],
    ['one byte', '02', 'too-short'],
    ['a message type of letters', '02A0 0000000000000000', 'bad-message-type'],
    ['a cut first bitmap', '0200 30200480', 'truncated-bitmap'],
    ['a cut second bitmap', '0200 8000000000000000 00', 'truncated-bitmap'],
    ['field 5, which is not in the table', '0200 0800000000000000 000000001250', 'unknown-field'],
    ['field 100', '0200 8000000000000000 0000000010000000 00', 'unknown-field'],
    ['a cut fixed field', '0200 2000000000000000 0000', 'truncated-field'],
    ['a cut length', '0200 0000000000000008 00', 'truncated-field'],
    ['a cut value', '0200 4000000000000000 16 6224', 'truncated-field'],
    ['a length of letters', '0200 4000000000000000 1A 62242429000001', 'bad-length'],
    ['a card number of 20 digits', '0200 4000000000000000 20 62242429000001130000', 'over-long-field'],
    ['letters among digits', '0200 2000000000000000 00A000', 'bad-characters'],
    ['a spare nibble in an encrypted track', '0200 0000000020000000 03 12CF', 'bad-padding'],
    ['a control character in text', '0200 0000000000800000 3130303030300131', 'bad-characters'],
    ['punctuation where only letters and digits go', '0200 0000000002000000 2D2D', 'bad-characters'],
    ['a spare nibble that is not zero, at the right', '0200 0000040000000000 0211', 'bad-padding'],
    ['a spare nibble that is not zero, at the left', '0200 0000020000000000 1001', 'bad-padding'],
    ['a byte too many', `${SALE_HEX}00`, 'trailing-bytes'],
    ['more than a frame carries', `0200 0000000000000000 ${'00'.repeat(4_096)}`, 'trailing-bytes'],
  ])('%s is refused', (_, text, code) => {
    expect(unpackCode(text)).toBe(code);
  });

  test('an error names the field, never its value', () => {
    expect(() => codec.unpack(bytes('0200 4000000000000000 20 62242429000001130000'))).toThrow(
      expect.objectContaining({ field: 2, message: 'field 2 has 20, at most 19' }),
    );
  });

  test.each([
    ['a message type of three digits', { mti: '020', fields: {} }, 'bad-message-type'],
    ['a message type of letters', { mti: '02xx', fields: {} }, 'bad-message-type'],
    ['an unknown field', { mti: '0200', fields: { 5: '1' } }, 'unknown-field'],
    ['a bitmap as a field', { mti: '0200', fields: { 1: '1' } }, 'unknown-field'],
    ['a field above 128', { mti: '0200', fields: { 129: '1' } }, 'unknown-field'],
    ['a short fixed field', { mti: '0200', fields: { 4: '1250' } }, 'over-long-field'],
    ['a long variable field', { mti: '0200', fields: { 2: '1'.repeat(20) } }, 'over-long-field'],
    ['letters among digits', { mti: '0200', fields: { 11: '00000A' } }, 'bad-characters'],
    ['a letter first in a right-justified field', { mti: '0200', fields: { 23: 'A01' } }, 'bad-characters'],
    ['half a byte of hex', { mti: '0200', fields: { 55: 'ABC' } }, 'bad-characters'],
    ['small hex digits', { mti: '0200', fields: { 55: 'ab' } }, 'bad-characters'],
    ['characters beyond one byte', { mti: '0200', fields: { 63: '中' } }, 'bad-characters'],
  ])('%s cannot be packed', (_, message, code) => {
    expect(codeOf(() => codec.pack(message))).toBe(code);
  });
});

const text = (alphabet: string, sizes: { minLength: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...alphabet), ...sizes });
const ALPHABETS = {
  n: '0123456789',
  z: '0123456789ABCDEF',
  an: '0123456789ABCXYZabcxyz ',
  ans: '0129AZaz -+/=.,:\xb0\xd6',
  b: '',
};
const fieldValue = ([field, spec]: [string, (typeof UNIONPAY_FIELDS)[number]]) => {
  const sizes = { minLength: spec.prefix === 0 ? spec.size : 0, maxLength: spec.size };
  const value =
    spec.kind === 'b'
      ? fc.uint8Array(sizes).map((data) => Buffer.from(data).toString('hex').toUpperCase())
      : text(ALPHABETS[spec.kind], sizes);
  return fc.tuple(fc.constant(field), fc.option(value, { nil: undefined }));
};
const anyMessage = fc.record({
  mti: text('0123456789', { minLength: 4, maxLength: 4 }),
  fields: fc
    .tuple(...Object.entries(UNIONPAY_FIELDS).map(fieldValue))
    .map(
      (pairs) =>
        Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as Record<number, string>,
    ),
});

describe('a variable field', () => {
  const table: FieldTable = {
    47: { name: 'two digits', kind: 'ans', size: 500, prefix: 1 },
    62: { name: 'three digits', kind: 'b', size: 4_000, prefix: 2 },
  };
  const codec = new Iso8583Codec(table);
  const with47 = (size: number): IsoMessage => ({ mti: '0200', fields: { 47: 'x'.repeat(size) } });
  const with62 = (size: number): IsoMessage => ({ mti: '0200', fields: { 62: 'AB'.repeat(size) } });

  test.each([
    ['99 of LL', with47(99)],
    ['999 of LLL', with62(999)],
  ])('as long as its length can say is packed and comes back: %s', (_, message) => {
    expect(codec.unpack(codec.pack(message)).fields).toEqual(expect.objectContaining(message.fields));
  });

  test.each([
    ['100 of LL', with47(100)],
    ['1,000 of LLL', with62(1_000)],
    ['1,234 of LLL', with62(1_234)],
  ])('longer than its length can say is refused, whatever the table allows: %s', (_, message) => {
    expect(codeOf(() => codec.pack(message))).toBe('over-long-field');
  });
});

describe('ISO 8583, for any input', () => {
  test('what is packed unpacks to the same', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(plain(codec.unpack(codec.pack(message)))).toEqual(message);
      }),
      { numRuns: 300, seed: 21 },
    );
  });

  test('every truncation and every extra byte is refused', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (message, where) => {
        const packed = codec.pack(message);
        expect(codeOf(() => codec.unpack(packed.subarray(0, where % packed.length)))).not.toBe('none');
        expect(codeOf(() => codec.unpack(Buffer.concat([packed, Buffer.of(where & 255)])))).toBe(
          'trailing-bytes',
        );
      }),
      { numRuns: 300, seed: 22 },
    );
  });

  test('garbage is refused with a code, and what is not refused packs to the same bytes', () => {
    const garbled = fc.tuple(anyMessage, fc.nat(), fc.nat(255)).map(([message, at, byte]) => {
      const packed = codec.pack(message);
      packed[at % packed.length] = byte;
      return packed;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), garbled), (data) => {
        try {
          const packed = codec.pack(codec.unpack(data));
          const emptySecond = data[2] !== undefined && (data[2] & 0x80) !== 0;
          if (!emptySecond) expect(Buffer.from(packed).equals(Buffer.from(data))).toBe(true);
        } catch (error) {
          if (!(error instanceof Iso8583Error)) throw error;
        }
      }),
      { numRuns: 3_000, seed: 23 },
    );
  });
});

describe('frames', () => {
  const frame = { tpdu: '6000030000', header: '603100310000', message: bytes(SALE_HEX) };
  const wire = bytes(`004F 6000030000 603100310000 ${SALE_HEX}`);

  test('have two bytes of length, a TPDU and a header in front', () => {
    expect(writeFrame(frame)).toEqual(wire);
    expect(readFrame(wire.subarray(2))).toEqual(frame);
  });

  test('come out of a stream however it is cut', () => {
    const stream = Buffer.concat([wire, wire, wire]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const reader = new FrameReader();
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const frames = edges
          .slice(1)
          .flatMap((end, index) => reader.push(stream.subarray(edges[index], end)));
        expect(frames).toEqual([frame, frame, frame]);
      }),
      { numRuns: 200, seed: 24 },
    );
  });

  test.each([
    ['too short to be one', '000C'],
    ['too long', '1001'],
    ['without a TPDU', '000D 61 00030000 603100310000 0200'],
  ])('%s are refused', (_, text) => {
    expect(codeOf(() => new FrameReader().push(bytes(text)))).toBe('bad-frame');
  });

  test('with a TPDU that is not hex, or with too little or too much in them, are not written', () => {
    expect(codeOf(() => writeFrame({ ...frame, tpdu: 'xx' }))).toBe('bad-frame');
    expect(codeOf(() => writeFrame({ ...frame, message: Buffer.alloc(1) }))).toBe('bad-frame');
    expect(codeOf(() => writeFrame({ ...frame, message: Buffer.alloc(4_090) }))).toBe('bad-frame');
  });
});
