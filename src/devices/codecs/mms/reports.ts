/** Bytes of a HID report of the family, both ways; there are no report ids. */
export const MMS_REPORT_BYTES = 64;
/** Longest message that is put together: a card's data has a few hundred bytes. */
export const MMS_MESSAGE_MAX = 16_384;

const SINGLE = 0x00;
const HEAD = 0x01;
const MIDDLE = 0x02;
const TAIL = 0x03;
const CANCEL = 0x04;

const SINGLE_MAX = 62;
const HEAD_MAX = 59;
const MIDDLE_MAX = 61;
const TAIL_MAX = 62;

/** A message, or why there is none. After an error the next single or head report starts afresh. */
export type MmsPiece =
  | { readonly kind: 'message'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The other side gave up its long message. */
  | { readonly kind: 'cancelled'; readonly reason: number }
  | { readonly kind: 'error'; readonly error: MmsReportError };

export type MmsReportError =
  | 'bad-report'
  /** A middle or tail report without its head, or not the one that was due. */
  | 'out-of-order'
  /** A tail that makes the message longer or shorter than its head said. */
  | 'bad-length'
  | 'too-long';

/** Cuts a message into output reports: one, or head, middle and tail. */
export function mmsReports(message: Uint8Array): readonly Uint8Array<ArrayBuffer>[] {
  if (message.length <= SINGLE_MAX) return [report([SINGLE, message.length], message)];
  const size = message.length;
  const head = [HEAD, (size >>> 24) & 0xff, (size >>> 16) & 0xff, (size >>> 8) & 0xff, size & 0xff];
  const reports = [report(head, message.subarray(0, HEAD_MAX))];
  let at = HEAD_MAX;
  for (let sequence = 1; size - at > TAIL_MAX; sequence += 1) {
    const header = [MIDDLE, (sequence >>> 8) & 0xff, sequence & 0xff];
    reports.push(report(header, message.subarray(at, at + MIDDLE_MAX)));
    at += MIDDLE_MAX;
  }
  return [...reports, report([TAIL, size - at], message.subarray(at))];
}

function report(header: readonly number[], part: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MMS_REPORT_BYTES);
  bytes.set(header, 0);
  bytes.set(part, header.length);
  return bytes;
}

/** Puts input reports together. Keeps one unfinished message, at most `MMS_MESSAGE_MAX` bytes. Never throws. */
export class MmsReportDecoder {
  #parts: Uint8Array[] = [];
  #expected = 0;
  #have = 0;
  #sequence = 0;

  /** A message that was begun and is not complete. */
  get isOpen(): boolean {
    return this.#expected > 0;
  }

  push(report: Uint8Array): readonly MmsPiece[] {
    switch (report[0]) {
      case SINGLE:
        return this.#single(report);
      case HEAD:
        return this.#head(report);
      case MIDDLE:
        return this.#middle(report);
      case TAIL:
        return this.#tail(report);
      case CANCEL:
        this.#drop();
        return [{ kind: 'cancelled', reason: ((report[1] ?? 0) << 8) | (report[2] ?? 0) }];
      default:
        return [this.#broken('bad-report')];
    }
  }

  #single(report: Uint8Array): readonly MmsPiece[] {
    const size = report[1] ?? 0;
    const before = this.isOpen ? [this.#broken('out-of-order')] : [];
    if (size === 0 || size > SINGLE_MAX || report.length < 2 + size)
      return [...before, this.#broken('bad-report')];
    return [...before, { kind: 'message', bytes: Uint8Array.from(report.subarray(2, 2 + size)) }];
  }

  #head(report: Uint8Array): readonly MmsPiece[] {
    const before = this.isOpen ? [this.#broken('out-of-order')] : [];
    if (report.length < 5 + HEAD_MAX) return [...before, this.#broken('bad-report')];
    const size = new DataView(report.buffer, report.byteOffset).getUint32(1);
    if (size > MMS_MESSAGE_MAX) return [...before, this.#broken('too-long')];
    if (size <= HEAD_MAX) return [...before, this.#broken('bad-length')];
    this.#expected = size;
    this.#take(report.subarray(5, 5 + HEAD_MAX));
    return before;
  }

  #middle(report: Uint8Array): readonly MmsPiece[] {
    const sequence = ((report[1] ?? 0) << 8) | (report[2] ?? 0);
    if (this.isOpen && this.#sequence > 0 && sequence === this.#sequence) return []; // Said twice.
    if (!this.isOpen || sequence !== this.#sequence + 1) return [this.#broken('out-of-order')];
    if (report.length < 3 + MIDDLE_MAX) return [this.#broken('bad-report')];
    if (this.#have + MIDDLE_MAX >= this.#expected) return [this.#broken('bad-length')];
    this.#sequence = sequence;
    this.#take(report.subarray(3, 3 + MIDDLE_MAX));
    return [];
  }

  #tail(report: Uint8Array): readonly MmsPiece[] {
    const size = report[1] ?? 0;
    if (!this.isOpen) return [this.#broken('out-of-order')];
    if (size > TAIL_MAX || report.length < 2 + size) return [this.#broken('bad-report')];
    if (this.#have + size !== this.#expected) return [this.#broken('bad-length')];
    this.#take(report.subarray(2, 2 + size));
    const bytes = new Uint8Array(this.#expected);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#drop();
    return [{ kind: 'message', bytes }];
  }

  #take(part: Uint8Array): void {
    this.#parts.push(Uint8Array.from(part));
    this.#have += part.length;
  }

  #broken(error: MmsReportError): MmsPiece {
    this.#drop();
    return { kind: 'error', error };
  }

  /** What was begun may be a card's data: it is wiped, not only forgotten. */
  #drop(): void {
    for (const part of this.#parts) part.fill(0);
    this.#parts = [];
    this.#expected = 0;
    this.#have = 0;
    this.#sequence = 0;
  }
}
