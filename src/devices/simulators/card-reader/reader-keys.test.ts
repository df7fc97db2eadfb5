import { expect, test } from 'vitest';
import { tdesDukpt } from '../../../../server/src/acquirers/iso8583/keys/dukpt-tdes.ts';
import {
  tdesCbcDecrypt,
  tdesDecrypt,
  tdesEncrypt,
} from '../../../../server/src/acquirers/iso8583/keys/tdes.ts';
import { tdesBlock } from './des.ts';
import { publishedTdesKeys } from './reader-keys.ts';

const BASE_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

test('the cipher is the one of OpenSSL', () => {
  for (const key of ['0123456789ABCDEFFEDCBA9876543210', '00FF10EF20DF30CF40BF50AF609F708F']) {
    for (const block of ['0000000000000000', '0123456789ABCDEF', 'FFFFFFFFFFFFFFFE']) {
      expect(Buffer.from(tdesBlock(bytes(key), bytes(block)))).toEqual(tdesEncrypt(bytes(key), bytes(block)));
    }
  }
});

test('what a reader encrypts is opened with the keys of the base key, for every counter', () => {
  for (const first of [1, 2, 3, 0x0f, 0x7fe, 0x1f_0000]) {
    const next = publishedTdesKeys(first);
    for (let card = 0; card < 2; card += 1) {
      const keys = next();
      const opened = tdesDukpt(BASE_KEY, bytes(keys.ksn));
      const clear = bytes('3B343736313733393030313031303031303D33303132'.padEnd(48, '0'));
      expect(Uint8Array.from(tdesCbcDecrypt(opened.data, keys.data(clear)))).toEqual(clear);
      const pin = tdesDecrypt(opened.pin, keys.pin('1234', '4761739001010010'));
      expect(pin.toString('hex').toUpperCase()).toBe('041223C6FFEFEFFE');
    }
  }
});

test('the serial number of the key goes up with every card', () => {
  const next = publishedTdesKeys();
  expect([next().ksn, next().ksn]).toEqual(['FFFF9876543210E00001', 'FFFF9876543210E00002']);
  // X9.24-1 leaves out counters with more than ten bits set.
  expect(publishedTdesKeys(0x7ff)().ksn).toBe('FFFF9876543210E00800');
});
