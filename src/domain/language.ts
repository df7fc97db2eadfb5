/** Every language that the till, its slips and the office speak. The first is the one the words are written in. */
export const LANGUAGES = ['zh-CN', 'zh-TW', 'en', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name: who cannot read the language shown must still find theirs. */
export const LANGUAGE_NAMES = {
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
  ar: 'العربية',
} as const satisfies Readonly<Record<Language, string>>;

export type Direction = 'ltr' | 'rtl';

/** Which way a language is read, for `dir` of a document and for the lines of a slip. */
export const directionOf = (language: string): Direction => (language === 'ar' ? 'rtl' : 'ltr');

/**
 * The locale whose formats (Intl, CLDR) belong to a language. Arabic is written with Latin digits (docs/adr/0028): keypad,
 * card terminal, bank statement and paper show the same figures.
 */
export const localeOf = (language: string): string => (language === 'ar' ? 'ar-u-nu-latn' : language);

/** Tags of those who read traditional Chinese: Taiwan, Hong Kong, Macau, or the script by name. */
const TRADITIONAL = /^zh[-_](?:.*\b)?(?:hant|tw|hk|mo)\b/i;

/** Ours for a browser's language tag, or for a whole Accept-Language header, whose first tag counts. Unknown ones get English. */
export function languageOf(tag: string): Language {
  const first = tag.split(',')[0]?.trim() ?? '';
  if (TRADITIONAL.test(first) && !/hans/i.test(first)) return 'zh-TW';
  if (/^zh\b/i.test(first)) return 'zh-CN';
  return /^ar\b/i.test(first) ? 'ar' : 'en';
}
