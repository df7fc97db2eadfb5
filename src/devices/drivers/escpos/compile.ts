import { type EscPosCommand, RASTER_ROWS_MAX } from '../../codecs/escpos/command.ts';
import { encodeEscPos } from '../../codecs/escpos/encode.ts';
import { STATUS_BACK_ALL } from '../../codecs/escpos/status.ts';
import type { PrinterProfile } from '../../printer-profile.ts';
import {
  BAND_BYTES_MAX,
  bandsOf,
  DRAWER_PULSE,
  type Pen,
  slipParts,
  TEAR_OFF_LINES,
  wholeSlip,
} from '../../printing/slip.ts';
import { type Bitmap, CELL_HEIGHT, withSpaceBelow } from '../../receipt/bitmap.ts';

/** White dots between one line and the next, whatever the size of the characters. */
const LINE_GAP_DOTS = 6;
/** The kick of this printer's drawer. */
export const drawerPulse = (profile: PrinterProfile): EscPosCommand => ({
  op: 'pulse',
  pin: profile.drawerPin,
  ...DRAWER_PULSE,
});

export const receiptParts = slipParts(penFor, encodeEscPos);
export const compileReceipt = wholeSlip(receiptParts);

function penFor(profile: PrinterProfile): Pen<EscPosCommand> {
  return {
    begin: () => setUp(profile),
    pulse: () => drawerPulse(profile),
    line: (texts) => ({ op: 'line', texts }),
    size: (scale) => [
      { op: 'size', ...scale },
      { op: 'line-spacing', dots: CELL_HEIGHT * scale.height + LINE_GAP_DOTS },
    ],
    bold: (on) => ({ op: 'emphasis', on }),
    drawnLine: (bitmap) => bands(withSpaceBelow(bitmap, LINE_GAP_DOTS)),
    picture: bands,
    // ISO/IEC 18004 section 6.3.8: four white modules around the symbol.
    qr: (data, moduleDots) => [
      { op: 'line', texts: [] },
      { op: 'align', align: 'center' },
      { op: 'qr', data, moduleDots, level: 'M' },
      { op: 'align', align: 'left' },
      { op: 'line', texts: [] },
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
