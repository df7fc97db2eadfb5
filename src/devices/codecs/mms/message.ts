import { parseTlv, type TlvNode } from '../tlv/ber-tlv.ts';
import { encodeTlv, type TlvItem } from '../tlv/encode-tlv.ts';
import { TlvError } from '../tlv/tlv-error.ts';

const START = 0xaa;
const VERSION = 0x00;
const INFO = 0x81;
const DETAIL = 0x82;
const PAYLOAD = 0x84;
const INFO_BYTES = 4;
const DETAIL_BYTES = 4;

const TYPES = { request: 0x01, response: 0x82, notification: 0x83, file: 0x84 } as const;
export type MmsType = keyof typeof TYPES;

/** One message of the family. `detail`: status of a response, kind of a notification. */
export interface MmsMessage {
  readonly type: MmsType;
  /** Chosen by who asks, repeated in the answer; 0 in a notification. */
  readonly ref: number;
  /** Number of the command or notification. */
  readonly command: number;
  /** Four bytes. */
  readonly detail?: Uint8Array;
  /** Behind the repeated command number. */
  readonly payload?: Uint8Array;
}

/** How a command ended, by the first byte of its status. */
export type MmsStatus = 'done' | 'running' | 'refused' | 'failed';

/** Writes a message with the shortest lengths. `payload` is given without the command number. */
export function encodeMms({ type, ref, command, detail, payload }: MmsMessage): Uint8Array<ArrayBuffer> {
  const number = [command >> 8, command & 0xff];
  const items: TlvItem[] = [{ tag: INFO, value: Uint8Array.of(TYPES[type], ref, ...number) }];
  if (detail !== undefined) items.push({ tag: DETAIL, value: detail });
  if (payload !== undefined) items.push({ tag: PAYLOAD, value: Uint8Array.from([...number, ...payload]) });
  return Uint8Array.from([START, VERSION, ...encodeTlv(items)]);
}

/** Reads one message; undefined for anything that is none. Never throws. */
export function decodeMms(bytes: Uint8Array): MmsMessage | undefined {
  if (bytes[0] !== START || bytes[1] !== VERSION) return undefined;
  const nodes = mmsTlv(bytes.subarray(2));
  const value = (tag: number): Uint8Array | undefined => nodes?.find((node) => node.tag === tag)?.value;
  const info = value(INFO);
  if (info === undefined || info.length < INFO_BYTES) return undefined;
  const type = typeOf(info[0] ?? 0);
  if (type === undefined) return undefined;
  const [detail, payload] = [value(DETAIL), value(PAYLOAD)];
  if (detail !== undefined && detail.length !== DETAIL_BYTES) return undefined;
  return {
    type,
    ref: info[1] ?? 0,
    command: numberAt(info, 2),
    ...(detail === undefined ? {} : { detail }),
    // An answer without data carries an empty payload, without a command number.
    ...(payload === undefined || payload.length < 2 ? {} : { payload: payload.subarray(2) }),
  };
}

/** The objects of a payload; undefined when they cannot be read. */
export function mmsTlv(bytes: Uint8Array): readonly TlvNode[] | undefined {
  try {
    return parseTlv(bytes);
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}

/** What a response's status means; `running` is told again by a notification. */
export function mmsStatus({ detail }: MmsMessage): MmsStatus {
  switch (detail?.[0]) {
    case 0x00:
    case 0x40:
      return 'done';
    case 0x01:
    case 0x41:
      return 'running';
    case 0x81:
      return 'failed';
    default:
      return 'refused';
  }
}

const typeOf = (byte: number): MmsType | undefined =>
  (Object.keys(TYPES) as MmsType[]).find((type) => TYPES[type] === byte);

const numberAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
