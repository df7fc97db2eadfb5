import * as z from 'zod/mini';
import { parseTlv } from '../../src/devices/codecs/tlv/ber-tlv.ts';
import { encodeTlv, type TlvItem } from '../../src/devices/codecs/tlv/encode-tlv.ts';
import { showTlv } from '../../src/devices/codecs/tlv/mask.ts';
import { TlvError } from '../../src/devices/codecs/tlv/tlv-error.ts';
import { WireFailure } from './failure.ts';
import { refusing, type WireCodec } from './wire-codec.ts';

/** `wire decode tlv` and `wire encode tlv`: EMV data objects, card data masked. */
export const tlv: WireCodec = {
  list: true,
  decode: (bytes) => refusing([TlvError], () => showTlv(parseTlv(bytes))),
  encode: (value) => {
    const given = ItemsSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    if (given.data.some(isMasked)) throw new WireFailure('masked', 'what was masked cannot be written');
    return refusing([TlvError], () => encodeTlv(given.data.map(itemOf)));
  },
};

/** What `decode` adds is taken and ignored: what was decoded can be encoded. */
interface GivenItem {
  tag: string;
  name?: string | undefined;
  length?: number | undefined;
  masked?: string | undefined;
  value?: string | undefined;
  children?: GivenItem[] | undefined;
}

const hex = z.string().check(z.regex(/^([0-9a-fA-F]{2})*$/));
const ItemSchema: z.ZodMiniType<GivenItem> = z.strictObject({
  tag: z.string().check(z.regex(/^([0-9a-fA-F]{2}){1,4}$/)),
  name: z.optional(z.string()),
  length: z.optional(z.int()),
  masked: z.optional(z.string()),
  value: z.optional(hex),
  get children() {
    return z.optional(z.array(ItemSchema));
  },
});
const ItemsSchema = z.array(ItemSchema);

const isMasked = ({ masked, children }: GivenItem): boolean =>
  masked !== undefined || (children?.some(isMasked) ?? false);

function itemOf({ tag, value, children }: GivenItem): TlvItem {
  const number = Number.parseInt(tag, 16);
  if (children !== undefined) return { tag: number, items: children.map(itemOf) };
  return { tag: number, value: Buffer.from(value ?? '', 'hex') };
}
