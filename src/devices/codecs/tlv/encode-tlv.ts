import { isConstructed, TLV_DEPTH_MAX, TLV_SIZE_MAX } from './ber-tlv.ts';
import { TlvError } from './tlv-error.ts';

/** An object to write: a template has items, everything else a value. */
export type TlvItem =
  | { readonly tag: number; readonly value: Uint8Array }
  | { readonly tag: number; readonly items: readonly TlvItem[] };

/** Writes BER-TLV with the shortest lengths. Throws TlvError for a tag that is none, and beyond the bounds. */
export function encodeTlv(items: readonly TlvItem[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  writeAll(items, bytes, 1);
  return Uint8Array.from(bytes);
}

function writeAll(items: readonly TlvItem[], bytes: number[], depth: number): void {
  if (depth > TLV_DEPTH_MAX) throw new TlvError('too-deep', `more than ${TLV_DEPTH_MAX} templates deep`);
  for (const item of items) {
    const tag = tagBytes(item.tag);
    if (isConstructed(item.tag) !== 'items' in item) {
      throw new TlvError('bad-tag', 'a template needs items, and every other tag a value');
    }
    let value: Iterable<number> & { readonly length: number };
    if ('items' in item) {
      const inside: number[] = [];
      writeAll(item.items, inside, depth + 1);
      value = inside;
    } else value = item.value;
    if (bytes.length + value.length + 2 * tag.length > TLV_SIZE_MAX) {
      throw new TlvError('too-large', `more than ${TLV_SIZE_MAX} bytes of TLV`);
    }
    for (const byte of tag) bytes.push(byte);
    for (const byte of lengthBytes(value.length)) bytes.push(byte);
    for (const byte of value) bytes.push(byte);
  }
}

function tagBytes(tag: number): readonly number[] {
  if (!Number.isInteger(tag) || tag <= 0 || tag > 0xffff_ffff) throw new TlvError('bad-tag', 'not a tag');
  const bytes: number[] = [];
  for (let rest = tag; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  const long = ((bytes[0] ?? 0) & 0x1f) === 0x1f;
  const whole = bytes.slice(1).every((byte, index, all) => ((byte & 0x80) !== 0) === index < all.length - 1);
  if (long !== bytes.length > 1 || !whole) throw new TlvError('bad-tag', 'not a tag');
  return bytes;
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x1_0000) return [0x82, length >> 8, length & 0xff];
  return [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff];
}
