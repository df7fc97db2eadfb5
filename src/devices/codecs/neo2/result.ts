import { type Neo2Object, neo2Objects } from './objects.ts';

/** What the first byte of a result says of how the card was read and encrypted. */
export interface Neo2Attribution {
  readonly read: 'contact' | 'contactless' | 'contactless-stripe' | 'swipe' | 'unknown';
  readonly cipher: 'tdes' | 'aes' | 'unknown';
  readonly isEmvEncrypted: boolean;
  readonly isStripeEncrypted: boolean;
}

/** What a card said, as the reader hands it over (02-40, 03-40). Nothing here is decrypted. */
export interface Neo2Result {
  readonly attribution: Neo2Attribution;
  /** DFEE12; empty when the reader does not encrypt. */
  readonly ksn: Uint8Array;
  /** DFEE23: the whole frame of an encrypted stripe; empty for others. */
  readonly stripe: Uint8Array;
  readonly objects: readonly Neo2Object[];
}

const KSN = 0xdfee12;
const STRIPE = 0xdfee23;
const ATTRIBUTION = 0xdfee26;

/** Reads the data of an answer with a card; undefined when it cannot be read. Never throws. */
export function readNeo2Result(data: Uint8Array): Neo2Result | undefined {
  const [first] = data;
  const objects = first === undefined ? undefined : neo2Objects(data.subarray(1));
  if (first === undefined || objects === undefined) return undefined;
  const value = (tag: number): Uint8Array =>
    objects.find((each) => each.tag === tag)?.value ?? new Uint8Array();
  return {
    attribution: attributionOf(value(ATTRIBUTION)[0] ?? first),
    ksn: value(KSN),
    stripe: value(STRIPE),
    objects,
  };
}

/** Bits 4, 3 and 0: what was read. Bits 2 and 1: how it is encrypted. Bits 7 and 6: what is. */
export function attributionOf(byte: number): Neo2Attribution {
  const isStripe = (byte & 0x18) === 0x08;
  const kinds: Readonly<Record<number, Neo2Attribution['read']>> = {
    0: 'contact',
    1: 'contactless',
    17: 'contactless-stripe',
  };
  const cipher = (byte >> 1) & 0x03;
  return {
    read: isStripe ? 'swipe' : (kinds[byte & 0x19] ?? 'unknown'),
    cipher: cipher === 0 ? 'tdes' : cipher === 1 ? 'aes' : 'unknown',
    isEmvEncrypted: (byte & 0x40) !== 0,
    isStripeEncrypted: (byte & 0x80) !== 0,
  };
}
