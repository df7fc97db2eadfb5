import { LANGUAGES, type Language } from '../domain/language.ts';

export const MODE_KEY = 'xiaoji-training';

/**
 * Whether this page practises. Kept in localStorage, which may forget: the page then opens the books, which is the safe side.
 * Apart from the practice shop itself, because it is asked before anything else is there.
 */
export function trainingLanguage(): Language | undefined {
  const kept = localStorage.getItem(MODE_KEY);
  return LANGUAGES.find((each) => each === kept);
}
