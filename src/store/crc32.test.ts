import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('the check value of the standard comes out', () => {
  expect(crc32(bytes('123456789'))).toBe(0xcbf43926);
  expect(crc32(bytes(''))).toBe(0);
});

test('a sum carried on over two parts is the sum of the whole', () => {
  const whole = bytes('one durable sale, kept twice');
  for (let cut = 0; cut <= whole.length; cut += 1) {
    expect(crc32(whole.subarray(cut), crc32(whole.subarray(0, cut)))).toBe(crc32(whole));
  }
});
