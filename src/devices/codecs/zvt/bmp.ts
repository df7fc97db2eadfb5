/** The fields ("bitmaps") inside ZVT data: an id, and a length that the id fixes, or that LL or LLL digits F0…F9 say. */
export interface Bmp {
  readonly id: number;
  readonly value: Uint8Array<ArrayBuffer>;
}

/** Data as far as it can be read. `rest` begins with a field that is unknown or cut off: what follows it cannot be told apart. */
export interface Bmps {
  readonly fields: readonly Bmp[];
  readonly rest: Uint8Array<ArrayBuffer>;
}

type Length = number | 'LL' | 'LLL' | 'TLV';

/** Facts: devices 3.5; those not there are from the tables of ZVT 13. Display and image fields never reach a till. */
const LENGTHS: ReadonlyMap<number, Length> = new Map<number, Length>([
  ...[0x01, 0x02, 0x03, 0x05, 0x19, 0x27, 0x8a, 0x8c, 0xa0, 0xd0, 0xd2, 0xd3].map((id) => [id, 1] as const),
  ...[0x0d, 0x0e, 0x17, 0x3a, 0x49, 0x87].map((id) => [id, 2] as const),
  ...[0x0b, 0x0c, 0x37, 0x3d, 0x88, 0xaa].map((id) => [id, 3] as const),
  [0x29, 4],
  [0xba, 5],
  [0x04, 6],
  [0x3b, 8],
  [0x2a, 15],
  ...[0x22, 0x23, 0x2d, 0x8b, 0xa7, 0xd1].map((id) => [id, 'LL'] as const),
  ...[0x24, 0x2e, 0x3c, 0x60, 0x9a, 0xaf].map((id) => [id, 'LLL'] as const),
  [0x06, 'TLV'],
]);

/** Fields of the card that nobody but the terminal may have: number, tracks, chip data, verification value, PIN data. */
export const SECRET_BMPS: readonly number[] = [0x22, 0x23, 0x24, 0x2d, 0x2e, 0x3a, 0xa7, 0xaf, 0xd1];

/** Never throws. */
export function decodeBmps(data: Uint8Array<ArrayBuffer>): Bmps {
  const fields: Bmp[] = [];
  let at = 0;
  while (at < data.length) {
    const size = sizeAt(data, at);
    if (size === undefined || at + size.head + size.length > data.length) break;
    const begin = at + size.head;
    fields.push({ id: data[at] ?? 0, value: data.slice(begin, begin + size.length) });
    at = begin + size.length;
  }
  return { fields, rest: data.slice(at) };
}

export function encodeBmps(fields: readonly Bmp[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    fields.flatMap(({ id, value }) => [id, ...lengthBytes(LENGTHS.get(id), value.length), ...value]),
  );
}

function lengthBytes(length: Length | undefined, size: number): readonly number[] {
  const digits = (places: number) =>
    [...String(size).padStart(places, '0')].map((digit) => 0xf0 | Number(digit));
  if (length === 'LL') return digits(2);
  if (length === 'LLL') return digits(3);
  if (length !== 'TLV') return [];
  return size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
}

/** Bytes of the head (id and length) and of the value; undefined when the id is unknown or the length cannot be read. */
function sizeAt(
  data: Uint8Array,
  at: number,
): { readonly head: number; readonly length: number } | undefined {
  const length = LENGTHS.get(data[at] ?? -1);
  if (length === undefined) return undefined;
  if (typeof length === 'number') return { head: 1, length };
  if (length === 'TLV') return tlvSize(data, at + 1);
  const places = length === 'LL' ? 2 : 3;
  let size = 0;
  for (let place = 1; place <= places; place += 1) {
    const byte = data[at + place];
    if (byte === undefined || byte < 0xf0 || byte > 0xf9) return undefined;
    size = size * 10 + (byte & 0x0f);
  }
  return { head: 1 + places, length: size };
}

function tlvSize(
  data: Uint8Array,
  at: number,
): { readonly head: number; readonly length: number } | undefined {
  const first = data[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { head: 2, length: first };
  if (first === 0x81) return { head: 3, length: data[at + 1] ?? 0 };
  return first === 0x82 ? { head: 4, length: ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0) } : undefined;
}
