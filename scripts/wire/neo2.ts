import * as z from 'zod/mini';
import { holdsCardNumber } from '../../src/devices/codecs/card-scan/card-scan.ts';
import { NEO2_COMMANDS } from '../../src/devices/codecs/neo2/commands.ts';
import {
  encodeNeo2,
  Neo2Decoder,
  type Neo2Frame,
  type Neo2Piece,
} from '../../src/devices/codecs/neo2/frame.ts';
import { neo2Objects } from '../../src/devices/codecs/neo2/objects.ts';
import { NEO2_REPORT_BYTES, Neo2ReportDecoder, neo2Reports } from '../../src/devices/codecs/neo2/reports.ts';
import { readNeo2Result } from '../../src/devices/codecs/neo2/result.ts';
import { tagHex, tagName } from '../../src/devices/codecs/tlv/emv-tags.ts';
import { isSensitiveTag } from '../../src/devices/codecs/tlv/mask.ts';
import { upperHex } from '../../src/devices/dialogue/hex.ts';
import { cardOf } from '../../src/devices/drivers/neo2/card.ts';
import { WireFailure } from './failure.ts';
import { bytesWithoutNames, namesIn } from './hidden-names.ts';
import type { WireCodec } from './wire-codec.ts';

/** `wire decode neo2` and `wire encode neo2`: ViVOtech2 frames as a serial line has them, or in HID reports with their id. */
export const neo2: WireCodec = {
  decode: (bytes) => {
    const isReports = (bytes[0] ?? 0) >= 1 && (bytes[0] ?? 0) <= 4;
    const found = isReports ? reports(bytes) : stream(bytes);
    if (!found.some((each) => 'direction' in each))
      throw new WireFailure('bad-frame', 'no whole frame in it');
    return found;
  },
  encode: (value) => {
    const given = FramesSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return Uint8Array.from(given.data.flatMap((each) => [...encoded(each)]));
  },
};

/** Answers that may hold a card: activate, last result, host response. */
const WITH_CARD: readonly number[] = [0x02, 0x03, 0x60];
const WITH_DATA: readonly number[] = [0x00, 0x23];

function stream(bytes: Uint8Array): readonly object[] {
  const decoder = new Neo2Decoder();
  const found = [...bytes].flatMap((byte, at) =>
    decoder.push(Uint8Array.of(byte)).map((piece) => shown(piece, 'serial', at)),
  );
  return [...found, ...decoder.end().map(() => ({ error: 'truncated', at: bytes.length }))];
}

function reports(bytes: Uint8Array): readonly object[] {
  const decoder = new Neo2ReportDecoder();
  const found: object[] = [];
  for (let at = 0; at < bytes.length; at += NEO2_REPORT_BYTES + 1) {
    const data = bytes.subarray(at + 1, at + 1 + NEO2_REPORT_BYTES);
    for (const piece of decoder.push({ id: bytes[at] ?? 0, data })) found.push(shown(piece, 'report', at));
  }
  return found;
}

function shown(piece: Neo2Piece, frame: 'serial' | 'report', at: number): object {
  if (piece.kind === 'error') return { error: piece.error, at };
  const { direction, command, code, data } = piece.frame;
  const name = Object.entries(NEO2_COMMANDS).find(
    ([, [number, sub]]) => number === command && (direction === 'response' || sub === code),
  )?.[0];
  return {
    frame,
    direction,
    command: hex2(command),
    [direction === 'response' ? 'status' : 'code']: hex2(code),
    ...(name === undefined ? {} : { name }),
    ...(data.length === 0 ? {} : shownData(piece.frame)),
  };
}

/** The data as it is, and what it means; hidden where it holds a card in clear. */
function shownData({ direction, command, code, data: told }: Neo2Frame): object {
  const isCard = direction !== 'command' && WITH_CARD.includes(command) && WITH_DATA.includes(code);
  const isRequest = command === 0x02 && direction === 'command';
  const named = isCard
    ? readNeo2Result(told)?.objects
    : isRequest
      ? neo2Objects(told.subarray(1))
      : undefined;
  const data = bytesWithoutNames(
    told,
    namesIn((named ?? []).filter(({ attribute }) => attribute === 'plain')),
  );
  const read = isCard ? cardOf(data) : undefined;
  const isClear =
    read === undefined ? holdsCardNumber(data) : read.kind === 'unfit' && read.reason === 'not-encrypted';
  if (isClear) return { masked: '****', error: 'not-encrypted' };
  const result = isCard ? readNeo2Result(data) : undefined;
  const objects = result?.objects ?? (isRequest ? neo2Objects(data.subarray(1)) : undefined);
  return {
    data: upperHex(data),
    ...(result === undefined ? {} : { attribution: result.attribution, ksn: upperHex(result.ksn) }),
    ...(objects === undefined
      ? {}
      : {
          objects: objects.map(({ tag, attribute, value }) => {
            const name = tagName(tag);
            const isHidden = isSensitiveTag(tag) && attribute === 'plain' && value.length % 8 !== 0;
            return {
              tag: tagHex(tag),
              ...(name === undefined ? {} : { name }),
              ...(attribute === 'plain' ? {} : { attribute }),
              length: value.length,
              ...(isHidden ? { masked: '****' } : { value: upperHex(value) }),
            };
          }),
        }),
  };
}

const hex2 = (byte: number): string => byte.toString(16).padStart(2, '0').toUpperCase();
const byteText = z.string().check(z.regex(/^[0-9a-fA-F]{2}$/));
const FrameSchema = z.object({
  frame: z.optional(z.enum(['serial', 'report'])),
  direction: z.enum(['command', 'response', 'either']),
  command: byteText,
  code: z.optional(byteText),
  status: z.optional(byteText),
  data: z.optional(z.string().check(z.regex(/^([0-9a-fA-F]{2})*$/))),
  masked: z.optional(z.never()),
});
const FramesSchema = z.array(FrameSchema);

function encoded({
  frame = 'serial',
  direction,
  command,
  code,
  status,
  data,
}: z.infer<typeof FrameSchema>): Uint8Array {
  const bytes = encodeNeo2({
    direction,
    command: Number.parseInt(command, 16),
    code: Number.parseInt(code ?? status ?? '00', 16),
    data: Uint8Array.from(Buffer.from(data ?? '', 'hex')),
  });
  if (frame === 'serial') return bytes;
  return Buffer.concat(neo2Reports(bytes).map((report) => Uint8Array.from([report.id, ...report.data])));
}
