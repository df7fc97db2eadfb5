/** What the head of an encrypting reader yields for one swipe. Hex is upper-case; lengths are those of the clear tracks. */
export interface StripeRead {
  /** Key serial number, 20 digits. */
  readonly ksn: string;
  readonly track1: { readonly encrypted: string; readonly masked: string; readonly length: number };
  readonly track2: { readonly encrypted: string; readonly masked: string; readonly length: number };
  /** Tracks 1 and 2 encrypted as one block, where a reader is set to that. */
  readonly both?: string;
}

/** `chip`: service code 201, the stripe of a card that also has a chip. */
export type StripeCard = 'magstripe' | 'chip';

/** Reads the card once more: the key counter goes up each time. */
export type Stripe = (card: StripeCard) => StripeRead;

/** Clear tracks, for readers whose encryption is off. Only tests have any. */
export interface ClearStripe {
  readonly track1: string;
  readonly track2: string;
}

/** Rows of a table one after the other; after the last the first comes again, as with no real reader. */
export function stripeOf(
  tables: Readonly<Record<StripeCard, readonly (readonly [ksn: string, track1: string, track2: string])[]>>,
  masks: Readonly<Record<StripeCard, readonly [track1: string, track2: string]>>,
): Stripe {
  const next: Record<StripeCard, number> = { magstripe: 0, chip: 0 };
  return (card) => {
    const rows = tables[card];
    const [ksn = '', one = '', two = ''] = rows[next[card] % rows.length] ?? [];
    next[card] += 1;
    const [masked1, masked2] = masks[card];
    return {
      ksn,
      track1: { encrypted: one, masked: masked1, length: masked1.length },
      track2: { encrypted: two, masked: masked2, length: masked2.length },
    };
  };
}

export const bytesOfHex = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));

export const bytesOfText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (sign) => sign.charCodeAt(0));
