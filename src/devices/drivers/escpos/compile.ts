import type { ReceiptDocument } from '../../../domain/receipt.ts';
import type { Encoded } from '../../codecs/byte-writer.ts';
import { type EscPosCommand, RASTER_ROWS_MAX } from '../../codecs/escpos/command.ts';
import { encodeEscPos } from '../../codecs/escpos/encode.ts';
import { STATUS_BACK_ALL } from '../../codecs/escpos/status.ts';
import type { PrinterProfile } from '../../printer-profile.ts';
import { bandsOf, joined, type Pen, type Press, writeSlip, writtenCharset } from '../../printing/slip.ts';
import { type Bitmap, CELL_HEIGHT, withSpaceBelow } from '../../receipt/bitmap.ts';

/** White dots between one line and the next, whatever the size of the characters. */
const LINE_GAP_DOTS = 6;
/** Blank lines that bring the last line past the tear-off edge of a printer without a cutter. */
const TEAR_OFF_LINES = 4;
/** Bytes per raster band: one band is one command, and a command larger than this would hide a stopped printer. */
const BAND_BYTES_MAX = 4_000;

/** The bytes of a paper, part by part, drawer pulse first when asked for. Throws DeviceError `unsupported`. */
export function receiptParts(
  document: ReceiptDocument,
  profile: PrinterProfile,
  press: Press,
  kickDrawer: boolean,
): Iterable<Encoded> {
  const charset = writtenCharset(profile);
  const slip = { profile, press, pen: penFor(profile), kickDrawer };
  return writeSlip(document, slip, (commands) => encodeEscPos(commands, charset, press.gb18030));
}

/** The same in one piece. */
export const compileReceipt = (...slip: Parameters<typeof receiptParts>): Encoded =>
  joined(receiptParts(...slip));

/** A person hears the drawer: 100 ms open it, 500 ms let the solenoid rest. */
export const drawerPulse = (profile: PrinterProfile): EscPosCommand => ({
  op: 'pulse',
  pin: profile.drawerPin,
  onMs: 100,
  offMs: 500,
});

function penFor(profile: PrinterProfile): Pen<EscPosCommand> {
  return {
    begin: () => setUp(profile),
    pulse: () => drawerPulse(profile),
    line: (text) => ({ op: 'line', text }),
    size: (scale) => [
      { op: 'size', ...scale },
      { op: 'line-spacing', dots: CELL_HEIGHT * scale.height + LINE_GAP_DOTS },
    ],
    bold: (on) => ({ op: 'emphasis', on }),
    drawnLine: (bitmap) => bands(withSpaceBelow(bitmap, LINE_GAP_DOTS)),
    picture: bands,
    // ISO/IEC 18004 section 6.3.8: four white modules around the symbol.
    qr: (data, moduleDots) => [
      { op: 'line', text: '' },
      { op: 'align', align: 'center' },
      { op: 'qr', data, moduleDots, level: 'M' },
      { op: 'align', align: 'left' },
      { op: 'line', text: '' },
    ],
    feed: (lines) => ({ op: 'feed', lines }),
    end: () => (profile.cutter ? [{ op: 'cut', partial: true }] : [{ op: 'feed', lines: TEAR_OFF_LINES }]),
  };
}

function setUp(profile: PrinterProfile): readonly EscPosCommand[] {
  const isKanji = profile.charset === 'gb18030' || profile.charset === 'gbk';
  const isUtf8 = profile.charset === 'utf8' && profile.utf8By !== undefined;
  return [
    { op: 'initialise' },
    // Some printers forget with ESC @ that they were to report paper and cover by themselves.
    { op: 'status-back', mask: STATUS_BACK_ALL },
    { op: 'code-page', page: 0 },
    ...(isUtf8 ? [{ op: 'utf8' as const, by: profile.utf8By }] : [{ op: 'kanji' as const, on: isKanji }]),
    { op: 'line-spacing', dots: CELL_HEIGHT + LINE_GAP_DOTS },
  ];
}

const bands = (bitmap: Bitmap): readonly EscPosCommand[] =>
  [...bandsOf(bitmap, RASTER_ROWS_MAX, BAND_BYTES_MAX)].map((data) => ({
    op: 'raster',
    widthBytes: bitmap.widthBytes,
    data,
  }));
