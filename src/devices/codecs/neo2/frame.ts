/** `ViVOtech2` and a zero. */
const MARK = Uint8Array.of(0x56, 0x69, 0x56, 0x4f, 0x74, 0x65, 0x63, 0x68, 0x32, 0x00);
/** Mark, command, sub-command or status, length. */
const HEADER = 14;
const CHECK = 2;
/** Longest frame: the guide's limit. */
export const NEO2_FRAME_MAX = 1_500;

/** `either`: both bytes of the checksum are equal, so that its order says nothing. */
export type Neo2Direction = 'command' | 'response' | 'either';

export interface Neo2Frame {
  readonly direction: Neo2Direction;
  readonly command: number;
  /** Sub-command of a command, status of a response. */
  readonly code: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

export type Neo2Piece =
  | { readonly kind: 'frame'; readonly frame: Neo2Frame }
  /** `noise`: bytes that belong to no frame; told once, whatever their number. */
  | { readonly kind: 'error'; readonly error: 'bad-crc' | 'bad-length' | 'noise' };

/** CRC-16, polynomial 1021, begun with FFFF, not reflected (check value of "123456789": 29B1). */
export function neo2Crc(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

/** Writes a frame; a command has its checksum low byte first, a response high byte first. */
export function encodeNeo2({ direction, command, code, data }: Neo2Frame): Uint8Array<ArrayBuffer> {
  const body = Uint8Array.from([...MARK, command, code, data.length >> 8, data.length & 0xff, ...data]);
  const crc = neo2Crc(body);
  const [high, low] = [crc >> 8, crc & 0xff];
  return Uint8Array.from([...body, ...(direction === 'response' ? [high, low] : [low, high])]);
}

/** Finds frames in a stream, cut anywhere. Keeps at most one frame; after damage it goes on at the next mark. Never throws. */
export class Neo2Decoder {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  #inNoise = false;

  push(chunk: Uint8Array): readonly Neo2Piece[] {
    const joined = new Uint8Array(this.#bytes.length + chunk.length);
    joined.set(this.#bytes);
    joined.set(chunk, this.#bytes.length);
    this.#bytes.fill(0);
    const pieces: Neo2Piece[] = [];
    let at = 0;
    for (;;) {
      const mark = nextMark(joined, at);
      if (mark > at) this.#noise(pieces);
      at = mark;
      const found = frameAt(joined, at);
      if (found === undefined) break;
      if ('error' in found) {
        pieces.push({ kind: 'error', error: found.error });
        at += 1;
        this.#inNoise = true;
        continue;
      }
      this.#inNoise = false;
      pieces.push({ kind: 'frame', frame: found.frame });
      at += found.size;
    }
    this.#bytes = joined.slice(at);
    joined.fill(0);
    return pieces;
  }

  /** The stream is over, or a report was the last of its frame: what is left is no frame any more. */
  end(): readonly Neo2Piece[] {
    const isLeft = this.#bytes.length > 0;
    this.#bytes.fill(0);
    this.#bytes = new Uint8Array();
    this.#inNoise = false;
    return isLeft ? [{ kind: 'error', error: 'bad-length' }] : [];
  }

  #noise(pieces: Neo2Piece[]): void {
    if (!this.#inNoise) pieces.push({ kind: 'error', error: 'noise' });
    this.#inNoise = true;
  }
}

/** Where the next mark begins, or may begin at the end of the bytes. */
function nextMark(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at += 1) {
    const size = Math.min(MARK.length, bytes.length - at);
    let fits = 0;
    while (fits < size && bytes[at + fits] === MARK[fits]) fits += 1;
    if (fits === size) return at;
  }
  return bytes.length;
}

/** Undefined: not whole yet. */
function frameAt(
  bytes: Uint8Array,
  at: number,
):
  | { readonly frame: Neo2Frame; readonly size: number }
  | { readonly error: 'bad-crc' | 'bad-length' }
  | undefined {
  if (bytes.length - at < HEADER) return undefined;
  const length = ((bytes[at + 12] ?? 0) << 8) | (bytes[at + 13] ?? 0);
  const size = HEADER + length + CHECK;
  if (size > NEO2_FRAME_MAX) return { error: 'bad-length' };
  if (bytes.length - at < size) return undefined;
  const body = bytes.subarray(at, at + size - CHECK);
  const [first = 0, second = 0] = bytes.subarray(at + size - CHECK, at + size);
  const crc = neo2Crc(body);
  const isResponse = crc === ((first << 8) | second);
  const isCommand = crc === ((second << 8) | first);
  if (!isResponse && !isCommand) return { error: 'bad-crc' };
  const direction = isResponse && isCommand ? 'either' : isResponse ? 'response' : 'command';
  const [command = 0, code = 0] = bytes.subarray(at + 10, at + 12);
  return { frame: { direction, command, code, data: Uint8Array.from(body.subarray(HEADER)) }, size };
}
