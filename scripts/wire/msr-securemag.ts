import * as z from 'zod/mini';
import { holdsClearTrack } from '../../src/devices/codecs/msr/masked-track.ts';
import { readCard, type SecureMagCard, writeCard } from '../../src/devices/codecs/msr-securemag/card.ts';
import {
  CARD_BYTES_MAX,
  FrameDecoder,
  type FrameEvent,
  writeFrame,
} from '../../src/devices/codecs/msr-securemag/frame.ts';
import { readSecureMagCard } from '../../src/devices/codecs/msr-securemag/reading.ts';
import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import { WireFailure } from './failure.ts';
import { ShownTrackSchema, shownTrack, trackOf } from './masked-track.ts';
import type { WireCodec } from './wire-codec.ts';

/** `wire decode msr-securemag` and `wire encode msr-securemag`: frames of ID TECH swipe readers, also inside HID reports. */
export const msrSecureMag: WireCodec = {
  decode: (bytes) => {
    const decoder = new FrameDecoder();
    const events = [...decoder.push(bytes), ...decoder.end()];
    if (events.length === 0) {
      const isClear = holdsClearTrack(bytes);
      throw new WireFailure(isClear ? 'not-encrypted' : 'no-frame', 'no frame in these bytes');
    }
    return withNoise(events, bytes);
  },
  encode: (value) => {
    const given = CardsSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return Buffer.concat(given.data.map((card) => writeFrame(checked(writeCard(cardOf(card))))));
  },
};

/** What stands between frames: zeros are the padding of a report and nothing to tell. */
function withNoise(events: readonly FrameEvent[], bytes: Uint8Array): readonly unknown[] {
  const told: unknown[] = [];
  let from = 0;
  for (const event of events) {
    if (event.kind === 'card') {
      const skipped = bytes.subarray(from, event.at);
      const isTold = events.some((each) => each.kind === 'bad' && each.at >= from && each.at < event.at);
      if (!isTold && skipped.some((byte) => byte !== 0))
        told.push({ error: 'noise', at: from, length: skipped.length });
      told.push(shown(event.card, event.at));
      from = event.at + event.card.length + FRAME_AROUND;
    } else if (event.at >= from) told.push({ error: event.reason, at: event.at });
  }
  return told;
}

/** Bytes of a frame around its card data. */
const FRAME_AROUND = 6;

function shown(bytes: Uint8Array, at: number): unknown {
  const reading = readSecureMagCard(bytes);
  if (holdsClearTrack(bytes)) return { error: 'not-encrypted', at };
  const card = readCard(bytes);
  if (card === undefined) return { error: 'bad-layout', at };
  return {
    kind: 'card',
    ...(reading.kind === 'refused' ? { refused: reading.reason } : {}),
    structure: card.enhanced ? 'enhanced' : 'original',
    type: card.type,
    status: card.status,
    lengths: card.lengths,
    ...(card.enhanced ? { maskStatus: card.maskStatus, sentStatus: card.sentStatus } : {}),
    ...(card.options.length === 0 ? {} : { options: hexOf(card.options) }),
    masked: card.masked.map(shownTrack),
    encrypted: card.encrypted.map(hexOf),
    ...(card.sessionId.length === 0 ? {} : { sessionId: hexOf(card.sessionId) }),
    hashes: card.hashes.map(hexOf),
    ...(card.serial === '' ? {} : { serial: card.serial }),
    ksn: hexOf(card.ksn),
  };
}

const byte = z.int().check(z.minimum(0), z.maximum(0xff));
const hex = z.pipe(
  z.string().check(z.regex(/^([0-9a-fA-F]{2})*$/), z.maxLength(2 * CARD_BYTES_MAX)),
  z.transform((text: string) => Uint8Array.from(Buffer.from(text, 'hex'))),
);
const none = new Uint8Array(0);
const CardsSchema = z.array(
  z.strictObject({
    kind: z.literal('card'),
    refused: z.optional(z.string()),
    structure: z.enum(['enhanced', 'original']),
    type: byte,
    status: byte,
    lengths: z.tuple([byte, byte, byte]),
    maskStatus: z._default(byte, 0),
    sentStatus: z._default(byte, 0),
    options: z._default(hex, none),
    masked: z.tuple([ShownTrackSchema, ShownTrackSchema, ShownTrackSchema]),
    encrypted: z.tuple([hex, hex, hex]),
    sessionId: z._default(hex, none),
    hashes: z.array(hex),
    serial: z._default(z.string(), ''),
    ksn: hex,
  }),
);

function cardOf(given: z.infer<typeof CardsSchema>[number]): SecureMagCard {
  const { kind: _, refused: __, structure, masked, ...fields } = given;
  const [one, two, three] = masked.map(trackOf);
  return { ...fields, enhanced: structure === 'enhanced', masked: [one ?? '', two ?? '', three ?? ''] };
}

/** Lengths and fields must agree, or nobody could read what is written. */
function checked(card: Uint8Array): Uint8Array {
  if (card.length > CARD_BYTES_MAX || readCard(card) === undefined) {
    throw new WireFailure('bad-command', 'the fields do not agree with their lengths');
  }
  return card;
}
