type Bytes = Uint8Array<ArrayBuffer>;

export const PAGE_BYTES = 4;
/** The page of the capability container; the data area follows. */
export const CONTAINER_PAGE = 3;
/** NTAG216, the largest tag in use. */
export const NDEF_BYTES_MAX = 888;
const MAGIC = 0xe1;

/** Bytes of the data area by the capability container; 0 when the tag is not formatted for NDEF. */
export function areaBytes(container: Uint8Array): number {
  const [magic, , size = 0] = container;
  return magic === MAGIC ? Math.min(size * 8, NDEF_BYTES_MAX) : 0;
}

/**
 * The NDEF message in the data area (NFC Forum Type 2 Tag, 2.3). `more`: it goes on behind these bytes. Undefined: there is
 * none.
 */
export function findNdef(area: Uint8Array): Bytes | 'more' | undefined {
  for (let at = 0; at < area.length; ) {
    const type = area[at];
    if (type === 0x00) at += 1;
    else if (type === 0xfe) return undefined;
    else {
      const short = area[at + 1];
      if (short === undefined) return 'more';
      const isLong = short === 0xff;
      const [high, low] = [area[at + 2], area[at + 3]];
      if (isLong && (high === undefined || low === undefined)) return 'more';
      const length = isLong ? (high ?? 0) * 256 + (low ?? 0) : short;
      const from = at + (isLong ? 4 : 2);
      if (type === 0x03) {
        if (length === 0) return undefined;
        return from + length <= area.length ? Uint8Array.from(area.subarray(from, from + length)) : 'more';
      }
      at = from + length;
    }
  }
  return 'more';
}
