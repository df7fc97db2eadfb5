import type { TlvNode } from './ber-tlv.ts';
import { tagHex, tagName } from './emv-tags.ts';

/** What of a sensitive object may be seen: the last four digits of a card number, or nothing. */
const SENSITIVE: ReadonlyMap<number, 'last-four' | 'nothing'> = new Map([
  [0x5a, 'last-four'],
  [0x57, 'last-four'],
  [0x56, 'last-four'],
  [0x9f6b, 'last-four'],
  [0x5f20, 'nothing'],
  [0x5f24, 'nothing'],
  [0x99, 'nothing'],
  [0x9f1f, 'nothing'],
  // Discretionary data holds the card verification value of the stripe; 9F0B continues the name.
  [0x9f20, 'nothing'],
  [0x9f0b, 'nothing'],
]);

const HIDDEN = '****';
/** Shorter numbers than this are no card number: four of their digits would be most of them. */
const CARD_NUMBER_DIGITS_MIN = 12;

/** A data object as people and logs may see it: a sensitive one has `masked` in place of `value`. */
export interface ShownTlv {
  readonly tag: string;
  readonly name?: string;
  readonly length: number;
  readonly value?: string;
  readonly masked?: string;
  readonly children?: readonly ShownTlv[];
}

export const isSensitiveTag = (tag: number): boolean => SENSITIVE.has(tag);

/** Tags and values in upper-case hex, with names; card data masked. The only way TLV may reach a screen or a log. */
export function showTlv(nodes: readonly TlvNode[]): readonly ShownTlv[] {
  return nodes.map((node) => {
    const name = tagName(node.tag);
    const head = { tag: tagHex(node.tag), ...(name === undefined ? {} : { name }), length: node.length };
    const rule = SENSITIVE.get(node.tag);
    if (rule !== undefined) {
      return { ...head, masked: rule === 'last-four' ? maskedCardNumber(cardNumber(node)) : HIDDEN };
    }
    return node.constructed
      ? { ...head, children: showTlv(node.children) }
      : { ...head, value: hexOf(node.value) };
  });
}

/** `****1234`, or only stars when there are too few digits to hide the rest behind. */
export function maskedCardNumber(digits: string): string {
  return digits.length >= CARD_NUMBER_DIGITS_MIN && /^\d+$/.test(digits)
    ? `${HIDDEN}${digits.slice(-4)}`
    : HIDDEN;
}

/** The digits before the separator: packed with F or D for 5A, 57 and 9F6B; text after the format code B for 56. */
function cardNumber(node: TlvNode): string {
  if (node.tag === 0x56) {
    const text = String.fromCharCode(...node.value.subarray(0, 24));
    return /^%?B?(\d{12,19})\^/.exec(text)?.[1] ?? '';
  }
  return /^\d*/.exec(hexOf(node.value))?.[0] ?? '';
}

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text.toUpperCase();
}
