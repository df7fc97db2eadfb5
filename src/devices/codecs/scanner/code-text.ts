/** Bytes of the longest code: a QR code of version 40 holds 7,089 digits. */
export const CODE_BYTES_MAX = 8_192;

/** A code as it was read. `symbology`: AIM identifier without its `]`. */
export interface Code {
  readonly text: string;
  readonly symbology?: string;
}

/** STX, ETX and line ends. */
const FRAME = [0x02, 0x03, 0x0a, 0x0d];
const AIM = /^\]([A-Za-z][0-9A-Za-z])/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text of a code's bytes: UTF-8, or Chinese in GB 18030 where it is not. Line ends and the frame signs STX and ETX around it
 * are no part of it. Undefined when nothing is left.
 */
export function codeOf(bytes: Uint8Array, symbology?: string): Code | undefined {
  let [from, to] = [0, bytes.length];
  while (from < to && FRAME.includes(bytes[from] ?? 0)) from += 1;
  while (to > from && FRAME.includes(bytes[to - 1] ?? 0)) to -= 1;
  const text = decoded(bytes.subarray(from, to));
  const prefix = symbology ?? AIM.exec(text)?.[1];
  const isPrefixed = symbology === undefined && prefix !== undefined;
  const rest = isPrefixed ? text.slice(3) : text;
  if (rest === '') return undefined;
  return { text: rest, ...(prefix === undefined ? {} : { symbology: prefix }) };
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
