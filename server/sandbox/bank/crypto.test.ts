import { expect, test } from 'vitest';
import { cmac, x919 } from '../testing/bank-client.ts';
import { aesCmac, checkValue, messageMac, retailMac } from './crypto.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const KEY = '0123456789ABCDEFFEDCBA9876543210';
const MAB =
  '02003020048000C080110000000000000012500000010210003130303030303031383938333130303030303030303031313536001322000001000500';

test('the retail MAC of the text in ANSI X9.19 is right', () => {
  const mac = retailMac(bytes(KEY), Buffer.from('Now is the time for all '));
  expect(mac.toString('hex').toUpperCase()).toBe('A1C72E74EA3FA9B6');
});

test.each([
  ['', 'BB1D6929E95937287FA37D129B756746'],
  ['6bc1bee22e409f96e93d7e117393172a', '070A16B46B4D4144F79BDD9DD04A287C'],
  [
    '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411',
    'DFA66747DE9AE63030CA32611497C827',
  ],
])('AES-CMAC agrees with RFC 4493 for %s', (message, expected) => {
  const key = bytes('2b7e151628aed2a6abf7158809cf4f3c');
  expect(aesCmac(key, bytes(message)).toString('hex').toUpperCase()).toBe(expected);
});

test('the vectors of the profile hold', () => {
  expect(messageMac('x9.19', bytes(KEY), bytes(MAB)).toString('hex').toUpperCase()).toBe('FAC4A22F65AD2BB8');
  expect(messageMac('aes-cmac', bytes(KEY), bytes(MAB)).toString('hex').toUpperCase()).toBe(
    '19DBF7F151277121',
  );
  expect(checkValue(bytes(KEY), 'tdes').toString('hex').toUpperCase()).toBe('08D7B4FB');
  expect(checkValue(bytes(KEY), 'aes').toString('hex').toUpperCase()).toBe('D5C825A2');
});

test('host and test terminal make the same MACs by different ways', () => {
  for (let length = 1; length < 40; length += 1) {
    const data = Buffer.from(Array.from({ length }, (_, index) => (index * 37 + length) & 0xff));
    expect(retailMac(bytes(KEY), data).toString('hex').toUpperCase()).toBe(x919(KEY, data));
    expect(aesCmac(bytes(KEY), data).toString('hex').toUpperCase()).toBe(cmac(KEY, data));
  }
});
