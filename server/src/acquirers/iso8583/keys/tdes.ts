import { createCipheriv, createDecipheriv } from 'node:crypto';

export const DES_BLOCK = 8;

/** TDES with a key of two halves (K1 K2 K1), or single DES when both halves are equal; whole blocks, no padding. */
export function tdesEncrypt(key: Uint8Array, blocks: Uint8Array): Buffer<ArrayBuffer> {
  const cipher = createCipheriv('des-ede-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

export function tdesDecrypt(key: Uint8Array, blocks: Uint8Array): Buffer<ArrayBuffer> {
  const cipher = createDecipheriv('des-ede-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

export function tdesCbcEncrypt(key: Uint8Array, blocks: Uint8Array): Buffer<ArrayBuffer> {
  const cipher = createCipheriv('des-ede-cbc', key, Buffer.alloc(DES_BLOCK)).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

export function tdesCbcDecrypt(key: Uint8Array, blocks: Uint8Array): Buffer<ArrayBuffer> {
  const cipher = createDecipheriv('des-ede-cbc', key, Buffer.alloc(DES_BLOCK)).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

/** Single DES: OpenSSL 3 has it only as TDES with the same key twice. */
export const desEncrypt = (key: Uint8Array, blocks: Uint8Array): Buffer<ArrayBuffer> =>
  tdesEncrypt(Buffer.concat([key, key]), blocks);

export function xor(a: Uint8Array, b: Uint8Array): Buffer<ArrayBuffer> {
  const out = Buffer.alloc(a.length);
  for (let index = 0; index < a.length; index += 1) out[index] = (a[index] ?? 0) ^ (b[index] ?? 0);
  return out;
}
