type Bytes = Uint8Array<ArrayBuffer>;

const [STX, ETX] = [0x02, 0x03];
const HEAD = 3;
const TAIL = 3;
/** The longest card: three raw tracks, masked and encrypted, with hashes. A length beyond it is noise. */
export const CARD_BYTES_MAX = 1_024;
/** Type, status and three lengths. */
const CARD_BYTES_MIN = 5;

/** Exclusive or of all bytes. */
export const lrcOf = (card: Uint8Array): number => card.reduce((all, byte) => all ^ byte, 0);
/** Sum of all bytes, the lowest eight bits. */
export const sumOf = (card: Uint8Array): number => card.reduce((all, byte) => (all + byte) & 0xff, 0);

export type FrameEvent =
  /** `at`: where in the stream its frame begins. */
  | { readonly kind: 'card'; readonly card: Bytes; readonly at: number }
  /** Looked like a frame at this place of the stream, and was none. */
  | { readonly kind: 'bad'; readonly reason: 'bad-lrc' | 'bad-sum' | 'no-end' | 'cut'; readonly at: number };

/** `02 len16LE card LRC SUM 03`. */
export function writeFrame(card: Uint8Array): Bytes {
  const frame = new Uint8Array(HEAD + card.length + TAIL);
  frame.set([STX, card.length & 0xff, card.length >> 8]);
  frame.set(card, HEAD);
  frame.set([lrcOf(card), sumOf(card), ETX], HEAD + card.length);
  return frame;
}

/** Finds frames in a stream cut anywhere; after noise it begins again at the next possible start. */
export class FrameDecoder {
  #kept: Bytes = new Uint8Array(0);
  /** Where in the stream `#kept` begins. */
  #at = 0;

  push(bytes: Uint8Array): readonly FrameEvent[] {
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    this.wipe();
    const events = this.#scan(all);
    all.fill(0);
    return events;
  }

  /** Nothing more comes: what has begun is no frame, but there may be one inside it. */
  end(): readonly FrameEvent[] {
    const events: FrameEvent[] = [];
    while (this.#kept.length > 0) {
      events.push({ kind: 'bad', reason: 'cut', at: this.#at });
      const rest = this.#kept.slice(1);
      this.#at += 1;
      this.wipe();
      events.push(...this.#scan(rest));
    }
    return events;
  }

  /** Forgets what has begun. */
  wipe(): void {
    this.#kept.fill(0);
    this.#kept = new Uint8Array(0);
  }

  #scan(all: Bytes): readonly FrameEvent[] {
    const events: FrameEvent[] = [];
    let from = 0;
    for (;;) {
      const start = all.indexOf(STX, from);
      if (start < 0) {
        this.#at += all.length;
        return events;
      }
      const taken = taking(all.subarray(start));
      if (taken === 'more') {
        this.#kept = all.slice(start);
        this.#at += start;
        return events;
      }
      if (typeof taken === 'number') {
        events.push({
          kind: 'card',
          card: all.slice(start + HEAD, start + taken - TAIL),
          at: this.#at + start,
        });
        from = start + taken;
      } else {
        if (taken !== 'noise') events.push({ kind: 'bad', reason: taken, at: this.#at + start });
        from = start + 1;
      }
    }
  }
}

/** How many bytes of a frame begin here, or why none does. */
function taking(bytes: Uint8Array): number | 'more' | 'noise' | 'bad-lrc' | 'bad-sum' | 'no-end' {
  const [, low, high] = bytes;
  if (low === undefined || high === undefined) return 'more';
  const length = low + high * 256;
  if (length < CARD_BYTES_MIN || length > CARD_BYTES_MAX) return 'noise';
  const whole = HEAD + length + TAIL;
  if (bytes.length < whole) return 'more';
  if (bytes[whole - 1] !== ETX) return 'no-end';
  const card = bytes.subarray(HEAD, whole - TAIL);
  if (bytes[whole - 3] !== lrcOf(card)) return 'bad-lrc';
  return bytes[whole - 2] === sumOf(card) ? whole : 'bad-sum';
}
