import * as z from 'zod/mini';
import {
  buildEmvQr,
  type EmvQrItem,
  type EmvQrObject,
  emvQrName,
  parseEmvQr,
} from '../../src/devices/codecs/emv-qr/emv-qr.ts';
import { EmvQrError } from '../../src/devices/codecs/emv-qr/emv-qr-error.ts';
import { WireFailure } from './failure.ts';
import { refusing, type WireCodec } from './wire-codec.ts';

/** `wire decode emv-qr TEXT` and `wire encode emv-qr`: merchant-presented QR payloads. */
export const emvQr: WireCodec = {
  list: true,
  text: true,
  decode: (bytes) => refusing([EmvQrError], () => parseEmvQr(new TextDecoder().decode(bytes)).map(named)),
  encode: (value) => {
    const given = ItemsSchema.safeParse(value);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return refusing([EmvQrError], () =>
      new TextEncoder().encode(buildEmvQr(given.data.filter(({ id }) => id !== CRC_ID).map(itemOf))),
    );
  },
};

const named = ({ id, ...rest }: EmvQrObject) => ({ id, name: emvQrName(id), ...rest });

/** The checksum, which is made anew. */
const CRC_ID = '63';
const PartSchema = z.strictObject({ id: z.string(), value: z.string() });
const ItemsSchema = z.array(
  z.strictObject({
    id: z.string(),
    // What `decode` adds, taken and ignored: what was decoded can be encoded.
    name: z.optional(z.string()),
    value: z.optional(z.string()),
    children: z.optional(z.array(PartSchema)),
  }),
);

function itemOf({ id, value, children }: z.infer<typeof ItemsSchema>[number]): EmvQrItem {
  return children === undefined ? { id, value: value ?? '' } : { id, children };
}
