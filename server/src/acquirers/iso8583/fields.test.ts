import { describe, expect, test } from 'vitest';
import { Iso8583Codec } from './codec.ts';
import { type FieldTable, UNIONPAY_FIELDS } from './fields.ts';
import { FRAME_MAX, FRAME_MIN, FrameReader, readFrame, TPDU_ID, writeFrame } from './frame.ts';
import { Iso8583Error } from './iso8583-error.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const faultOf = (work: () => unknown): { code: string; field: number | undefined; message: string } => {
  try {
    work();
  } catch (error) {
    if (error instanceof Iso8583Error)
      return { code: error.code, field: error.field, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
};

/** Number, alphabet, size, bytes of length, name: the terminal convention, as its tables print it. */
const CONVENTION = `
2 n 19 1 Primary Account Number
3 n 6 0 Processing Code
4 n 12 0 Amount
11 n 6 0 System Trace Audit Number
12 n 6 0 Local Time
13 n 4 0 Local Date
14 n 4 0 Expiration Date
15 n 4 0 Settlement Date
22 n 3 0 Point of Service Entry Mode
23 n 3 0 Card Sequence Number
25 n 2 0 Point of Service Condition Code
26 n 2 0 PIN Capture Code
32 n 11 1 Acquiring Institution
35 z 37 1 Track 2 Data
36 z 104 2 Track 3 Data
37 an 12 0 Retrieval Reference Number
38 an 6 0 Authorisation Code
39 an 2 0 Response Code
41 ans 8 0 Terminal
42 ans 15 0 Merchant
43 ans 40 0 Merchant Name and Location
44 ans 25 1 Additional Response Data
48 n 322 2 Additional Data
49 an 3 0 Currency
52 b 8 0 PIN Block
53 n 16 0 Security Control
54 an 20 2 Additional Amounts
55 b 255 2 EMV Data
58 ans 100 2 Electronic Cash Data
59 ans 600 2 Private Data
60 n 17 2 Message Reason, Batch
61 n 29 2 Original Transaction
62 b 512 2 Keys, Parameters
63 ans 163 2 Operator, Text
64 b 8 0 Message Authentication Code`.trim();

test('the fields are those of the terminal convention; only the card sequence number is right-justified', () => {
  const rows = Object.entries(UNIONPAY_FIELDS).map(([field, { kind, size, prefix, name }]) =>
    [field, kind, size, prefix, name].join(' '),
  );
  expect(rows.join('\n')).toBe(CONVENTION);
  expect(
    Object.entries(UNIONPAY_FIELDS).flatMap(([field, { justify }]) => (justify ? [[field, justify]] : [])),
  ).toEqual([['23', 'right']]);
});

describe('what a byte may be', () => {
  const table: FieldTable = {
    2: { name: 'digits', kind: 'n', size: 1, prefix: 1, justify: 'right' },
    3: { name: 'letters', kind: 'an', size: 1, prefix: 0 },
    4: { name: 'text', kind: 'ans', size: 1, prefix: 0 },
    5: { name: 'pair', kind: 'n', size: 2, prefix: 0 },
    6: { name: 'track', kind: 'z', size: 2, prefix: 0 },
  };
  const codec = new Iso8583Codec(table);
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  const taken = (bitmap: string): readonly number[] =>
    all.filter((byte) => {
      try {
        codec.unpack(Buffer.concat([hex(`0200 ${bitmap}00000000000000`), Buffer.of(byte)]));
        return true;
      } catch {
        return false;
      }
    });

  test('two digits', () => {
    expect(taken('08')).toEqual(all.filter((byte) => byte >> 4 < 10 && (byte & 15) < 10));
  });
  test('any two nibbles of a track', () => {
    expect(taken('04')).toEqual(all);
  });
  test('a letter, a digit or a space', () => {
    expect(
      taken('20')
        .map((byte) => String.fromCharCode(byte))
        .join(''),
    ).toBe(' 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
  });
  test('printable ASCII, and the bytes of GBK text', () => {
    expect(taken('10')).toEqual(
      all.filter((byte) => (byte >= 0x20 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xfe)),
    );
  });
  test('an empty field of variable length', () => {
    expect({ ...codec.unpack(hex('0200 4000000000000000 00')).fields }).toEqual({ 2: '' });
    expect(codec.pack({ mti: '0200', fields: { 2: '' } })).toEqual(hex('0200 4000000000000000 00'));
  });
});

test('the longest value that a field allows comes through, and so does the longest message', () => {
  const codec = new Iso8583Codec(UNIONPAY_FIELDS);
  for (const [field, value] of [
    [2, '1'.repeat(19)],
    [32, '2'.repeat(11)],
    [61, '3'.repeat(29)],
    [63, 'x'.repeat(163)],
  ] as const) {
    const message = { mti: '0200', fields: { [field]: value } };
    expect({ ...codec.unpack(codec.pack(message)).fields }).toEqual(message.fields);
  }
  const field = { name: '', kind: 'ans', size: 999, prefix: 2 } as const;
  const long = new Iso8583Codec({ 2: field, 3: field, 4: field, 5: field, 6: field });
  const sizes = [999, 999, 999, 999, 4_096 - 10 - 4 * 1_001 - 2];
  const fields = Object.fromEntries(sizes.map((size, index) => [index + 2, 'x'.repeat(size)]));
  expect({ ...long.unpack(long.pack({ mti: '0200', fields })).fields }).toEqual(fields);
});

describe('a refusal', () => {
  const codec = new Iso8583Codec(UNIONPAY_FIELDS);
  const unpack = (text: string) => faultOf(() => codec.unpack(hex(text)));
  const pack = (fields: Record<number, string>, mti = '0200') => faultOf(() => codec.pack({ mti, fields }));

  test.each([
    ['', 'too-short', undefined, '0 bytes'],
    ['02A0 0000000000000000', 'bad-message-type', undefined, 'the message type is not decimal'],
    ['A200 0000000000000000', 'bad-message-type', undefined, 'the message type is not decimal'],
    ['0200 00', 'truncated-bitmap', undefined, 'the first bitmap is cut'],
    ['0200 8000000000000000 00000000000000', 'truncated-bitmap', undefined, 'the second bitmap is cut'],
    ['0200 0800000000000000 00', 'unknown-field', 5, 'field 5 is unknown'],
    ['0200 2000000000000000 0000', 'truncated-field', 3, 'field 3 is cut'],
    ['0200 0000000000000008 00', 'truncated-field', 61, 'the length of field 61 is cut'],
    ['0200 4000000000000000', 'truncated-field', 2, 'the length of field 2 is cut'],
    ['0200 4000000000000000 1A', 'bad-length', 2, 'the length of field 2 is not decimal'],
    ['0200 4000000000000000 20', 'over-long-field', 2, 'field 2 has 20, at most 19'],
    ['0200 0000000000000008 0030', 'over-long-field', 61, 'field 61 has 30, at most 29'],
    ['0200 0000000000000008 0130', 'over-long-field', 61, 'field 61 has 130, at most 29'],
    ['0200 2000000000000000 00A000', 'bad-characters', 3, 'a byte that field 3 cannot have'],
    ['0200 0000040000000000 0211', 'bad-padding', 22, 'the spare nibble of field 22 is not 0'],
    ['0200 0000000000000000 0000', 'trailing-bytes', undefined, '2 bytes too many'],
    [`0200 ${'00'.repeat(4_095)}`, 'trailing-bytes', undefined, '4097 bytes'],
  ] as const)('says which field and why: %s', (...[text, code, field, message]) => {
    expect(unpack(text)).toEqual({ code, field, message });
  });

  test('of a message to be packed says which field and why, never what is in it', () => {
    const type = {
      code: 'bad-message-type',
      field: undefined,
      message: 'the message type is not four digits',
    };
    for (const mti of ['020', '02000', '02xx', '']) expect(pack({}, mti)).toEqual(type);
    expect(pack({ 5: '1' })).toEqual({ code: 'unknown-field', field: 5, message: 'field 5 is unknown' });
    expect(pack({ 4: '1250' })).toEqual({
      code: 'over-long-field',
      field: 4,
      message: 'field 4 has 4, 12 allowed',
    });
    expect(pack({ 3: '1234567' })).toMatchObject({ code: 'over-long-field', field: 3 });
    expect(pack({ 2: '1'.repeat(20) })).toMatchObject({ message: 'field 2 has 20, 19 allowed' });
    expect(pack({ 52: '00' })).toMatchObject({ message: 'field 52 has 1, 8 allowed' });
    expect(pack({ 11: '00000A' })).toEqual({
      code: 'bad-characters',
      field: 11,
      message: 'a character that field 11 cannot have',
    });
  });

  test('comes before the message outgrows a frame', () => {
    const table: FieldTable = Object.fromEntries(
      Array.from({ length: 10 }, (_, n) => [n + 2, { name: '', kind: 'ans', size: 999, prefix: 2 }]),
    );
    const wide = new Iso8583Codec(table);
    const fields = Object.fromEntries([2, 3, 4, 5].map((field) => [field, 'x'.repeat(999)]));
    const room = 4_096 - 10 - 4 * 1_001 - 2;
    expect(wide.pack({ mti: '0200', fields: { ...fields, 6: 'x'.repeat(room) } })).toHaveLength(4_096);
    expect(faultOf(() => wide.pack({ mti: '0200', fields: { ...fields, 6: 'x'.repeat(room + 1) } }))).toEqual(
      {
        code: 'over-long-field',
        field: 6,
        message: 'the message ends before field 6',
      },
    );
  });

  test('leaves nothing behind for the next message', () => {
    pack({ 3: '999999', 4: '99999999999A' });
    expect(codec.pack({ mti: '0800', fields: { 11: '000001' } }).toString('hex')).toBe(
      '08000020000000000000000001',
    );
  });
});

describe('a frame', () => {
  const frame = { tpdu: '6000030000', header: '603100310000' };
  const sized = (size: number) =>
    Buffer.concat([Buffer.of(size >> 8, size & 255), Buffer.alloc(size, TPDU_ID)]);
  const bad = (message: string) => ({ code: 'bad-frame', field: undefined, message });

  test('has 13 to 4,096 bytes, both ways', () => {
    expect([FRAME_MIN, FRAME_MAX]).toEqual([13, 4_096]);
    expect(writeFrame({ ...frame, message: Buffer.alloc(2) })).toHaveLength(15);
    expect(writeFrame({ ...frame, message: Buffer.alloc(4_085) })).toHaveLength(4_098);
    expect(faultOf(() => writeFrame({ ...frame, message: Buffer.alloc(1) }))).toEqual(
      bad('a frame of 12 bytes'),
    );
    expect(faultOf(() => writeFrame({ ...frame, message: Buffer.alloc(4_086) }))).toEqual(
      bad('a frame of 4097 bytes'),
    );
    for (const size of [13, 4_096]) expect(new FrameReader().push(sized(size))).toHaveLength(1);
    for (const size of [12, 4_097])
      expect(faultOf(() => new FrameReader().push(sized(size)))).toEqual(bad(`a frame of ${size} bytes`));
  });

  test('has a TPDU and a header of hex digits, in upper case', () => {
    for (const header of ['60310031000', '60310031000G', ''])
      expect(faultOf(() => writeFrame({ ...frame, header, message: Buffer.alloc(2) }))).toEqual(
        bad('TPDU or header is not hex'),
      );
    const read = readFrame(hex('60ABCDEF00 60AB00310000 0200'));
    expect([read.tpdu, read.header, read.message]).toEqual(['60ABCDEF00', '60AB00310000', hex('0200')]);
  });

  test('without a TPDU is none', () => {
    expect(faultOf(() => readFrame(hex('61000300006031003100000200')))).toEqual(
      bad('13 bytes that begin with no TPDU'),
    );
    expect(faultOf(() => readFrame(hex('600003000060310031000002')))).toEqual(
      bad('12 bytes that begin with no TPDU'),
    );
  });

  test('waits for its last byte, and for the second of its length', () => {
    const reader = new FrameReader();
    const whole = sized(13);
    for (const byte of whole.subarray(0, -1)) expect(reader.push(Buffer.of(byte))).toEqual([]);
    expect(reader.push(whole.subarray(-1))).toHaveLength(1);
    expect(reader.push(Buffer.alloc(0))).toEqual([]);
  });
});
