import * as z from 'zod/mini';
import {
  ECRHUB_TYPES,
  EcrHubDecoder,
  type EcrHubItem,
  type EcrHubPacket,
  type EcrHubType,
  encodeEcrHub,
} from '../../src/devices/codecs/ecrhub/packet.ts';
import { DeviceError } from '../../src/devices/errors.ts';
import { withoutCards } from '../../src/devices/terminals/terminal-approval.ts';
import { WireFailure } from './failure.ts';
import { refusing, type WireCodec } from './wire-codec.ts';

/** `wire decode ecrhub` and `wire encode ecrhub`: packets of ECRHub / CodePay terminals, card numbers masked. */
export const ecrHub: WireCodec = {
  decode: (bytes) => {
    const decoder = new EcrHubDecoder();
    const items = [...decoder.push(bytes), ...decoder.giveUp()];
    if (items.every(({ kind }) => kind === 'noise'))
      throw new WireFailure('no-frame', 'no packet in these bytes');
    return items.map(shown);
  },
  encode: (value) => {
    const given = PacketsSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return refusing([DeviceError], () =>
      Buffer.concat(given.data.map((packet) => encodeEcrHub(packetOf(packet)))),
    );
  },
};

const byte = z.int().check(z.minimum(0), z.maximum(255));
const PacketsSchema = z.array(
  z.strictObject({
    type: z.enum(ECRHUB_TYPES as [EcrHubType, ...EcrHubType[]]),
    /** Shown for people: a packet without data is a heartbeat or an acknowledgement. */
    meaning: z.optional(z.string()),
    ack: z._default(byte, 0),
    id: z._default(byte, 0),
    body: z.optional(z.record(z.string(), z.unknown())),
    text: z.optional(z.string()),
    hex: z.optional(z.string().check(z.regex(/^([0-9a-fA-F]{2})*$/))),
  }),
);
type GivenPacket = z.infer<typeof PacketsSchema>[number];

function packetOf({ type, ack, id, body, text, hex }: GivenPacket): EcrHubPacket {
  const data =
    hex === undefined
      ? new TextEncoder().encode(text ?? (body === undefined ? '' : JSON.stringify(body)))
      : Uint8Array.from(Buffer.from(hex, 'hex'));
  return { type, ack, id, data };
}

function shown(item: EcrHubItem): unknown {
  if (item.kind === 'noise') return { error: 'noise', at: item.at, length: item.length };
  if (item.kind === 'bad') return { error: item.code, at: item.at };
  const { type, ack, id, data } = item.packet;
  if (data.length === 0) {
    const meaning = type !== 'data' ? undefined : ack === 0 ? 'heartbeat' : 'ack';
    return { type, ...(meaning === undefined || id !== 0 ? {} : { meaning }), ack, id };
  }
  return { type, ack, id, ...shownData(data) };
}

/** JSON where it reads the same when written again, else its text, else bytes. */
function shownData(data: Uint8Array): object {
  let text: string;
  try {
    text = withoutCards(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data));
  } catch {
    const hex = Buffer.from(data).toString('hex').toUpperCase();
    return withoutCards(hex) === hex ? { hex } : { error: 'card-data' };
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body) && JSON.stringify(body) === text)
      return { body };
  } catch {
    // Not JSON: shown as text.
  }
  return { text };
}
