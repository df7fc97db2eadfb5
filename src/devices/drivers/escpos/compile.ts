import type { ReceiptDocument } from '../../../domain/receipt.ts';
import { type EscPosCommand, RASTER_ROWS_MAX } from '../../codecs/escpos/command.ts';
import { type Encoded, encodeEscPos } from '../../codecs/escpos/encode.ts';
import { STATUS_BACK_ALL } from '../../codecs/escpos/status.ts';
import type { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import { DeviceError } from '../../errors.ts';
import type { PrinterProfile } from '../../printer-profile.ts';
import {
  type Bitmap,
  CELL_HEIGHT,
  CELL_WIDTH,
  type Rasteriser,
  withSpaceBelow,
} from '../../receipt/bitmap.ts';
import { cellsOf } from '../../receipt/columns.ts';
import { type LaidPart, layOut, MAGNIFICATION, type TextSize } from '../../receipt/layout.ts';
import { drawQr, qrModuleDots } from '../../receipt/qr.ts';

/** White dots between one line and the next, whatever the size of the characters. */
const LINE_GAP_DOTS = 6;
/** Blank lines that bring the last line past the tear-off edge of a printer without a cutter. */
const TEAR_OFF_LINES = 4;
/** Bytes per raster band: one band is one command, and a command larger than this would hide a stopped printer. */
const BAND_BYTES_MAX = 4_000;

/** What turns documents into bytes: made once, because the table behind `gb18030` is worth keeping. */
export interface Press {
  readonly gb18030: Gb18030;
  readonly raster: Rasteriser;
}

/** The bytes of a whole paper, drawer pulse first when asked for. Throws DeviceError `unsupported`. */
export function compileReceipt(
  document: ReceiptDocument,
  profile: PrinterProfile,
  press: Press,
  kickDrawer: boolean,
): Encoded {
  const parts = layOut(document, profile.columns);
  const charset = profile.charset === 'raster' ? 'gb18030' : profile.charset;
  const encoded = (canPrint: CanPrint) =>
    encodeEscPos(paperCommands(parts, { profile, press, canPrint, kickDrawer }), charset, press.gb18030);
  if (profile.charset !== 'gb18030') return encoded(canPrintOn(profile, press));
  try {
    // Nearly every slip has only characters that the font has; the encoder says so when one has not.
    return encoded(ALL);
  } catch (cause) {
    if (!(cause instanceof DeviceError)) throw cause;
    return encoded(canPrintOn(profile, press));
  }
}

/** Whether the printer's own font has every character of a line. */
type CanPrint = (text: string) => boolean;
const ALL: CanPrint = () => true;

/** UTF-8 printers carry the same Chinese fonts. The euro sign is elsewhere in GBK: rather drawn than wrong. */
function canPrintOn(profile: PrinterProfile, { gb18030 }: Press): CanPrint {
  if (profile.charset === 'raster') return () => false;
  if (profile.charset === 'gbk') return (text) => gb18030.canEncode(text) && !text.includes('€');
  return (text) => gb18030.canEncode(text);
}

interface Making {
  readonly profile: PrinterProfile;
  readonly press: Press;
  readonly canPrint: CanPrint;
  readonly kickDrawer: boolean;
}

function paperCommands(parts: readonly LaidPart[], making: Making): readonly EscPosCommand[] {
  const { profile } = making;
  const commands: EscPosCommand[] = [...setUp(profile)];
  if (making.kickDrawer) commands.push(drawerPulse(profile));
  const style: Style = { size: 'normal', bold: false };
  for (const part of parts) {
    if (part.kind === 'line') pushLine(part, making, style, commands);
    else if (part.kind === 'feed') commands.push({ op: 'feed', lines: part.lines });
    else pushQr(part.data, profile, commands);
  }
  if (profile.cutter) commands.push({ op: 'cut', partial: true });
  else commands.push({ op: 'feed', lines: TEAR_OFF_LINES });
  return commands;
}

/** A person hears the drawer: 100 ms open it, 500 ms let the solenoid rest. */
export const drawerPulse = (profile: PrinterProfile): EscPosCommand => ({
  op: 'pulse',
  pin: profile.drawerPin,
  onMs: 100,
  offMs: 500,
});

function setUp(profile: PrinterProfile): readonly EscPosCommand[] {
  const isKanji = profile.charset === 'gb18030' || profile.charset === 'gbk';
  return [
    { op: 'initialise' },
    // Some printers forget with ESC @ that they were to report paper and cover by themselves.
    { op: 'status-back', mask: STATUS_BACK_ALL },
    { op: 'code-page', page: 0 },
    { op: 'kanji', on: isKanji },
    { op: 'line-spacing', dots: CELL_HEIGHT + LINE_GAP_DOTS },
  ];
}

interface Style {
  size: TextSize;
  bold: boolean;
}

function pushLine(
  line: Extract<LaidPart, { kind: 'line' }>,
  { profile, press, canPrint }: Making,
  style: Style,
  commands: EscPosCommand[],
): void {
  if (!canPrint(line.text)) {
    const scale = MAGNIFICATION[line.size];
    const drawn = press.raster({
      cells: cellsOf(line.text),
      columns: profile.columns,
      scale,
      bold: line.bold,
    });
    return pushBands(withSpaceBelow(drawn, LINE_GAP_DOTS), commands);
  }
  if (line.size !== style.size) {
    const scale = MAGNIFICATION[line.size];
    commands.push(
      { op: 'size', ...scale },
      { op: 'line-spacing', dots: CELL_HEIGHT * scale.height + LINE_GAP_DOTS },
    );
    style.size = line.size;
  }
  if (line.bold !== style.bold) {
    commands.push({ op: 'emphasis', on: line.bold });
    style.bold = line.bold;
  }
  commands.push({ op: 'line', text: line.text });
}

function pushQr(data: string, profile: PrinterProfile, commands: EscPosCommand[]): void {
  const paperDots = profile.columns * CELL_WIDTH;
  if (profile.qr === 'raster') return pushBands(drawQr(data, paperDots), commands);
  // ISO/IEC 18004 section 6.3.8: four white modules around the symbol. The command leaves them to us.
  commands.push(
    { op: 'line', text: '' },
    { op: 'align', align: 'center' },
    { op: 'qr', data, moduleDots: qrModuleDots(data, paperDots), level: 'M' },
    { op: 'align', align: 'left' },
    { op: 'line', text: '' },
  );
}

function pushBands(bitmap: Bitmap, commands: EscPosCommand[]): void {
  const rows = Math.min(RASTER_ROWS_MAX, Math.max(1, Math.floor(BAND_BYTES_MAX / bitmap.widthBytes)));
  for (let row = 0; row < bitmap.height; row += rows) {
    const data = bitmap.data.subarray(row * bitmap.widthBytes, (row + rows) * bitmap.widthBytes);
    commands.push({ op: 'raster', widthBytes: bitmap.widthBytes, data });
  }
}
