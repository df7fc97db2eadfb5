import { type CardData, HOST_TAGS } from '../../../domain/card-data.ts';
import { holdsCardNumber } from '../../codecs/card-scan/card-scan.ts';
import { holdsClearTrack, isMasked, maskedTrack, shownNumber } from '../../codecs/msr/masked-track.ts';
import { readSecureMag } from '../../codecs/msr-securemag/reading.ts';
import type { Neo2Object } from '../../codecs/neo2/objects.ts';
import { type Neo2Result, readNeo2Result } from '../../codecs/neo2/result.ts';
import { encodeTlv } from '../../codecs/tlv/encode-tlv.ts';
import { CARD_TAGS, holdsCardData } from '../../dialogue/guard.ts';
import { upperHex } from '../../dialogue/hex.ts';

/** What became of a card's data. */
export type Neo2Card =
  | {
      readonly kind: 'card';
      readonly card: CardData;
      readonly serviceCode?: string;
      readonly keyId: string;
      /** 9F27: what the chip asks for or has decided. */
      readonly decision?: 'online' | 'approved' | 'declined';
    }
  /** Not encrypted, without a key, or in a way that nothing behind the page opens: nothing of it may be used. */
  | { readonly kind: 'unfit'; readonly reason: 'not-encrypted' | 'no-key' | 'unsupported' }
  | { readonly kind: 'unreadable' };

const TRACK_2 = 0x57;
const MASKED_TRACK_2 = 0xdfef5d;
const MASKED_NUMBER = 0xdfef5b;
const ENTRY_MODE = 0x9f39;
const SEQUENCE = 0x5f34;
const PIN_BLOCK = 0x99;
const PIN_KSN = 0xdfee51;
const CRYPTOGRAM_KIND = 0x9f27;
const FALLBACK = 0x80;
const BLOCK = 8;
const KSN_BYTES = { 'dukpt-tdes': 10, 'dukpt-aes': 12 } as const;
const KEY_ID_DIGITS = { 'dukpt-tdes': 10, 'dukpt-aes': 8 } as const;
/** Serial numbers of keys, frames of their own, status: not objects that could hold a card in clear. */
const OPAQUE: ReadonlySet<number> = new Set([0xdfee12, 0xdfee23, 0xdfee26, PIN_KSN, 0xffee1f]);
const DECISIONS = { 128: 'online', 64: 'approved', 0: 'declined' } as const;

/** Takes the data of an answer apart (02-40, 03-40). Everything in the answer is a copy. */
export function cardOf(data: Uint8Array): Neo2Card {
  const result = readNeo2Result(data);
  if (result === undefined) return holdsClearTrack(data) ? UNENCRYPTED : { kind: 'unreadable' };
  if (isClear(result)) return UNENCRYPTED;
  return result.stripe.length > 0 ? stripeOf(result) : chipOf(result);
}

const UNENCRYPTED: Neo2Card = { kind: 'unfit', reason: 'not-encrypted' };

/**
 * Card data that is neither masked nor encrypted. Units differ in how they mark ciphertext, so it is looked at: whole blocks
 * that read neither as a number nor as text.
 */
function isClear({ ksn, stripe, objects }: Neo2Result): boolean {
  const isCard = ({ tag }: Neo2Object): boolean =>
    CARD_TAGS.has(tag) || tag === MASKED_TRACK_2 || tag === MASKED_NUMBER;
  const card = objects.filter(isCard);
  if (card.length > 0 && ksn.length === 0 && stripe.length === 0) return true;
  return (
    card.some(isOpen) ||
    holdsCardData(
      objects.filter((each) => !isCard(each)),
      OPAQUE,
    )
  );
}

function isOpen({ tag, attribute, value }: Neo2Object): boolean {
  if (value.length === 0 || attribute === 'encrypted') return false;
  if (attribute === 'masked' || tag === MASKED_TRACK_2 || tag === MASKED_NUMBER) {
    return holdsCardNumber(value) || !isMasked(digitsOf(value).split('=')[0] ?? '');
  }
  const isText = value.every((byte) => byte >= 0x20 && byte < 0x7f);
  return value.length % BLOCK !== 0 || isText || holdsCardNumber(value);
}

/** Packed digits as text: masks are the nibble C, or stars. */
function digitsOf(value: Uint8Array): string {
  const isText = value.every((byte) => byte >= 0x20 && byte < 0x7f);
  const text = isText ? String.fromCharCode(...value) : upperHex(value);
  return text.replaceAll('C', '*').replace('D', '=').replace(/F+$/, '').replace(/^;/, '');
}

function chipOf({ attribution, ksn, objects }: Neo2Result): Neo2Card {
  const scheme = attribution.cipher === 'aes' ? 'dukpt-aes' : 'dukpt-tdes';
  const isKnown = attribution.cipher !== 'unknown' && attribution.read !== 'unknown';
  // AES under a serial number of ten bytes is the maker's own: no base key opens it.
  if (!isKnown || ksn.length !== KSN_BYTES[scheme]) return { kind: 'unfit', reason: 'unsupported' };
  if (ksn.every((byte) => byte === 0x00) || ksn.every((byte) => byte === 0xff))
    return { kind: 'unfit', reason: 'no-key' };
  const of = (tag: number): readonly Neo2Object[] => objects.filter((each) => each.tag === tag);
  const value = (tag: number): Uint8Array | undefined => of(tag)[0]?.value;
  const track = (
    of(TRACK_2).find(({ attribute }) => attribute === 'encrypted') ??
    of(TRACK_2).find(({ attribute }) => attribute === 'plain')
  )?.value;
  if (track === undefined) return { kind: 'unreadable' };
  const shown = of(TRACK_2).find(({ attribute }) => attribute === 'masked')?.value ?? value(MASKED_TRACK_2);
  const masked = maskedTrack(`;${shown === undefined ? '' : digitsOf(shown)}`);
  const number = masked === undefined ? '' : shownNumber(masked.number);
  const sequence = value(SEQUENCE);
  const [block, pinKsn] = [value(PIN_BLOCK), value(PIN_KSN)];
  const emv = upperHex(
    encodeTlv(objects.filter(({ tag, attribute }) => HOST_TAGS.has(tag) && attribute === 'plain')),
  );
  const decision = DECISIONS[((value(CRYPTOGRAM_KIND)?.[0] ?? 0x80) & 0xc0) as keyof typeof DECISIONS];
  return {
    kind: 'card',
    card: {
      entry: attribution.read === 'contact' ? 'chip' : 'contactless',
      scheme,
      ksn: upperHex(ksn),
      layout: 'neo2-tag',
      track: upperHex(track),
      ...(emv === '' ? {} : { emv }),
      ...(block === undefined || pinKsn === undefined
        ? {}
        : { pin: { ksn: upperHex(pinKsn), block: upperHex(block) } }),
      ...(sequence?.length === 1 ? { sequence: upperHex(sequence).padStart(3, '0') } : {}),
      ...(number === '' ? {} : { masked: number }),
    },
    keyId: upperHex(ksn).slice(0, KEY_ID_DIGITS[scheme]),
    ...(decision === undefined ? {} : { decision }),
  };
}

/** A stripe comes in the frame of the maker's swipe readers, with a serial number of its own. */
function stripeOf({ stripe, objects }: Neo2Result): Neo2Card {
  const reading = readSecureMag(stripe);
  if (reading.kind === 'unreadable') return { kind: 'unreadable' };
  if (reading.kind === 'refused') return { kind: 'unfit', reason: reading.reason };
  const { ksn, track, layout, masked, serviceCode } = reading.swipe;
  const isFallback = objects.find(({ tag }) => tag === ENTRY_MODE)?.value[0] === FALLBACK;
  return {
    kind: 'card',
    card: {
      entry: isFallback ? 'fallback' : 'swipe',
      scheme: 'dukpt-tdes',
      ksn: upperHex(ksn),
      layout,
      track: upperHex(track),
      ...(masked === undefined ? {} : { masked }),
    },
    keyId: upperHex(ksn).slice(0, KEY_ID_DIGITS['dukpt-tdes']),
    ...(serviceCode === undefined ? {} : { serviceCode }),
  };
}

/** Copies out one object's value as upper-case hex. */
export const objectOf = (data: Uint8Array, tag: number): string | undefined => {
  const value = readNeo2Result(data)?.objects.find((each) => each.tag === tag)?.value;
  return value === undefined ? undefined : upperHex(value);
};

/** Whether the answer is about a contact card: only then is a failure the chip's. */
export const readBy = (data: Uint8Array): Neo2Result['attribution']['read'] | undefined =>
  readNeo2Result(data)?.attribution.read;
