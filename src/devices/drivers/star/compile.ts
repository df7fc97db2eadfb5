import {
  BAND_ROWS,
  STAR_MODULE_DOTS_MAX,
  STAR_RASTER_ROWS_MAX,
  type StarCommand,
} from '../../codecs/star/command.ts';
import { encodeStar } from '../../codecs/star/encode.ts';
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
import { type Bitmap, withSpaceBelow } from '../../receipt/bitmap.ts';

/** White dots below a drawn line: 24 + 8 dots are the 4 mm of a printed one. */
const LINE_GAP_DOTS = 8;
/** Drawer 2 has times of its own. */
export const starDrawerPulse = (profile: PrinterProfile): StarCommand => ({
  op: 'pulse',
  pin: profile.drawerPin,
  ...DRAWER_PULSE,
});

export const starReceiptParts = slipParts(penFor, encodeStar);
export const compileStarReceipt = wholeSlip(starReceiptParts);

function penFor(profile: PrinterProfile): Pen<StarCommand> {
  const isPrnt = profile.language === 'star-prnt';
  return {
    begin: () => setUp(profile),
    pulse: () => starDrawerPulse(profile),
    line: (texts) => ({ op: 'line', texts }),
    size: (scale) => [{ op: 'size', ...scale }],
    bold: (on) => ({ op: 'emphasis', on }),
    drawnLine: isPrnt
      ? (bitmap) => rasters(withSpaceBelow(bitmap, LINE_GAP_DOTS))
      : (bitmap) => [...bands(bitmap), { op: 'feed-dots', dots: LINE_GAP_DOTS }, WIDE],
    picture: isPrnt ? rasters : (bitmap) => [...bands(bitmap), WIDE],
    // ISO/IEC 18004 section 6.3.8: four white modules around the symbol.
    qr: (data, moduleDots) => [
      { op: 'line', texts: [] },
      { op: 'align', align: 'center' },
      { op: 'qr', data, moduleDots: Math.min(STAR_MODULE_DOTS_MAX, moduleDots), level: 'M' },
      { op: 'align', align: 'left' },
      { op: 'line', texts: [] },
    ],
    feed: (lines) => ({ op: 'feed', lines }),
    end: () => (profile.cutter ? [{ op: 'cut', partial: true }] : [{ op: 'feed', lines: TEAR_OFF_LINES }]),
  };
}

const WIDE: StarCommand = { op: 'line-spacing', mm: 4 };

function setUp(profile: PrinterProfile): readonly StarCommand[] {
  const isPrnt = profile.language === 'star-prnt';
  const isUtf8 = profile.charset === 'utf8';
  return [
    { op: 'initialise' },
    { op: 'status-back', on: true },
    { op: 'font-a' },
    // Line Mode has no such command and would print its last bytes; StarPRNT models without UTF-8 step over it.
    ...(isPrnt ? ([{ op: 'utf8', on: isUtf8 }] as const) : []),
    ...(isPrnt && isUtf8 ? UTF8_CHINESE : []),
    WIDE,
  ];
}

const UTF8_CHINESE: readonly StarCommand[] = [
  { op: 'ambiguous-wide', on: true },
  { op: 'hanzi-order', order: ['simplified', 'traditional', 'japanese', 'korean'] },
];

const rasters = (bitmap: Bitmap): readonly StarCommand[] =>
  [...bandsOf(bitmap, STAR_RASTER_ROWS_MAX, BAND_BYTES_MAX)].map((data) => ({
    op: 'raster',
    widthBytes: bitmap.widthBytes,
    data,
  }));

/** Bands of 24 rows each, the last one filled up with white; 3 mm from one to the next is exactly their height. */
function bands(bitmap: Bitmap): readonly StarCommand[] {
  const { widthBytes } = bitmap;
  const filled = withSpaceBelow(bitmap, (BAND_ROWS - (bitmap.height % BAND_ROWS)) % BAND_ROWS);
  return [
    { op: 'line-spacing', mm: 3 },
    ...[...bandsOf(filled, BAND_ROWS)].map((data) => ({ op: 'raster-band' as const, widthBytes, data })),
  ];
}
