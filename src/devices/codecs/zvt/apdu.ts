import { DeviceError } from '../../errors.ts';

/** `class instruction length data`; a length of FF means that two more bytes hold it, low first (facts: devices 3.5). */
export interface ZvtApdu {
  /** Class and instruction as one number: 0x0601 is an authorisation. */
  readonly command: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

const EXTENDED = 0xff;
const DATA_MAX = 0xffff;

/** Throws DeviceError `unsupported` for more data than the length can say. */
export function encodeApdu({ command, data }: ZvtApdu): Uint8Array<ArrayBuffer> {
  const { length } = data;
  if (length > DATA_MAX) throw new DeviceError('unsupported', `${length} bytes in an APDU`);
  const size = length < EXTENDED ? [length] : [EXTENDED, length & 0xff, length >> 8];
  return Uint8Array.from([command >> 8, command & 0xff, ...size, ...data]);
}

/** Undefined when its length does not agree with what is there. */
export function decodeApdu(bytes: Uint8Array<ArrayBuffer>): ZvtApdu | undefined {
  const [high, low, short] = bytes;
  if (high === undefined || low === undefined || short === undefined) return undefined;
  const command = (high << 8) | low;
  const at = short === EXTENDED ? 5 : 3;
  const length = short === EXTENDED ? (bytes[3] ?? 0) | ((bytes[4] ?? 0) << 8) : short;
  return bytes.length === at + length && at <= bytes.length ? { command, data: bytes.slice(at) } : undefined;
}
