import { desBlock, tdesBlock, tdesCbc } from './des.ts';

/** The keys of one transaction inside a reader. They encrypt; nothing here can open what they made. */
export interface TransactionKeys {
  readonly scheme: 'dukpt-tdes' | 'dukpt-aes';
  /** Key serial number, upper-case hex. */
  readonly ksn: string;
  readonly blockBytes: 8 | 16;
  /** Whole blocks, chained from zeros. */
  data(clear: Uint8Array): Uint8Array<ArrayBuffer>;
  /** The PIN of a card number, ISO 9564 format 0 for TDES. */
  pin(pin: string, cardNumber: string): Uint8Array<ArrayBuffer>;
  /** The last block of the data, chained under the MAC key. */
  mac(data: Uint8Array): Uint8Array<ArrayBuffer>;
}

/** What a simulated reader encrypts with: a new key for every card. */
export type ReaderKeys = () => TransactionKeys;

const BYTES = 8;
const COUNTER_BITS = 21;
const ONES_MAX = 10;
/** Initial key and key set of the published test key of ANSI X9.24-1, annex A. */
const TEST_INITIAL_KEY = '6AC292FAA1315B4D858AB3A3D7D5933A';
const TEST_KEY_SET = 'FFFF9876543210E00000';
const HALF_MASK = 'C0C0C0C000000000C0C0C0C000000000';
const VARIANTS = {
  pin: '00000000000000FF00000000000000FF',
  mac: '000000000000FF00000000000000FF00',
  data: '0000000000FF00000000000000FF0000',
} as const;

/** TDES DUKPT with the published test key of ANSI X9.24-1. A demo server is set up for it; no acquirer may be. */
export function publishedTdesKeys(firstCounter = 1): ReaderKeys {
  let counter = firstCounter - 1;
  return () => {
    do counter += 1;
    while (ones(counter) > ONES_MAX);
    return transaction(bytesOf(TEST_INITIAL_KEY), serialNumber(counter));
  };
}

function transaction(initialKey: Uint8Array, serial: Uint8Array): TransactionKeys {
  const key = derived(initialKey, serial);
  const variant = mixed(key, bytesOf(VARIANTS.data));
  const data = Uint8Array.from([
    ...tdesBlock(variant, variant.subarray(0, BYTES)),
    ...tdesBlock(variant, variant.subarray(BYTES)),
  ]);
  return {
    scheme: 'dukpt-tdes',
    ksn: hexOf(serial),
    blockBytes: BYTES,
    data: (clear) => tdesCbc(data, clear),
    pin: (pin, cardNumber) => tdesBlock(mixed(key, bytesOf(VARIANTS.pin)), pinField(pin, cardNumber)),
    mac: (given) => tdesCbc(mixed(key, bytesOf(VARIANTS.mac)), padded(given, BYTES)).slice(-BYTES),
  };
}

/** ISO 9564-1, format 0. */
function pinField(pin: string, cardNumber: string): Uint8Array {
  const field = `0${pin.length.toString(16)}${pin}`.padEnd(16, 'f');
  return mixed(bytesOf(field), bytesOf(`0000${cardNumber.slice(-13, -1)}`));
}

function serialNumber(counter: number): Uint8Array {
  const serial = bytesOf(TEST_KEY_SET);
  const view = new DataView(serial.buffer);
  view.setUint32(6, (view.getUint32(6) | counter) >>> 0);
  return serial;
}

/** X9.24-1: for every bit of the counter that is set, from the highest, the key is made one-way into the next. */
function derived(initialKey: Uint8Array, serial: Uint8Array): Uint8Array {
  const register = serial.slice(2);
  const view = new DataView(register.buffer);
  const counter = view.getUint32(4) & ((1 << COUNTER_BITS) - 1);
  view.setUint32(4, (view.getUint32(4) & ~((1 << COUNTER_BITS) - 1)) >>> 0);
  let key = initialKey;
  for (let bit = COUNTER_BITS - 1; bit >= 0; bit -= 1) {
    if ((counter & (1 << bit)) === 0) continue;
    view.setUint32(4, (view.getUint32(4) | (1 << bit)) >>> 0);
    const masked = mixed(key, bytesOf(HALF_MASK));
    key = Uint8Array.from([...half(masked, register), ...half(key, register)]);
  }
  return key;
}

function half(key: Uint8Array, register: Uint8Array): Uint8Array {
  const [left, right] = [key.subarray(0, BYTES), key.subarray(BYTES)];
  return mixed(desBlock(left, mixed(register, right)), right);
}

/** Zeros up to whole blocks. */
export function padded(bytes: Uint8Array, block: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(Math.ceil(bytes.length / block) * block);
  whole.set(bytes);
  return whole;
}

const mixed = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, at) => byte ^ (b[at] ?? 0));
const ones = (value: number): number => value.toString(2).replaceAll('0', '').length;
const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
