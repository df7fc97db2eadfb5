type Bytes = Uint8Array<ArrayBuffer>;

/** Swipe reports of MagneSafe V5 readers (D998200176 and 99875475, "Card data (HID)"). */
export const REPORT_BYTES = 856;
/** With the hashes and counters that newer firmware adds. */
export const LONG_REPORT_BYTES = 887;
/** Report of a reader that cannot encrypt at all (MT-211 and the plain HID swipe readers). */
export const CLEAR_REPORT_BYTES = 337;

const TRACK_BYTES = 112;
const MAGNEPRINT_BYTES = 128;
const SERIAL_BYTES = 16;
const AT = {
  decode: 0,
  lengths: 3,
  encodeType: 6,
  encrypted: 7,
  cardStatus: 343,
  magnePrintStatus: 344,
  magnePrintLength: 348,
  magnePrint: 349,
  serial: 477,
  status: 493,
  ksn: 495,
  maskedLengths: 505,
  masked: 508,
  sessionId: 844,
  absolute: 852,
} as const;

type Three<T> = readonly [T, T, T];

/** A swipe report, field by field. Tracks that could not be read are empty. */
export interface MagneSafeReport {
  /** Bit 0 set: the track could not be read. */
  readonly decode: Three<number>;
  /** 0 bank card, 1 AAMVA, 3 other; 4 raw. */
  readonly encodeType: number;
  /** TDES ciphertext of each track; clear text when the reader has no key. */
  readonly encrypted: Three<Bytes>;
  readonly cardStatus: number;
  /** Four bytes as they come. */
  readonly magnePrintStatus: Bytes;
  readonly magnePrint: Bytes;
  readonly serial: string;
  /** Bit 0 keys used up, 1 key injected, 2 encryption on, 3 authentication wanted, 4 timed out, 8 counter used up. */
  readonly status: number;
  readonly ksn: Bytes;
  readonly masked: Three<string>;
  readonly sessionId: Bytes;
  /** Lengths before encryption: three tracks and MagnePrint. */
  readonly absolute: readonly number[];
  /** What newer firmware adds after byte 855. */
  readonly rest: Bytes;
}

/** Undefined when the bytes are no swipe report that may carry encrypted tracks, or their lengths cannot be. */
export function readReport(data: Uint8Array): MagneSafeReport | undefined {
  if (data.length < REPORT_BYTES || data.length > LONG_REPORT_BYTES) return undefined;
  const byte = (at: number): number => data[at] ?? 0;
  const slice = (at: number, length: number): Bytes => Uint8Array.from(data.subarray(at, at + length));
  const three = <T>(make: (track: number) => T): Three<T> => [make(0), make(1), make(2)];
  const lengths = three((track) => byte(AT.lengths + track));
  const maskedLengths = three((track) => byte(AT.maskedLengths + track));
  const printed = byte(AT.magnePrintLength);
  if ([...lengths, ...maskedLengths].some((length) => length > TRACK_BYTES)) return undefined;
  if (printed > MAGNEPRINT_BYTES) return undefined;
  return {
    decode: three((track) => byte(AT.decode + track)),
    encodeType: byte(AT.encodeType),
    encrypted: three((track) => slice(AT.encrypted + track * TRACK_BYTES, lengths[track] ?? 0)),
    cardStatus: byte(AT.cardStatus),
    magnePrintStatus: slice(AT.magnePrintStatus, 4),
    magnePrint: slice(AT.magnePrint, printed),
    serial: textOf(slice(AT.serial, SERIAL_BYTES)).replace(/\0.*$/s, ''),
    status: byte(AT.status) * 256 + byte(AT.status + 1),
    ksn: slice(AT.ksn, 10),
    masked: three((track) => textOf(slice(AT.masked + track * TRACK_BYTES, maskedLengths[track] ?? 0))),
    sessionId: slice(AT.sessionId, 8),
    absolute: [...slice(AT.absolute, 4)],
    rest: slice(REPORT_BYTES, data.length - REPORT_BYTES),
  };
}

/** The bytes of a report; fields that are too long are cut. */
export function writeReport(report: MagneSafeReport): Bytes {
  const data = new Uint8Array(REPORT_BYTES + Math.min(report.rest.length, LONG_REPORT_BYTES - REPORT_BYTES));
  const put = (at: number, bytes: ArrayLike<number>, most: number): number => {
    const length = Math.min(bytes.length, most, data.length - at);
    for (let index = 0; index < length; index += 1) data[at + index] = bytes[index] ?? 0;
    return length;
  };
  put(AT.decode, report.decode, 3);
  data[AT.encodeType] = report.encodeType;
  for (const [track, bytes] of report.encrypted.entries()) {
    data[AT.lengths + track] = put(AT.encrypted + track * TRACK_BYTES, bytes, TRACK_BYTES);
  }
  for (const [track, text] of report.masked.entries()) {
    data[AT.maskedLengths + track] = put(AT.masked + track * TRACK_BYTES, codesOf(text), TRACK_BYTES);
  }
  data[AT.cardStatus] = report.cardStatus;
  put(AT.magnePrintStatus, report.magnePrintStatus, 4);
  data[AT.magnePrintLength] = put(AT.magnePrint, report.magnePrint, MAGNEPRINT_BYTES);
  // The last byte ends the text (99875475, "Device serial number").
  put(AT.serial, codesOf(report.serial), SERIAL_BYTES - 1);
  put(AT.status, [report.status >> 8, report.status & 0xff], 2);
  put(AT.ksn, report.ksn, 10);
  put(AT.sessionId, report.sessionId, 8);
  put(AT.absolute, report.absolute, 4);
  put(REPORT_BYTES, report.rest, LONG_REPORT_BYTES - REPORT_BYTES);
  return data;
}

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const codesOf = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0));
