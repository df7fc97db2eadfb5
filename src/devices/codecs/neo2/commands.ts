import { encodeTlv } from '../tlv/encode-tlv.ts';
import type { Neo2Frame } from './frame.ts';

/** Command and sub-command of what the till asks for (facts: devices 3.3). */
export const NEO2_COMMANDS = {
  ping: [0x18, 0x01],
  firmware: [0x29, 0x00],
  keySlot: [0x81, 0x04],
  activate: [0x02, 0x40],
  result: [0x03, 0x40],
  cancel: [0x05, 0x01],
  hostResponse: [0x60, 0x12],
} as const;
export type Neo2CommandName = keyof typeof NEO2_COMMANDS;

/** Answers of a reader. Only 00 and 23 are certain; the others are leads. */
export const NEO2_STATUS = {
  ok: 0x00,
  timeout: 0x08,
  failed: 0x0a,
  notAllowed: 0x0b,
  online: 0x23,
  /** A first answer; the second brings the result. */
  pending: 0x63,
} as const;

/** Data encryption key slot. */
const DATA_KEY_SLOT = 0x05;

export const neo2Command = (name: Neo2CommandName, data: Uint8Array = new Uint8Array()): Neo2Frame => {
  const [command, code] = NEO2_COMMANDS[name];
  return { direction: 'command', command, code, data: Uint8Array.from(data) };
};

export const neo2KeySlot = (): Neo2Frame => neo2Command('keySlot', Uint8Array.of(DATA_KEY_SLOT));

export interface Neo2Activate {
  /** 1 to 255 s. */
  readonly timeoutS: number;
  readonly swipe: boolean;
  readonly chip: boolean;
  readonly contactless: boolean;
  /** How long the reader waits for the next command of a chip's dialogue, s. */
  readonly hostS: number;
  readonly transactionType: number;
  /** Minor units. */
  readonly amount: number;
  /** Numeric, ISO 4217. */
  readonly currency: number;
  /** Shop time: YYMMDD and hhmmss. */
  readonly date: string;
  readonly time: string;
}

/** 02-40: waits for a card. The reader's own fallback is left off: the till decides when a stripe is taken. */
export function neo2Activate(ask: Neo2Activate): Neo2Frame {
  const interfaces = (ask.swipe ? 0x01 : 0) | (ask.contactless ? 0x02 : 0) | (ask.chip ? 0x04 : 0);
  const objects = encodeTlv([
    { tag: 0x9c, value: Uint8Array.of(ask.transactionType) },
    { tag: 0x9f02, value: packed(ask.amount, 6) },
    { tag: 0x9f03, value: packed(0, 6) },
    { tag: 0x9a, value: packed(ask.date, 3) },
    { tag: 0x9f21, value: packed(ask.time, 3) },
    { tag: 0x5f2a, value: packed(ask.currency, 2) },
    { tag: 0xdfef37, value: Uint8Array.of(interfaces) },
    { tag: 0xdfef3c, value: Uint8Array.of(0x00, ask.hostS >> 8, ask.hostS & 0xff) },
  ]);
  return neo2Command('activate', Uint8Array.from([ask.timeoutS, ...objects]));
}

/** State of the data encryption key: undefined when it cannot be read. */
export function readKeySlot(data: Uint8Array): 'present' | 'absent' | undefined {
  if (data.length === 0) return undefined;
  return data[0] === 0x01 ? 'present' : 'absent';
}

function packed(value: number | string, bytes: number): Uint8Array {
  const digits = String(value).padStart(bytes * 2, '0');
  return Uint8Array.from({ length: bytes }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}
