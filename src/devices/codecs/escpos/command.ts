/**
 * What a receipt printer can be told, before it is bytes: a receipt can be tested and shown without a printer.
 * Clause names are those of Epson's ESC/POS command reference.
 */
export type EscPosCommand =
  /** ESC @: back to the settings at power-on. */
  | { readonly op: 'initialise' }
  /** ESC t n: single-byte code page. 0 is page 437. */
  | { readonly op: 'code-page'; readonly page: number }
  /** FS & and FS . : multi-byte (kanji) mode on and off. */
  | { readonly op: 'kanji'; readonly on: boolean }
  /** Characters in the charset that the encoder was made for. */
  | { readonly op: 'text'; readonly text: string }
  /** Characters and LF: prints the line. */
  | { readonly op: 'line'; readonly texts: readonly string[] }
  | { readonly op: 'line-feed' }
  /** GS ! n together with FS ! n: magnification 1–8 in each direction, for both fonts. */
  | { readonly op: 'size'; readonly width: number; readonly height: number }
  /** ESC E n. */
  | { readonly op: 'emphasis'; readonly on: boolean }
  /** ESC a n. */
  | { readonly op: 'align'; readonly align: 'left' | 'center' | 'right' }
  /** ESC 3 n: dots from one line to the next. */
  | { readonly op: 'line-spacing'; readonly dots: number }
  /** ESC d n. */
  | { readonly op: 'feed'; readonly lines: number }
  /** GS v 0: rows of dots, most significant bit left, 1 is black. At most 256 rows: more does not fit small printers. */
  | { readonly op: 'raster'; readonly widthBytes: number; readonly data: Uint8Array }
  /** GS ( k with cn 49: model 2, the given dots per module and error correction, store, print. */
  | { readonly op: 'qr'; readonly data: string; readonly moduleDots: number; readonly level: QrLevel }
  /** GS V 65/66 0: feed to the cutter and cut. */
  | { readonly op: 'cut'; readonly partial: boolean }
  /** ESC p m t1 t2: pulse to the drawer on connector pin 2 or 5; times in ms, multiples of 2 up to 510. */
  | { readonly op: 'pulse'; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
  /** DLE EOT n: answered at once, even off line. */
  | { readonly op: 'ask-now'; readonly about: RealtimeSubject }
  /** GS a n: send status by itself on every change. 0 is off. */
  | { readonly op: 'status-back'; readonly mask: number }
  /** GS r n: answered in its turn, so everything before it has been worked off. */
  | { readonly op: 'ask'; readonly about: 'paper' | 'drawer' }
  /** GS ( H fn 48: the four characters come back when everything before has been printed. */
  | { readonly op: 'confirm'; readonly id: string }
  /** GS I n with n 65–69: firmware, maker, model, serial number, font. */
  | { readonly op: 'identify'; readonly what: IdentityField }
  /** Text that follows is UTF-8. Each maker has its own way to be told. */
  | { readonly op: 'utf8'; readonly by: Utf8Switch };

export type QrLevel = 'L' | 'M' | 'Q' | 'H';
export type RealtimeSubject = 'printer' | 'offline' | 'error' | 'paper';
export type IdentityField = 'firmware' | 'maker' | 'model' | 'serial' | 'font';

export type Utf8Switch = 'fs-c' | 'esc-9' | 'fs-paren-c';

/** Most rows in one GS v 0: small printers buffer no more. */
export const RASTER_ROWS_MAX = 256;
/** Most bytes in one QR symbol we make; version 40 at level M holds 2,331. */
export const QR_BYTES_MAX = 2_000;
