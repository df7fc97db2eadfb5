import type { Encoded } from '../codecs/byte-writer.ts';
import type { Bytes } from '../transports/transport.ts';

/** One write. `isWhole`: it ends where a command ends, so a question may be put after it without becoming dots. */
export interface Chunk {
  readonly bytes: Bytes;
  readonly isWhole: boolean;
}

/** Cuts a job into writes of at most `most` bytes, at ends of commands wherever one is in reach. */
export function* chunksOf({ bytes, ends }: Encoded, most: number): Generator<Chunk> {
  let from = 0;
  let next = 0;
  while (from < bytes.length) {
    let to = from;
    for (let end = ends[next]; end !== undefined && end - from <= most; end = ends[next]) {
      to = end;
      next += 1;
    }
    const isWhole = to > from;
    if (!isWhole) to = Math.min(from + most, bytes.length);
    yield { bytes: bytes.subarray(from, to), isWhole };
    from = to;
  }
}
