type Bytes = Uint8Array<ArrayBuffer>;

/** Who speaks: the frame identifier TFI. */
export const TFI = { host: 0xd4, reader: 0xd5 } as const;
const ERROR_TFI = 0x7f;
/** Longest data of one frame, TFI included (UM0701-02, 6.2.1.2). */
export const DATA_BYTES_MAX = 265;
const NORMAL_BYTES_MAX = 255;

/** Wakes the reader up on a serial line: it needs time after the first byte. */
export const WAKE: Bytes = Uint8Array.of(0x55, 0x55, ...Array<number>(14).fill(0));
export const ACK: Bytes = Uint8Array.of(0x00, 0x00, 0xff, 0x00, 0xff, 0x00);
export const NACK: Bytes = Uint8Array.of(0x00, 0x00, 0xff, 0xff, 0x00, 0x00);

export type Frame =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nack' }
  /** The reader did not understand the frame before. */
  | { readonly kind: 'error' }
  /** `code`: command, or command + 1 in its answer. */
  | { readonly kind: 'frame'; readonly from: 'host' | 'reader'; readonly code: number; readonly data: Bytes };

export type FrameEvent =
  /** `bytes` from `at` on, where its start code is; preamble and postamble are outside. */
  | (Frame & { readonly at: number; readonly bytes: number })
  /** Began like a frame at this place of the stream. */
  | { readonly kind: 'bad'; readonly reason: 'bad-length' | 'bad-sum' | 'bad-sender'; readonly at: number };

/** Preamble, start, length with its complement, data with its complement, postamble. */
export function writeFrame(from: 'host' | 'reader', code: number, data: Uint8Array): Bytes {
  const body = [TFI[from], code, ...data];
  const length = body.length;
  const head =
    length <= NORMAL_BYTES_MAX
      ? [length, -length & 0xff]
      : [0xff, 0xff, length >> 8, length & 0xff, -((length >> 8) + (length & 0xff)) & 0xff];
  const sum = body.reduce((all, byte) => all + byte, 0);
  return Uint8Array.of(0x00, 0x00, 0xff, ...head, ...body, -sum & 0xff, 0x00);
}

/** Finds frames in a stream cut anywhere; after noise it begins again at the next start. */
export class FrameDecoder {
  #kept: Bytes = new Uint8Array(0);
  /** Where in the stream `#kept` begins. */
  #at = 0;

  push(bytes: Uint8Array): readonly FrameEvent[] {
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    const events: FrameEvent[] = [];
    let from = 0;
    while (from + 1 < all.length) {
      if (all[from] !== 0x00 || all[from + 1] !== 0xff) {
        from += 1;
        continue;
      }
      const taken = readAt(all.subarray(from));
      if (taken === 'more') break;
      if (typeof taken === 'string') events.push({ kind: 'bad', reason: taken, at: this.#at + from });
      else events.push({ ...taken.frame, at: this.#at + from, bytes: taken.length });
      from += typeof taken === 'string' ? 2 : taken.length;
    }
    this.#at += from;
    this.#kept = all.slice(from);
    return events;
  }
}

type Taken = { readonly frame: Frame; readonly length: number };

/** What begins with `00 FF`. */
function readAt(bytes: Uint8Array): Taken | 'more' | 'bad-length' | 'bad-sum' | 'bad-sender' {
  const [, , length, check] = bytes;
  if (length === undefined || check === undefined) return 'more';
  if (length === 0x00 && check === 0xff) return { frame: { kind: 'ack' }, length: 4 };
  if (length === 0xff && check === 0x00) return { frame: { kind: 'nack' }, length: 4 };
  if (length === 0xff && check === 0xff) {
    const [high, low, sum] = bytes.subarray(4, 7);
    if (high === undefined || low === undefined || sum === undefined) return 'more';
    return ((high + low + sum) & 0xff) === 0 ? readBody(bytes, 7, high * 256 + low) : 'bad-length';
  }
  return ((length + check) & 0xff) === 0 ? readBody(bytes, 4, length) : 'bad-length';
}

function readBody(
  bytes: Uint8Array,
  from: number,
  length: number,
): Taken | 'more' | 'bad-length' | 'bad-sum' | 'bad-sender' {
  if (length === 0 || length > DATA_BYTES_MAX) return 'bad-length';
  if (bytes.length < from + length + 1) return 'more';
  const body = bytes.subarray(from, from + length);
  const sum = body.reduce((all, byte) => all + byte, bytes[from + length] ?? 0);
  if ((sum & 0xff) !== 0) return 'bad-sum';
  const [sender, code = 0, ...data] = body;
  const whole = from + length + 1;
  if (sender === ERROR_TFI && length === 1) return { frame: { kind: 'error' }, length: whole };
  const who = sender === TFI.host ? 'host' : sender === TFI.reader ? 'reader' : undefined;
  if (who === undefined || length < 2) return 'bad-sender';
  return { frame: { kind: 'frame', from: who, code, data: Uint8Array.from(data) }, length: whole };
}
