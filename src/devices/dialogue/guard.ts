import { holdsCardNumber } from '../codecs/card-scan/card-scan.ts';

/** Objects that are card data whatever they hold: number, tracks, name, discretionary data, PIN. */
export const CARD_TAGS: ReadonlySet<number> = new Set([
  0x5a, 0x57, 0x56, 0x5f20, 0x9f0b, 0x9f1f, 0x9f20, 0x9f6b, 0x99,
]);

/** Objects of a chip that are as good as random: one in a thousand looks like a card number. */
const RANDOM_TAGS: ReadonlySet<number> = new Set([0x9f26, 0x9f10, 0x9f37, 0x9f4b, 0x91, 0x9f5b]);

/**
 * Whether there is card data among objects that are not encrypted: by its tag, or because its bytes read as a card number.
 * `opaque`: tags of the reader that hold key serial numbers, codes and ciphertext.
 */
export function holdsCardData(
  objects: Iterable<{ readonly tag: number; readonly value: Uint8Array }>,
  opaque: ReadonlySet<number>,
): boolean {
  for (const { tag, value } of objects) {
    if (CARD_TAGS.has(tag) && value.length > 0) return true;
    if (!RANDOM_TAGS.has(tag) && !opaque.has(tag) && holdsCardNumber(value)) return true;
  }
  return false;
}
