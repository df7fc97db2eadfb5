/**
 * What a pole display of the CD5220 family can be told, before it is bytes. The eight-digit price poles sold as LED8 use three
 * of these commands and a lamp. Names are those of the CD5220 manual, standard mode.
 */
export type Cd5220Command =
  /** ESC @: dark, cursor mode. */
  | { readonly op: 'initialise' }
  /** CLR: dark, and out of string mode. */
  | { readonly op: 'clear' }
  /** CAN: clears the line of the cursor, and ends string mode. */
  | { readonly op: 'clear-line' }
  /** ESC Q A and B: writes a whole line and enters string mode, in which cursor commands are ignored. LED8: the number. */
  | { readonly op: 'line'; readonly row: 'upper' | 'lower'; readonly text: string }
  /** ESC Q D: runs through the upper line without end, at most 40 characters. */
  | { readonly op: 'scroll'; readonly text: string }
  /** ESC l x y: column 1–20, row 1 or 2. Not in string mode. */
  | { readonly op: 'cursor'; readonly column: number; readonly row: 1 | 2 }
  /** Characters at the cursor. */
  | { readonly op: 'text'; readonly text: string }
  /** ESC _ n: a visible cursor. */
  | { readonly op: 'cursor-shown'; readonly on: boolean }
  /** ESC s n on LED8: one of four words beside the number lights up. */
  | { readonly op: 'lamp'; readonly lamp: Lamp };

/** 单价, 合计, 收款, 找零. */
export type Lamp = 'off' | 'price' | 'total' | 'received' | 'change';

export const POLE_COLUMNS = 20;
/** Characters that ESC Q D takes. */
export const SCROLL_COLUMNS_MAX = 40;
