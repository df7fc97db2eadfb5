import { crc32 } from './crc32.ts';

/**
 * Records of a journal segment. Little endian, 24 bytes before the payload:
 * 'X' 'J' version kind | ordinal u32 | position u32 | count u32 | length u32 | crc u32
 * The CRC covers the header before it and the payload, so a torn tail is told from a whole record.
 * One record is one commit: a group of entries is whole or absent, never half.
 */
export const FRAME_HEADER_BYTES = 24;
const MAGIC_X = 0x58;
const MAGIC_J = 0x4a;
const FRAME_VERSION = 1;

export const FRAME_KINDS = { entries: 1, state: 2, vault: 3 } as const;
export type FrameKind = keyof typeof FRAME_KINDS;

export interface Frame {
  readonly kind: FrameKind;
  /** Which use of the file this record belongs to: a reused segment still holds records of its former life. */
  readonly ordinal: number;
  /** Local position of the first entry; 0 for records that are no entries. */
  readonly position: number;
  /** Entries in the payload, one JSON text a line. */
  readonly count: number;
  readonly payload: Uint8Array;
}

/** A whole record found in a segment. `bytes` counts header and payload. */
export interface FrameAt extends Frame {
  readonly offset: number;
  readonly bytes: number;
}

export interface SegmentScan {
  /** 0 when the segment holds no record at all. */
  readonly ordinal: number;
  readonly frames: readonly FrameAt[];
  /** Where the next record goes. */
  readonly end: number;
  /** True when something unreadable stands before a readable record: not a torn tail, but damage. */
  readonly damaged: boolean;
}

const kindOf = (code: number): FrameKind | undefined =>
  (Object.keys(FRAME_KINDS) as FrameKind[]).find((kind) => FRAME_KINDS[kind] === code);

/** Bytes of one record. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + frame.payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = MAGIC_X;
  bytes[1] = MAGIC_J;
  bytes[2] = FRAME_VERSION;
  bytes[3] = FRAME_KINDS[frame.kind];
  view.setUint32(4, frame.ordinal, true);
  view.setUint32(8, frame.position, true);
  view.setUint32(12, frame.count, true);
  view.setUint32(16, frame.payload.length, true);
  bytes.set(frame.payload, FRAME_HEADER_BYTES);
  view.setUint32(20, crc32(frame.payload, crc32(bytes.subarray(0, 20))), true);
  return bytes;
}

/** The whole record at `offset`, or undefined when there is none. */
export function decodeFrame(bytes: Uint8Array, offset: number): FrameAt | undefined {
  if (offset + FRAME_HEADER_BYTES > bytes.length) return undefined;
  if (bytes[offset] !== MAGIC_X || bytes[offset + 1] !== MAGIC_J || bytes[offset + 2] !== FRAME_VERSION) {
    return undefined;
  }
  const kind = kindOf(bytes[offset + 3] ?? 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, FRAME_HEADER_BYTES);
  const size = view.getUint32(16, true);
  const start = offset + FRAME_HEADER_BYTES;
  if (kind === undefined || start + size > bytes.length) return undefined;
  const payload = bytes.subarray(start, start + size);
  if (crc32(payload, crc32(bytes.subarray(offset, offset + 20))) !== view.getUint32(20, true))
    return undefined;
  return {
    kind,
    ordinal: view.getUint32(4, true),
    position: view.getUint32(8, true),
    count: view.getUint32(12, true),
    payload,
    offset,
    bytes: FRAME_HEADER_BYTES + size,
  };
}

/**
 * Every whole record of the segment's present use, in order. Goes on after a damaged record, so that one flipped byte
 * costs one record and not all that follow; what belongs to a former use of the file is passed over.
 */
export function scanSegment(bytes: Uint8Array): SegmentScan {
  const frames: FrameAt[] = [];
  let ordinal = 0;
  let end = 0;
  let offset = 0;
  let damaged = false;
  while (offset + FRAME_HEADER_BYTES <= bytes.length) {
    const frame = decodeFrame(bytes, offset);
    if (frame === undefined) {
      const next = bytes.indexOf(MAGIC_X, offset + 1);
      if (next < 0) break;
      offset = next;
      continue;
    }
    if (ordinal === 0) ordinal = frame.ordinal;
    if (frame.ordinal === ordinal) {
      damaged ||= offset !== end;
      frames.push(frame);
      end = offset + frame.bytes;
    }
    offset += frame.bytes;
  }
  return { ordinal, frames, end, damaged };
}
