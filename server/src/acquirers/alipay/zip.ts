import { inflateRawSync } from 'node:zlib';

/** A bill with more than this is not a bill. Bytes, entries. */
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024;
const ENTRIES_MAX = 16;

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const LOCAL_MARK = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const COMMENT_BYTES_MAX = 65_535;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

export interface ZipEntry {
  /** As the archive writes it: Alipay writes GBK. */
  readonly name: Uint8Array;
  readonly bytes: Uint8Array;
}

export const looksZipped = (bytes: Uint8Array): boolean =>
  bytes.length >= END_BYTES && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The files of a small archive (stored or deflated, not encrypted, no ZIP64), read by its central directory (PKWARE APPNOTE 4.3).
 * Throws RangeError for anything else, and before it unpacks more than UNPACKED_BYTES_MAX.
 */
export function unzip(bytes: Uint8Array): readonly ZipEntry[] {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  if (count > ENTRIES_MAX) throw new RangeError('too many files');
  const entries: ZipEntry[] = [];
  let room = UNPACKED_BYTES_MAX;
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== ENTRY_MARK) throw new RangeError('no directory entry');
    const nameBytes = archive.readUInt16LE(at + 28);
    const entry = { name: slice(archive, at + ENTRY_BYTES, nameBytes), bytes: contentOf(archive, at, room) };
    room -= entry.bytes.length;
    entries.push(entry);
    at += ENTRY_BYTES + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = archive.length - END_BYTES; at >= first; at--) {
    if (archive.readUInt32LE(at) === END_MARK) return at;
  }
  throw new RangeError('no end of directory');
}

function contentOf(archive: Buffer, entry: number, room: number): Uint8Array {
  if ((archive.readUInt16LE(entry + 8) & ENCRYPTED) !== 0) throw new RangeError('encrypted');
  const method = archive.readUInt16LE(entry + 10);
  const packed = archive.readUInt32LE(entry + 20);
  const size = archive.readUInt32LE(entry + 24);
  const local = archive.readUInt32LE(entry + 42);
  if (size > room) throw new RangeError('too large');
  if (archive.readUInt32LE(local) !== LOCAL_MARK) throw new RangeError('no file header');
  const start = local + LOCAL_BYTES + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const content = slice(archive, start, packed);
  if (method === STORED) return content;
  if (method !== DEFLATED) throw new RangeError('unknown compression');
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw new RangeError('broken compression');
  }
}

function slice(archive: Buffer, at: number, bytes: number): Uint8Array {
  if (at + bytes > archive.length) throw new RangeError('cut short');
  return archive.subarray(at, at + bytes);
}
