import type { WedgeKey } from './wedge-key.ts';

/**
 * What a key types on the US layout, which scanners emulate, without and with Shift. Used where an input method hides the
 * character or swaps it for a full-width one.
 */
const PUNCTUATION: Readonly<Record<string, readonly [string, string]>> = {
  Backquote: ['`', '~'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadDecimal: ['.', '.'],
  NumpadDivide: ['/', '/'],
  NumpadMultiply: ['*', '*'],
  NumpadSubtract: ['-', '-'],
  NumpadAdd: ['+', '+'],
};
const SHIFTED_DIGITS = [')', '!', '@', '#', '$', '%', '^', '&', '*', '('] as const;

const PRINTABLE = /^[\x20-\x7e]$/;

/** The character of a key, or undefined when it types none: arrows, function keys, and keys that nobody can name. */
export function characterOf({ key, code, shift }: WedgeKey): string | undefined {
  if (PRINTABLE.test(key)) return key;
  // A named key that is no character, unless an input method hides which character it is.
  if ([...key].length > 1 && key !== 'Process' && key !== 'Unidentified') return undefined;
  return byCode(code, shift);
}

function byCode(code: string, shift: boolean): string | undefined {
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const [, digit] = /^Digit(\d)$/.exec(code) ?? [];
  if (digit !== undefined) return shift ? SHIFTED_DIGITS[Number(digit)] : digit;
  const [, numpad] = /^Numpad(\d)$/.exec(code) ?? [];
  return numpad ?? PUNCTUATION[code]?.[shift ? 1 : 0];
}

/** Keys that end a code: what scanners come set to, and the other common setting. An input method hides their names as well. */
export const isTerminator = ({ key, code }: WedgeKey): boolean =>
  key === 'Enter' || key === 'Tab' || code === 'Enter' || code === 'NumpadEnter' || code === 'Tab';

/** Keys that only change others: they come between the characters of a code in capitals. */
export const isModifier = ({ key, code }: WedgeKey): boolean =>
  key === 'Shift' || key === 'CapsLock' || code === 'ShiftLeft' || code === 'ShiftRight';
