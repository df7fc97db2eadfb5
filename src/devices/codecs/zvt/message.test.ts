import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeApdu } from './apdu.ts';
import { decodeBmps, encodeBmps } from './bmp.ts';
import {
  abortCode,
  amountField,
  bcd,
  currencyField,
  digitsOf,
  receiptField,
  registration,
  takeStatus,
  ZVT,
  zvtCommand,
} from './message.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();

/** 04 0F of an approved payment of 12.50 with a masked card, built by hand from the field table. */
const STATUS = `
  27 00  04 000000001250  49 0978  0B 000123  87 0042  0C 174501  0D 1122  0E 2812
  17 0001  19 70  22 F0F8 476173EEEEEE0119  29 52500041  2A 343535363030303030303031202020
  3B 3438323931330000  3C F0F0F3 4F4B21  88 000007  8A 0A  8B F0F4 56697361  06 04 1F100101`;

describe('ZVT fields', () => {
  test('every field of a status is read, whatever says its length', () => {
    const { fields, rest } = decodeBmps(bytesOf(STATUS));
    expect(fields.map(({ id }) => id.toString(16))).toEqual([
      '27',
      '4',
      '49',
      'b',
      '87',
      'c',
      'd',
      'e',
      '17',
      '19',
      '22',
      '29',
      '2a',
      '3b',
      '3c',
      '88',
      '8a',
      '8b',
      '6',
    ]);
    expect(rest).toHaveLength(0);
    expect(hexOf(encodeBmps(fields))).toBe(hexOf(bytesOf(STATUS)));
  });

  test('a field that is unknown or cut off ends what can be told apart', () => {
    expect(hexOf(decodeBmps(bytesOf('2700 77 01')).rest)).toBe('7701');
    expect(hexOf(decodeBmps(bytesOf('2700 04 0000')).rest)).toBe('040000');
    expect(hexOf(decodeBmps(bytesOf('22 A1F8 47')).rest)).toBe('22A1F847');
    expect(hexOf(decodeBmps(bytesOf('06 83 00')).rest)).toBe('068300');
    expect(decodeBmps(bytesOf('06 81 02 1F10')).fields[0]?.value).toHaveLength(2);
    expect(decodeBmps(bytesOf('06 82 00 02 1F10')).fields[0]?.value).toHaveLength(2);
  });

  test('random bytes never throw, and what was read is written back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { fields, rest } = decodeBmps(Uint8Array.from(bytes));
        const size = fields.reduce((all, { value }) => all + value.length, rest.length);
        expect(size).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe('ZVT messages', () => {
  test.each([
    ['authorise', zvtCommand(ZVT.authorise, [amountField(1_200)]), '06010704000000001200'],
    [
      'authorise in a currency',
      zvtCommand(ZVT.authorise, [amountField(1), currencyField('978')]),
      '06010A04000000000001490978',
    ],
    ['reversal', zvtCommand(ZVT.reverse, [receiptField('0042')], '000000'), '06300600000087 0042'],
    ['end of day', zvtCommand(ZVT.endOfDay, [], '000000'), '065003000000'],
    ['repeat receipt', zvtCommand(ZVT.repeatReceipt, [], '000000'), '062003000000'],
    ['status enquiry', zvtCommand(ZVT.askStatus, [], '000000'), '050103000000'],
    ['registration', registration('123456', '978'), '060006123456180978'],
  ])('%s', (_, apdu, hex) => {
    expect(hexOf(encodeApdu(apdu))).toBe(hexOf(bytesOf(hex)));
  });

  test('a status says what the slip needs', () => {
    expect(takeStatus(bytesOf(STATUS))).toEqual({
      result: 0,
      amount: 1_250,
      currency: '978',
      trace: '000123',
      receipt: '0042',
      time: '174501',
      date: '1122',
      terminal: '52500041',
      contract: '455600000001',
      authorisation: '482913',
      cardName: 'Visa',
      card: '476173******0119',
    });
  });

  test('reading a status wipes it', () => {
    const bytes = bytesOf(STATUS);
    takeStatus(bytes);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test.each([
    ['47617390010101 19', 'F0F8', '476173******0119'],
    ['476173900101011F', 'F0F8', '476173*****1011'],
    ['EEEEEEEEEEEE0119', 'F0F8', '************0119'],
    ['0119', 'F0F2', undefined],
    ['47617390010101EE', 'F0F8', undefined],
  ])('of the number %s only the ends are told', (hex, length, card) => {
    expect(takeStatus(bytesOf(`22 ${length} ${hex}`)).card).toBe(card);
  });

  test('what a status does not say is not there', () => {
    expect(takeStatus(bytesOf('27 71 04 00000000A250'))).toEqual({ result: 0x71 });
    expect(takeStatus(new Uint8Array())).toEqual({});
    expect([abortCode(bytesOf('6C')), abortCode(new Uint8Array())]).toEqual([0x6c, 0xff]);
  });

  test('packed digits', () => {
    expect(hexOf(bcd('0042'))).toBe('0042');
    expect([digitsOf(bytesOf('0042')), digitsOf(bytesOf('00A2'))]).toEqual(['0042', undefined]);
  });
});
