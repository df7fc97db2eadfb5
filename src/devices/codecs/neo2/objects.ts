import { isConstructed } from '../tlv/ber-tlv.ts';

/** One data object. `masked` and `encrypted` are marked by a byte before the length; `plain` ones may still be ciphertext. */
export interface Neo2Object {
  readonly tag: number;
  readonly attribute: 'plain' | 'masked' | 'encrypted';
  /** A view into the source. */
  readonly value: Uint8Array;
}

const MASKED = 0xa1;
const ENCRYPTED = 0xc1;
const TAG_BYTES_MAX = 4;
const LENGTH_BYTES_MAX = 2;
/** Templates that hold objects; other tags of the maker with that bit do not. */
const TEMPLATES: ReadonlySet<number> = new Set([0xffee01]);
/** Objects of one answer. */
const OBJECTS_MAX = 256;

/**
 * Reads the objects of an answer, templates opened. A1 and C1 before a length are the maker's own: to a plain BER parser they
 * would be lengths of 33 and 65 bytes. Undefined when the bytes do not add up. Never throws.
 */
export function neo2Objects(bytes: Uint8Array): readonly Neo2Object[] | undefined {
  const objects: Neo2Object[] = [];
  let at = 0;
  while (at < bytes.length && objects.length < OBJECTS_MAX) {
    if (bytes[at] === 0x00) {
      at += 1;
      continue;
    }
    const tagEnd = endOfTag(bytes, at);
    if (tagEnd === undefined) return undefined;
    const tag = numberOf(bytes.subarray(at, tagEnd));
    const marker = bytes[tagEnd];
    const attribute = marker === MASKED ? 'masked' : marker === ENCRYPTED ? 'encrypted' : 'plain';
    const length = lengthAt(bytes, attribute === 'plain' ? tagEnd : tagEnd + 1);
    if (length === undefined || length.valueAt + length.size > bytes.length) return undefined;
    const value = bytes.subarray(length.valueAt, length.valueAt + length.size);
    const inside = TEMPLATES.has(tag) && isConstructed(tag) ? neo2Objects(value) : undefined;
    if (inside === undefined) objects.push({ tag, attribute, value });
    else objects.push(...inside);
    at = length.valueAt + length.size;
  }
  return at < bytes.length ? undefined : objects;
}

function endOfTag(bytes: Uint8Array, at: number): number | undefined {
  if (((bytes[at] ?? 0) & 0x1f) !== 0x1f) return at + 1;
  for (let end = at + 1; end < Math.min(bytes.length, at + TAG_BYTES_MAX); end += 1) {
    if (((bytes[end] ?? 0) & 0x80) === 0) return end + 1;
  }
  return undefined;
}

function lengthAt(
  bytes: Uint8Array,
  at: number,
): { readonly size: number; readonly valueAt: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { size: first, valueAt: at + 1 };
  const more = first & 0x7f;
  if (more === 0 || more > LENGTH_BYTES_MAX || at + 1 + more > bytes.length) return undefined;
  return { size: numberOf(bytes.subarray(at + 1, at + 1 + more)), valueAt: at + 1 + more };
}

const numberOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);
