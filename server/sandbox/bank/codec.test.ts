import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode } from '../testing/bank-client.ts';
import { FormatError, pack, unpack } from './codec.ts';

const SALE =
  '02003020048000C080110000000000000012500000010210003130303030303031383938333130303030303030303031313536001322000001000500FAC4A22F65AD2BB8';

test('the sale of the profile is read field by field and written back byte by byte', () => {
  const message = unpack(Buffer.from(SALE, 'hex'));
  expect(Object.fromEntries(message.fields)).toEqual({
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
  });
  expect(pack(message).toString('hex').toUpperCase()).toBe(SALE);
});

test('every way of cutting a message short is refused', () => {
  const bytes = Buffer.from(SALE, 'hex');
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => unpack(bytes.subarray(0, length)), String(length)).toThrow(FormatError);
  }
});

test('an unknown field, a second bitmap, a bad digit and bytes left over are refused', () => {
  const broken = [
    SALE.replace('3020048000C08011', '3820048000C08011'),
    SALE.replace('3020048000C08011', 'B020048000C08011'),
    SALE.replace('000000001250', '00000000125A'),
    `${SALE}00`,
  ];
  for (const each of broken) expect(() => unpack(Buffer.from(each, 'hex'))).toThrow(FormatError);
});

test('random bytes are a message or a FormatError, never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        unpack(bytes);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }),
    { numRuns: 2_000 },
  );
});

test('host and test terminal write and read the same bytes', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const message = fc.record({
    2: fc.stringMatching(/^\d{12,19}$/),
    4: digits(12),
    11: digits(6),
    22: digits(3),
    23: digits(3),
    37: fc.stringMatching(/^[A-Z0-9]{12}$/),
    55: fc.stringMatching(/^([0-9A-F]{2}){1,40}$/),
    60: fc.stringMatching(/^\d{11}(\d\d)?$/),
    63: fc.stringMatching(/^[ -~]{1,40}$/),
  });
  fc.assert(
    fc.property(message, (fields) => {
      const { 23: sequence, ...rest } = fields;
      const hostBytes = pack({
        mti: '0200',
        fields: new Map(Object.entries(fields).map(([k, v]) => [Number(k), v])),
      });
      expect(encode('0200', fields).equals(hostBytes)).toBe(true);
      const other = pack({
        mti: '0210',
        fields: new Map(Object.entries(rest).map(([k, v]) => [Number(k), v])),
      });
      expect(decode(other).fields).toEqual(rest);
      expect(unpack(hostBytes).fields.get(23)).toBe(sequence);
    }),
  );
});
