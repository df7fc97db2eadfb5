/**
 * What the virtual printer understood, as JSON-able values in the vocabulary of `codecs/escpos/command.ts` where both
 * have a word. Written from the command reference, not from the encoder: the two check each other.
 */
export interface Glyph {
  readonly text: string;
  /** 1 for a single-byte character, 2 for a multi-byte one. */
  readonly columns: 1 | 2;
}

export type PrinterOperation =
  | { readonly op: 'text'; readonly glyphs: readonly Glyph[] }
  | { readonly op: 'line-feed' }
  | { readonly op: 'carriage-return' }
  | { readonly op: 'tab' }
  | { readonly op: 'initialise' }
  | { readonly op: 'kanji'; readonly on: boolean }
  | { readonly op: 'code-page'; readonly page: number }
  | { readonly op: 'align'; readonly align: 'left' | 'center' | 'right' }
  | { readonly op: 'emphasis'; readonly on: boolean }
  | { readonly op: 'underline'; readonly on: boolean; readonly kanji: boolean }
  | { readonly op: 'reverse'; readonly on: boolean }
  | { readonly op: 'size'; readonly width: number; readonly height: number }
  | { readonly op: 'kanji-size'; readonly width: number; readonly height: number }
  | { readonly op: 'print-mode'; readonly n: number }
  | { readonly op: 'line-spacing'; readonly dots: number }
  | { readonly op: 'feed'; readonly lines: number }
  | { readonly op: 'feed-dots'; readonly dots: number }
  | { readonly op: 'raster'; readonly widthBytes: number; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly op: 'qr-module'; readonly dots: number }
  | { readonly op: 'qr-level'; readonly level: 'L' | 'M' | 'Q' | 'H' }
  | { readonly op: 'qr-store'; readonly data: string }
  | { readonly op: 'qr-print' }
  | { readonly op: 'barcode'; readonly system: number; readonly data: string }
  | { readonly op: 'barcode-setting'; readonly name: 'height' | 'width' | 'text'; readonly n: number }
  | { readonly op: 'cut'; readonly partial: boolean }
  | { readonly op: 'pulse'; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
  | { readonly op: 'ask-now'; readonly n: number }
  | { readonly op: 'status-back'; readonly mask: number }
  | { readonly op: 'ask'; readonly n: number }
  | { readonly op: 'confirm'; readonly id: string }
  | { readonly op: 'identify'; readonly n: number }
  /** Text from here on is UTF-8, or not: said in a maker's own way. */
  | { readonly op: 'utf8'; readonly on: boolean }
  /** Star: 24 rows that wait for the line feed. */
  | { readonly op: 'raster-band'; readonly widthBytes: number; readonly data: Uint8Array<ArrayBuffer> }
  /** Star: ETB, and its counter set to 0. */
  | { readonly op: 'etb' }
  | { readonly op: 'clear-etb' }
  /** Star: ESC GS ETX s n1 n2. */
  | { readonly op: 'end-counter'; readonly s: number; readonly n1: number; readonly n2: number }
  /** Star: times of drawer 1, before BEL. */
  | { readonly op: 'pulse-times'; readonly onMs: number; readonly offMs: number }
  /** Star: which country's shape a hanzi gets, and how wide a doubtful character is. */
  | { readonly op: 'hanzi-order'; readonly order: readonly number[] }
  | { readonly op: 'ambiguous-wide'; readonly on: boolean }
  /** A command that is stepped over, with its bytes (the first 64 of them). */
  | { readonly op: 'ignored'; readonly name: string; readonly hex: string }
  /** A control byte that begins no command. */
  | { readonly op: 'unknown'; readonly hex: string };
