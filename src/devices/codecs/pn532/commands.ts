type Bytes = Uint8Array<ArrayBuffer>;

/** Commands of UM0701-02, chapter 7, that a tag reader needs. An answer has the code after its command's. */
export const COMMANDS = {
  GetFirmwareVersion: 0x02,
  SAMConfiguration: 0x14,
  RFConfiguration: 0x32,
  InDataExchange: 0x40,
  InListPassiveTarget: 0x4a,
  InRelease: 0x52,
} as const;

/** A command: code, then what it takes. */
export interface Command {
  readonly code: number;
  readonly data: Bytes;
}

const command = (code: number, ...data: readonly number[]): Command => ({
  code,
  data: Uint8Array.from(data),
});

export const firmwareVersion = (): Command => command(COMMANDS.GetFirmwareVersion);
/** No security module: the reader works by itself. Time-out 1 s, interrupt line on. */
export const samNormal = (): Command => command(COMMANDS.SAMConfiguration, 0x01, 0x14, 0x01);
/** Looks for a tag `tries` times more instead of for ever, and then says that there is none. */
export const passiveTries = (tries: number): Command =>
  command(COMMANDS.RFConfiguration, 0x05, 0xff, 0x01, tries);
/** One tag of ISO 14443 type A at 106 kbit/s. */
export const listTag = (): Command => command(COMMANDS.InListPassiveTarget, 0x01, 0x00);
/** Four pages of a Type 2 tag, from `page` on. */
export const readPages = (page: number): Command => command(COMMANDS.InDataExchange, 0x01, 0x30, page);

export interface Firmware {
  /** 32 hex for the PN532. */
  readonly chip: number;
  readonly version: number;
  readonly revision: number;
}

export function readFirmware(data: Uint8Array): Firmware | undefined {
  const [chip, version, revision] = data;
  return chip === undefined || version === undefined || revision === undefined
    ? undefined
    : { chip, version, revision };
}

/** A tag in the field. */
export interface ListedTag {
  readonly uid: Bytes;
  /** SEL_RES (SAK): 0 for Type 2 tags. */
  readonly selRes: number;
}

/** Serial numbers of ISO 14443 type A. */
const UID_BYTES = [4, 7, 10];

/** `none`: no tag. Undefined: no such answer. */
export function readListed(data: Uint8Array): ListedTag | 'none' | undefined {
  const [count, , , , selRes, length] = data;
  if (count === 0) return 'none';
  if (count !== 1 || selRes === undefined || length === undefined || !UID_BYTES.includes(length))
    return undefined;
  const uid = Uint8Array.from(data.subarray(6, 6 + length));
  return uid.length === length ? { uid, selRes } : undefined;
}

/** The sixteen bytes of four pages; undefined when the tag did not answer. */
export function readExchanged(data: Uint8Array): Bytes | undefined {
  return data[0] === 0 && data.length === 17 ? Uint8Array.from(data.subarray(1)) : undefined;
}
