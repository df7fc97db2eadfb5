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
  BAND_ROWS,
  type HanziFont,
  STAR_MODULE_DOTS_MAX,
  STAR_QR_BYTES_MAX,
  STAR_RASTER_ROWS_MAX,
  type StarCommand,
  type StarQrLevel,
} from './command.ts';

const ETX = 0x03;
const ACK = 0x06;
const BEL = 0x07;
const LF = 0x0a;
const ETB = 0x17;
const SUB = 0x1a;
const ESC = 0x1b;
const GS = 0x1d;
const RS = 0x1e;

const ALIGNMENTS = { left: 0, center: 1, right: 2 } as const;
const QR_LEVELS: Readonly<Record<StarQrLevel, number>> = { L: 0, M: 1, Q: 2, H: 3 };
const HANZI_FONTS: Readonly<Record<HanziFont, number>> = {
  japanese: 1,
  simplified: 2,
  traditional: 3,
  korean: 4,
};

/**
 * Turns commands into bytes. Text goes out in `charset`: a Chinese model takes the two-byte codes as they are, there is no
 * command for them. Throws DeviceError `unsupported` for what cannot be said.
 */
export function encodeStar(
  commands: readonly StarCommand[],
  charset: TextCharset,
  gb18030: Gb18030,
): Encoded {
  const writer = new Writer(charset, gb18030);
  return encodeEach(commands, writer, (command) => writer.mark(command));
}

class Writer extends ByteWriter {
  mark(command: StarCommand): void {
    switch (command.op) {
      case 'line':
        return this.line(command.texts);
      case 'text':
        return this.text(command.text);
      case 'line-feed':
        return this.put(LF);
      case 'size':
        return this.put(ESC, 0x69, byte(command.height, 1, 6) - 1, byte(command.width, 1, 6) - 1);
      case 'emphasis':
        return this.put(ESC, command.on ? 0x45 : 0x46);
      case 'align':
        return this.put(ESC, GS, 0x61, ALIGNMENTS[command.align]);
      case 'line-spacing':
        return command.mm === 4 ? this.put(ESC, 0x7a, 1) : this.put(ESC, 0x30);
      case 'feed':
        return this.put(ESC, 0x61, byte(command.lines, 1, 127));
      case 'feed-dots':
        return this.put(ESC, 0x49, byte(command.dots, 1, 255));
      case 'raster':
        return this.#raster(command.widthBytes, command.data);
      case 'raster-band':
        return this.#band(command.widthBytes, command.data);
      case 'qr':
        return this.#qr(command.data, command.moduleDots, QR_LEVELS[command.level]);
      case 'cut':
        return this.put(ESC, 0x64, command.partial ? 3 : 2);
      default:
        return this.#control(command);
    }
  }

  #control(command: StarControl): void {
    switch (command.op) {
      case 'initialise':
        return this.put(ESC, 0x40);
      case 'font-a':
        return this.put(ESC, RS, 0x46, 0);
      case 'utf8':
        return this.put(ESC, GS, 0x29, 0x55, 2, 0, 0x30, command.on ? 1 : 0);
      case 'ambiguous-wide':
        return this.put(ESC, GS, 0x29, 0x55, 2, 0, 0x40, command.on ? 1 : 0);
      case 'hanzi-order':
        return this.#hanziOrder(command.order);
      case 'pulse':
        return this.#pulse(command.pin, command.onMs, command.offMs);
      case 'status-back':
        return this.put(ESC, RS, 0x61, command.on ? 1 : 0);
      case 'ask-now':
        return this.put(ESC, ACK, 1);
      case 'clear-etb':
        return this.put(ESC, RS, 0x45, 0);
      case 'etb':
        return this.put(ETB);
      case 'confirm':
        return this.put(ESC, GS, ETX, 1, byte(command.id >> 8, 0, 255), command.id & 0xff);
      default:
        return command satisfies never;
    }
  }

  #hanziOrder(order: readonly HanziFont[]): void {
    if (order.length !== 4) throw new DeviceError('unsupported', 'four fonts have an order');
    this.put(ESC, GS, 0x29, 0x55, 5, 0, 0x41, ...order.map((font) => HANZI_FONTS[font]));
  }

  #raster(widthBytes: number, data: Uint8Array): void {
    const rows = rasterRows(data, widthBytes, STAR_RASTER_ROWS_MAX);
    this.put(ESC, GS, 0x53, 1, byte(widthBytes, 1, 128), 0, rows & 0xff, rows >> 8, 0);
    this.append(data);
  }

  #band(widthBytes: number, data: Uint8Array): void {
    if (data.length !== widthBytes * BAND_ROWS) {
      throw new DeviceError('unsupported', `a band has ${BAND_ROWS} rows`);
    }
    this.put(ESC, 0x6b, byte(widthBytes, 1, 128), 0);
    this.append(data);
    this.put(LF);
  }

  #qr(text: string, moduleDots: number, level: number): void {
    const data = qrBytes(text, STAR_QR_BYTES_MAX);
    this.put(ESC, GS, 0x79, 0x53, 0x30, 2); // Model 2.
    this.put(ESC, GS, 0x79, 0x53, 0x31, level);
    this.put(ESC, GS, 0x79, 0x53, 0x32, byte(moduleDots, 1, STAR_MODULE_DOTS_MAX));
    this.put(ESC, GS, 0x79, 0x44, 0x31, 0, data.length & 0xff, data.length >> 8);
    this.append(data);
    this.put(ESC, GS, 0x79, 0x50);
  }

  /** ESC BEL sets the times of drawer 1 only; they count in 10 ms. */
  #pulse(pin: 2 | 5, onMs: number, offMs: number): void {
    if (pin === 5) return this.put(SUB);
    this.put(ESC, BEL, byte(Math.round(onMs / 10), 1, 127), byte(Math.round(offMs / 10), 1, 127), BEL);
  }
}

type StarControl = Exclude<
  StarCommand,
  {
    op:
      | 'line'
      | 'text'
      | 'line-feed'
      | 'size'
      | 'emphasis'
      | 'align'
      | 'line-spacing'
      | 'feed'
      | 'feed-dots'
      | 'raster'
      | 'raster-band'
      | 'qr'
      | 'cut';
  }
>;
