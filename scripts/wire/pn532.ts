import * as z from 'zod/mini';
import { COMMANDS, readFirmware, readListed } from '../../src/devices/codecs/pn532/commands.ts';
import {
  ACK,
  FrameDecoder,
  type FrameEvent,
  NACK,
  WAKE,
  writeFrame,
} from '../../src/devices/codecs/pn532/frame.ts';
import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import { WireFailure } from './failure.ts';
import type { WireCodec } from './wire-codec.ts';

/** `wire decode pn532` and `wire encode pn532`: frames of PN532 tag readers, both directions. */
export const pn532: WireCodec = {
  decode: (bytes) => {
    const events = new FrameDecoder().push(bytes);
    const told = withNoise(events, bytes);
    if (events.length === 0 && told.every((message) => 'error' in message)) {
      throw new WireFailure('no-frame', 'no frame in these bytes');
    }
    return told;
  },
  encode: (value) => {
    const given = MessagesSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return Buffer.concat(given.data.map(bytesOf));
  },
};

type Message = Readonly<Record<string, unknown>>;

/** Zeros around frames are preamble and postamble; `55` wakes the reader; anything else is told. */
function withNoise(events: readonly FrameEvent[], bytes: Uint8Array): readonly Message[] {
  const told: Message[] = [];
  let from = 0;
  const between = (to: number): void => {
    const skipped = bytes.subarray(from, to);
    if (/^(55)+(00)*$/.test(hexOf(skipped))) told.push({ kind: 'wake' });
    else if (skipped.some((byte) => byte !== 0))
      told.push({ error: 'noise', at: from, length: skipped.length });
  };
  for (const event of events) {
    between(event.at);
    told.push(shown(event));
    from = event.at + (event.kind === 'bad' ? 2 : event.bytes);
  }
  const rest = bytes.subarray(from);
  const isCut = rest.some((byte, at) => byte === 0x00 && rest[at + 1] === 0xff);
  if (isCut)
    told.push({ error: 'cut', at: from + rest.findIndex((byte, at) => byte === 0 && rest[at + 1] === 0xff) });
  else between(bytes.length);
  return told;
}

const NAMES = new Map<number, string>(Object.entries(COMMANDS).map(([name, code]) => [code, name]));

function shown(event: FrameEvent): Message {
  if (event.kind === 'bad') return { error: event.reason, at: event.at };
  if (event.kind !== 'frame') return { kind: event.kind };
  const { from, code, data } = event;
  const command = NAMES.get(from === 'host' ? code : code - 1);
  return {
    kind: 'frame',
    from,
    code,
    data: hexOf(data),
    ...(command === undefined ? {} : { command }),
    ...(from === 'reader' ? meaning(command, data) : {}),
  };
}

/** What an answer says, for people. */
function meaning(command: string | undefined, data: Uint8Array): Message {
  if (command === 'GetFirmwareVersion') {
    const firmware = readFirmware(data);
    return firmware === undefined ? {} : { firmware: `${firmware.version}.${firmware.revision}` };
  }
  const listed = command === 'InListPassiveTarget' ? readListed(data) : undefined;
  if (listed === undefined) return {};
  return { tag: listed === 'none' ? null : { uid: hexOf(listed.uid), selRes: listed.selRes } };
}

const DATA_MAX = 263;
const MessagesSchema = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('wake') }),
    z.strictObject({ kind: z.literal('ack') }),
    z.strictObject({ kind: z.literal('nack') }),
    z.strictObject({ kind: z.literal('error') }),
    z.strictObject({
      kind: z.literal('frame'),
      from: z.enum(['host', 'reader']),
      code: z.int().check(z.minimum(0), z.maximum(0xff)),
      data: z.string().check(z.regex(/^([0-9a-fA-F]{2})*$/), z.maxLength(2 * DATA_MAX)),
      /** For people. */
      command: z.optional(z.string()),
      firmware: z.optional(z.string()),
      tag: z.optional(z.unknown()),
    }),
  ]),
);

const ERROR_FRAME = Uint8Array.of(0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00);

function bytesOf(message: z.infer<typeof MessagesSchema>[number]): Uint8Array {
  switch (message.kind) {
    case 'wake':
      return WAKE;
    case 'ack':
      return ACK;
    case 'nack':
      return NACK;
    case 'error':
      return ERROR_FRAME;
    default:
      return writeFrame(message.from, message.code, Buffer.from(message.data, 'hex'));
  }
}
