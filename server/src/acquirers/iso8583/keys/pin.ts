import { createDecipheriv } from 'node:crypto';
import { KeyError } from './key-error.ts';
import { tdesDecrypt, tdesEncrypt, xor } from './tdes.ts';

const AES_BLOCK = 16;
const PIN_MIN = 4;
const PIN_MAX = 12;

/** An ISO 9564 format 0 block under a reader's key, made over to the host's. Throws KeyError. */
export function translateFormat0(
  readerKey: Uint8Array,
  hostKey: Uint8Array,
  block: Uint8Array,
  cardNumber: string,
): Buffer {
  const clear = tdesDecrypt(readerKey, block);
  const field = xor(clear, accountField(cardNumber)).toString('hex');
  const size = Number.parseInt(field.charAt(1), 16);
  const [pin, filler] = [field.slice(2, 2 + size), field.slice(2 + size)];
  if (
    field.charAt(0) !== '0' ||
    size < PIN_MIN ||
    size > PIN_MAX ||
    !/^\d+$/.test(pin) ||
    !/^f*$/.test(filler)
  ) {
    throw new KeyError('bad-pin', 'what was decrypted is no PIN block of format 0 for this card');
  }
  return tdesEncrypt(hostKey, clear);
}

/** Format 0: the twelve digits before the check digit. */
const accountField = (cardNumber: string): Buffer =>
  Buffer.from(`0000${cardNumber.slice(-13, -1).padStart(12, '0')}`, 'hex');

/** An ISO 9564 format 4 block (AES) under a reader's key, as a format 0 block under the host's. Throws KeyError. */
export function translateFormat4(
  readerKey: Uint8Array,
  hostKey: Uint8Array,
  block: Uint8Array,
  cardNumber: string,
): Buffer {
  const account = `${Math.max(0, cardNumber.length - 12)}${cardNumber.padStart(12, '0')}`.padEnd(
    2 * AES_BLOCK,
    '0',
  );
  const outer = aesDecrypt(readerKey, block);
  const field = aesDecrypt(readerKey, xor(outer, Buffer.from(account, 'hex'))).toString('hex');
  const size = Number.parseInt(field.charAt(1), 16);
  const pin = field.slice(2, 2 + size);
  if (field.charAt(0) !== '4' || size < PIN_MIN || size > PIN_MAX || !/^\d+$/.test(pin)) {
    throw new KeyError('bad-pin', 'what was decrypted is no PIN block of format 4');
  }
  const control = `0${size.toString(16)}${pin}`.padEnd(16, 'f');
  return tdesEncrypt(hostKey, xor(Buffer.from(control, 'hex'), accountField(cardNumber)));
}

function aesDecrypt(key: Uint8Array, block: Uint8Array): Buffer {
  if (block.length !== AES_BLOCK) throw new KeyError('bad-pin', 'a PIN block of format 4 has 16 bytes');
  const decipher = createDecipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  return Buffer.concat([decipher.update(block), decipher.final()]);
}
