import { DeviceError } from '../../errors.ts';
import {
  ByteWriter,
  byte,
  type Encoded,
  encodeEach,
  qrBytes,
  rasterRows,
  type TextCharset,
} from '../byte-writer.ts';
import type { Gb18030 } from '../gb18030/gb18030.ts';
import {
  type EscPosCommand,
  type IdentityField,
  QR_BYTES_MAX,
  type QrLevel,
  RASTER_ROWS_MAX,
  type RealtimeSubject,
  type Utf8Switch,
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

/** How makers switch UTF-8 on. Sent only where the profile names the way: what another maker does with it is unknown. */
const UTF8_SWITCHES: Readonly<Record<Utf8Switch, readonly number[]>> = {
  // FS & FS C FF: Sunmi and other terminals with a built-in printer.
  'fs-c': [FS, 0x26, FS, 0x43, 0xff],
  // FS & ESC 9 1: Xprinter and many other 58/80 mm boards.
  'esc-9': [FS, 0x26, ESC, 0x39, 1],
  // FS ( C fn 48: Epson models with UTF-8. '2' selects it.
  'fs-paren-c': [FS, 0x28, 0x43, 2, 0, 0x30, 0x32],
};

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
  return encodeEach(commands, writer, (command) => writer.command(command));
}

class Writer extends ByteWriter {
  command(command: EscPosCommand): void {
    switch (command.op) {
      case 'line':
        return this.line(command.texts);
      case 'text':
        return this.text(command.text);
      case 'line-feed':
        return this.put(LF);
      case 'initialise':
        return this.put(ESC, 0x40);
      case 'code-page':
        return this.put(ESC, 0x74, byte(command.page, 0, 255));
      case 'kanji':
        return this.put(FS, command.on ? 0x26 : 0x2e);
      case 'size':
        return this.#size(byte(command.width, 1, 8), byte(command.height, 1, 8));
      case 'emphasis':
        return this.put(ESC, 0x45, command.on ? 1 : 0);
      case 'align':
        return this.put(ESC, 0x61, ALIGNMENTS[command.align]);
      case 'line-spacing':
        return this.put(ESC, 0x33, byte(command.dots, 0, 255));
      case 'feed':
        return this.put(ESC, 0x64, byte(command.lines, 0, 255));
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
        return this.put(GS, 0x56, command.partial ? 66 : 65, 0);
      case 'pulse':
        return this.put(
          ESC,
          0x70,
          command.pin === 2 ? 0 : 1,
          pulseTime(command.onMs),
          pulseTime(command.offMs),
        );
      case 'ask-now':
        return this.put(DLE, EOT, REALTIME[command.about]);
      case 'status-back':
        return this.put(GS, 0x61, byte(command.mask, 0, 255));
      case 'ask':
        return this.put(GS, 0x72, command.about === 'paper' ? 1 : 2);
      case 'confirm':
        return this.#confirm(command.id);
      case 'identify':
        return this.put(GS, 0x49, IDENTITY[command.what]);
      case 'utf8':
        return this.put(...UTF8_SWITCHES[command.by]);
      default:
        return command satisfies never;
    }
  }

  /**
   * FS ! knows only double (bit 2 width, bit 3 height) and comes first: where both fonts share one setting,
   * GS ! with its exact factors is then the one that stays.
   */
  #size(width: number, height: number): void {
    this.put(FS, 0x21, (width > 1 ? 0x04 : 0) | (height > 1 ? 0x08 : 0));
    this.put(GS, 0x21, ((width - 1) << 4) | (height - 1));
  }

  #raster(widthBytes: number, data: Uint8Array): void {
    const rows = rasterRows(data, widthBytes, RASTER_ROWS_MAX);
    this.put(GS, 0x76, 0x30, 0, widthBytes & 0xff, widthBytes >> 8, rows & 0xff, rows >> 8);
    this.append(data);
  }

  #qr(text: string, moduleDots: number, level: number): void {
    const data = qrBytes(text, QR_BYTES_MAX);
    this.put(GS, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0); // fn 165: model 2
    this.put(GS, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots); // fn 167
    this.put(GS, 0x28, 0x6b, 3, 0, 0x31, 0x45, level); // fn 169
    const length = data.length + 3;
    this.put(GS, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30); // fn 180: store
    this.append(data);
    this.put(GS, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30); // fn 181: print
  }

  #confirm(id: string): void {
    if (!/^[\x20-\x7e]{4}$/.test(id))
      throw new DeviceError('unsupported', 'a confirmation id has four characters');
    this.put(GS, 0x28, 0x48, 6, 0, 0x30, 0x30);
    this.put(...Array.from(id, (character) => character.charCodeAt(0)));
  }
}

/** ESC p counts in units of 2 ms. */
const pulseTime = (ms: number): number => byte(Math.round(ms / 2), 0, 255);
