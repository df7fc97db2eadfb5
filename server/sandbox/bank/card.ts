import { desDecrypt, desEncrypt, xor } from './crypto.ts';

/** What the host needs of a card for one request; never kept. */
export interface Card {
  readonly pan: string;
  /** YYMM, '' when unknown. */
  readonly expiry: string;
  /** Three digits of the track, '' when there was none. */
  readonly service: string;
  /** CUP, VIS, MCC, JCB. */
  readonly brand: string;
}

const TRACK_BLOCK = 8;

/** Puts the encrypted block of a track back (PROFILE.md 6). `nibbles` are whole bytes as hex. */
export function clearTrack(nibbles: string, dataKey: Uint8Array): string | undefined {
  const bytes = Buffer.from(nibbles, 'hex');
  const end = bytes.length - 1;
  if (end < TRACK_BLOCK) return undefined;
  const block = desDecrypt(dataKey, bytes.subarray(end - TRACK_BLOCK, end));
  return Buffer.concat([bytes.subarray(0, end - TRACK_BLOCK), block, bytes.subarray(end)])
    .toString('hex')
    .toUpperCase();
}

/** Finds the card in the fields; undefined when there is none, 'bad' when it cannot be one. */
export function readCard(
  fields: ReadonlyMap<number, string>,
  dataKey: Uint8Array,
  tags: ReadonlyMap<string, string>,
): Card | 'bad' | undefined {
  const track = fields.get(35);
  if (track !== undefined) {
    const clear = fields.get(53)?.[2] === '1' ? clearTrack(track, dataKey) : undefined;
    return clear === undefined ? 'bad' : fromTrack(clear);
  }
  const pan = fields.get(2) ?? tags.get('5A')?.replace(/F+$/, '');
  if (pan !== undefined) return cardOf(pan, fields.get(14) ?? '', '');
  const equivalent = tags.get('57');
  return equivalent === undefined ? undefined : fromTrack(equivalent);
}

function fromTrack(track: string): Card | 'bad' {
  const [, pan = '', expiry = '', service = ''] = /^(\d{12,19})D(\d{4})(\d{3})/.exec(track) ?? [];
  return pan === '' ? 'bad' : cardOf(pan, expiry, service);
}

function cardOf(pan: string, expiry: string, service: string): Card | 'bad' {
  if (!/^\d{12,19}$/.test(pan)) return 'bad';
  const brand = pan.startsWith('4')
    ? 'VIS'
    : /^5[1-5]/.test(pan)
      ? 'MCC'
      : pan.startsWith('35')
        ? 'JCB'
        : 'CUP';
  return { pan, expiry, service, brand };
}

export function luhn(pan: string): boolean {
  let sum = 0;
  for (let index = 0; index < pan.length; index += 1) {
    const digit = Number(pan[pan.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The PIN in an ISO-0 block, or undefined for a block that is not one for this card. */
export function pinOf(block: string, pinKey: Uint8Array, pan: string): string | undefined {
  const account = Buffer.from(`0000${pan.slice(-13, -1).padStart(12, '0')}`, 'hex');
  const clear = xor(desDecrypt(pinKey, Buffer.from(block, 'hex')), account)
    .toString('hex')
    .toUpperCase();
  const length = Number.parseInt(clear[1] ?? '', 16);
  const pin = clear.slice(2, 2 + length);
  const shape = clear[0] === '0' && length >= 4 && length <= 12 && /^\d+$/.test(pin);
  return shape && /^F*$/.test(clear.slice(2 + length)) ? pin : undefined;
}

/** First-level tags of field 55; undefined when the bytes are no TLV. */
export function readTags(hex: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  let at = 0;
  while (at < hex.length) {
    const start = at;
    const first = Number.parseInt(hex.slice(at, at + 2), 16);
    at += 2;
    if ((first & 0x1f) === 0x1f) {
      while (Number.parseInt(hex.slice(at, at + 2), 16) >= 0x80) at += 2;
      at += 2;
    }
    const tag = hex.slice(start, at);
    let length = Number.parseInt(hex.slice(at, at + 2), 16);
    at += 2;
    if (length === 0x81) {
      length = Number.parseInt(hex.slice(at, at + 2), 16);
      at += 2;
    }
    const value = hex.slice(at, at + length * 2);
    if (!(length <= 0xff) || value.length !== length * 2) return undefined;
    tags.set(tag, value);
    at += length * 2;
  }
  return tags;
}

/** Issuer scripts that a rule can ask for: unblock the application (PROFILE.md 7). */
const SCRIPT = '720F9F1804000000018606842400000000';

/** Field 55 of an answer: tag 91 with ARPC and ARC, then perhaps a script. */
export function issuerAnswer(
  tags: ReadonlyMap<string, string>,
  code: string,
  issuerKey: Uint8Array,
  scripts: boolean,
): string | undefined {
  const cryptogram = tags.get('9F26');
  if (cryptogram === undefined || cryptogram.length !== 16) return undefined;
  const arc = Buffer.from(code, 'latin1');
  const arpc = desEncrypt(
    issuerKey,
    xor(Buffer.from(cryptogram, 'hex'), Buffer.concat([arc, Buffer.alloc(6)])),
  );
  return `910A${Buffer.concat([arpc, arc]).toString('hex').toUpperCase()}${scripts ? SCRIPT : ''}`;
}
