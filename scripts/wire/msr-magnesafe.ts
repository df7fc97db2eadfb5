import * as z from 'zod/mini';
import { holdsClearTrack } from '../../src/devices/codecs/msr/masked-track.ts';
import { readFeature, writeFeature } from '../../src/devices/codecs/msr-magnesafe/command.ts';
import { readMagneSafe } from '../../src/devices/codecs/msr-magnesafe/reading.ts';
import {
  CLEAR_REPORT_BYTES,
  LONG_REPORT_BYTES,
  type MagneSafeReport,
  REPORT_BYTES,
  readReport,
  writeReport,
} from '../../src/devices/codecs/msr-magnesafe/report.ts';
import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import { WireFailure } from './failure.ts';
import { ShownTrackSchema, shownTrack, trackOf } from './masked-track.ts';
import type { WireCodec } from './wire-codec.ts';

/**
 * `wire decode msr-magnesafe` and `wire encode msr-magnesafe`: swipe reports (856 or 887 bytes each, one after the other) and
 * feature reports (up to 64 bytes) of MagneSafe V5 readers.
 */
export const msrMagneSafe: WireCodec = {
  decode: (bytes) => {
    if (bytes.length >= 2 && bytes.length <= FEATURE_BYTES_MAX) return [shownFeature(bytes)];
    if (bytes.length < CLEAR_REPORT_BYTES) throw new WireFailure('bad-length', 'no report has so few bytes');
    const step = STEPS.find((each) => bytes.length % each === 0) ?? bytes.length;
    const reports: unknown[] = [];
    for (let at = 0; at < bytes.length; at += step)
      reports.push(shownReport(bytes.subarray(at, at + step), at));
    return reports;
  },
  encode: (value) => {
    const given = MessagesSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return Buffer.concat(given.data.map(bytesOf));
  },
};

const FEATURE_BYTES_MAX = 64;
const STEPS = [REPORT_BYTES, LONG_REPORT_BYTES, CLEAR_REPORT_BYTES];

function shownFeature(bytes: Uint8Array): unknown {
  const message = readFeature(bytes);
  const isWhole =
    message !== undefined && bytes.subarray(2 + message.data.length).every((byte) => byte === 0);
  if (!isWhole) return { error: 'bad-length', at: 0 };
  if (holdsClearTrack(bytes)) return { error: 'not-encrypted', at: 0 };
  return { kind: 'feature', code: message.code, data: hexOf(message.data), bytes: bytes.length };
}

/** A report that may not be used is told by its reason only, when there is clear card data in it. */
function shownReport(bytes: Uint8Array, at: number): unknown {
  if (bytes.length === CLEAR_REPORT_BYTES || holdsClearTrack(bytes)) return { error: 'not-encrypted', at };
  const report = readReport(bytes);
  if (report === undefined) return { error: 'bad-length', at };
  // The rest of a field is not defined; a report with something there would not come back the same.
  const isExact = writeReport(report).every((byte, place) => byte === bytes[place]);
  const reading = readMagneSafe(bytes);
  return {
    kind: 'swipe',
    ...(reading.kind === 'refused' ? { refused: reading.reason } : {}),
    decode: report.decode,
    encodeType: report.encodeType,
    encrypted: report.encrypted.map(hexOf),
    masked: report.masked.map(shownTrack),
    cardStatus: report.cardStatus,
    magnePrintStatus: hexOf(report.magnePrintStatus),
    magnePrint: hexOf(report.magnePrint),
    serial: report.serial,
    status: report.status,
    ksn: hexOf(report.ksn),
    sessionId: hexOf(report.sessionId),
    absolute: report.absolute,
    rest: hexOf(report.rest),
    ...(isExact ? {} : { more: true }),
  };
}

const byte = z.int().check(z.minimum(0), z.maximum(0xff));
const hex = (bytesMax: number) =>
  z.pipe(
    z.string().check(z.regex(/^([0-9a-fA-F]{2})*$/), z.maxLength(2 * bytesMax)),
    z.transform((text: string) => Uint8Array.from(Buffer.from(text, 'hex'))),
  );
const track = hex(112);
const SwipeSchema = z.strictObject({
  kind: z.literal('swipe'),
  refused: z.optional(z.string()),
  decode: z.tuple([byte, byte, byte]),
  encodeType: byte,
  encrypted: z.tuple([track, track, track]),
  masked: z.tuple([ShownTrackSchema, ShownTrackSchema, ShownTrackSchema]),
  cardStatus: z._default(byte, 0),
  magnePrintStatus: z._default(hex(4), new Uint8Array(4)),
  magnePrint: z._default(hex(128), new Uint8Array(0)),
  serial: z._default(z.string().check(z.maxLength(15)), ''),
  status: z.int().check(z.minimum(0), z.maximum(0xffff)),
  ksn: hex(10),
  sessionId: z._default(hex(8), new Uint8Array(8)),
  absolute: z._default(z.tuple([byte, byte, byte, byte]), [0, 0, 0, 0]),
  rest: z._default(hex(LONG_REPORT_BYTES - REPORT_BYTES), new Uint8Array(0)),
});
const FeatureSchema = z.strictObject({
  kind: z.literal('feature'),
  code: byte,
  data: hex(FEATURE_BYTES_MAX - 2),
  bytes: z._default(z.int().check(z.minimum(2), z.maximum(FEATURE_BYTES_MAX)), 24),
});
const MessagesSchema = z.array(z.discriminatedUnion('kind', [SwipeSchema, FeatureSchema]));

function bytesOf(message: z.infer<typeof MessagesSchema>[number]): Uint8Array {
  if (message.kind === 'feature') return writeFeature(message, message.bytes);
  const { kind: _, refused: __, masked, ...fields } = message;
  const [one, two, three] = masked.map(trackOf);
  const report: MagneSafeReport = { ...fields, masked: [one ?? '', two ?? '', three ?? ''] };
  return writeReport(report);
}
