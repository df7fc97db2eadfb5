import type { SegmentFile } from './segment-file.ts';

/** Where a group of entries lies. Payloads stay on disk. */
export interface IndexedFrame {
  readonly segment: SegmentFile;
  readonly offset: number;
  readonly bytes: number;
  readonly position: number;
  readonly count: number;
}

/** The entry records of all live segments, in order of position: finds one without reading any. */
export class FrameIndex {
  #frames: IndexedFrame[] = [];

  get first(): number {
    return this.#frames[0]?.position ?? 0;
  }

  get last(): number {
    const frame = this.#frames.at(-1);
    return frame === undefined ? 0 : frame.position + frame.count - 1;
  }

  /** Adds a record. False when its entries are there already: a rebuild that was cut short leaves such twins. */
  add(frame: IndexedFrame): boolean {
    if (frame.position <= this.last) return false;
    this.#frames.push(frame);
    return true;
  }

  /** Records from the one that holds `position`, or the first after it. */
  *from(position: number): Generator<IndexedFrame> {
    let low = 0;
    let high = this.#frames.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const frame = this.#frames[middle];
      if (frame !== undefined && frame.position + frame.count <= position) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < this.#frames.length; at += 1) {
      const frame = this.#frames[at];
      if (frame !== undefined) yield frame;
    }
  }

  /** Last position held in a segment; 0 when it holds none. */
  lastIn(segment: SegmentFile): number {
    const frame = this.#frames.findLast((each) => each.segment === segment);
    return frame === undefined ? 0 : frame.position + frame.count - 1;
  }

  /** Positions missing between records. */
  *holes(): Generator<number> {
    let expected = this.first;
    for (const frame of this.#frames) {
      for (; expected < frame.position; expected += 1) yield expected;
      expected = frame.position + frame.count;
    }
  }

  dropSegment(segment: SegmentFile): void {
    this.#frames = this.#frames.filter((frame) => frame.segment !== segment);
  }

  dropLast(): void {
    this.#frames.pop();
  }

  clear(): void {
    this.#frames = [];
  }
}
