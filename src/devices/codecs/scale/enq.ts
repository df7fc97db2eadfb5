import { type Weight, weightOf } from './weight.ts';

/** What the till sends: are you there, and: the weight. */
export const ENQ = Uint8Array.of(0x05);
export const DC1 = Uint8Array.of(0x11);

const [SOH, STX, ETX, EOT] = [0x01, 0x02, 0x03, 0x04];
const [ACK, NAK] = [0x06, 0x15];
/** State, sign, six of the number, two of the unit. */
const DATA_BYTES = 10;
const FRAME_BYTES = 2 + DATA_BYTES + 3;

export type EnqEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'weight'; readonly weight: Weight }
  /** Began like a frame; its end or its check byte is wrong. */
  | { readonly kind: 'bad' };

/** Even parity of every column: exclusive or of what stands between STX and the check byte. */
export const checkByteOf = (data: Uint8Array): number => data.reduce((all, byte) => all ^ byte, 0);

/** Answers of a scale to ENQ and DC1 (CAS AP-1 interface; Ohaus Aviator 7000 service manual, 6.1.1). */
export class EnqDecoder {
  #kept: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): readonly EnqEvent[] {
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    const events: EnqEvent[] = [];
    let from = 0;
    for (; from < all.length; from += 1) {
      const [first, second] = [all[from], all[from + 1]];
      if (first === ACK) events.push({ kind: 'ready' });
      else if (first === NAK) events.push({ kind: 'not-ready' });
      else if (first === SOH && (second === undefined || second === STX)) {
        if (all.length - from < FRAME_BYTES) break;
        const weight = readFrame(all.subarray(from, from + FRAME_BYTES));
        events.push(weight === undefined ? { kind: 'bad' } : { kind: 'weight', weight });
        if (weight !== undefined) from += FRAME_BYTES - 1;
      }
    }
    this.#kept = all.slice(from);
    return events;
  }
}

function readFrame(frame: Uint8Array): Weight | undefined {
  const data = frame.subarray(2, 2 + DATA_BYTES);
  const [check, etx, eot] = frame.subarray(2 + DATA_BYTES);
  if (check !== checkByteOf(data) || etx !== ETX || eot !== EOT) return undefined;
  const text = String.fromCharCode(...data);
  const [, state, sign, number = '', unit = ''] = /^([SU])([ \-F])(.{6})(.{2})$/.exec(text) ?? [];
  if (state === undefined) return undefined;
  if (sign === 'F') return { state: 'over' };
  return weightOf((sign === '-' ? '-' : '') + number.trim(), unit.trim(), state === 'U');
}
