import type { CardData } from '../../../domain/card-data.ts';
import { holdsCardNumber } from '../../codecs/card-scan/card-scan.ts';
import { type MmsArqc, readMmsArqc } from '../../codecs/mms/arqc.ts';
import { isMasked, maskedTrack, serviceCodeOf, shownNumber } from '../../codecs/msr/masked-track.ts';
import { holdsCardData } from '../../dialogue/guard.ts';
import { upperHex } from '../../dialogue/hex.ts';

/** What became of a card's request. */
export type MmsCard =
  | {
      readonly kind: 'card';
      readonly card: CardData;
      readonly serial: Uint8Array;
      readonly serviceCode?: string;
      readonly keyId: string;
    }
  /** The reader is not set up to encrypt: nothing of it may be used. */
  | { readonly kind: 'unfit'; readonly reason: 'not-encrypted' | 'no-key' }
  | { readonly kind: 'unreadable' };

const SOURCES: Readonly<Record<number, CardData['entry']>> = { 8: 'swipe', 16: 'chip', 32: 'contactless' };
const MASKED_TRACK = 0xdfdf4d;
/** Serial numbers and kinds of keys, status bytes; the masked track is looked at by itself. */
const OPAQUE: ReadonlySet<number> = new Set([0xdfdf54, 0xdfdf55, 0xdfdf25, 0xdfdf52, 0xdfdf53, MASKED_TRACK]);
/** Bytes of `CardData.track`. */
const CONTAINER_MAX = 1_024;
const KSN_BYTES = { 'dukpt-tdes': 10, 'dukpt-aes': 12 } as const;
/** Digits of a key serial number that name its key set. */
const KEY_ID_DIGITS = { 'dukpt-tdes': 10, 'dukpt-aes': 8 } as const;

/** Takes a card's request apart. `source`: first byte of the notification. Everything in the answer is a copy. */
export function cardOf(payload: Uint8Array, source: number): MmsCard {
  const arqc = readMmsArqc(payload);
  const entry = SOURCES[source];
  if (arqc === undefined || entry === undefined) return { kind: 'unreadable' };
  const scheme = schemeOf(arqc);
  if (isClear(arqc) || scheme === undefined) return { kind: 'unfit', reason: 'not-encrypted' };
  if (arqc.ksn.every((byte) => byte === 0)) return { kind: 'unfit', reason: 'no-key' };
  if (arqc.ksn.length !== KSN_BYTES[scheme] || arqc.container.length > CONTAINER_MAX)
    return { kind: 'unreadable' };
  const masked = maskedTrack(arqc.maskedTrack);
  const shown = masked === undefined ? '' : shownNumber(masked.number);
  const serviceCode = masked === undefined ? undefined : serviceCodeOf(masked);
  const ksn = upperHex(arqc.ksn);
  return {
    kind: 'card',
    card: {
      entry,
      scheme,
      ksn,
      layout: 'mms-f8',
      track: upperHex(arqc.container),
      ...(shown === '' ? {} : { masked: shown }),
    },
    serial: Uint8Array.from(arqc.serial),
    keyId: ksn.slice(0, KEY_ID_DIGITS[scheme]),
    ...(serviceCode === undefined ? {} : { serviceCode }),
  };
}

/** No container, none with keys of its own for every transaction, or card data beside it. */
function isClear({ container, encryption, clear, maskedTrack: track }: MmsArqc): boolean {
  const number = maskedTrack(track)?.number;
  const isOpen = number === undefined ? holdsCardNumber(track) : !isMasked(number);
  return container.length === 0 || !encryption.isDukpt || isOpen || holdsCardData(clear, OPAQUE);
}

function schemeOf({ encryption }: MmsArqc): CardData['scheme'] | undefined {
  if (encryption.cipher === 'tdes') return 'dukpt-tdes';
  return encryption.cipher === 'unknown' ? undefined : 'dukpt-aes';
}
