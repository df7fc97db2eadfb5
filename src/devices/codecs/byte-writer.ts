import { DeviceError } from '../errors.ts';
import type { Gb18030 } from './gb18030/gb18030.ts';

/** The bytes of a list of commands, and where each command ends: the only places where something may be put between. */
export interface Encoded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
}

/** `gb18030` and `gbk` are written alike; a GBK font only lacks some of the characters. */
export type TextCharset = 'gb18030' | 'gbk' | 'utf8';

const LF = 0x0a;
const utf8 = new TextEncoder();

/** Bytes that grow. Text goes out in one charset; a character without a code in it throws DeviceError `unsupported`. */
export class ByteWriter {
  bytes = new Uint8Array(4_096);
  end = 0;
  readonly #charset: TextCharset;
  readonly #gb18030: Gb18030;

  constructor(charset: TextCharset, gb18030: Gb18030) {
    this.#charset = charset;
    this.#gb18030 = gb18030;
  }

  put(...values: readonly number[]): void {
    this.room(values.length);
    for (const value of values) {
      this.bytes[this.end] = value;
      this.end += 1;
    }
  }

  append(data: Uint8Array): void {
    this.room(data.length);
    this.bytes.set(data, this.end);
    this.end += data.length;
  }

  /** A text and LF: the command that a slip has most of. */
  line(text: string): void {
    this.text(text);
    this.room(1);
    this.bytes[this.end] = LF;
    this.end += 1;
  }

  text(text: string): void {
    if (this.#charset === 'utf8') return this.append(utf8.encode(text));
    this.room(text.length * 2 + 1);
    const end = this.#gb18030.encodeInto(text, this.bytes, this.end);
    if (end < 0) throw new DeviceError('unsupported', 'a character without a two-byte code');
    this.end = end;
  }

  room(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.end + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

/** A parameter that fits its byte. Throws DeviceError `unsupported`. */
export function byte(value: number, lowest: number, highest: number): number {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new DeviceError('unsupported', `parameter ${value} is not within ${lowest}–${highest}`);
  }
  return value;
}
