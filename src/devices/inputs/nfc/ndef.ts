/** An NDEF record as Web NFC hands it out: the type by name, the payload without its own headers. */
export interface TagRecord {
  readonly recordType: string;
  readonly mediaType?: string | undefined;
  readonly id?: string | undefined;
  readonly encoding?: string | undefined;
  readonly lang?: string | undefined;
  readonly data?: DataView | null | undefined;
}

/** Records of one tag that are read. A member tag has one or two; the largest tags hold 8 KB. */
export const RECORDS_MAX = 32;

// NFC Forum NDEF 1.0, section 3.2.
const BEGIN = 0x80;
const END = 0x40;
const SHORT = 0x10;
const HAS_ID = 0x08;
const WELL_KNOWN = 1;
const MEDIA = 2;
const ABSOLUTE_URI = 3;
const EXTERNAL = 4;
const UNKNOWN = 5;

/** NFC Forum URI record type definition, table 3: longer beginnings first. */
const URI_BEGINNINGS = [
  [2, 'https://www.'],
  [1, 'http://www.'],
  [4, 'https://'],
  [3, 'http://'],
] as const;
/** NFC Forum text record type definition, section 3.2.1: the flag of a text in UTF-16. */
const UTF_16 = 0x80;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * The NDEF message of a tag as its bytes, upper-case hex: what a reader on a cable reads off the same tag. Undefined when there
 * is none.
 */
export function ndefHex(records: readonly TagRecord[]): string | undefined {
  const kept = records.slice(0, RECORDS_MAX).filter(({ recordType }) => recordType !== 'empty');
  if (kept.length === 0) return undefined;
  const bytes = kept.flatMap((record, at) => [
    ...recordBytes(record, (at === 0 ? BEGIN : 0) | (at === kept.length - 1 ? END : 0)),
  ]);
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
}

function recordBytes(record: TagRecord, position: number): number[] {
  const { tnf, type, payload } = shapeOf(record);
  const id = encode(record.id ?? '');
  const isShort = payload.length < 256;
  const flags = position | (isShort ? SHORT : 0) | (id.length > 0 ? HAS_ID : 0) | tnf;
  const length = payload.length;
  return [
    flags,
    type.length,
    ...(isShort ? [length] : [length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff]),
    ...(id.length > 0 ? [id.length] : []),
    ...type,
    ...id,
    ...payload,
  ];
}

interface Shape {
  readonly tnf: number;
  readonly type: Uint8Array;
  readonly payload: Uint8Array;
}

function shapeOf({ recordType, mediaType = '', encoding, lang = '', data }: TagRecord): Shape {
  const payload = data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array();
  switch (recordType) {
    case 'text': {
      const language = encode(lang);
      const status = language.length | (encoding === undefined || encoding === 'utf-8' ? 0 : UTF_16);
      return { tnf: WELL_KNOWN, type: encode('T'), payload: Uint8Array.of(status, ...language, ...payload) };
    }
    case 'url': {
      const url = new TextDecoder().decode(payload);
      const [code, beginning] = URI_BEGINNINGS.find(([, each]) => url.startsWith(each)) ?? [0, ''];
      const rest = encode(url.slice(beginning.length));
      return { tnf: WELL_KNOWN, type: encode('U'), payload: Uint8Array.of(code, ...rest) };
    }
    case 'smart-poster':
      return { tnf: WELL_KNOWN, type: encode('Sp'), payload };
    case 'mime':
      return { tnf: MEDIA, type: encode(mediaType), payload };
    case 'absolute-url':
      return { tnf: ABSOLUTE_URI, type: payload, payload: new Uint8Array() };
    case 'unknown':
      return { tnf: UNKNOWN, type: new Uint8Array(), payload };
    default:
      return recordType.startsWith(':')
        ? { tnf: WELL_KNOWN, type: encode(recordType.slice(1)), payload }
        : { tnf: EXTERNAL, type: encode(recordType), payload };
  }
}
