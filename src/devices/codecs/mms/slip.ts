import { MMS_MESSAGE_MAX } from './reports.ts';

const END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;
const ESCAPED_ESCAPE = 0xdd;
/** Info byte and length. */
const HEADER_BYTES = 5;
const TO_DEVICE = 0x00;
const TOO_LONG = 0x03;

export type SlipPiece =
  | { readonly kind: 'message'; readonly isFromDevice: boolean; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'error'; readonly error: 'bad-escape' | 'bad-length' | 'bad-info' | 'too-long' };

/** A message on a serial line (DynaProx, 115200 8N1): `C0 info length message C0`, with C0 and DB escaped. */
export function mmsSlip(message: Uint8Array, isFromDevice = false): Uint8Array<ArrayBuffer> {
  const size = message.length;
  const inside = [
    isFromDevice ? 0x02 : TO_DEVICE,
    size >>> 24,
    (size >>> 16) & 0xff,
    (size >>> 8) & 0xff,
    size & 0xff,
  ];
  const bytes = [...inside, ...message].flatMap((byte) =>
    byte === END ? [ESCAPE, ESCAPED_END] : byte === ESCAPE ? [ESCAPE, ESCAPED_ESCAPE] : [byte],
  );
  return Uint8Array.from([END, ...bytes, END]);
}

/** Reads a serial line in any pieces. Keeps at most one message; after damage it goes on at the next C0. Never throws. */
export class MmsSlipDecoder {
  #bytes: number[] = [];
  #isEscaped = false;
  #isBad = false;
  /** Noise before the first C0 is no frame. */
  #isInside = false;

  push(chunk: Uint8Array): readonly SlipPiece[] {
    const pieces: SlipPiece[] = [];
    for (const byte of chunk) {
      if (byte === END) {
        pieces.push(...this.#end());
        this.#isInside = true;
      } else if (this.#isInside && !this.#isBad) pieces.push(...this.#take(byte));
    }
    return pieces;
  }

  #take(byte: number): readonly SlipPiece[] {
    if (this.#isEscaped) {
      this.#isEscaped = false;
      if (byte !== ESCAPED_END && byte !== ESCAPED_ESCAPE) return this.#damaged('bad-escape');
      this.#bytes.push(byte === ESCAPED_END ? END : ESCAPE);
    } else if (byte === ESCAPE) this.#isEscaped = true;
    else this.#bytes.push(byte);
    return this.#bytes.length > MMS_MESSAGE_MAX + HEADER_BYTES ? this.#damaged('too-long') : [];
  }

  #end(): readonly SlipPiece[] {
    const [info = 0, ...rest] = this.#bytes;
    const isEmpty = this.#bytes.length === 0;
    const size = rest.slice(0, HEADER_BYTES - 1).reduce((sum, byte) => sum * 256 + byte, 0);
    const message = Uint8Array.from(rest.slice(HEADER_BYTES - 1));
    const wasBad = this.#isBad;
    this.#reset();
    if (isEmpty || wasBad) return [];
    if (info === TOO_LONG) return [{ kind: 'error', error: 'too-long' }];
    if (info !== TO_DEVICE && info !== 0x02) return [{ kind: 'error', error: 'bad-info' }];
    if (rest.length < HEADER_BYTES - 1 || message.length !== size)
      return [{ kind: 'error', error: 'bad-length' }];
    return [{ kind: 'message', isFromDevice: info !== TO_DEVICE, bytes: message }];
  }

  #damaged(error: 'bad-escape' | 'too-long'): readonly SlipPiece[] {
    this.#reset();
    this.#isBad = true;
    return [{ kind: 'error', error }];
  }

  #reset(): void {
    this.#bytes = [];
    this.#isEscaped = false;
    this.#isBad = false;
  }
}
