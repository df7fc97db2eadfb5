import { type Parameters, sayIn } from './speaker.ts';
import { type Translator, wordsOf } from './translator.ts';
import type { BooksKey } from './zh-cn-books.ts';

/** Speaks of the books, in the language of a translator. */
export interface BooksSpeaker {
  readonly of: Translator;
  t(key: BooksKey, parameters?: Parameters): string;
  /** The text of a key that is put together of codes; undefined where there is none. */
  known(key: string, parameters?: Parameters): string | undefined;
}

export function booksSpeaker(translator: Translator): BooksSpeaker {
  const { language } = translator;
  const say = sayIn(language);
  const words = wordsOf(translator, 'books');
  const has = (key: string): key is BooksKey => Object.hasOwn(words, key);
  const t = (key: BooksKey, parameters?: Parameters): string => say(words[key], parameters);
  return { of: translator, t, known: (key, parameters) => (has(key) ? t(key, parameters) : undefined) };
}
