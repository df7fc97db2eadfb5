import { parseTlv } from '../../../../../src/devices/codecs/tlv/ber-tlv.ts';
import { TlvError } from '../../../../../src/devices/codecs/tlv/tlv-error.ts';
import { KeyError } from './key-error.ts';
import { DES_BLOCK, tdesEncrypt } from './tdes.ts';

/** Track 2 of ISO/IEC 7813 without sentinels, `=` as D: a card number, a separator, expiry, service code and more. */
const TRACK = /^(\d{12,19})D\d{4}[\dD]*$/;
const TRACK_DIGITS_MAX = 37;
const TRACK_TAG = 0x57;
/** Shorter tracks have no eight bytes to encrypt. */
const BYTES_MIN = DES_BLOCK + 1;

/** A decrypted track. It never leaves the key module. */
export interface ClearTrack {
  readonly digits: string;
  readonly cardNumber: string;
}

/**
 * Finds the track in what a reader encrypted: text with or without sentinels (`;…=…?`), packed nibbles, or a whole data
 * object 57, each padded to full blocks. Throws KeyError.
 */
export function clearTrack(bytes: Uint8Array): ClearTrack {
  for (const digits of [
    fromText(bytes),
    fromObject(bytes),
    fromNibbles(Buffer.from(bytes).toString('hex')),
  ]) {
    const cardNumber = TRACK.exec(digits)?.[1];
    if (cardNumber !== undefined && digits.length <= TRACK_DIGITS_MAX) return { digits, cardNumber };
  }
  throw new KeyError('bad-track', 'what was decrypted is no track 2');
}

/** Finds track 2 among the tracks that a reader encrypted as one text: `%…?;…=…?`. Throws KeyError. */
export function trackAmong(bytes: Uint8Array): ClearTrack {
  const text = Buffer.from(bytes).toString('latin1');
  const track = /;\d+=[\d=]*\??/.exec(text)?.[0];
  if (track === undefined) throw new KeyError('bad-track', 'what was decrypted holds no track 2');
  return clearTrack(Buffer.from(track, 'latin1'));
}

function fromText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return (/^;?(\d+[=D][\d=D]*)/.exec(text)?.[1] ?? '').replaceAll('=', 'D');
}

function fromObject(bytes: Uint8Array): string {
  if (bytes[0] !== TRACK_TAG) return '';
  try {
    const [object] = parseTlv(bytes);
    return object === undefined ? '' : fromNibbles(Buffer.from(object.value).toString('hex'));
  } catch (error) {
    if (error instanceof TlvError) return '';
    throw error;
  }
}

/** Up to the end mark F; without one, zeros beyond the longest track are padding. */
function fromNibbles(hex: string): string {
  const [digits = ''] = hex.toUpperCase().split('F', 1);
  return /^0*$/.test(digits.slice(TRACK_DIGITS_MAX)) ? digits.slice(0, TRACK_DIGITS_MAX) : digits;
}

/**
 * The track as field 35 carries it: nibbles padded to whole bytes, of which the eight bytes that end before the last one
 * are encrypted under the terminal's data key. As many nibbles as before. Throws KeyError.
 */
export function sealedTrack(dataKey: Uint8Array, digits: string): string {
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  if (bytes.length < BYTES_MIN) throw new KeyError('bad-track', 'a track too short to be sealed');
  const from = bytes.length - BYTES_MIN;
  bytes.set(tdesEncrypt(dataKey, bytes.subarray(from, from + DES_BLOCK)), from);
  return bytes.toString('hex').toUpperCase().slice(0, digits.length);
}

/** `476173******0119`: what a slip may show. */
export const maskedNumber = (cardNumber: string): string =>
  `${cardNumber.slice(0, 6)}${'*'.repeat(Math.max(4, cardNumber.length - 10))}${cardNumber.slice(-4)}`;
