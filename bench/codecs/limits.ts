/**
 * The least that can be done, without a check, an error or an object: what the limit lines of `bench codecs` measure.
 */

/** Walks BER-TLV once, into templates too, and counts the objects. */
export function walkTlv(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  let count = 0;
  while (at < to) {
    const first = bytes[at++] ?? 0;
    if ((first & 0x1f) === 0x1f) while (((bytes[at++] ?? 0) & 0x80) !== 0);
    let length = bytes[at++] ?? 0;
    if (length > 0x80) {
      let size = length & 0x7f;
      length = 0;
      while (size-- > 0) length = (length << 8) | (bytes[at++] ?? 0);
    }
    if ((first & 0x20) !== 0) count += walkTlv(bytes, at, at + length);
    count += 1;
    at += length;
  }
  return count;
}

/** A field of a bare table: its size, the bytes of its length, and how a character lies in bytes. */
export interface BareField {
  readonly size: number;
  readonly prefix: number;
  readonly bytes: 'digits' | 'hex' | 'text';
  readonly right: boolean;
}

/** Cuts a message into one text per field by a table of 64, out of one conversion of the whole, checking nothing. */
export function bareUnpack(data: Buffer, table: readonly (BareField | undefined)[]): string[] {
  const hex = data.toString('hex');
  const text = data.toString('latin1');
  const values: string[] = new Array(65);
  let at = 10;
  for (let field = 2; field <= 64; field += 1) {
    if (((data[2 + ((field - 1) >> 3)] ?? 0) & (0x80 >> ((field - 1) & 7))) === 0) continue;
    const spec = table[field];
    if (spec === undefined) continue;
    let size = spec.size;
    if (spec.prefix > 0) {
      size = 0;
      for (let index = 0; index < spec.prefix; index += 1) {
        const byte = data[at++] ?? 0;
        size = size * 100 + (byte >> 4) * 10 + (byte & 15);
      }
    }
    const end = at + (spec.bytes === 'digits' ? (size + 1) >> 1 : size);
    values[field] = spec.bytes === 'text' ? text.slice(at, end) : hex.slice(at * 2, end * 2);
    at = end;
  }
  return values;
}

/** Writes the fields by the same table, checking nothing. */
export function barePack(
  values: Readonly<Record<number, string>>,
  table: readonly (BareField | undefined)[],
  out: Buffer,
): number {
  out.fill(0, 2, 10);
  out[0] = 0x02;
  out[1] = 0x00;
  let at = 10;
  for (let field = 2; field <= 64; field += 1) {
    const value = values[field];
    const spec = table[field];
    if (value === undefined || spec === undefined) continue;
    const byte = 2 + ((field - 1) >> 3);
    out[byte] = (out[byte] ?? 0) | (0x80 >> ((field - 1) & 7));
    const size = spec.bytes === 'hex' ? value.length / 2 : value.length;
    if (spec.prefix === 2) out[at++] = Math.floor(size / 100);
    if (spec.prefix > 0) out[at++] = (Math.floor((size % 100) / 10) << 4) | (size % 10);
    const odd = spec.bytes === 'digits' && value.length % 2 === 1;
    const digits = odd ? (spec.right ? `0${value}` : `${value}0`) : value;
    at += out.write(digits, at, spec.bytes === 'text' ? 'latin1' : 'hex');
  }
  return at;
}
