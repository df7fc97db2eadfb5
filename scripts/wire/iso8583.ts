import * as z from 'zod/mini';
import { Iso8583Codec } from '../../server/src/acquirers/iso8583/codec.ts';
import { UNIONPAY_FIELDS } from '../../server/src/acquirers/iso8583/fields.ts';
import { TPDU_ID, writeFrame } from '../../server/src/acquirers/iso8583/frame.ts';
import { Iso8583Error } from '../../server/src/acquirers/iso8583/iso8583-error.ts';
import { showMessage } from '../../server/src/acquirers/iso8583/show.ts';
import { parseTlv } from '../../src/devices/codecs/tlv/ber-tlv.ts';
import { showTlv } from '../../src/devices/codecs/tlv/mask.ts';
import { TlvError } from '../../src/devices/codecs/tlv/tlv-error.ts';
import { WireFailure } from './failure.ts';
import { refusing, type WireCodec } from './wire-codec.ts';

const codec = new Iso8583Codec(UNIONPAY_FIELDS);
const LENGTH_BYTES = 2;
const TPDU_BYTES = 5;
const HEADER_BYTES = 6;

/** `wire decode iso8583` and `wire encode iso8583`: bank messages, with or without their frame, card data masked. */
export const iso8583: WireCodec = {
  decode: (bytes) =>
    refusing([Iso8583Error, TlvError], () => {
      const { message, ...frame } = unframed(Buffer.from(bytes));
      const shown = showMessage(codec.unpack(message), (data) => showTlv(parseTlv(data)));
      const second = ((message[2] ?? 0) & 0x80) !== 0;
      const bitmap = message.toString('hex', 2, second ? 18 : 10).toUpperCase();
      return [{ ...frame, mti: shown.mti, bitmap, fields: shown.fields }];
    }),
  encode: (value) => {
    const given = MessageSchema.safeParse(value);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    const { tpdu, header, mti, fields } = given.data;
    return refusing([Iso8583Error], () => {
      const message = codec.pack({ mti, fields });
      return tpdu === undefined ? message : writeFrame({ tpdu, header: header ?? '603100310000', message });
    });
  },
};

/** Takes off what is there of length, TPDU and header. A message type begins with 0; the others never do. */
function unframed(bytes: Buffer) {
  const framed =
    bytes.length > LENGTH_BYTES &&
    bytes.readUInt16BE(0) === bytes.length - LENGTH_BYTES &&
    bytes[LENGTH_BYTES] === TPDU_ID;
  let message = framed ? bytes.subarray(LENGTH_BYTES) : bytes;
  const head: { length?: number; tpdu?: string; header?: string } = framed ? { length: message.length } : {};
  if (message[0] === TPDU_ID) {
    head.tpdu = message.toString('hex', 0, TPDU_BYTES).toUpperCase();
    message = message.subarray(TPDU_BYTES);
    if (message[0] === TPDU_ID) {
      head.header = message.toString('hex', 0, HEADER_BYTES).toUpperCase();
      message = message.subarray(HEADER_BYTES);
    }
  }
  return { ...head, message };
}

const hexOf = (bytes: number) => z.string().check(z.regex(new RegExp(`^([0-9A-Fa-f]{2}){${bytes}}$`)));
const MessageSchema = z.strictObject({
  tpdu: z.optional(hexOf(TPDU_BYTES)),
  header: z.optional(hexOf(HEADER_BYTES)),
  mti: z.string(),
  fields: z.record(z.string().check(z.regex(/^[1-9]\d{0,2}$/)), z.string()),
});
