/**
 * What a Star printer can be told, before it is bytes. Names are those of the StarPRNT Command Specifications; Star Line Mode
 * is the same set but for raster pictures. What only one of the two knows says so.
 */
export type StarCommand =
  /** ESC @: back to the settings at power-on. Status settings stay. */
  | { readonly op: 'initialise' }
  /** ESC RS F 0: font A, 12 × 24 dots. */
  | { readonly op: 'font-a' }
  /** ESC GS ) U fn 48: bytes from 80h on are UTF-8, or of the printer's own code. StarPRNT. */
  | { readonly op: 'utf8'; readonly on: boolean }
  /** ESC GS ) U fn 64: characters of doubtful width take two columns, as hanzi do. StarPRNT. */
  | { readonly op: 'ambiguous-wide'; readonly on: boolean }
  /** ESC GS ) U fn 65: whose shape a hanzi of several countries gets, first choice first. StarPRNT. */
  | { readonly op: 'hanzi-order'; readonly order: readonly HanziFont[] }
  /** Characters in the charset that the encoder was made for. */
  | { readonly op: 'text'; readonly text: string }
  /** Characters and LF: prints the line. */
  | { readonly op: 'line'; readonly texts: readonly string[] }
  | { readonly op: 'line-feed' }
  /** ESC i n1 n2: magnification 1–6 in each direction. */
  | { readonly op: 'size'; readonly width: number; readonly height: number }
  /** ESC E and ESC F. */
  | { readonly op: 'emphasis'; readonly on: boolean }
  /** ESC GS a n. */
  | { readonly op: 'align'; readonly align: 'left' | 'center' | 'right' }
  /** ESC z 1 and ESC 0: 4 mm or 3 mm from one line to the next. */
  | { readonly op: 'line-spacing'; readonly mm: 3 | 4 }
  /** ESC a n: lines. */
  | { readonly op: 'feed'; readonly lines: number }
  /** ESC I n: n/8 mm, which is dots at 203 dpi. */
  | { readonly op: 'feed-dots'; readonly dots: number }
  /** ESC GS S: rows of dots, most significant bit left, 1 is black. StarPRNT. */
  | { readonly op: 'raster'; readonly widthBytes: number; readonly data: Uint8Array }
  /** ESC k and LF: exactly 24 rows of dots. In both modes; 3 mm spacing joins them. */
  | { readonly op: 'raster-band'; readonly widthBytes: number; readonly data: Uint8Array }
  /** ESC GS y: model 2, the given error correction and dots per module, data, print. */
  | { readonly op: 'qr'; readonly data: string; readonly moduleDots: number; readonly level: StarQrLevel }
  /** ESC d 2 and 3: feed to the cutter and cut. */
  | { readonly op: 'cut'; readonly partial: boolean }
  /** ESC BEL n1 n2 and BEL for drawer 1 (pin 2); SUB for drawer 2 (pin 5), whose times are fixed. Times in ms, multiples of 10. */
  | { readonly op: 'pulse'; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
  /** ESC RS a n: status by itself on every change. Ignored by some on USB, which then say it once. */
  | { readonly op: 'status-back'; readonly on: boolean }
  /** ESC ACK SOH: status at once, even off line. */
  | { readonly op: 'ask-now' }
  /** ESC RS E 0: the ETB counter starts at 0. */
  | { readonly op: 'clear-etb' }
  /** ETB: when everything before has been printed the counter goes up by one, and status is said. */
  | { readonly op: 'etb' }
  /** ESC GS ETX 1 n1 n2: when everything before has been printed the two bytes come back. */
  | { readonly op: 'confirm'; readonly id: number };

export type StarQrLevel = 'L' | 'M' | 'Q' | 'H';
export type HanziFont = 'japanese' | 'simplified' | 'traditional' | 'korean';

/** Rows of an ESC k band. */
export const BAND_ROWS = 24;
/** Most rows in one ESC GS S: ours are kept short, so that a stopped printer is noticed. */
export const STAR_RASTER_ROWS_MAX = 256;
/** Dots per QR module that ESC GS y S 2 takes. */
export const STAR_MODULE_DOTS_MAX = 8;
/** Most bytes in one QR symbol we make; version 40 at level M holds 2,331. */
export const STAR_QR_BYTES_MAX = 2_000;
