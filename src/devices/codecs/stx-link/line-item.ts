/** What a stream of an acknowledged serial line holds, whatever its frames look like. `at`: bytes from its beginning. */
export type LineItem =
  | { readonly kind: 'frame'; readonly at: number; readonly body: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'control'; readonly at: number; readonly control: LineControl }
  | { readonly kind: 'noise'; readonly at: number; readonly length: number }
  | { readonly kind: 'bad'; readonly at: number; readonly code: LineFault };

export type LineControl = 'ack' | 'nak' | 'eot' | 'enq';

/** `bad-check`: the frame was whole and its check did not agree. The others: what was begun was no frame. */
export type LineFault = 'bad-check' | 'bad-byte' | 'truncated' | 'too-long';

export const CONTROL_BYTES = { ack: 0x06, nak: 0x15, eot: 0x04, enq: 0x05 } as const satisfies Readonly<
  Record<LineControl, number>
>;

export const controlOf = (byte: number): LineControl | undefined =>
  (Object.keys(CONTROL_BYTES) as LineControl[]).find((control) => CONTROL_BYTES[control] === byte);

/** Takes a stream in any pieces; never throws, keeps at most one frame. */
export interface LineDecoder {
  push(bytes: Uint8Array): readonly LineItem[];
  /** Bytes of a frame that is not whole yet. */
  readonly pending: number;
  /** The line has been silent: what was begun will not be ended. */
  giveUp(): readonly LineItem[];
}

/** Collects items; noise that follows noise is one. */
export class LineItems {
  readonly all: LineItem[] = [];

  add(item: LineItem): void {
    const last = this.all.at(-1);
    if (item.kind === 'noise' && last?.kind === 'noise' && last.at + last.length === item.at)
      this.all[this.all.length - 1] = { ...last, length: last.length + item.length };
    else this.all.push(item);
  }
}
