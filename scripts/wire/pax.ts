import * as z from 'zod/mini';
import { FS, US } from '../../src/devices/codecs/pax/message.ts';
import { encodeStx, StxDecoder } from '../../src/devices/codecs/stx-link/frame.ts';
import { DeviceError } from '../../src/devices/errors.ts';
import { maskedAccount, withoutCards } from '../../src/devices/terminals/terminal-approval.ts';
import { WireFailure } from './failure.ts';
import { ControlSchema, controlBytes, shownLine } from './line-items.ts';
import { refusing, type WireCodec } from './wire-codec.ts';

/** `wire decode pax` and `wire encode pax`: frames of PAX semi-integrated terminals, the account masked. A30 is not written. */
export const pax: WireCodec = {
  decode: (bytes) => shownLine(new StxDecoder(), bytes, shownFrame),
  encode: (value) => {
    const given = ItemsSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    return refusing([DeviceError], () => Buffer.concat(given.data.map(bytesOf)));
  },
};

/** A30 asks for the account and A31 brings it in clear: neither is ever made, whoever asks. */
const FORBIDDEN = ['A30', 'A31'];
/** Where the account group stands in answers, from the front: account, entry, expiry, EBT, voucher, new account, type, holder. */
const ACCOUNT_AT: Readonly<Record<string, number>> = { T01: 8, T03: 8, R03: 12 };
const SECRETS_AT = [2, 5, 7];

const text = z.string().check(z.regex(/^[\x20-\xff]*$/));
const FieldSchema = z.union([text, z.array(text)]);
const ItemsSchema = z.array(z.union([ControlSchema, z.strictObject({ fields: z.array(FieldSchema) })]));
type Given = z.infer<typeof ItemsSchema>[number];

const fs = String.fromCharCode(FS);
const us = String.fromCharCode(US);

function bytesOf(item: Given): Uint8Array {
  if ('control' in item) return controlBytes(item.control);
  const texts = item.fields.map((field) => (typeof field === 'string' ? field : field.join(us)));
  if (texts.slice(0, 2).some((field) => FORBIDDEN.includes(field)))
    throw new WireFailure('bad-command', 'a message that brings a clear card number is not made');
  return encodeStx(Uint8Array.from(Buffer.from(texts.join(fs), 'latin1')));
}

function shownFrame(body: Uint8Array, at: number): unknown {
  const fields = Buffer.from(body).toString('latin1').split(fs);
  if (fields.slice(0, 2).some((field) => FORBIDDEN.includes(field))) return { error: 'forbidden', at };
  const place = ACCOUNT_AT[fields[1] ?? ''];
  return {
    fields: fields.map((field, index) => {
      const subs = field
        .split(us)
        .map((sub, sub_) => (index === place ? shownAccount(sub, sub_) : withoutCards(sub)));
      return subs.length === 1 ? subs[0] : subs;
    }),
  };
}

const shownAccount = (sub: string, index: number): string => {
  if (sub === '') return '';
  if (SECRETS_AT.includes(index)) return '****';
  return index === 0 && sub.length > 4 ? (maskedAccount(sub) ?? '****') : withoutCards(sub);
};
