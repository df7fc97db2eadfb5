import type { ReaderPrompt } from '../../ports.ts';

/**
 * What the words on a reader's screen mean, in the order they are looked for. The words themselves stay on the reader: the
 * till has its own, in the language of the shop.
 */
const WORDS: readonly (readonly [RegExp, ReaderPrompt])[] = [
  [/\bPIN\b/, 'enter-pin'],
  [/REMOVE|TAKE (YOUR )?CARD/, 'remove-card'],
  [/TRY AGAIN|READ ERROR|ONE CARD/, 'try-again'],
  [/SELECT|CHOOSE/, 'choose-application'],
  [/PRESENT|TAP/, 'present-card'],
  [/INSERT/, 'insert-card'],
  [/SWIPE/, 'swipe-card'],
  [/PROCESS|WAIT|AUTHORI[SZ]ING/, 'processing'],
];

export const promptOf = (text: string): ReaderPrompt | undefined =>
  WORDS.find(([words]) => words.test(text.toUpperCase()))?.[1];
