import { createCipheriv } from 'node:crypto';
import { KeyError } from './key-error.ts';

const KEY_SIZES = [16, 24, 32];
const KSN_BYTES = 12;
const BLOCK = 16;
/** X9.24-3 skips counters with more one bits. */
const COUNTER_ONES_MAX = 16;

/** What a derived key is for (X9.24-3, table 2). */
export const AES_USAGES = {
  pin: 0x1000,
  macGenerate: 0x2000,
  macVerify: 0x2001,
  macBoth: 0x2002,
  dataEncrypt: 0x3000,
  dataDecrypt: 0x3001,
  dataBoth: 0x3002,
} as const;
export type AesUsage = keyof typeof AES_USAGES;

const DERIVATION = 0x8000;
const INITIAL = 0x8001;
/** Algorithm of the derived key, by its bytes. */
const ALGORITHMS: Readonly<Record<number, number>> = { 16: 0x0002, 24: 0x0003, 32: 0x0004 };

export interface AesDukptKeys {
  readonly initialKey: Buffer;
  /** The derivation key of this transaction; it encrypts nothing itself. */
  readonly key: Buffer;
  /** A working key of this transaction, of the size of the base key. */
  working(usage: AesUsage): Buffer;
}

/** Keys of a transaction under a base derivation key (ANSI X9.24-3:2017). `ksn`: key id 8 + counter 4. Throws KeyError. */
export function aesDukpt(baseKey: Uint8Array, ksn: Uint8Array): AesDukptKeys {
  if (!KEY_SIZES.includes(baseKey.length))
    throw new KeyError('bad-size', 'an AES base key has 16, 24 or 32 bytes');
  if (ksn.length !== KSN_BYTES) throw new KeyError('bad-size', 'an AES key serial number has 12 bytes');
  const id = ksn.subarray(0, 8);
  const counter = Buffer.from(ksn.subarray(8)).readUInt32BE(0);
  if (counter === 0 || ones(counter) > COUNTER_ONES_MAX) {
    throw new KeyError('bad-counter', 'a transaction counter that X9.24 does not use');
  }
  const size = baseKey.length;
  const initialKey = derived(baseKey, derivationData(INITIAL, size, id));
  let key = initialKey;
  let working = 0;
  for (let bit = 0x8000_0000; bit > 0; bit = Math.floor(bit / 2)) {
    if ((counter & bit) >>> 0 === 0) continue;
    working = (working | bit) >>> 0;
    key = derived(key, counted(DERIVATION, size, id, working));
  }
  const last = key;
  return {
    initialKey,
    key: last,
    working: (usage) => derived(last, counted(AES_USAGES[usage], size, id, counter)),
  };
}

/** `01 counter usage algorithm bits`, then the key id for the initial key, or its right half and the counter. */
function derivationData(usage: number, size: number, tail: Uint8Array): Buffer {
  const data = Buffer.alloc(BLOCK);
  data[0] = 0x01;
  data[1] = 0x01;
  data.writeUInt16BE(usage, 2);
  data.writeUInt16BE(ALGORITHMS[size] ?? 0, 4);
  data.writeUInt16BE(size * 8, 6);
  data.set(tail, 8);
  return data;
}

function counted(usage: number, size: number, id: Uint8Array, counter: number): Buffer {
  const tail = Buffer.alloc(8);
  tail.set(id.subarray(4), 0);
  tail.writeUInt32BE(counter, 4);
  return derivationData(usage, size, tail);
}

function derived(key: Uint8Array, data: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let block = 1; (block - 1) * BLOCK < key.length; block += 1) {
    data[1] = block;
    const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
    blocks.push(cipher.update(data));
  }
  return Buffer.concat(blocks).subarray(0, key.length);
}

function ones(value: number): number {
  let count = 0;
  for (let rest = value >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count += 1;
  return count;
}
