import { DeviceError } from '../../errors.ts';
import type { Gb18030 } from '../gb18030/gb18030.ts';
import {
  type EscPosCommand,
  type IdentityField,
  QR_BYTES_MAX,
  type QrLevel,
  RASTER_ROWS_MAX,
  type RealtimeSubject,
  type TextCharset,
} from './command.ts';

const LF = 0x0a;
const DLE = 0x10;
const EOT = 0x04;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

const ALIGNMENTS = { left: 0, center: 1, right: 2 } as const;
const QR_LEVELS: Readonly<Record<QrLevel, number>> = { L: 0x30, M: 0x31, Q: 0x32, H: 0x33 };
const REALTIME: Readonly<Record<RealtimeSubject, number>> = { printer: 1, offline: 2, error: 3, paper: 4 };
const IDENTITY: Readonly<Record<IdentityField, number>> = {
  firmware: 65,
  maker: 66,
  model: 67,
  serial: 68,
  font: 69,
};

/** The bytes of a list of commands, and where each command ends: the only places where something may be put between. */
export interface Encoded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
}

/**
 * Turns commands into bytes. Text goes out in `charset`; a character without a code there throws DeviceError
 * `unsupported`, because the layout should have drawn that line as dots.
 */
export function encodeEscPos(
  commands: readonly EscPosCommand[],
  charset: TextCharset,
  gb18030: Gb18030,
): Encoded {
  const writer = new Writer(charset, gb18030);
  const ends: number[] = [];
  for (const command of commands) {
    writer.command(command);
    ends.push(writer.end);
  }
  return { bytes: writer.bytes.slice(0, writer.end), ends };
}

class Writer {
  bytes = new Uint8Array(4_096);
  end = 0;
  readonly #charset: TextCharset;
  readonly #gb18030: Gb18030;

  constructor(charset: TextCharset, gb18030: Gb18030) {
    this.#charset = charset;
    this.#gb18030 = gb18030;
  }

  command(command: EscPosCommand): void {
    switch (command.op) {
      case 'line':
        this.#text(command.text);
        this.#room(1);
        this.bytes[this.end] = LF;
        this.end += 1;
        return;
      case 'text':
        return this.#text(command.text);
      case 'line-feed':
        return this.#put(LF);
      case 'initialise':
        return this.#put(ESC, 0x40);
      case 'code-page':
        return this.#put(ESC, 0x74, byte(command.page, 0, 255));
      case 'kanji':
        return this.#put(FS, command.on ? 0x26 : 0x2e);
      case 'size':
        return this.#size(byte(command.width, 1, 8), byte(command.height, 1, 8));
      case 'emphasis':
        return this.#put(ESC, 0x45, command.on ? 1 : 0);
      case 'align':
        return this.#put(ESC, 0x61, ALIGNMENTS[command.align]);
      case 'line-spacing':
        return this.#put(ESC, 0x33, byte(command.dots, 0, 255));
      case 'feed':
        return this.#put(ESC, 0x64, byte(command.lines, 0, 255));
      case 'raster':
        return this.#raster(command.widthBytes, command.data);
      case 'qr':
        return this.#qr(command.data, byte(command.moduleDots, 1, 16), QR_LEVELS[command.level]);
      default:
        return this.#control(command);
    }
  }

  /** Everything that is no mark on paper: asked or switched, with few bytes. */
  #control(
    command: Exclude<
      EscPosCommand,
      {
        op:
          | 'line'
          | 'text'
          | 'line-feed'
          | 'initialise'
          | 'code-page'
          | 'kanji'
          | 'size'
          | 'emphasis'
          | 'align'
          | 'line-spacing'
          | 'feed'
          | 'raster'
          | 'qr';
      }
    >,
  ): void {
    switch (command.op) {
      case 'cut':
        return this.#put(GS, 0x56, command.partial ? 66 : 65, 0);
      case 'pulse':
        return this.#put(
          ESC,
          0x70,
          command.pin === 2 ? 0 : 1,
          pulseTime(command.onMs),
          pulseTime(command.offMs),
        );
      case 'ask-now':
        return this.#put(DLE, EOT, REALTIME[command.about]);
      case 'status-back':
        return this.#put(GS, 0x61, byte(command.mask, 0, 255));
      case 'ask':
        return this.#put(GS, 0x72, command.about === 'paper' ? 1 : 2);
      case 'confirm':
        return this.#confirm(command.id);
      case 'identify':
        return this.#put(GS, 0x49, IDENTITY[command.what]);
      default:
        return command satisfies never;
    }
  }

  #room(more: number): void {
    if (this.end + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.end + more));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  #put(...values: readonly number[]): void {
    this.#room(values.length);
    for (const value of values) {
      this.bytes[this.end] = value;
      this.end += 1;
    }
  }

  #append(data: Uint8Array): void {
    this.#room(data.length);
    this.bytes.set(data, this.end);
    this.end += data.length;
  }

  #text(text: string): void {
    if (this.#charset === 'utf8') return this.#append(new TextEncoder().encode(text));
    this.#room(text.length * 2 + 1);
    const from = this.end;
    const end = this.#gb18030.encodeInto(text, this.bytes, from);
    if (end < 0) throw new DeviceError('unsupported', 'a character without a two-byte code');
    this.end = end;
  }

  /**
   * FS ! knows only double (bit 2 width, bit 3 height) and comes first: where both fonts share one setting,
   * GS ! with its exact factors is then the one that stays.
   */
  #size(width: number, height: number): void {
    this.#put(FS, 0x21, (width > 1 ? 0x04 : 0) | (height > 1 ? 0x08 : 0));
    this.#put(GS, 0x21, ((width - 1) << 4) | (height - 1));
  }

  #raster(widthBytes: number, data: Uint8Array): void {
    const rows = data.length / widthBytes;
    if (!Number.isInteger(rows) || rows < 1 || rows > RASTER_ROWS_MAX) {
      throw new DeviceError('unsupported', `raster of ${rows} rows`);
    }
    this.#put(GS, 0x76, 0x30, 0, widthBytes & 0xff, widthBytes >> 8, rows & 0xff, rows >> 8);
    this.#append(data);
  }

  #qr(text: string, moduleDots: number, level: number): void {
    const data = new TextEncoder().encode(text);
    if (data.length === 0 || data.length > QR_BYTES_MAX)
      throw new DeviceError('unsupported', 'QR data too long');
    this.#put(GS, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0); // fn 165: model 2
    this.#put(GS, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots); // fn 167
    this.#put(GS, 0x28, 0x6b, 3, 0, 0x31, 0x45, level); // fn 169
    const length = data.length + 3;
    this.#put(GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30); // fn 180: store
    this.#append(data);
    this.#put(GS, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30); // fn 181: print
  }

  #confirm(id: string): void {
    if (!/^[\x20-\x7e]{4}$/.test(id))
      throw new DeviceError('unsupported', 'a confirmation id has four characters');
    this.#put(GS, 0x28, 0x48, 6, 0, 0x30, 0x30);
    this.#put(...Array.from(id, (character) => character.charCodeAt(0)));
  }
}

function byte(value: number, lowest: number, highest: number): number {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    throw new DeviceError('unsupported', `parameter ${value} is not within ${lowest}–${highest}`);
  }
  return value;
}

/** ESC p counts in units of 2 ms. */
const pulseTime = (ms: number): number => byte(Math.round(ms / 2), 0, 255);
