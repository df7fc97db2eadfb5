import { findTlv, type TlvNode } from '../tlv/ber-tlv.ts';
import { mmsTlv } from './message.ts';

/** How the reader's container is encrypted: tag DFDF57. */
export interface MmsEncryption {
  readonly isDukpt: boolean;
  readonly cipher: 'tdes' | 'aes-128' | 'aes-256' | 'unknown';
}

/** What a card said, as the reader hands it over (facts: devices 3.1). Nothing here is decrypted. */
export interface MmsArqc {
  /** The whole template F8: ciphertext, key serial number, kind of encryption. Empty when there is none. */
  readonly container: Uint8Array;
  /** Key serial number of the container; empty when nothing is encrypted. */
  readonly ksn: Uint8Array;
  readonly encryption: MmsEncryption;
  /** 8 bytes, for the answer. */
  readonly serial: Uint8Array;
  /** Track 2 as text, most digits masked. Empty when the reader does not give it. */
  readonly maskedTrack: string;
  readonly cardType: 'swipe' | 'contact' | 'contactless' | 'unknown';
  /** The reader itself calls it a fallback from the chip. */
  readonly isFallback: boolean;
  /** Every object outside the container: what has to be free of card data. */
  readonly clear: readonly TlvNode[];
}

const MAC_BYTES = 4;
const CONTAINER = 0xf8;
const LENGTH_BYTES_MAX = 5;
const CARD_TYPES: Readonly<Record<number, MmsArqc['cardType']>> = {
  1: 'swipe',
  5: 'contact',
  6: 'contactless',
};

/**
 * Reads the payload of notification 0101 `xx 08 02 02`: length, objects, zeros, MAC. By its objects: lengths are not where
 * the vendor's own demo expects them. Undefined when it cannot be read. Never throws.
 */
export function readMmsArqc(payload: Uint8Array): MmsArqc | undefined {
  if (payload.length < 2 + MAC_BYTES) return undefined;
  const size = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0);
  const body = payload.subarray(2, Math.min(2 + size, payload.length));
  const nodes = mmsTlv(withoutMac(body));
  if (nodes === undefined) return undefined;
  const value = (tag: number): Uint8Array => findTlv(nodes, tag)?.value ?? new Uint8Array();
  const container = findTlv(nodes, CONTAINER);
  const inside = (tag: number): Uint8Array =>
    (container && findTlv(container.children, tag)?.value) ?? new Uint8Array();
  return {
    container: container === undefined ? new Uint8Array() : whole(container),
    ksn: inside(0xdfdf59).length === 0 ? new Uint8Array() : inside(0xdfdf56),
    encryption: encryptionOf(inside(0xdfdf57)[0]),
    serial: value(0xdfdf25),
    maskedTrack: String.fromCharCode(...value(0xdfdf4d)),
    cardType: CARD_TYPES[value(0xdfdf52)[0] ?? 0] ?? 'unknown',
    isFallback: (value(0xdfdf53)[0] ?? 0) !== 0,
    clear: outside(nodes),
  };
}

/** The first object alone: what follows is padding and MAC. */
function withoutMac(body: Uint8Array): Uint8Array {
  const long = body[1] ?? 0;
  const sizeBytes = long < 0x80 ? 0 : long & 0x7f;
  if (sizeBytes > 2) return body;
  let size = sizeBytes === 0 ? long : 0;
  for (let at = 0; at < sizeBytes; at += 1) size = size * 256 + (body[2 + at] ?? 0);
  return body.subarray(0, 2 + sizeBytes + size);
}

function encryptionOf(type: number | undefined): MmsEncryption {
  const ciphers = ['tdes', 'aes-128', 'aes-256', 'unknown'] as const;
  return {
    isDukpt: type !== undefined && (type & 0x80) !== 0,
    cipher: type === undefined ? 'unknown' : (ciphers[(type >> 4) & 0x03] ?? 'unknown'),
  };
}

/** Tag, length and value of the container as they stand in the source, however many bytes its length was written with. */
function whole({ source, start, end }: TlvNode): Uint8Array {
  for (let sizeBytes = 1; sizeBytes <= LENGTH_BYTES_MAX; sizeBytes += 1) {
    const at = start - sizeBytes - 1;
    const isLength = sizeBytes === 1 || source[at + 1] === 0x80 + sizeBytes - 1;
    if (source[at] === CONTAINER && isLength) return source.subarray(at, end);
  }
  return new Uint8Array();
}

const outside = (nodes: readonly TlvNode[]): readonly TlvNode[] =>
  nodes.flatMap((node) => (node.tag === CONTAINER ? [] : node.constructed ? outside(node.children) : [node]));
