import * as z from 'zod/mini';
import { holdsCardNumber } from '../../src/devices/codecs/card-scan/card-scan.ts';
import { decodeApdu, encodeApdu } from '../../src/devices/codecs/zvt/apdu.ts';
import { decodeBmps, encodeBmps, SECRET_BMPS } from '../../src/devices/codecs/zvt/bmp.ts';
import { encodeZvtFrame, ZvtDecoder } from '../../src/devices/codecs/zvt/frame.ts';
import { takeStatus, ZVT } from '../../src/devices/codecs/zvt/message.ts';
import { DeviceError } from '../../src/devices/errors.ts';
import { WireFailure } from './failure.ts';
import { ControlSchema, controlBytes, shownLine } from './line-items.ts';
import { refusing, type WireCodec } from './wire-codec.ts';

/** `wire decode zvt` and `wire encode zvt`: the serial form of ZVT, card data masked as terminals mask it: with the digit E. */
export const zvt: WireCodec = {
  decode: (bytes) => shownLine(new ZvtDecoder(), bytes, shownFrame),
  encode: (value) => {
    const given = ItemsSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return refusing([DeviceError], () =>
      Buffer.concat(
        given.data.map((item) =>
          'control' in item
            ? controlBytes(item.control)
            : encodeZvtFrame(
                encodeApdu({
                  command: Number.parseInt(item.command, 16),
                  data: Uint8Array.from(Buffer.from(item.data, 'hex')),
                }),
              ),
        ),
      ),
    );
  },
};

const hex = (digits: string) => z.string().check(z.regex(new RegExp(`^([0-9a-fA-F]{2})${digits}$`)));
const ItemsSchema = z.array(
  z.union([
    ControlSchema,
    z.strictObject({
      command: hex('{2}'),
      data: z._default(hex('*'), ''),
      /** Shown for people. */
      name: z.optional(z.string()),
      status: z.optional(z.unknown()),
    }),
  ]),
);

const NAMES = new Map<number, string>(Object.entries(ZVT).map(([name, command]) => [command, name]));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

function shownFrame(body: Uint8Array<ArrayBuffer>, at: number): unknown {
  const apdu = decodeApdu(body);
  if (apdu === undefined) return { error: 'bad-length', at };
  const { command } = apdu;
  const data = command === ZVT.status ? maskedStatus(apdu.data) : apdu.data;
  const name = NAMES.get(command) ?? (command >> 8 === 0x84 ? 'refused' : undefined);
  return {
    command: command.toString(16).padStart(4, '0').toUpperCase(),
    ...(name === undefined ? {} : { name }),
    // Whatever else holds a card number is not shown at all.
    ...(holdsCardNumber(data) ? { error: 'card-data' } : { data: hexOf(data) }),
    ...(command === ZVT.status ? { status: takeStatus(data.slice()) } : {}),
  };
}

/** The same fields, what may not be seen of the card turned into the digit E. A length never changes. */
function maskedStatus(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { fields, rest } = decodeBmps(data);
  const masked = fields.map(({ id, value }) => ({
    id,
    value: SECRET_BMPS.includes(id) ? maskedDigits(id, value) : value,
  }));
  return Uint8Array.from([...encodeBmps(masked), ...rest]);
}

const PAN = 0x22;

function maskedDigits(id: number, value: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const digits = hexOf(value);
  const end = digits.replace(/F+$/, '').length;
  const mayBeSeen = (place: number): boolean => id === PAN && end >= 13 && (place < 6 || place >= end - 4);
  const text = [...digits].map((digit, place) => (place >= end || mayBeSeen(place) ? digit : 'E')).join('');
  return Uint8Array.from(Buffer.from(text, 'hex'));
}
