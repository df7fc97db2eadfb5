/** Bytes that the page only passes on. */
export type Opaque = Uint8Array<ArrayBuffer>;

/** One card through the slot of an encrypting reader. The page can open none of it. */
export interface Swipe {
  /** Key serial number, 10 bytes (X9.24-1). */
  readonly ksn: Opaque;
  /** TDES ciphertext of the ASCII track. */
  readonly track: Opaque;
  /** What `track` opens to: track 2, or tracks 1 and 2 one after the other in one block. */
  readonly layout: 'track2' | 'tracks';
  /** Ends of the card number, `476173******0119`. */
  readonly masked?: string;
  /** Three digits, where the reader leaves them clear. */
  readonly serviceCode?: string;
  /** Of the reader, as it says itself; empty when it does not. */
  readonly serial: string;
}

/**
 * What a report of a swipe reader comes to. `not-encrypted`: clear card data, or encryption off; `no-key`: never injected, or
 * keys used up. `unsupported`: encrypted in a way that no key of ours opens. `unreadable`: swipe again.
 */
export type SwipeReading =
  | { readonly kind: 'swipe'; readonly swipe: Swipe }
  | { readonly kind: 'refused'; readonly reason: 'not-encrypted' | 'no-key' | 'unsupported' }
  | { readonly kind: 'unreadable' };

/** A card with a chip: service codes 2xx and 6xx (ISO/IEC 7813). Its stripe is for when the chip has failed. */
export const asksForChip = ({ serviceCode = '' }: Swipe): boolean => /^[26]/.test(serviceCode);

/** Key serial numbers of a reader without a key: all ones, or nothing at all. */
export const isNoKsn = (ksn: Uint8Array): boolean =>
  ksn.every((byte) => byte === 0xff) || ksn.every((byte) => byte === 0);
