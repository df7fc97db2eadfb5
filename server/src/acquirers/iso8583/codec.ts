import type { FieldSpec, FieldTable } from './fields.ts';
import { Iso8583Error } from './iso8583-error.ts';

/** Bytes of one message without its frame. */
export const MESSAGE_MAX = 4_096;

/**
 * Field number → value: digits for `n`, nibbles for `z`, text (latin1) for `an` and `ans`, upper-case hex for `b`.
 * `Object.keys` tells which fields there are, in rising order.
 */
export type IsoFields = Readonly<Record<number, string>>;

export interface IsoMessage {
  /** Message type, four digits. */
  readonly mti: string;
  readonly fields: IsoFields;
}

const FIELDS_MAX = 128;
const BITMAP_BYTES = 8;

/** What a byte may be, as bits: packed digits, a packed track, `an`, `ans`. */
const DIGITS = 1;
const TRACK = 2;
const LETTERS = 4;
const TEXT = 8;
const ANY = 16;
const CLASS_OF = { n: DIGITS, z: TRACK, an: LETTERS, ans: TEXT, b: ANY } as const;

const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const [high, low] = [byte >> 4, byte & 15];
  const nibble = (value: number): number => (value <= 9 ? DIGITS | TRACK : TRACK);
  const letter = /[0-9A-Za-z ]/.test(String.fromCharCode(byte));
  const printable = (byte >= 0x20 && byte <= 0x7e) || (byte >= 0x80 && byte <= 0xfe);
  return (nibble(high) & nibble(low)) | (letter ? LETTERS : 0) | (printable ? TEXT : 0) | ANY;
});

/** The value of a hex digit by its character code, and 0xFF for every other character. */
const NIBBLES = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = '0123456789ABCDEF'.indexOf(String.fromCharCode(code));
  return digit < 0 ? 0xff : digit;
});

/** A row of the table, ready for the inner loops. */
interface Rule {
  readonly size: number;
  readonly prefix: number;
  /** Two digits a byte: `n` and `z`. */
  readonly packed: boolean;
  /** Two hex digits a byte: `b`. */
  readonly hex: boolean;
  readonly leadingZero: boolean;
  readonly allowed: number;
}

/** The longest length that fits into a prefix of so many bytes: LL has two digits, LLL three. */
const LENGTH_MAX = [Number.POSITIVE_INFINITY, 99, 999] as const;

const ruleOf = (spec: FieldSpec): Rule => ({
  size: Math.min(spec.size, LENGTH_MAX[spec.prefix]),
  prefix: spec.prefix,
  packed: spec.kind === 'n' || spec.kind === 'z',
  hex: spec.kind === 'b',
  leadingZero: spec.justify === 'right',
  allowed: CLASS_OF[spec.kind],
});

/**
 * ISO 8583 messages with a BCD message type and binary bitmaps, by a table of fields. Strict both ways: what is packed
 * unpacks to the same and the other way round, and everything else is an `Iso8583Error`.
 */
export class Iso8583Codec {
  readonly #rules: readonly (Rule | undefined)[];
  /** Where messages are written before they are copied out; one writer at a time, since nothing here waits. */
  readonly #out = Buffer.alloc(MESSAGE_MAX);

  constructor(table: FieldTable) {
    this.#rules = Array.from({ length: FIELDS_MAX + 1 }, (_, field) => {
      const spec = table[field];
      return spec === undefined ? undefined : ruleOf(spec);
    });
  }

  /** Throws Iso8583Error. */
  unpack(bytes: Uint8Array): IsoMessage {
    const data = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (data.length < 2) throw new Iso8583Error('too-short', `${data.length} bytes`);
    if (data.length > MESSAGE_MAX) throw new Iso8583Error('trailing-bytes', `${data.length} bytes`);
    // One conversion of the whole message; every value is then a slice of one of the two texts.
    const hex = data.toString('hex').toUpperCase();
    const rules = this.#rules;
    const text = data.toString('latin1');
    if (((CLASSES[data[0] ?? 0] ?? 0) & (CLASSES[data[1] ?? 0] ?? 0) & DIGITS) === 0) {
      throw new Iso8583Error('bad-message-type', 'the message type is not decimal');
    }
    if (data.length < 2 + BITMAP_BYTES) throw new Iso8583Error('truncated-bitmap', 'the first bitmap is cut');
    const second = ((data[2] ?? 0) & 0x80) !== 0;
    const words = second ? 4 : 2;
    if (data.length < 2 + words * 4) throw new Iso8583Error('truncated-bitmap', 'the second bitmap is cut');
    // A sparse array: an object with number keys takes eight times as long to fill.
    const fields = new Array<string>(second ? FIELDS_MAX + 1 : FIELDS_MAX / 2 + 1);
    let at = 2 + words * 4;
    for (let word = 0; word < words; word += 1) {
      let bits = wordAt(data, 2 + word * 4);
      if (word === 0) bits &= 0x7fff_ffff;
      while (bits !== 0) {
        const lead = Math.clz32(bits);
        bits &= ~(0x8000_0000 >>> lead);
        const field = word * 32 + lead + 1;
        const rule = rules[field];
        if (rule === undefined) throw new Iso8583Error('unknown-field', `field ${field} is unknown`, field);
        let size = rule.size;
        if (rule.prefix !== 0) {
          size = prefixAt(data, at, rule, field);
          at += rule.prefix;
        }
        const end = at + (rule.packed ? (size + 1) >> 1 : size);
        if (end > data.length) throw new Iso8583Error('truncated-field', `field ${field} is cut`, field);
        checkAlphabet(data, at, end, rule.allowed, field);
        if (rule.packed) fields[field] = digitsAt(hex, at, size, rule.leadingZero, field);
        else fields[field] = rule.hex ? hex.slice(at * 2, end * 2) : text.slice(at, end);
        at = end;
      }
    }
    if (at !== data.length) throw new Iso8583Error('trailing-bytes', `${data.length - at} bytes too many`);
    return { mti: hex.slice(0, 4), fields };
  }

  /** Throws Iso8583Error. The result is a copy of its own. */
  pack(message: IsoMessage): Buffer<ArrayBuffer> {
    const out = this.#out;
    const { mti, fields } = message;
    if (mti.length !== 4 || writePacked(out, 0, mti, false, DIGITS) < 0) {
      throw new Iso8583Error('bad-message-type', 'the message type is not four digits');
    }
    const numbers = Object.keys(fields);
    const second = Number(numbers.at(-1) ?? 0) > 64;
    let at = second ? 2 + 2 * BITMAP_BYTES : 2 + BITMAP_BYTES;
    out.fill(0, 2, at);
    if (second) out[2] = 0x80;
    for (const key of numbers) {
      const field = Number(key);
      const rule = this.#rules[field];
      const value = fields[field];
      if (rule === undefined || value === undefined) {
        throw new Iso8583Error('unknown-field', `field ${key} is unknown`, field);
      }
      const byte = 2 + ((field - 1) >> 3);
      out[byte] = (out[byte] ?? 0) | (0x80 >> ((field - 1) & 7));
      at = writeField(out, at, { rule, value, field });
    }
    return Buffer.from(out.subarray(0, at));
  }
}

/** Four bytes as a signed integer; the caller has checked that they are there. */
const wordAt = (data: Buffer, at: number): number =>
  ((data[at] ?? 0) << 24) | ((data[at + 1] ?? 0) << 16) | ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0);

function prefixAt(data: Buffer, at: number, rule: Rule, field: number): number {
  if (at + rule.prefix > data.length) {
    throw new Iso8583Error('truncated-field', `the length of field ${field} is cut`, field);
  }
  let size = 0;
  for (let index = at; index < at + rule.prefix; index += 1) {
    const byte = data[index] ?? 0;
    if (((CLASSES[byte] ?? 0) & DIGITS) === 0) {
      throw new Iso8583Error('bad-length', `the length of field ${field} is not decimal`, field);
    }
    size = size * 100 + (byte >> 4) * 10 + (byte & 15);
  }
  if (size > rule.size) {
    throw new Iso8583Error('over-long-field', `field ${field} has ${size}, at most ${rule.size}`, field);
  }
  return size;
}

// biome-ignore lint/complexity/useMaxParams: the innermost loop; an object per field would cost a third of the speed.
function checkAlphabet(data: Buffer, from: number, to: number, allowed: number, field: number): void {
  if (allowed === ANY) return;
  // Gathered without a branch. The spare nibble of an odd number is looked at afterwards: 0 passes here anyway.
  let all = allowed;
  for (let index = from; index < to; index += 1) all &= CLASSES[data[index] ?? 0] ?? 0;
  if (all === 0) throw new Iso8583Error('bad-characters', `a byte that field ${field} cannot have`, field);
}

// biome-ignore lint/complexity/useMaxParams: as above.
function digitsAt(hex: string, at: number, size: number, leadingZero: boolean, field: number): string {
  const start = at * 2;
  if ((size & 1) === 0) return hex.slice(start, start + size);
  if (hex.charCodeAt(leadingZero ? start : start + size) !== 0x30) {
    throw new Iso8583Error('bad-padding', `the spare nibble of field ${field} is not 0`, field);
  }
  return leadingZero ? hex.slice(start + 1, start + 1 + size) : hex.slice(start, start + size);
}

function writeField(
  out: Buffer,
  start: number,
  { rule, value, field }: { readonly rule: Rule; readonly value: string; readonly field: number },
): number {
  const size = rule.hex ? value.length / 2 : value.length;
  if (rule.prefix === 0 ? size !== rule.size : size > rule.size) {
    throw new Iso8583Error('over-long-field', `field ${field} has ${size}, ${rule.size} allowed`, field);
  }
  if (start + rule.prefix + size > MESSAGE_MAX) {
    throw new Iso8583Error('over-long-field', `the message ends before field ${field}`, field);
  }
  let at = start;
  if (rule.prefix === 2) {
    out[at] = Math.floor(size / 100);
    at += 1;
  }
  if (rule.prefix !== 0) {
    const rest = size % 100;
    out[at] = (Math.floor(rest / 10) << 4) | (rest % 10);
    at += 1;
  }
  const end =
    rule.packed || rule.hex
      ? writePacked(out, at, value, rule.leadingZero, rule.allowed)
      : writeText(out, at, value, rule.allowed);
  if (end < 0) throw new Iso8583Error('bad-characters', `a character that field ${field} cannot have`, field);
  return end;
}

/** Two digits a byte; returns the end, or -1 for a character outside the alphabet. */
// biome-ignore lint/complexity/useMaxParams: as above.
function writePacked(
  out: Buffer,
  start: number,
  value: string,
  leadingZero: boolean,
  allowed: number,
): number {
  const odd = (value.length & 1) === 1;
  if (odd && allowed === ANY) return -1;
  let at = start;
  let from = 0;
  if (odd && leadingZero) {
    const digit = NIBBLES[value.charCodeAt(0)] ?? 0xff;
    if (digit > 9) return -1;
    out[at] = digit;
    at += 1;
    from = 1;
  }
  for (let index = from; index < value.length; index += 2) {
    const high = NIBBLES[value.charCodeAt(index)] ?? 0xff;
    const low = index + 1 < value.length ? (NIBBLES[value.charCodeAt(index + 1)] ?? 0xff) : 0;
    const byte = (high << 4) | low;
    if (byte > 0xff || ((CLASSES[byte] ?? 0) & allowed) === 0) return -1;
    out[at] = byte;
    at += 1;
  }
  return at;
}

/** One character a byte; returns the end, or -1 for a character outside the alphabet. */
function writeText(out: Buffer, start: number, value: string, allowed: number): number {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (((CLASSES[code] ?? 0) & allowed) === 0) return -1;
    out[start + index] = code;
  }
  return start + value.length;
}
