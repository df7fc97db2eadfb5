import { type Direction, directionOf, type Language, localeOf } from '../domain/language.ts';
import type { Currency, Minor } from '../domain/money.ts';
import { moneyFormat } from '../domain/money-format.ts';
import type { Catalogue, Key, More } from './catalogue.ts';
import { ERRORS, type ErrorFamily, type ErrorText, errorCode, type Safety } from './error-codes.ts';
import { LOADERS } from './languages.ts';
import { type Parameters, sayIn } from './speaker.ts';

/** The five things a person needs to know about an error, in that order. */
export interface Article extends ErrorText {
  readonly code: string;
  readonly money: string;
  readonly data: string;
  readonly retry: string;
}

/** Speaks one language: words, money, dates. Immutable; a change of language is another translator. */
export interface Translator {
  readonly language: Language;
  /** Which way it is read. */
  readonly direction: Direction;
  /** The words of later pages; absent until they have been fetched. No page that needs them is shown before. */
  readonly more: More | undefined;
  t(key: Key, parameters?: Parameters): string;
  /** `money`: where the place in the flow knows better than the code whether money moved. */
  article(code: string, family?: ErrorFamily, money?: Safety['money']): Article;
  money(amount: Minor, currency: Currency): string;
  /** Hours and minutes; in the shop's time zone when it is given. */
  time(atMs: number, timeZone?: string): string;
  dateTime(atMs: number, timeZone?: string): string;
  /** Month and day with the weekday, for headings of a list. */
  day(atMs: number, timeZone?: string): string;
}

/** Every word of a language. Rejects when it cannot be fetched. */
export async function loadTranslator(language: Language): Promise<Translator> {
  const { words, more } = LOADERS[language];
  const [first, rest] = await Promise.all([words(), more()]);
  return createTranslator(language, { words: first, more: rest });
}

export function createTranslator(language: Language, { words, more }: Catalogue): Translator {
  const say = sayIn(language);
  const t = (key: Key, parameters?: Parameters): string => say(words[key], parameters);
  const dated = (options: Intl.DateTimeFormatOptions) => {
    const formats = new Map<string | undefined, Intl.DateTimeFormat>();
    return (atMs: number, timeZone?: string): string => {
      let format = formats.get(timeZone);
      if (format === undefined) {
        format = new Intl.DateTimeFormat(localeOf(language), {
          ...options,
          ...(timeZone === undefined ? {} : { timeZone }),
        });
        formats.set(timeZone, format);
      }
      return format.format(atMs);
    };
  };
  const moneyFormats = new Map<Currency, (amount: Minor) => string>();
  return {
    language,
    direction: directionOf(language),
    more,
    t,
    article: (code, family, money) => {
      const known = errorCode(code, family);
      const safety = ERRORS[known];
      return {
        code: known,
        ...(more?.errors[known] ?? unread(t)),
        money: t(`safety.money.${money ?? safety.money}`),
        data: t(`safety.data.${safety.data}`),
        retry: t(`safety.retry.${safety.retry}`),
      };
    },
    money: (amount, currency) => {
      const format = moneyFormats.get(currency) ?? moneyFormat(currency, language);
      moneyFormats.set(currency, format);
      return format(amount);
    },
    time: dated({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    dateTime: dated({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
    day: dated({ month: 'long', day: 'numeric', weekday: 'short' }),
  };
}

/** The words of an area that comes after the keypad. */
export function wordsOf<Area extends keyof More>({ more }: Translator, area: Area): More[Area] {
  if (more === undefined) throw new Error(`words-not-loaded: ${area}`);
  return more[area];
}

/** When even the explanations could not be fetched, the three answers and the code still stand. */
const unread = (t: Translator['t']): ErrorText => ({
  title: t('error.unread'),
  meaning: t('error.unread-meaning'),
  action: t('error.unread-action'),
});
