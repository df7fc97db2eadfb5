import * as z from 'zod/mini';
import { readMmsArqc } from '../../src/devices/codecs/mms/arqc.ts';
import { MMS_COMMANDS } from '../../src/devices/codecs/mms/commands.ts';
import { mmsHappening } from '../../src/devices/codecs/mms/happenings.ts';
import {
  decodeMms,
  encodeMms,
  type MmsMessage,
  mmsStatus,
  mmsTlv,
} from '../../src/devices/codecs/mms/message.ts';
import { MMS_REPORT_BYTES, MmsReportDecoder, mmsReports } from '../../src/devices/codecs/mms/reports.ts';
import { MmsSlipDecoder, mmsSlip } from '../../src/devices/codecs/mms/slip.ts';
import type { TlvNode } from '../../src/devices/codecs/tlv/ber-tlv.ts';
import { showTlv } from '../../src/devices/codecs/tlv/mask.ts';
import { holdsCardData } from '../../src/devices/dialogue/guard.ts';
import { upperHex } from '../../src/devices/dialogue/hex.ts';
import { cardOf } from '../../src/devices/drivers/mms/card.ts';
import { WireFailure } from './failure.ts';
import { bytesWithoutNames } from './hidden-names.ts';
import type { WireCodec } from './wire-codec.ts';

/**
 * `wire decode mms` and `wire encode mms`: messages of MagTek MMS readers, as they are (AA 00 …), in HID reports of 64 bytes, or
 * on a serial line (C0 … C0).
 */
export const mms: WireCodec = {
  decode: (bytes) => {
    const found =
      bytes[0] === START
        ? bare(bytes)
        : bytes.includes(SLIP) && bytes[0] === SLIP
          ? slip(bytes)
          : reports(bytes);
    if (found.length === 0) throw new WireFailure('bad-frame', 'no message of the family in it');
    return found;
  },
  encode: (value) => {
    const given = MessagesSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return Uint8Array.from(given.data.flatMap((each) => [...encoded(each)]));
  },
};

const START = 0xaa;
const SLIP = 0xc0;
/** Objects on the first level of a message. */
const LEVEL: readonly (number | undefined)[] = [0x81, 0x82, 0x84];
/** Serial numbers of keys and readers, codes, masked tracks: not card data. */
const OPAQUE: ReadonlySet<number> = new Set([0xdfdf54, 0xdfdf55, 0xdfdf56, 0xdfdf59, 0xdfdf25, 0xdfdf4d]);

type Frame = 'message' | 'report' | 'slip';

/** Messages one after the other, each as long as its objects say. */
function bare(bytes: Uint8Array): readonly unknown[] {
  const found: unknown[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = endOfMessage(bytes, at);
    const message = end === undefined ? undefined : decodeMms(bytes.subarray(at, end));
    if (end === undefined || message === undefined) return [...found, { error: 'truncated', at }];
    found.push(shown(message, 'message'));
    at = end;
  }
  return found;
}

function endOfMessage(bytes: Uint8Array, from: number): number | undefined {
  let at = from + 2;
  while (LEVEL.includes(bytes[at])) {
    const first = bytes[at + 1] ?? 0;
    const more = first < 0x80 ? 0 : first & 0x7f;
    const size =
      more === 0 ? first : bytes.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
    at += 2 + more + size;
  }
  return at > bytes.length || at === from + 2 ? undefined : at;
}

function reports(bytes: Uint8Array): readonly unknown[] {
  const decoder = new MmsReportDecoder();
  const found: unknown[] = [];
  for (let at = 0; at < bytes.length; at += MMS_REPORT_BYTES) {
    for (const piece of decoder.push(bytes.subarray(at, at + MMS_REPORT_BYTES))) {
      if (piece.kind === 'error') found.push({ error: piece.error, at });
      else if (piece.kind === 'cancelled') found.push({ cancelled: piece.reason, at });
      else found.push(read(piece.bytes, 'report', at));
    }
  }
  return decoder.isOpen ? [...found, { error: 'truncated', at: bytes.length }] : found;
}

function slip(bytes: Uint8Array): readonly unknown[] {
  const decoder = new MmsSlipDecoder();
  return [...bytes].flatMap((byte, at) =>
    decoder.push(Uint8Array.of(byte)).map((piece) => {
      if (piece.kind === 'error') return { error: piece.error, at };
      return { ...read(piece.bytes, 'slip', at), fromDevice: piece.isFromDevice };
    }),
  );
}

function read(bytes: Uint8Array, frame: Frame, at: number): object {
  const message = decodeMms(bytes);
  return message === undefined ? { error: 'bad-message', at } : shown(message, frame);
}

function shown(told: MmsMessage, frame: Frame): object {
  const message = nameless(told);
  const { type, ref, command, detail, payload } = message;
  const name = Object.entries(MMS_COMMANDS).find(([, number]) => number === command)?.[0];
  return {
    frame,
    type,
    ref,
    command: command.toString(16).padStart(4, '0').toUpperCase(),
    ...(name === undefined ? {} : { name }),
    ...(detail === undefined ? {} : { detail: upperHex(detail) }),
    ...(type === 'response' ? { status: mmsStatus(message) } : {}),
    ...(payload === undefined ? {} : shownPayload(message, payload)),
  };
}

/** With stars for the holder's name, wherever it stands in the payload. */
function nameless(message: MmsMessage): MmsMessage {
  const { payload } = message;
  if (payload === undefined) return message;
  return { ...message, payload: bytesWithoutNames(payload) };
}

/** The payload as it is, and what it means; hidden where it holds a card in clear. */
function shownPayload(message: MmsMessage, payload: Uint8Array): object {
  const nodes = mmsTlv(payload);
  const happening = message.type === 'notification' ? mmsHappening(message) : { kind: 'other' as const };
  const said = 'payload' in happening ? happening.payload : undefined;
  const isClear =
    said === undefined
      ? holdsCardData(leaves(nodes ?? []), OPAQUE)
      : cardOf(said, message.detail?.[0] ?? 0).kind === 'unfit';
  if (isClear) return { masked: '****', error: 'not-encrypted' };
  return {
    payload: upperHex(payload),
    ...(nodes === undefined || said !== undefined ? {} : { objects: showTlv(nodes) }),
    ...(said === undefined ? {} : { card: shownCard(said) }),
    ...('text' in happening ? { text: happening.text } : {}),
    ...('how' in happening ? { how: happening.how, source: happening.source } : {}),
  };
}

function shownCard(payload: Uint8Array): object | undefined {
  const arqc = readMmsArqc(payload);
  if (arqc === undefined) return { error: 'unreadable' };
  const { container, ksn, encryption, maskedTrack, cardType, isFallback } = arqc;
  return {
    read: cardType,
    isFallback,
    maskedTrack,
    ksn: upperHex(ksn),
    ...encryption,
    containerBytes: container.length,
  };
}

const leaves = (nodes: readonly TlvNode[]): readonly TlvNode[] =>
  nodes.flatMap((node) => (node.constructed ? leaves(node.children) : [node]));

const hexText = z.string().check(z.regex(/^([0-9a-fA-F]{2})*$/));
const MessageSchema = z.object({
  frame: z.optional(z.enum(['message', 'report', 'slip'])),
  fromDevice: z.optional(z.boolean()),
  type: z.enum(['request', 'response', 'notification', 'file']),
  ref: z.int().check(z.minimum(0), z.maximum(255)),
  command: z.string().check(z.regex(/^[0-9a-fA-F]{4}$/)),
  detail: z.optional(z.string().check(z.regex(/^[0-9a-fA-F]{8}$/))),
  payload: z.optional(hexText),
  masked: z.optional(z.never()),
});
const MessagesSchema = z.array(MessageSchema);

function encoded({
  frame = 'message',
  fromDevice = false,
  type,
  ref,
  command,
  detail,
  payload,
}: z.infer<typeof MessageSchema>): Uint8Array {
  const message = encodeMms({
    type,
    ref,
    command: Number.parseInt(command, 16),
    ...(detail === undefined ? {} : { detail: Buffer.from(detail, 'hex') }),
    ...(payload === undefined ? {} : { payload: Buffer.from(payload, 'hex') }),
  });
  if (frame === 'slip') return mmsSlip(message, fromDevice);
  return frame === 'report' ? Buffer.concat(mmsReports(message)) : message;
}
