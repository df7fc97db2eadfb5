import { expect, test } from 'vitest';
import { fromBase64url, fromHex, toBase64url } from './bytes.ts';
import type { MerchantId, SaleId } from './ids.ts';
import { type Epoch, newCode, newEpoch, newSaleId, receiptNumber, type TillId } from './ids.ts';
import { minor } from './money.ts';
import { receiptLink, receiptToken } from './receipt-link.ts';

const counting = { bytes: (length: number) => Uint8Array.from({ length }, (_, index) => index * 7) };

test('ids are 128 bits in hex, codes have no letter that looks like a digit', () => {
  expect(newSaleId(counting)).toMatch(/^[0-9a-f]{32}$/);
  expect(newEpoch(counting)).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
  expect(newCode({ bytes: (length) => new Uint8Array(length).fill(255) }, 3)).toBe('ZZZ');
});

test('a receipt number says where the sale stands and grows beyond six digits', () => {
  expect(receiptNumber('01' as TillId, 'ABC123' as Epoch, 42)).toBe('01-ABC123-000042');
  expect(receiptNumber('01' as TillId, 'ABC123' as Epoch, 1_234_567)).toBe('01-ABC123-1234567');
});

test('base64url and hex go there and back, and refuse what they are not', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
  expect(toBase64url(bytes)).not.toMatch(/[+/=]/);
  expect(() => fromBase64url('a+b=')).toThrow(SyntaxError);
  expect(() => fromBase64url('a')).toThrow(SyntaxError);
  expect(() => fromHex('abc')).toThrow(SyntaxError);
  expect(() => fromHex('zz')).toThrow(SyntaxError);
});

test('the link on the paper carries a secret of 128 bits, and its proof where no server sees it', () => {
  const hash = 'ab'.repeat(32);
  const sale = { saleId: 'a'.repeat(32) as SaleId, total: minor(1250) };
  const record = { till: '01' as TillId, head: { epoch: 'ABC123' as Epoch, seq: 7, hash }, sig: 'SIG', sale };
  const link = new URL(receiptLink('https://shop.example', 'm-0123456789' as MerchantId, record));
  expect(link.pathname).toBe(`/r/m-0123456789/01-ABC123-000007/${receiptToken(hash)}`);
  expect(receiptToken(hash)).toHaveLength(22);
  expect(link.hash).toBe('#1250.SIG');
});
