/** What a pole without metal understood, as JSON-able values in the vocabulary of the codecs where both have a word. */
export type PoleOperation =
  | { readonly op: 'initialise' }
  | { readonly op: 'clear' }
  | { readonly op: 'clear-line' }
  | { readonly op: 'home' }
  | { readonly op: 'bottom' }
  | { readonly op: 'cursor'; readonly column: number; readonly row: number }
  | { readonly op: 'cursor-shown'; readonly on: boolean }
  | { readonly op: 'brightness'; readonly percent: number }
  | { readonly op: 'kanji'; readonly on: boolean }
  | { readonly op: 'text'; readonly text: string }
  | { readonly op: 'line'; readonly row: 'upper' | 'lower'; readonly text: string }
  | { readonly op: 'scroll'; readonly text: string }
  | { readonly op: 'lamp'; readonly lamp: 'off' | 'price' | 'total' | 'received' | 'change' }
  /** A command that is stepped over. */
  | { readonly op: 'ignored'; readonly hex: string }
  /** A control byte that begins no command. */
  | { readonly op: 'unknown'; readonly hex: string };

/** The three kinds of poles. */
export type PoleFamily = 'cd5220' | 'led8' | 'escpos';
