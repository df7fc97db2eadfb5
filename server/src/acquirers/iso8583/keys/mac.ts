import { createCipheriv, timingSafeEqual } from 'node:crypto';
import { DES_BLOCK, tdesCbcEncrypt, tdesEncrypt, xor } from './tdes.ts';

const AES_BLOCK = 16;
/** Of both kinds, eight bytes travel in field 64. */
export const MAC_BYTES = 8;

/** How a host wants its messages sealed. */
export type MacKind = 'x9.19' | 'aes-cmac';

/** The eight bytes of field 64 over everything before it. `key` has 16 bytes. */
export function macOf(kind: MacKind, key: Uint8Array, message: Uint8Array): Buffer<ArrayBuffer> {
  return kind === 'x9.19'
    ? retailMac(key, message)
    : Buffer.from(aesCmac(key, message).subarray(0, MAC_BYTES));
}

/** Whether two MACs are the same, without telling by time where they differ. */
export const sameMac = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

/**
 * ANSI X9.19 (ISO/IEC 9797-1 algorithm 3, padding method 1): DES-CBC with the left half of the key, the last block then
 * through TDES with both halves. Zero-padded to whole blocks; an empty message is one block of zeros.
 */
export function retailMac(key: Uint8Array, message: Uint8Array): Buffer<ArrayBuffer> {
  const blocks = Math.max(1, Math.ceil(message.length / DES_BLOCK));
  const padded = Buffer.alloc(blocks * DES_BLOCK);
  padded.set(message);
  const head = padded.subarray(0, -DES_BLOCK);
  const left = key.subarray(0, DES_BLOCK);
  const chained =
    head.length === 0
      ? Buffer.alloc(DES_BLOCK)
      : tdesCbcEncrypt(Buffer.concat([left, left]), head).subarray(-DES_BLOCK);
  return tdesEncrypt(key, xor(padded.subarray(-DES_BLOCK), chained));
}

/** AES-CMAC (RFC 4493), all 16 bytes. */
export function aesCmac(key: Uint8Array, message: Uint8Array): Buffer<ArrayBuffer> {
  const first = doubled(aesCbc(key, Buffer.alloc(AES_BLOCK)));
  const blocks = Math.max(1, Math.ceil(message.length / AES_BLOCK));
  const padded = Buffer.alloc(blocks * AES_BLOCK);
  padded.set(message);
  const whole = message.length === padded.length;
  if (!whole) padded[message.length] = 0x80;
  const mask = whole ? first : doubled(first);
  const last = padded.subarray(-AES_BLOCK);
  last.set(xor(last, mask));
  return Buffer.from(aesCbc(key, padded).subarray(-AES_BLOCK));
}

function aesCbc(key: Uint8Array, blocks: Uint8Array): Buffer<ArrayBuffer> {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(AES_BLOCK)).setAutoPadding(
    false,
  );
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

/** Multiplication by x in GF(2^128). */
function doubled(block: Uint8Array): Buffer<ArrayBuffer> {
  const out = Buffer.alloc(AES_BLOCK);
  let carry = 0;
  for (let index = AES_BLOCK - 1; index >= 0; index -= 1) {
    const byte = block[index] ?? 0;
    out[index] = (byte << 1) | carry;
    carry = byte >> 7;
  }
  if (carry !== 0) out[AES_BLOCK - 1] = (out[AES_BLOCK - 1] ?? 0) ^ 0x87;
  return out;
}
