import { type Weight, weightOf } from './weight.ts';

const ascii = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
/** What the till sends: the weight, press zero, press tare. */
export const NCI_COMMANDS = { weight: ascii('W\r'), zero: ascii('Z\r'), tare: ascii('T\r') } as const;

const [LF, CR, ETX] = [0x0a, 0x0d, 0x03];
/** Two lines of at most 16 characters, with their ends. */
const FRAME_MAX = 48;

/** Bits of the status bytes (Brecknell 67xx, tables 7.1 to 7.4; NCI protocol). */
const H1 = { moving: 0x01, atZero: 0x02 } as const;
const H2 = { under: 0x01, over: 0x02 } as const;
const H3 = { net: 0x04 } as const;
/** Always set in a status byte, and not both in the letter S that some models put first. */
const STATUS_BITS = 0x30;

export type NciEvent =
  | { readonly kind: 'weight'; readonly weight: Weight }
  | { readonly kind: 'status'; readonly atZero: boolean; readonly net: boolean }
  /** The scale does not know this command. */
  | { readonly kind: 'unknown-command' };

/** Answers of an NCI scale: LF, perhaps a weight and CR LF, status bytes, CR ETX. The eighth bit is parity. */
export class NciDecoder {
  #kept: number[] | undefined;

  push(bytes: Uint8Array): readonly NciEvent[] {
    const events: NciEvent[] = [];
    for (const raw of bytes) {
      const byte = raw & 0x7f;
      // Two line feeds in one answer: the second one follows a CR. Any other begins afresh.
      if (byte === LF && this.#kept?.at(-1) !== CR) this.#kept = [];
      else if (byte === ETX) {
        const event = this.#kept && readAnswer(this.#kept);
        if (event !== undefined) events.push(event);
        this.#kept = undefined;
      } else if (this.#kept !== undefined && this.#kept.length < FRAME_MAX) this.#kept.push(byte);
      else this.#kept = undefined;
    }
    return events;
  }
}

function readAnswer(bytes: readonly number[]): NciEvent | undefined {
  const lines = String.fromCharCode(...bytes)
    .split(/[\r\n]+/)
    .filter((line) => line !== '');
  const last = lines.at(-1) ?? '';
  if (lines.length === 1 && last.trim() === '?') return { kind: 'unknown-command' };
  const status = readStatus(last);
  if (status === undefined || lines.length > 2) return undefined;
  const [h1, h2, h3] = status;
  if (lines.length === 1) {
    return { kind: 'status', atZero: (h1 & H1.atZero) !== 0, net: (h3 & H3.net) !== 0 };
  }
  if ((h2 & H2.over) !== 0) return { kind: 'weight', weight: { state: 'over' } };
  if ((h2 & H2.under) !== 0) return { kind: 'weight', weight: { state: 'under' } };
  const [, number, unit] = /^\s*([+-]?\s*[\d.]+)\s*([A-Za-z]{1,3})\s*$/.exec(lines[0] ?? '') ?? [];
  if (number === undefined || unit === undefined) return { kind: 'weight', weight: { state: 'unknown' } };
  const weight = weightOf(number.replaceAll(/\s/g, ''), unit, (h1 & H1.moving) !== 0);
  return { kind: 'weight', weight };
}

/** Two to four status bytes, perhaps after the letter S. */
function readStatus(line: string): readonly [number, number, number] | undefined {
  const codes = Array.from(line, (sign) => sign.charCodeAt(0));
  const bytes = codes[0] === 0x53 ? codes.slice(1) : codes;
  const isStatus = bytes.length >= 2 && bytes.length <= 4;
  if (!isStatus || bytes.some((byte) => (byte & STATUS_BITS) !== STATUS_BITS)) return undefined;
  return [bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0];
}
