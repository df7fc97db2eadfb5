import type { Currency, Minor } from '../domain/money.ts';
import { formatMoney } from '../domain/money-format.ts';
import type { Language } from '../domain/shop.ts';
import type { Catalogue, Key } from './catalogue.ts';
import { ERRORS, type ErrorFamily, type ErrorText, errorCode, type Safety } from './error-codes.ts';
import { type Parameters, sayIn } from './speaker.ts';
import { ZH_CN } from './zh-cn.ts';

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

/** The Chinese words come with the flows; everything else arrives right after them. Rejects when it cannot be fetched. */
export async function loadTranslator(language: Language): Promise<Translator> {
  if (language === 'zh-CN') {
    const { ZH_CN_ERRORS } = await import('./zh-cn-errors.ts');
    return createTranslator(language, { words: ZH_CN, errors: ZH_CN_ERRORS });
  }
  const { EN } = await import('./en.ts');
  return createTranslator(language, EN);
}

export function createTranslator(language: Language, catalogue: Catalogue = { words: ZH_CN }): Translator {
  const say = sayIn(language);
  const t = (key: Key, parameters?: Parameters): string => say(catalogue.words[key], parameters);
  const dated = (options: Intl.DateTimeFormatOptions) => {
    const formats = new Map<string | undefined, Intl.DateTimeFormat>();
    return (atMs: number, timeZone?: string): string => {
      let format = formats.get(timeZone);
      if (format === undefined) {
        format = new Intl.DateTimeFormat(language, {
          ...options,
          ...(timeZone === undefined ? {} : { timeZone }),
        });
        formats.set(timeZone, format);
      }
      return format.format(atMs);
    };
  };
  return {
    language,
    t,
    article: (code, family, money) => {
      const known = errorCode(code, family);
      const safety = ERRORS[known];
      return {
        code: known,
        ...(catalogue.errors?.[known] ?? unread(t)),
        money: t(`safety.money.${money ?? safety.money}`),
        data: t(`safety.data.${safety.data}`),
        retry: t(`safety.retry.${safety.retry}`),
      };
    },
    money: (amount, currency) => formatMoney(amount, currency, language),
    time: dated({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    dateTime: dated({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
    day: dated({ month: 'long', day: 'numeric', weekday: 'short' }),
  };
}

/** When even the explanations could not be fetched, the three answers and the code still stand. */
const unread = (t: Translator['t']): ErrorText => ({
  title: t('error.unread'),
  meaning: t('error.unread-meaning'),
  action: t('error.unread-action'),
});
