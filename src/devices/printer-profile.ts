/** What must be known of a printer to print well on it. Data, kept with the remembered device; a person may change it. */
export interface PrinterProfile {
  readonly id: string;
  /** Half-width characters per line: 32 on 58 mm paper, 42 or 48 on 80 mm. */
  readonly columns: 32 | 42 | 48;
  /** How text is sent. `raster` draws every line: for printers without a Chinese font. */
  readonly charset: 'gb18030' | 'gbk' | 'utf8' | 'raster';
  readonly cutter: boolean;
  /** The first way to prove that paper came out; what is found not to be answered is left out later. */
  readonly confirm: 'gs-h' | 'gs-r' | 'none';
  /** Connector pin of the drawer. */
  readonly drawerPin: 2 | 5;
  readonly qr: 'native' | 'raster';
}

const generic = {
  charset: 'gb18030',
  // GS r is three bytes that even simple clones step over; GS ( H is printed as text by some.
  confirm: 'gs-r',
  drawerPin: 2,
  qr: 'native',
} as const;

/** The choices on the devices page, simplest first. */
export const PRINTER_PROFILES = [
  { id: 'generic-80', columns: 48, cutter: true, ...generic },
  { id: 'generic-58', columns: 32, cutter: false, ...generic },
  { id: 'generic-80-42', columns: 42, cutter: true, ...generic },
  { id: 'epson-80', columns: 48, cutter: true, ...generic, confirm: 'gs-h' },
  { id: 'epson-80-42', columns: 42, cutter: true, ...generic, confirm: 'gs-h' },
  { id: 'utf8-80', columns: 48, cutter: true, ...generic, charset: 'utf8' },
  { id: 'utf8-58', columns: 32, cutter: false, ...generic, charset: 'utf8' },
  { id: 'raster-80', columns: 48, cutter: true, ...generic, charset: 'raster', qr: 'raster' },
  { id: 'raster-58', columns: 32, cutter: false, ...generic, charset: 'raster', qr: 'raster' },
] as const satisfies readonly PrinterProfile[];

export type PrinterProfileId = (typeof PRINTER_PROFILES)[number]['id'];

export function printerProfile(id: PrinterProfileId): PrinterProfile {
  return PRINTER_PROFILES.find((profile) => profile.id === id) ?? PRINTER_PROFILES[0];
}
