import { TlvError } from './tlv-error.ts';

/** Bytes of one TLV string. Field 55 has 255; a reader's whole answer a few thousand. */
export const TLV_SIZE_MAX = 65_536;
/** Templates inside templates. EMV data nests four deep (6F > A5 > BF0C > 61). */
export const TLV_DEPTH_MAX = 8;

const TAG_BYTES_MAX = 4;
const LENGTH_BYTES_MAX = 4;
const NONE: readonly TlvNode[] = [];

/** One data object: where its value lies in the source. Nothing is copied until `value` is asked for. */
export class TlvNode {
  /** The bytes of the tag as one number: 9F26 is 0x9F26. */
  readonly tag: number;
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** What a template holds; empty for a primitive object. */
  readonly children: readonly TlvNode[];

  // biome-ignore lint/complexity/useMaxParams: made once per object in the innermost loop; an options object costs half the speed.
  constructor(tag: number, source: Uint8Array, start: number, end: number, children: readonly TlvNode[]) {
    this.tag = tag;
    this.source = source;
    this.start = start;
    this.end = end;
    this.children = children;
  }

  get length(): number {
    return this.end - this.start;
  }

  /** A view into the source, not a copy. */
  get value(): Uint8Array {
    return this.source.subarray(this.start, this.end);
  }

  get constructed(): boolean {
    return isConstructed(this.tag);
  }
}

/** Reads a BER-TLV string in one pass (EMV Book 3, Annex B). Throws TlvError. */
export function parseTlv(bytes: Uint8Array): readonly TlvNode[] {
  if (bytes.length > TLV_SIZE_MAX) throw new TlvError('too-large', `${bytes.length} bytes of TLV`);
  return parseRange(bytes, 0, bytes.length, 1);
}

function parseRange(bytes: Uint8Array, from: number, to: number, depth: number): readonly TlvNode[] {
  if (depth > TLV_DEPTH_MAX) throw new TlvError('too-deep', `more than ${TLV_DEPTH_MAX} templates deep`);
  const nodes: TlvNode[] = [];
  let at = from;
  while (at < to) {
    const first = bytes[at] ?? 0;
    at += 1;
    // EMV allows zero bytes before, between and after objects.
    if (first === 0) continue;
    let tag = first;
    if ((first & 0x1f) === 0x1f) {
      const tagStart = at;
      let next = 0x80;
      while ((next & 0x80) !== 0) {
        if (at >= to) throw new TlvError('truncated', `the bytes end inside a tag at ${at}`);
        if (at - tagStart >= TAG_BYTES_MAX - 1)
          throw new TlvError('bad-tag', `a tag too long at ${tagStart}`);
        next = bytes[at] ?? 0;
        at += 1;
        tag = tag * 256 + next;
      }
    }
    if (at >= to) throw new TlvError('truncated', `no length at ${at}`);
    let length = bytes[at] ?? 0;
    at += 1;
    if (length >= 0x80) {
      const size = length & 0x7f;
      length = longLength(bytes, at, size, to);
      at += size;
    }
    const end = at + length;
    if (end > to) throw new TlvError('truncated', `a value of ${length} bytes reaches beyond ${to}`);
    const children = (first & 0x20) === 0 ? NONE : parseRange(bytes, at, end, depth + 1);
    nodes.push(new TlvNode(tag, bytes, at, end, children));
    at = end;
  }
  return nodes;
}

function longLength(bytes: Uint8Array, at: number, size: number, to: number): number {
  if (size === 0) throw new TlvError('indefinite-length', `an indefinite length at ${at}`);
  if (size > LENGTH_BYTES_MAX) throw new TlvError('bad-length', `a length of ${size} bytes at ${at}`);
  if (at + size > to) throw new TlvError('truncated', `the bytes end inside a length at ${at}`);
  let length = 0;
  for (let index = at; index < at + size; index += 1) length = length * 256 + (bytes[index] ?? 0);
  return length;
}

/** Whether the tag is a template: bit 6 of its first byte. */
export function isConstructed(tag: number): boolean {
  const first = tag > 0xff_ffff ? tag / 0x100_0000 : tag > 0xffff ? tag >> 16 : tag > 0xff ? tag >> 8 : tag;
  return (first & 0x20) !== 0;
}

/** The first object with this tag, wherever it is nested, in the order of the bytes. */
export function findTlv(nodes: readonly TlvNode[], tag: number): TlvNode | undefined {
  for (const node of nodes) {
    if (node.tag === tag) return node;
    const inside = findTlv(node.children, tag);
    if (inside !== undefined) return inside;
  }
  return undefined;
}
