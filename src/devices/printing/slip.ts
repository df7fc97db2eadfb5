import { directionOf } from '../../domain/language.ts';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import type { Encoded, TextCharset } from '../codecs/byte-writer.ts';
import type { Gb18030 } from '../codecs/gb18030/gb18030.ts';
import { DeviceError } from '../errors.ts';
import type { PrinterProfile } from '../printer-profile.ts';
import { type Bitmap, CELL_WIDTH, type Rasteriser } from '../receipt/bitmap.ts';
import { cellsOf } from '../receipt/columns.ts';
import { type LaidPart, type Line, layOut, MAGNIFICATION, type TextSize } from '../receipt/layout.ts';
import { drawQr, qrModuleDots } from '../receipt/qr.ts';

/** What turns documents into bytes: made once, because the table behind `gb18030` is worth keeping. */
export interface Press {
  readonly gb18030: Gb18030;
  readonly raster: Rasteriser;
}

/**
 * For a quiet moment after a printer has come: what the first slip would otherwise wait for. The character table takes 2 to
 * 20 ms, and the first line that a page draws loads a font: a fifth of a second on a slow tablet.
 */
export function warmPress({ gb18030, raster }: Press, { charset, columns }: PrinterProfile): void {
  gb18030.warm();
  if (charset === 'raster')
    raster({ cells: cellsOf('小票'), columns, scale: MAGNIFICATION.normal, bold: false });
}

/** How the parts of a slip are said in one command language. */
export interface Pen<Command> {
  /** Settings at the start of every job: the one before may have been of another program. */
  begin(): readonly Command[];
  /** The drawer's pulse. */
  pulse(): Command;
  line(texts: Line): Command;
  size(scale: { readonly width: number; readonly height: number }): readonly Command[];
  bold(on: boolean): Command;
  /** One drawn line of text, with the space that belongs below a line. */
  drawnLine(bitmap: Bitmap): readonly Command[];
  /** A picture, nothing below it. */
  picture(bitmap: Bitmap): readonly Command[];
  /** The printer's own QR code, in the middle; the command leaves the white border to us. */
  qr(data: string, moduleDots: number): readonly Command[];
  feed(lines: number): Command;
  /** Cut, or feed past the tear-off edge. */
  end(): readonly Command[];
}

/** Whether the printer's own font has every character of a line. */
export type CanPrint = (texts: Line) => boolean;

interface Slip<Command> {
  readonly profile: PrinterProfile;
  readonly press: Press;
  readonly pen: Pen<Command>;
  readonly kickDrawer: boolean;
}

/** The charset that bytes are written in; a `raster` printer gets no character that needs one. */
const writtenCharset = ({ charset }: PrinterProfile): TextCharset =>
  charset === 'raster' ? 'gb18030' : charset;

/** Text lines that go out together while lines between them have to be drawn. */
const LINES_TOGETHER = 64;

/**
 * The commands of a whole paper, drawer pulse first when asked for, encoded part by part: a drawn line takes a while, and the
 * printer can work on those before it meanwhile. Lines that the printer's font cannot show are drawn; `encode` throws
 * DeviceError `unsupported` for one that slipped through.
 */
function* writeSlip<Command>(
  document: ReceiptDocument,
  slip: Slip<Command>,
  encode: (commands: readonly Command[]) => Encoded,
): Generator<Encoded> {
  const parts = layOut(document, slip.profile.columns);
  const mirrored = directionOf(document.language) === 'rtl';
  const whole = wholeText(parts, slip, encode);
  if (whole !== undefined) {
    yield whole;
    return;
  }
  const writing = { ...begin(slip, canPrintOn(slip.profile, slip.press)), mirrored };
  for (const part of parts) {
    const hasDrawn = write(part, writing);
    if (hasDrawn || writing.commands.length >= LINES_TOGETHER) yield encode(writing.commands.splice(0));
  }
  writing.commands.push(...slip.pen.end());
  yield encode(writing.commands);
}

/** Nearly every slip has only characters that the font has; the encoder says so when one has not. */
function wholeText<Command>(
  parts: readonly LaidPart[],
  slip: Slip<Command>,
  encode: (commands: readonly Command[]) => Encoded,
): Encoded | undefined {
  if (slip.profile.charset !== 'gb18030') return undefined;
  const writing = begin(slip, ALL);
  for (const part of parts) write(part, writing);
  writing.commands.push(...slip.pen.end());
  try {
    return encode(writing.commands);
  } catch (cause) {
    if (!(cause instanceof DeviceError)) throw cause;
    return undefined;
  }
}

/** Blank lines that bring the last line past the tear-off edge of a printer without a cutter. */
export const TEAR_OFF_LINES = 4;
/** Bytes per raster band: one band is one command, and a command larger than this would hide a stopped printer. */
export const BAND_BYTES_MAX = 4_000;
/** A person hears the drawer: 100 ms open it, 500 ms let the solenoid rest. */
export const DRAWER_PULSE = { onMs: 100, offMs: 500 } as const;

/** The bytes of a paper in one language, part by part, drawer pulse first when asked for. Throws DeviceError `unsupported`. */
export type SlipParts = (
  document: ReceiptDocument,
  profile: PrinterProfile,
  press: Press,
  kickDrawer: boolean,
) => Iterable<Encoded>;

/** How a language with such pens and such bytes writes a paper. */
export const slipParts =
  <Command>(
    penFor: (profile: PrinterProfile) => Pen<Command>,
    encode: (commands: readonly Command[], charset: TextCharset, gb18030: Gb18030) => Encoded,
  ): SlipParts =>
  (document, profile, press, kickDrawer) => {
    const charset = writtenCharset(profile);
    const slip = { profile, press, pen: penFor(profile), kickDrawer };
    return writeSlip(document, slip, (commands) => encode(commands, charset, press.gb18030));
  };

/** The same in one piece. */
export const wholeSlip =
  (parts: SlipParts) =>
  (...slip: Parameters<SlipParts>): Encoded =>
    joined(parts(...slip));

/** Parts put together: a slip as one piece of bytes. */
export function joined(parts: Iterable<Encoded>): Encoded {
  const all = [...parts];
  const [first] = all;
  if (first !== undefined && all.length === 1) return first;
  const bytes = new Uint8Array(all.reduce((length, part) => length + part.bytes.length, 0));
  const ends: number[] = [];
  let at = 0;
  for (const part of all) {
    bytes.set(part.bytes, at);
    for (const end of part.ends) ends.push(at + end);
    at += part.bytes.length;
  }
  return { bytes, ends };
}

const ALL: CanPrint = () => true;

/** UTF-8 printers carry the same Chinese fonts. */
function canPrintOn({ charset }: PrinterProfile, { gb18030 }: Press): CanPrint {
  if (charset === 'raster') return () => false;
  return (texts) => texts.every((text) => gb18030.canEncode(text, charset === 'gbk' ? 'gbk' : 'gb18030'));
}

/** A slip being written: one object for the whole of it, because a line must cost next to nothing. */
interface Writing<Command> extends Slip<Command> {
  /** Of a language that is read from right to left. */
  readonly mirrored: boolean;
  readonly canPrint: CanPrint;
  readonly commands: Command[];
  size: TextSize;
  isBold: boolean;
}

function begin<Command>(slip: Slip<Command>, canPrint: CanPrint): Writing<Command> {
  const commands: Command[] = [...slip.pen.begin()];
  if (slip.kickDrawer) commands.push(slip.pen.pulse());
  return { ...slip, mirrored: false, canPrint, commands, size: 'normal', isBold: false };
}

/** True when something had to be drawn, which takes longer than the rest. */
function write<Command>(part: LaidPart, writing: Writing<Command>): boolean {
  if (part.kind === 'line') return pushLine(part, writing);
  if (part.kind === 'qr') return pushQr(part.data, writing);
  writing.commands.push(writing.pen.feed(part.lines));
  return false;
}

function pushLine<Command>(line: Extract<LaidPart, { kind: 'line' }>, writing: Writing<Command>): boolean {
  const { pen, commands } = writing;
  if (!writing.canPrint(line.texts)) {
    const scale = MAGNIFICATION[line.size];
    const { columns } = writing.profile;
    const { texts, bold } = line;
    commands.push(
      ...pen.drawnLine(
        writing.press.raster({ cells: cellsOf(texts.join(''), writing.mirrored), columns, scale, bold }),
      ),
    );
    return true;
  }
  if (line.size !== writing.size) {
    commands.push(...pen.size(MAGNIFICATION[line.size]));
    writing.size = line.size;
  }
  if (line.bold !== writing.isBold) {
    commands.push(pen.bold(line.bold));
    writing.isBold = line.bold;
  }
  commands.push(pen.line(line.texts));
  return false;
}

function pushQr<Command>(data: string, { pen, profile, commands }: Writing<Command>): boolean {
  const paperDots = profile.columns * CELL_WIDTH;
  const isDrawn = profile.qr === 'raster';
  if (isDrawn) commands.push(...pen.picture(drawQr(data, paperDots)));
  else commands.push(...pen.qr(data, qrModuleDots(data, paperDots)));
  return isDrawn;
}

/** Cuts a picture into bands of at most `rowsMax` rows and about `bytesMax` bytes. */
export function* bandsOf(
  { widthBytes, height, data }: Bitmap,
  rowsMax: number,
  bytesMax = Number.POSITIVE_INFINITY,
): Generator<Uint8Array<ArrayBuffer>> {
  const rows = Math.min(rowsMax, Math.max(1, Math.floor(bytesMax / widthBytes)));
  for (let row = 0; row < height; row += rows) {
    yield data.subarray(row * widthBytes, Math.min(height, row + rows) * widthBytes);
  }
}
