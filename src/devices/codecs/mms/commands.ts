import { encodeTlv, type TlvItem } from '../tlv/encode-tlv.ts';

/** Numbers of the commands in use. */
export const MMS_COMMANDS = {
  start: 0x1001,
  resume: 0x1004,
  cancel: 0x1008,
  subscribe: 0x1f02,
  property: 0xd101,
  echo: 0xdf01,
} as const;

/** As the vendor's sample has it, s. */
const RESUME_S = 120;

/** A command without its frame: `encodeMms` adds the reference. */
export interface MmsCommand {
  readonly command: number;
  readonly payload: Uint8Array;
}

export interface MmsStart {
  /** 1 to 255 s. */
  readonly timeoutS: number;
  readonly swipe: boolean;
  readonly chip: boolean;
  readonly contactless: boolean;
  /** EMV transaction type, tag 9C. */
  readonly transactionType: number;
  /** Minor units. */
  readonly amount: number;
  /** Numeric, ISO 4217. */
  readonly currency: number;
  readonly exponent: number;
}

/** Properties of the reader by their place in its tree (facts: devices 3.1; D100005000, groups 2.1.2, 2.2.1 and 2.3.1). */
export const MMS_PROPERTIES = {
  serial: [0xe2, 0xe1, 0xe1, 0xe1, 0xc1],
  firmware: [0xe1, 0xe2, 0xe2, 0xe2, 0xc2],
  tamper: [0xe3, 0xe1, 0xe1, 0xe2, 0xc3],
} as const;
export type MmsProperty = keyof typeof MMS_PROPERTIES;

/** MagTek's company id, an object identifier. */
const COMPANY = Uint8Array.of(0x2b, 0x06, 0x01, 0x04, 0x01, 0xf6, 0x09);
const DEVICE_INFORMATION = 0x02;
/** Full EMV dialogue, not Quick Chip: the chip hears what the host said. Signature allowed as before. */
const OPTIONS = Uint8Array.of(0x00, 0x02);

const command = (number: number, items: readonly TlvItem[] = []): MmsCommand => ({
  command: number,
  payload: encodeTlv(items),
});

/** 1001: waits for a card. Manual entry (tag 84 of A3) is never asked for. */
export const mmsStart = (start: MmsStart): MmsCommand =>
  command(MMS_COMMANDS.start, [
    { tag: 0x82, value: Uint8Array.of(start.timeoutS) },
    {
      tag: 0xa3,
      items: [
        { tag: 0x81, value: flag(start.swipe) },
        { tag: 0x82, value: flag(start.chip) },
        { tag: 0x83, value: flag(start.contactless) },
      ],
    },
    { tag: 0x84, value: OPTIONS },
    {
      tag: 0x86,
      value: encodeTlv([
        { tag: 0x9c, value: Uint8Array.of(start.transactionType) },
        { tag: 0x9f02, value: packed(start.amount, 6) },
        { tag: 0x9f03, value: packed(0, 6) },
        { tag: 0x5f2a, value: packed(start.currency, 2) },
        { tag: 0x5f36, value: Uint8Array.of(start.exponent) },
        { tag: 0x9f15, value: packed(0, 2) },
        { tag: 0x9f53, value: packed(0, 1) },
      ]),
    },
  ]);

/**
 * 1004: what the host said. `serial`: of the reader, as its request carried it. `tags`: 8A, 91, 71 and 72, as BER-TLV and
 * handed on as they came.
 */
export const mmsResume = (serial: Uint8Array, tags: Uint8Array): MmsCommand => {
  const answer = wrapped([0xfa], wrapped([0x70], tags));
  const blob = wrapped([0xff, 0x74], Uint8Array.from([...wrapped([0xdf, 0xdf, 0x25], serial), ...answer]));
  return command(MMS_COMMANDS.resume, [
    { tag: 0x81, value: Uint8Array.of(0x00) },
    { tag: 0x82, value: Uint8Array.of(RESUME_S) },
    { tag: 0x84, value: blob },
  ]);
};

/** 1008: gives the transaction up. */
export const mmsCancel = (): MmsCommand => command(MMS_COMMANDS.cancel);

/** 1F02: all notifications on this link. */
export const mmsSubscribe = (): MmsCommand =>
  command(MMS_COMMANDS.subscribe, [
    { tag: 0x81, value: Uint8Array.of(0x01) },
    { tag: 0x82, value: Uint8Array.of(0x01) },
  ]);

/** D101: reads one property; the answer holds the same path in tag 89 with the value at its end. */
export function mmsProperty(property: MmsProperty): MmsCommand {
  const [leaf = 0, ...branches] = [...MMS_PROPERTIES[property]].reverse();
  let tree = Uint8Array.of(leaf, 0);
  for (const branch of branches) tree = wrapped([branch], tree);
  return command(MMS_COMMANDS.property, [
    { tag: 0x81, value: COMPANY },
    { tag: 0x85, value: Uint8Array.of(DEVICE_INFORMATION) },
    { tag: 0x89, value: tree },
  ]);
}

/** A template with content that is written already. */
function wrapped(tag: readonly number[], content: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Uint8Array.from([...tag, ...length, ...content]);
}

const flag = (on: boolean): Uint8Array => Uint8Array.of(on ? 0x01 : 0x00);

/** A number as packed digits. */
function packed(value: number, bytes: number): Uint8Array {
  const digits = String(value).padStart(bytes * 2, '0');
  return Uint8Array.from({ length: bytes }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}
