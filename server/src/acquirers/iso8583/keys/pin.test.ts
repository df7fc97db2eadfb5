import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KeyError } from './key-error.ts';
import { translateFormat0, translateFormat4 } from './pin.ts';
import { tdesDecrypt, tdesEncrypt, xor } from './tdes.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof KeyError) return error.code;
    throw error;
  }
  return 'none';
};

const READER = hex('042666B49184CF5C68DE9628D0397B36');
const HOST = hex('0123456789ABCDEFFEDCBA9876543210');
const AES = hex('AF8CB133A78F8DC2D1359F18527593FB');
const CARD = '4761739001010010';
const ACCOUNT_0 = hex('0000173900101001');
const ACCOUNT_4 = hex('44761739001010010000000000000000');

const block0 = (field: string, account = ACCOUNT_0) => tdesEncrypt(READER, xor(hex(field), account));
const aes = (bytes: Buffer) => createCipheriv('aes-128-ecb', AES, null).setAutoPadding(false).update(bytes);
const block4 = (field: string, account = ACCOUNT_4) => aes(xor(aes(hex(field)), account));
const heard = (block: Buffer, account = ACCOUNT_0) => upper(xor(tdesDecrypt(HOST, block), account));

const PINS: [string, string][] = [
  ['1234', '041234FFFFFFFFFF'],
  ['12345', '0512345FFFFFFFFF'],
  ['00000000', '0800000000FFFFFF'],
  ['123456789012', '0C123456789012FF'],
];
describe('a PIN block of format 0', () => {
  test.each(PINS)('with PIN %s arrives as it was typed', (_, field) => {
    expect(heard(translateFormat0(READER, HOST, block0(field), CARD))).toBe(field);
  });

  test.each([
    ['another format', '141234FFFFFFFFFF'],
    ['three digits', '03123FFFFFFFFFFF'],
    ['thirteen digits', '0D1234567890123F'],
    ['a letter in the PIN', '0412A4FFFFFFFFFF'],
    ['a letter first in the PIN', '04A234FFFFFFFFFF'],
    ['a letter last in the PIN', '04123AFFFFFFFFFF'],
    ['a digit right after the PIN', '0412345FFFFFFFFF'],
    ['a digit at the end', '041234FFFFFFFFF1'],
  ])('with %s is refused', (_, field) => {
    expect(codeOf(() => translateFormat0(READER, HOST, block0(field), CARD))).toBe('bad-pin');
  });

  test('takes the twelve digits before the check digit of longer and shorter card numbers', () => {
    const long = block0('041234FFFFFFFFFF', hex('0000123456789012'));
    for (const card of ['6221234567890123', '6222001234567890129']) {
      expect(codeOf(() => translateFormat0(READER, HOST, long, card))).toBe('none');
    }
    expect(codeOf(() => translateFormat0(READER, HOST, long, '6221234567890223'))).toBe('bad-pin');
    const short = block0('041234FFFFFFFFFF', hex('0000012345678901'));
    expect(codeOf(() => translateFormat0(READER, HOST, short, '123456789012'))).toBe('none');
  });
});

describe('a PIN block of format 4', () => {
  test.each(PINS)('with PIN %s arrives as format 0', (pin, field) => {
    const clear = `4${pin.length.toString(16)}${pin}`.padEnd(16, 'A').concat('0102030405060708');
    expect(heard(translateFormat4(AES, HOST, block4(clear), CARD))).toBe(field);
  });

  test.each([
    ['another format', '541234AAAAAAAAAA0102030405060708'],
    ['a letter in the PIN', '4412B4AAAAAAAAAA0102030405060708'],
    ['a letter first in the PIN', '44B234AAAAAAAAAA0102030405060708'],
    ['a letter last in the PIN', '44123BAAAAAAAAAA0102030405060708'],
    ['three digits', '43123AAAAAAAAAAA0102030405060708'],
    ['thirteen digits', '4D1234567890123A0102030405060708'],
  ])('with %s is refused', (_, field) => {
    expect(codeOf(() => translateFormat4(AES, HOST, block4(field), CARD))).toBe('bad-pin');
  });

  test('for another card, or of another size, is refused', () => {
    const block = block4('441234AAAAAAAAAA0102030405060708');
    expect(codeOf(() => translateFormat4(AES, HOST, block, '4761739001010028'))).toBe('bad-pin');
    expect(codeOf(() => translateFormat4(AES, HOST, block.subarray(8), CARD))).toBe('bad-pin');
  });

  test.each([
    ['123456789012', '01234567890120000000000000000000', '0000012345678901'],
    ['6222001234567890123', '76222001234567890123000000000000', '0000123456789012'],
  ])('knows the card number %s by its length', (card, account, tail) => {
    const block = block4('441234AAAAAAAAAA0102030405060708', hex(account));
    expect(heard(translateFormat4(AES, HOST, block, card), hex(tail))).toBe('041234FFFFFFFFFF');
  });
});
