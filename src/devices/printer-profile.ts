/** The command languages of receipt printers. */
export type PrinterLanguage = 'escpos' | 'star-prnt' | 'star-line';

/** What must be known of a printer to print well on it. Data, kept with the remembered device; a person may change it. */
export interface PrinterProfile {
  readonly id: string;
  readonly language: PrinterLanguage;
  /** Half-width characters per line: 32 on 58 mm paper, 42 or 48 on 80 mm. */
  readonly columns: 32 | 42 | 48;
  /** How text is sent. `raster` draws every line: for printers without a Chinese font. */
  readonly charset: 'gb18030' | 'gbk' | 'utf8' | 'raster';
  /** How an ESC/POS printer is told that UTF-8 comes. Absent: it takes it as it comes, or nobody knows how. */
  readonly utf8By?: 'fs-c' | 'esc-9' | 'fs-paren-c';
  readonly cutter: boolean;
  /** The first way to prove that paper came out; what is found not to be answered is left out later. */
  readonly confirm: 'gs-h' | 'gs-r' | 'etx' | 'etb' | 'none';
  /** Connector pin of the drawer's coil. */
  readonly drawerPin: 2 | 5;
  /** Level of the drawer's sense pin while it is open, as it was learned from this drawer. Absent: not learned. */
  readonly drawerOpenAt?: 'high' | 'low';
  readonly qr: 'native' | 'raster';
}

const plain = {
  language: 'escpos',
  charset: 'gb18030',
  // GS r is three bytes that even simple clones step over; GS ( H is printed as text by some.
  confirm: 'gs-r',
  drawerPin: 2,
  qr: 'native',
} as const;
const paper80 = { columns: 48, cutter: true } as const;
const paper58 = { columns: 32, cutter: false } as const;
/** White-label boards: most of them know the UTF-8 switch of the large Chinese makers. */
const generic = { ...plain, utf8By: 'esc-9' } as const;
/** Sold with a Chinese font in China and without one elsewhere: the test slip tells. Its own confirmation works on all. */
const epson = { ...plain, confirm: 'gs-h', utf8By: 'fs-paren-c' } as const;
const sunmi = { ...plain, utf8By: 'fs-c' } as const;
/** Sold in Europe and America, as a rule without a Chinese font. */
const western = { ...plain, charset: 'raster' } as const;
/** A Star for one country has that country's font and no other. Drawn lines are right on all of them. */
const star = { ...plain, language: 'star-prnt', charset: 'raster', confirm: 'etx' } as const;

/**
 * Ways of text that a language has, in the order to try them. A Star font takes two-byte codes as they are, so GBK is no way of its
 * own there; Line Mode has no UTF-8.
 */
export const CHARSETS_OF: Readonly<Record<PrinterLanguage, readonly PrinterProfile['charset'][]>> = {
  escpos: ['gb18030', 'gbk', 'utf8', 'raster'],
  'star-prnt': ['gb18030', 'utf8', 'raster'],
  'star-line': ['gb18030', 'raster'],
};

/** The choices on the devices page, simplest first. Sources and doubts of each: docs/devices/escpos.md and star.md. */
export const PRINTER_PROFILES = [
  { id: 'generic-80', ...generic, ...paper80 },
  { id: 'generic-58', ...generic, ...paper58 },
  { id: 'generic-80-42', ...generic, ...paper80, columns: 42 },
  { id: 'epson-80', ...epson, ...paper80 },
  { id: 'epson-80-42', ...epson, ...paper80, columns: 42 },
  { id: 'epson-58', ...epson, ...paper58, cutter: true },
  { id: 'xprinter-80', ...generic, ...paper80 },
  { id: 'xprinter-58', ...generic, ...paper58 },
  { id: 'gprinter-80', ...generic, ...paper80 },
  { id: 'gprinter-58', ...generic, ...paper58 },
  { id: 'rongta-80', ...generic, ...paper80 },
  { id: 'rongta-58', ...generic, ...paper58 },
  { id: 'sunmi-80', ...sunmi, ...paper80 },
  { id: 'sunmi-58', ...sunmi, ...paper58 },
  { id: 'bixolon-80', ...western, ...paper80, columns: 42 },
  { id: 'bixolon-58', ...western, ...paper58 },
  { id: 'citizen-80', ...western, ...paper80 },
  { id: 'citizen-58', ...western, ...paper58, cutter: true },
  { id: 'gbk-80', ...generic, ...paper80, charset: 'gbk' },
  { id: 'gbk-58', ...generic, ...paper58, charset: 'gbk' },
  { id: 'utf8-80', ...plain, ...paper80, charset: 'utf8' },
  { id: 'utf8-58', ...plain, ...paper58, charset: 'utf8' },
  { id: 'raster-80', ...generic, ...paper80, charset: 'raster', qr: 'raster' },
  { id: 'raster-58', ...generic, ...paper58, charset: 'raster', qr: 'raster' },
  { id: 'star-prnt-80', ...star, ...paper80 },
  { id: 'star-prnt-58', ...star, ...paper58, cutter: true },
  { id: 'star-utf8-80', ...star, ...paper80, charset: 'utf8' },
  { id: 'star-utf8-58', ...star, ...paper58, cutter: true, charset: 'utf8' },
  { id: 'star-gb18030-80', ...star, ...paper80, charset: 'gb18030' },
  { id: 'star-line-80', ...star, ...paper80, language: 'star-line', confirm: 'etb' },
  {
    id: 'star-line-gb18030-80',
    ...star,
    ...paper80,
    language: 'star-line',
    confirm: 'etb',
    charset: 'gb18030',
  },
] as const satisfies readonly PrinterProfile[];

export type PrinterProfileId = (typeof PRINTER_PROFILES)[number]['id'];

export function printerProfile(id: PrinterProfileId): PrinterProfile {
  return PRINTER_PROFILES.find((profile) => profile.id === id) ?? PRINTER_PROFILES[0];
}
