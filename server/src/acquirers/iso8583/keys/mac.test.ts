import { createCipheriv, createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aesCmac, macOf, retailMac, sameMac } from './mac.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const KEY = hex('0123456789ABCDEF FEDCBA9876543210');

describe('X9.19', () => {
  test.each([
    // ISO/IEC 9797-1, examples of algorithm 3 with padding method 1.
    ['Now is the time for all ', 'A1C72E74EA3FA9B6'],
    ['Now is the time for it', '2E2B1428CC78254F'],
  ])('of %j is %s', (text, mac) => {
    expect(retailMac(KEY, Buffer.from(text)).toString('hex').toUpperCase()).toBe(mac);
  });

  test('seals a sale as a bank host expects it', () => {
    const sale = hex(
      '02003020048000C080110000000000000012500000010210003130303030303031383938333130303030303030303031313536001322000001000500',
    );
    expect(macOf('x9.19', KEY, sale)).toEqual(hex('FAC4A22F65AD2BB8'));
    expect(macOf('aes-cmac', KEY, sale)).toEqual(hex('19DBF7F151277121'));
  });

  test('is what single steps of DES give, block by block', () => {
    const single = (half: Buffer, block: Buffer, decrypt = false): Buffer => {
      const make = decrypt ? createDecipheriv : createCipheriv;
      return make('des-ede3-ecb', Buffer.concat([half, half, half]), null)
        .setAutoPadding(false)
        .update(block);
    };
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ maxLength: 60 }),
        (key, message) => {
          const [left, right] = [Buffer.from(key.subarray(0, 8)), Buffer.from(key.subarray(8))];
          const padded = Buffer.concat([
            message,
            Buffer.alloc(message.length === 0 ? 8 : (8 - (message.length % 8)) % 8),
          ]);
          let state: Buffer = Buffer.alloc(8);
          for (let at = 0; at < padded.length; at += 8) {
            state = single(left, Buffer.from(state.map((byte, index) => byte ^ padded[at + index]!)));
          }
          expect(retailMac(key, message)).toEqual(single(left, single(right, state, true)));
        },
      ),
      { numRuns: 100, seed: 41 },
    );
  });
});

describe('AES-CMAC (RFC 4493, section 4)', () => {
  const key = hex('2b7e151628aed2a6abf7158809cf4f3c');
  const message = hex(
    '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
      '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
  );
  test.each([
    [0, 'bb1d6929e95937287fa37d129b756746'],
    [16, '070a16b46b4d4144f79bdd9dd04a287c'],
    [40, 'dfa66747de9ae63030ca32611497c827'],
    [64, '51f0bebf7e3b9d92fc49741779363cfe'],
  ])('of %d bytes', (length, mac) => {
    expect(aesCmac(key, message.subarray(0, length)).toString('hex')).toBe(mac);
  });

  test('with a key of 256 bits (NIST SP 800-38B, D.3)', () => {
    const long = hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4');
    expect(aesCmac(long, message.subarray(0, 16)).toString('hex')).toBe('28a7023f452e8f82bd4bf28d8c37c35c');
  });
});

test('MACs are compared whole', () => {
  expect(sameMac(hex('0011'), hex('0011'))).toBe(true);
  expect(sameMac(hex('0011'), hex('0012'))).toBe(false);
  expect(sameMac(hex('0011'), hex('001100'))).toBe(false);
});
