import { KeyError } from './key-error.ts';
import { desEncrypt, tdesEncrypt, xor } from './tdes.ts';

const KEY_BYTES = 16;
const KSN_BYTES = 10;
/** The lowest 21 bits of the serial number count transactions. */
const COUNTER_BITS = 21;
/** X9.24-1 skips counters with more one bits: so many derivation steps at most. */
const COUNTER_ONES_MAX = 10;

const KEY_MASK = Buffer.from('C0C0C0C000000000C0C0C0C000000000', 'hex');
const PIN_VARIANT = Buffer.from('00000000000000FF00000000000000FF', 'hex');
const MAC_VARIANT = Buffer.from('000000000000FF00000000000000FF00', 'hex');
const DATA_VARIANT = Buffer.from('0000000000FF00000000000000FF0000', 'hex');

/** The keys of one transaction of one reader. All two-key TDES, 16 bytes. */
export interface TdesDukptKeys {
  readonly initialKey: Buffer;
  readonly key: Buffer;
  readonly pin: Buffer;
  readonly mac: Buffer;
  /** Encrypts the track of the request. */
  readonly data: Buffer;
}

/** Keys of a transaction under a base derivation key (ANSI X9.24-1:2009, annex A). Throws KeyError. */
export function tdesDukpt(baseKey: Uint8Array, ksn: Uint8Array): TdesDukptKeys {
  if (baseKey.length !== KEY_BYTES) throw new KeyError('bad-size', 'a TDES base key has 16 bytes');
  if (ksn.length !== KSN_BYTES) throw new KeyError('bad-size', 'a TDES key serial number has 10 bytes');
  const initialKey = initialKeyOf(baseKey, ksn);
  const key = transactionKey(initialKey, ksn);
  const variant = xor(key, DATA_VARIANT);
  return {
    initialKey,
    key,
    pin: xor(key, PIN_VARIANT),
    mac: xor(key, MAC_VARIANT),
    data: Buffer.concat([
      tdesEncrypt(variant, variant.subarray(0, 8)),
      tdesEncrypt(variant, variant.subarray(8)),
    ]),
  };
}

function initialKeyOf(baseKey: Uint8Array, ksn: Uint8Array): Buffer {
  const id = Buffer.from(ksn.subarray(0, 8));
  id[7] = (id[7] ?? 0) & 0xe0;
  return Buffer.concat([tdesEncrypt(baseKey, id), tdesEncrypt(xor(baseKey, KEY_MASK), id)]);
}

function transactionKey(initialKey: Buffer, ksn: Uint8Array): Buffer {
  const register = Buffer.from(ksn.subarray(2));
  const counter = register.readUInt32BE(4) & 0x1f_ffff;
  if (counter === 0 || ones(counter) > COUNTER_ONES_MAX) {
    throw new KeyError('bad-counter', 'a transaction counter that X9.24 does not use');
  }
  register.writeUInt32BE((register.readUInt32BE(4) & ~0x1f_ffff) >>> 0, 4);
  let key = initialKey;
  for (let bit = 1 << (COUNTER_BITS - 1); bit > 0; bit >>= 1) {
    if ((counter & bit) === 0) continue;
    register.writeUInt32BE((register.readUInt32BE(4) | bit) >>> 0, 4);
    key = nextKey(key, register);
  }
  return key;
}

/** The one-way function: each half encrypts the register, the left one under a masked key. */
function nextKey(key: Buffer, register: Buffer): Buffer {
  return Buffer.concat([half(xor(key, KEY_MASK), register), half(key, register)]);
}

function half(key: Buffer, register: Buffer): Buffer {
  const [left, right] = [key.subarray(0, 8), key.subarray(8)];
  return xor(desEncrypt(left, xor(register, right)), right);
}

function ones(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
