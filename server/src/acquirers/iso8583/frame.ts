import { Iso8583Error } from './iso8583-error.ts';

/** Bytes of TPDU, header and message in one frame: what the length field may say. */
export const FRAME_MIN = 13;
export const FRAME_MAX = 4_096;

const LENGTH_BYTES = 2;
const TPDU_BYTES = 5;
const HEADER_BYTES = 6;
export const TPDU_ID = 0x60;

/** A message with the addresses it travels under. TPDU and header are upper-case hex. */
export interface Frame {
  /** Ten hex digits: id 60, destination, source. */
  readonly tpdu: string;
  /** Twelve hex digits: application, version, terminal status, processing request, software version. */
  readonly header: string;
  readonly message: Buffer;
}

/** The frame as it goes out: two bytes of length, TPDU, header, message. Throws Iso8583Error. */
export function writeFrame(frame: Frame): Buffer<ArrayBuffer> {
  const size = TPDU_BYTES + HEADER_BYTES + frame.message.length;
  if (size < FRAME_MIN || size > FRAME_MAX) throw new Iso8583Error('bad-frame', `a frame of ${size} bytes`);
  const out = Buffer.alloc(LENGTH_BYTES + size);
  out.writeUInt16BE(size, 0);
  const written = out.write(frame.tpdu + frame.header, LENGTH_BYTES, 'hex');
  if (written !== TPDU_BYTES + HEADER_BYTES) throw new Iso8583Error('bad-frame', 'TPDU or header is not hex');
  frame.message.copy(out, LENGTH_BYTES + TPDU_BYTES + HEADER_BYTES);
  return out;
}

/** Takes a frame without its length apart. Throws Iso8583Error. */
export function readFrame(bytes: Buffer): Frame {
  if (bytes.length < FRAME_MIN || bytes[0] !== TPDU_ID) {
    throw new Iso8583Error('bad-frame', `${bytes.length} bytes that begin with no TPDU`);
  }
  return {
    tpdu: bytes.toString('hex', 0, TPDU_BYTES).toUpperCase(),
    header: bytes.toString('hex', TPDU_BYTES, TPDU_BYTES + HEADER_BYTES).toUpperCase(),
    message: bytes.subarray(TPDU_BYTES + HEADER_BYTES),
  };
}

/** Cuts a byte stream into frames, in whatever pieces it comes. Keeps at most one frame. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that are complete now. Throws Iso8583Error for a length that no frame has: close the connection then. */
  push(chunk: Uint8Array): readonly Frame[] {
    let data = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    while (data.length >= LENGTH_BYTES) {
      const size = data.readUInt16BE(0);
      if (size < FRAME_MIN || size > FRAME_MAX)
        throw new Iso8583Error('bad-frame', `a frame of ${size} bytes`);
      if (data.length < LENGTH_BYTES + size) break;
      frames.push(readFrame(data.subarray(LENGTH_BYTES, LENGTH_BYTES + size)));
      data = data.subarray(LENGTH_BYTES + size);
    }
    this.#rest = Buffer.from(data);
    return frames;
  }
}
