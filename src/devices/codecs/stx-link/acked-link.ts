import { CONTROL_BYTES, type LineItem } from './line-item.ts';

/** How sending a frame ended. `refused`: NAK to every try, so it was surely not taken. `silent`: it may have been. */
export type Sent = 'acknowledged' | 'refused' | 'silent';

/** What is to be done on the line. At most one `wait` runs: a new one or `rest` replaces it. */
export type LineEffect =
  | { readonly do: 'write'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly do: 'wait' }
  | { readonly do: 'rest' }
  | { readonly do: 'sent'; readonly how: Sent }
  | { readonly do: 'deliver'; readonly body: Uint8Array<ArrayBuffer> };

/** A frame goes out so many times at most. */
export const LINE_TRIES_MAX = 3;
/** Broken frames in a row that are answered with NAK. A line that brings nothing else is not talked to any more. */
const NAKS_MAX = 3;

const control = (name: keyof typeof CONTROL_BYTES): LineEffect => ({
  do: 'write',
  bytes: Uint8Array.of(CONTROL_BYTES[name]),
});

/**
 * The link layer that PAX, ZVT and their relatives share: every frame is answered with ACK or NAK, and repeated up to three times.
 * Pure: it is told what was heard and when the wait is over, and says what to do. One frame is under way at a time.
 *
 * A frame that moves money is repeated after NAK only. After silence it may have been taken, and to say it again could be a second
 * payment.
 */
export class AckedLink {
  #sending:
    | { readonly bytes: Uint8Array<ArrayBuffer>; readonly mayRepeat: boolean; tries: number }
    | undefined;
  #naks = 0;

  get isBusy(): boolean {
    return this.#sending !== undefined;
  }

  /** `mayRepeat`: also when nobody answers. Call it only while not busy. */
  send(bytes: Uint8Array<ArrayBuffer>, mayRepeat: boolean): readonly LineEffect[] {
    this.#sending = { bytes, mayRepeat, tries: 1 };
    return [{ do: 'write', bytes }, { do: 'wait' }];
  }

  heard(item: LineItem): readonly LineEffect[] {
    switch (item.kind) {
      case 'frame':
        this.#naks = 0;
        return [control('ack'), { do: 'deliver', body: item.body }];
      case 'bad':
        // Only a whole frame with a wrong check has a sender that waits for a word.
        if (item.code !== 'bad-check' || this.#naks >= NAKS_MAX) return [];
        this.#naks += 1;
        return [control('nak')];
      case 'control':
        if (item.control === 'enq') return [control('ack')];
        if (item.control === 'ack') return this.#end('acknowledged');
        return item.control === 'nak' ? this.#again('refused') : [];
      case 'noise':
        return [];
      default:
        return item satisfies never;
    }
  }

  /** The time for an acknowledgement is over. */
  timedOut(): readonly LineEffect[] {
    return this.#sending?.mayRepeat ? this.#again('silent') : this.#end('silent');
  }

  #again(how: Sent): readonly LineEffect[] {
    const sending = this.#sending;
    if (sending === undefined) return [];
    if (sending.tries >= LINE_TRIES_MAX) return this.#end(how);
    sending.tries += 1;
    return [{ do: 'write', bytes: sending.bytes }, { do: 'wait' }];
  }

  #end(how: Sent): readonly LineEffect[] {
    if (this.#sending === undefined) return [];
    this.#sending = undefined;
    return [{ do: 'rest' }, { do: 'sent', how }];
  }
}
