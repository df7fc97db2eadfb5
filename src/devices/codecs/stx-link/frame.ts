import { DeviceError } from '../../errors.ts';
import { controlOf, type LineDecoder, type LineFault, type LineItem, LineItems } from './line-item.ts';

/** `02 body 03 LRC`, LRC = xor of body and 03: the frame of PAX and of many other terminals (facts: devices 3.7). */

const STX = 0x02;
const ETX = 0x03;
/** Body bytes below a space that separate fields: FS, GS, RS, US. Any other means that the frame was broken off. */
const SEPARATORS = [0x1c, 0x1d, 0x1e, 0x1f];

export const STX_BODY_MAX = 8_192;

/** Throws DeviceError `unsupported` for a body that cannot be framed: too long, or with a byte that would end it. */
export function encodeStx(body: Uint8Array): Uint8Array<ArrayBuffer> {
  if (body.length > STX_BODY_MAX) throw new DeviceError('unsupported', `${body.length} bytes in a frame`);
  if (!body.every(isBodyByte)) throw new DeviceError('unsupported', 'a control byte in a frame');
  return Uint8Array.from([STX, ...body, ETX, lrcOf(body)]);
}

const isBodyByte = (byte: number): boolean => byte >= 0x20 || SEPARATORS.includes(byte);

const lrcOf = (body: Uint8Array): number => body.reduce((lrc, byte) => lrc ^ byte, ETX);

export class StxDecoder implements LineDecoder {
  #body: number[] | undefined;
  #isEnded = false;
  #begin = 0;
  #at = 0;

  push(bytes: Uint8Array): readonly LineItem[] {
    const items = new LineItems();
    for (const byte of bytes) {
      this.#take(byte, items);
      this.#at += 1;
    }
    return items.all;
  }

  get pending(): number {
    return this.#body === undefined ? 0 : this.#at - this.#begin;
  }

  giveUp(): readonly LineItem[] {
    const items = new LineItems();
    if (this.#body !== undefined) this.#bad('truncated', items);
    return items.all;
  }

  #take(byte: number, items: LineItems): void {
    if (this.#body === undefined) return this.#outside(byte, items);
    if (this.#isEnded) {
      const body = Uint8Array.from(this.#body);
      if (byte !== lrcOf(body)) return this.#bad('bad-check', items);
      items.add({ kind: 'frame', at: this.#begin, body });
      return this.#leave();
    }
    if (byte === ETX) {
      this.#isEnded = true;
      return;
    }
    if (!isBodyByte(byte)) {
      // The end of this frame was lost. What comes now may be an acknowledgement or the beginning of the next one.
      this.#bad(byte === STX ? 'truncated' : 'bad-byte', items);
      return this.#outside(byte, items);
    }
    this.#body.push(byte);
    if (this.#body.length > STX_BODY_MAX) this.#bad('too-long', items);
  }

  #outside(byte: number, items: LineItems): void {
    if (byte === STX) {
      this.#body = [];
      this.#isEnded = false;
      this.#begin = this.#at;
      return;
    }
    const control = controlOf(byte);
    items.add(
      control === undefined
        ? { kind: 'noise', at: this.#at, length: 1 }
        : { kind: 'control', at: this.#at, control },
    );
  }

  #bad(code: LineFault, items: LineItems): void {
    items.add({ kind: 'bad', at: this.#begin, code });
    this.#leave();
  }

  #leave(): void {
    // It may have held card data.
    this.#body?.fill(0);
    this.#body = undefined;
    this.#isEnded = false;
  }
}
