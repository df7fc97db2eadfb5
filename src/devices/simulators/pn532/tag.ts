import type { Bytes } from '../browser/cores.ts';

/** A tag as a person holds it. Hex in upper case. */
export interface SimulatedTag {
  readonly uid: string;
  /** NDEF message; absent for a tag that is not formatted. */
  readonly ndef?: string;
  /** 0 for Type 2 tags, 8 for MIFARE Classic, 20 hex for ISO 14443-4. */
  readonly selRes?: number;
}

const bytesOf = (hex: string): readonly number[] =>
  (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

/** Memory of an NTAG215: serial number, capability container, then the message as a TLV block. */
export function memoryOf({ uid, ndef }: SimulatedTag): Bytes {
  const memory = new Uint8Array(540);
  memory.set(bytesOf(uid).slice(0, 9));
  if (ndef === undefined) return memory;
  const message = bytesOf(ndef);
  const length = message.length < 255 ? [message.length] : [0xff, message.length >> 8, message.length & 0xff];
  memory.set([0xe1, 0x10, 0x3e, 0x00], 12);
  memory.set([0x03, ...length, ...message, 0xfe], 16);
  return memory;
}
