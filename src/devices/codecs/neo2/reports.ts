import { Neo2Decoder, type Neo2Piece } from './frame.ts';

/** Bytes of a report behind its id. */
export const NEO2_REPORT_BYTES = 63;

const WHOLE = 1;
const FIRST = 2;
const MIDDLE = 3;
const LAST = 4;

export interface Neo2Report {
  readonly id: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Cuts a frame into reports: one, or first, middle and last, filled with zeros. */
export function neo2Reports(frame: Uint8Array): readonly Neo2Report[] {
  const count = Math.max(1, Math.ceil(frame.length / NEO2_REPORT_BYTES));
  return Array.from({ length: count }, (_, index) => {
    const data = new Uint8Array(NEO2_REPORT_BYTES);
    data.set(frame.subarray(index * NEO2_REPORT_BYTES, (index + 1) * NEO2_REPORT_BYTES));
    const id = count === 1 ? WHOLE : index === 0 ? FIRST : index === count - 1 ? LAST : MIDDLE;
    return { id, data };
  });
}

/** Puts reports together. A first or whole report ends what was begun before it. Never throws. */
export class Neo2ReportDecoder {
  readonly #decoder = new Neo2Decoder();
  /** Behind a whole frame the report holds zeros only. */
  #isOver = true;

  push({ id, data }: { readonly id: number; readonly data: Uint8Array }): readonly Neo2Piece[] {
    if (id < WHOLE || id > LAST) return [{ kind: 'error', error: 'noise' }];
    const isStart = id === WHOLE || id === FIRST;
    const before = isStart ? this.#decoder.end() : [];
    if (isStart) this.#isOver = false;
    if (this.#isOver) return [...before, { kind: 'error', error: 'noise' }];
    const pieces = this.#decoder.push(data);
    const found = pieces.findIndex(({ kind }) => kind === 'frame');
    const isEnd = found >= 0 || id === WHOLE || id === LAST;
    // What fills the report up is neither noise nor the beginning of another frame.
    const rest = isEnd ? this.#decoder.end() : [];
    if (isEnd) this.#isOver = true;
    return [...before, ...(found >= 0 ? pieces.slice(0, found + 1) : [...pieces, ...rest])];
  }
}
