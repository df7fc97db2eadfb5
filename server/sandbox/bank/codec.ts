/** n BCD digits · a ASCII · b bytes (as upper-case hex) · z track nibbles, `=` as D. */
interface FieldFormat {
  readonly kind: 'n' | 'a' | 'b' | 'z';
  /** Fixed length, or the longest one when there is a prefix; digits, characters or bytes. */
  readonly length: number;
  /** Bytes of the length prefix: 0 fixed, 1 LL, 2 LLL. */
  readonly prefix: 0 | 1 | 2;
  readonly right?: true;
}

const fixed = (kind: FieldFormat['kind'], length: number): FieldFormat => ({ kind, length, prefix: 0 });
const ll = (kind: FieldFormat['kind'], length: number): FieldFormat => ({ kind, length, prefix: 1 });
const lll = (kind: FieldFormat['kind'], length: number): FieldFormat => ({ kind, length, prefix: 2 });

/** PROFILE.md 2. A field that is not here does not exist. */
const FIELDS: Readonly<Record<number, FieldFormat>> = {
  2: ll('n', 19),
  3: fixed('n', 6),
  4: fixed('n', 12),
  11: fixed('n', 6),
  12: fixed('n', 6),
  13: fixed('n', 4),
  14: fixed('n', 4),
  15: fixed('n', 4),
  22: fixed('n', 3),
  23: { ...fixed('n', 3), right: true },
  25: fixed('n', 2),
  26: fixed('n', 2),
  32: ll('n', 11),
  35: ll('z', 37),
  37: fixed('a', 12),
  38: fixed('a', 6),
  39: fixed('a', 2),
  41: fixed('a', 8),
  42: fixed('a', 15),
  44: ll('a', 25),
  48: lll('n', 322),
  49: fixed('a', 3),
  52: fixed('b', 8),
  53: fixed('n', 16),
  54: lll('a', 20),
  55: lll('b', 255),
  60: lll('n', 13),
  61: lll('n', 29),
  62: lll('b', 512),
  63: lll('a', 163),
  64: fixed('b', 8),
};

/** A field of ISO 8583 that this profile does not have: for answers that lie. */
const STRANGE: Readonly<Record<number, FieldFormat>> = { 5: fixed('n', 12) };

export interface Message {
  readonly mti: string;
  readonly fields: ReadonlyMap<number, string>;
}

/** Thrown for bytes that are no message of this profile; `fields` holds what could be read before. */
export class FormatError extends Error {
  readonly mti: string;
  readonly fields: ReadonlyMap<number, string>;
  constructor(message: string, mti: string, fields: ReadonlyMap<number, string>) {
    super(message);
    this.name = 'FormatError';
    this.mti = mti;
    this.fields = fields;
  }
}

const BITMAP = 8;

/** Reads MTI, bitmap and fields. Throws FormatError. */
export function unpack(bytes: Uint8Array): Message {
  const data = Buffer.from(bytes);
  const fields = new Map<number, string>();
  const mti = data.subarray(0, 2).toString('hex');
  const fail = (why: string): never => {
    throw new FormatError(why, mti, fields);
  };
  if (data.length < 2 + BITMAP || !/^\d{4}$/.test(mti)) fail('header');
  if (((data[2] ?? 0) & 0x80) !== 0) fail('second-bitmap');
  let at = 2 + BITMAP;
  for (let field = 2; field <= 64; field += 1) {
    const mask = 0x80 >> ((field - 1) % 8);
    if (((data[2 + Math.floor((field - 1) / 8)] ?? 0) & mask) === 0) continue;
    const format = FIELDS[field];
    if (format === undefined) return fail(`field-${field}-unknown`);
    const { value, next } = readField(data, at, format) ?? fail(`field-${field}`);
    fields.set(field, value);
    at = next;
  }
  if (at !== data.length) fail('bytes-left-over');
  return { mti, fields };
}

function readField(
  data: Buffer,
  start: number,
  format: FieldFormat,
): { value: string; next: number } | undefined {
  let at = start;
  let length = format.length;
  if (format.prefix > 0) {
    const digits = data.subarray(at, at + format.prefix).toString('hex');
    if (digits.length !== format.prefix * 2 || !/^\d+$/.test(digits)) return undefined;
    length = Number(digits);
    if (length > format.length) return undefined;
    at += format.prefix;
  }
  const size = byteLength(format.kind, length);
  const bytes = data.subarray(at, at + size);
  if (bytes.length !== size) return undefined;
  const value = readValue(bytes, length, format);
  return value === undefined ? undefined : { value, next: at + size };
}

const byteLength = (kind: FieldFormat['kind'], length: number): number =>
  kind === 'n' || kind === 'z' ? Math.ceil(length / 2) : length;

function readValue(bytes: Buffer, length: number, { kind, right }: FieldFormat): string | undefined {
  if (kind === 'a') {
    const text = bytes.toString('latin1');
    return /^[\x20-\x7e]*$/.test(text) ? text : undefined;
  }
  const hex = bytes.toString('hex').toUpperCase();
  if (kind === 'b') return hex;
  const digits = right === true ? hex.slice(hex.length - length) : hex.slice(0, length);
  // Encrypted track data may be any nibble; digits may not.
  return kind === 'z' || /^\d*$/.test(digits) ? (kind === 'z' ? hex : digits) : undefined;
}

/** Writes MTI, bitmap and fields in rising order. Values must fit their format. */
export function pack({ mti, fields }: Message): Buffer {
  const bitmap = Buffer.alloc(BITMAP);
  const parts: Buffer[] = [];
  for (const [field, value] of [...fields].sort(([a], [b]) => a - b)) {
    const format = FIELDS[field] ?? STRANGE[field];
    if (format === undefined) throw new RangeError(`field-${field}`);
    const byte = Math.floor((field - 1) / 8);
    bitmap[byte] = (bitmap[byte] ?? 0) | (0x80 >> ((field - 1) % 8));
    parts.push(writeField(field, value, format));
  }
  return Buffer.concat([Buffer.from(mti, 'hex'), bitmap, ...parts]);
}

function writeField(field: number, value: string, format: FieldFormat): Buffer {
  const length = format.kind === 'b' ? value.length / 2 : value.length;
  if (format.prefix === 0 ? length !== format.length : length > format.length)
    throw new RangeError(`field-${field}-length`);
  const prefix = Buffer.from(
    String(length)
      .padStart(format.prefix * 2, '0')
      .slice(0, format.prefix * 2),
    'hex',
  );
  if (format.kind === 'a') return Buffer.concat([prefix, Buffer.from(value, 'latin1')]);
  const odd = value.length % 2 === 1;
  const digits = odd ? (format.right === true ? `0${value}` : `${value}0`) : value;
  return Buffer.concat([prefix, Buffer.from(digits, 'hex')]);
}
