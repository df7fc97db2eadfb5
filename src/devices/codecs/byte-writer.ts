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

  /** Texts and LF: the command that a slip has most of. */
  line(texts: readonly string[]): void {
    for (const text of texts) this.text(text);
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

/** Writes commands one after the other with `put`, and notes where each ends. */
export function encodeEach<Command>(
  commands: readonly Command[],
  writer: ByteWriter,
  put: (command: Command) => void,
): Encoded {
  const ends: number[] = [];
  for (const command of commands) {
    put(command);
    ends.push(writer.end);
  }
  return { bytes: writer.bytes.subarray(0, writer.end), ends };
}

/** Rows of a picture; throws DeviceError `unsupported` when they are not whole, none, or more than a command has. */
export function rasterRows(data: Uint8Array, widthBytes: number, rowsMax: number): number {
  const rows = data.length / widthBytes;
  if (!Number.isInteger(rows) || rows < 1 || rows > rowsMax)
    throw new DeviceError('unsupported', `raster of ${rows} rows`);
  return rows;
}

/** What a QR code holds, in UTF-8. Throws DeviceError `unsupported` for nothing, and for more than a printer takes. */
export function qrBytes(text: string, bytesMax: number): Uint8Array {
  const data = utf8.encode(text);
  if (data.length === 0 || data.length > bytesMax) throw new DeviceError('unsupported', 'QR data too long');
  return data;
}
