import { createCipheriv, createDecipheriv } from 'node:crypto';

/** How field 64 is made (PROFILE.md 3). */
export type MacAlgorithm = 'x9.19' | 'aes-cmac';

const BLOCK = 8;
const AES_BLOCK = 16;
/** The constant of RFC 4493 for a doubling that overflows. */
const CMAC_RB = 0x87;

/** Three-key form of an 8 or 16 byte DES key. */
function tripleKey(key: Uint8Array): Buffer {
  const bytes = Buffer.from(key);
  return key.length === BLOCK
    ? Buffer.concat([bytes, bytes, bytes])
    : Buffer.concat([bytes, bytes.subarray(0, BLOCK)]);
}

/** DES or TDES in ECB mode without padding; `data` is whole blocks. */
export function desEncrypt(key: Uint8Array, data: Uint8Array): Buffer {
  const cipher = createCipheriv('des-ede3', tripleKey(key), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

export function desDecrypt(key: Uint8Array, data: Uint8Array): Buffer {
  const cipher = createDecipheriv('des-ede3', tripleKey(key), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

function aesBlock(key: Uint8Array, block: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

export function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

/** First four bytes over a block of zeros: proves that both sides hold the same key. */
export function checkValue(key: Uint8Array, kind: 'tdes' | 'aes'): Buffer {
  const whole =
    kind === 'aes' ? aesBlock(key, Buffer.alloc(AES_BLOCK)) : desEncrypt(key, Buffer.alloc(BLOCK));
  return whole.subarray(0, 4);
}

/** ANSI X9.19 retail MAC with a 16 byte key, zero padding, 8 bytes. */
export function retailMac(key: Uint8Array, data: Uint8Array): Buffer {
  const left = key.subarray(0, BLOCK);
  const padded = Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
  let value: Buffer = Buffer.alloc(BLOCK);
  for (let at = 0; at < padded.length; at += BLOCK) {
    value = desEncrypt(left, xor(value, padded.subarray(at, at + BLOCK)));
  }
  return desEncrypt(left, desDecrypt(key.subarray(BLOCK), value));
}

function double(block: Uint8Array): Buffer {
  const out = Buffer.alloc(AES_BLOCK);
  let carry = 0;
  for (let index = AES_BLOCK - 1; index >= 0; index -= 1) {
    const byte = block[index] ?? 0;
    out[index] = ((byte << 1) & 0xff) | carry;
    carry = byte >> 7;
  }
  if (carry === 1) out[AES_BLOCK - 1] = (out[AES_BLOCK - 1] ?? 0) ^ CMAC_RB;
  return out;
}

/** AES-CMAC (RFC 4493), all 16 bytes. */
export function aesCmac(key: Uint8Array, data: Uint8Array): Buffer {
  const first = double(aesBlock(key, Buffer.alloc(AES_BLOCK)));
  const blocks = Math.max(1, Math.ceil(data.length / AES_BLOCK));
  const tail = data.subarray((blocks - 1) * AES_BLOCK);
  const whole = tail.length === AES_BLOCK;
  const padded = Buffer.alloc(AES_BLOCK);
  padded.set(tail);
  if (!whole) padded[tail.length] = 0x80;
  let value: Buffer = Buffer.alloc(AES_BLOCK);
  for (let index = 0; index < blocks - 1; index += 1) {
    value = aesBlock(key, xor(value, data.subarray(index * AES_BLOCK, (index + 1) * AES_BLOCK)));
  }
  return aesBlock(key, xor(value, xor(padded, whole ? first : double(first))));
}

/** Field 64 over MTI to field 63. */
export function messageMac(algorithm: MacAlgorithm, key: Uint8Array, mab: Uint8Array): Buffer {
  return algorithm === 'x9.19' ? retailMac(key, mab) : aesCmac(key, mab).subarray(0, BLOCK);
}
