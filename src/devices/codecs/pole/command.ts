/**
 * What an ESC/POS pole display (Epson DM-D series and those that follow it) can be told, before it is bytes. Two lines of
 * 20 columns. Names are those of Epson's DM-D command reference.
 */
export type PoleCommand =
  /** ESC @. */
  | { readonly op: 'initialise' }
  /** CLR: dark, cursor home. */
  | { readonly op: 'clear' }
  /** HOM. */
  | { readonly op: 'home' }
  /** US B: left end of the lower line. */
  | { readonly op: 'bottom' }
  /** US $ n m: column 1–20, row 1 or 2. */
  | { readonly op: 'cursor'; readonly column: number; readonly row: 1 | 2 }
  /** CAN: clears the line of the cursor. */
  | { readonly op: 'clear-line' }
  /** US C n: a visible cursor. */
  | { readonly op: 'cursor-shown'; readonly on: boolean }
  /** US X n: 20, 40, 60 or 100 %. */
  | { readonly op: 'brightness'; readonly percent: 20 | 40 | 60 | 100 }
  /** FS & and FS . : two bytes are one character. Models with a Chinese font. */
  | { readonly op: 'kanji'; readonly on: boolean }
  /** Characters at the cursor. */
  | { readonly op: 'text'; readonly text: string };
