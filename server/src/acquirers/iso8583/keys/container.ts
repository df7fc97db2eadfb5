import { findTlv, parseTlv, type TlvNode } from '../../../../../src/devices/codecs/tlv/ber-tlv.ts';
import { encodeTlv } from '../../../../../src/devices/codecs/tlv/encode-tlv.ts';
import { TlvError } from '../../../../../src/devices/codecs/tlv/tlv-error.ts';
import { type CardData, HOST_TAGS } from '../../../../../src/domain/card-data.ts';
import { KeyError } from './key-error.ts';
import { type ClearTrack, clearTrack } from './track.ts';

/** What a card said, made clear. It never leaves the key module. */
export interface OpenedCard {
  readonly track: ClearTrack;
  /** Field 55, upper-case hex: objects of `HOST_TAGS` only. */
  readonly emv?: string;
  /** Field 23. */
  readonly sequence?: string;
  readonly pin?: NonNullable<CardData['pin']>;
}

/** The encrypted part of template F8 and how it is encrypted. */
export interface SealedContainer {
  readonly ciphertext: Buffer;
  /** Upper-case hex. */
  readonly ksn: string;
  readonly scheme: CardData['scheme'];
  readonly padding: number;
}

const TEMPLATE = 0xf8;
const CIPHERTEXT = 0xdfdf59;
const KSN = 0xdfdf56;
const ENCRYPTION = 0xdfdf57;
const PADDING = 0xdfdf58;
const CARD = 0xfc;
const STRIPE = 0xf4;
const PIN = 0xf5;
const PIN_BLOCK = 0x99;
const PIN_KSN = 0xdfdf41;
const TRACK_2 = 0x57;
const SEQUENCE = 0x5f34;
/** DUKPT, data variant: TDES, AES-128, AES-256 (facts: devices 3.1). */
const ENCRYPTIONS: Readonly<Record<number, CardData['scheme']>> = {
  128: 'dukpt-tdes',
  144: 'dukpt-aes',
  160: 'dukpt-aes',
};

const upper = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** Reads what a MagTek MMS reader hands over (layout `mms-f8`). Throws KeyError. */
export function readContainer(bytes: Uint8Array): SealedContainer {
  const template = objects(bytes).find(({ tag }) => tag === TEMPLATE);
  const value = (tag: number): Uint8Array =>
    (template && findTlv(template.children, tag)?.value) ?? new Uint8Array();
  const scheme = ENCRYPTIONS[value(ENCRYPTION)[0] ?? 0];
  if (scheme === undefined) throw new KeyError('bad-track', 'a container that is encrypted in another way');
  return {
    ciphertext: Buffer.from(value(CIPHERTEXT)),
    ksn: upper(value(KSN)),
    scheme,
    padding: value(PADDING)[0] ?? 0,
  };
}

/** The card in a decrypted container: of a chip its objects, of a stripe its tracks. Throws KeyError. */
export function cardInContainer(clear: Uint8Array, padding: number): OpenedCard {
  const all = objects(clear.subarray(0, Math.max(0, clear.length - padding)));
  const card = all.find(({ tag }) => tag === CARD);
  if (card === undefined) throw new KeyError('bad-track', 'what was decrypted holds no card');
  const sequence = findTlv(card.children, SEQUENCE)?.value;
  const emv = upper(encodeTlv(card.children.filter(({ tag }) => HOST_TAGS.has(tag))));
  const pin = findTlv(card.children, PIN);
  return {
    track: trackIn(card),
    ...(emv === '' ? {} : { emv }),
    ...(sequence?.length === 1 ? { sequence: upper(sequence).padStart(3, '0') } : {}),
    ...(pin === undefined ? {} : { pin: typedPin(pin) }),
  };
}

function trackIn(card: TlvNode): ClearTrack {
  const chip = findTlv(card.children, TRACK_2);
  if (chip !== undefined) return clearTrack(chip.value);
  const stripe = findTlv(card.children, STRIPE);
  for (const { value } of stripe?.children ?? []) {
    try {
      return clearTrack(value);
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
    }
  }
  throw new KeyError('bad-track', 'a card without track 2');
}

function typedPin(template: TlvNode): NonNullable<CardData['pin']> {
  const [block, ksn] = [PIN_BLOCK, PIN_KSN].map((tag) => findTlv(template.children, tag)?.value);
  if (block === undefined || ksn === undefined) throw new KeyError('bad-pin', 'a PIN without its key');
  return { ksn: upper(ksn), block: upper(block) };
}

function objects(bytes: Uint8Array): readonly TlvNode[] {
  try {
    return parseTlv(bytes);
  } catch (error) {
    if (error instanceof TlvError) throw new KeyError('bad-track', 'what was decrypted is no data object');
    throw error;
  }
}
