import type { Language } from '../../domain/language.ts';
import { AR } from '../ar.ts';
import { AR_MORE } from '../ar-more.ts';
import type { Catalogue } from '../catalogue.ts';
import { EN } from '../en.ts';
import { EN_MORE } from '../en-more.ts';
import { createTranslator, type Translator } from '../translator.ts';
import { ZH_CN } from '../zh-cn.ts';
import { ZH_CN_MORE } from '../zh-cn-more.ts';
import { ZH_TW } from '../zh-tw.ts';
import { ZH_TW_MORE } from '../zh-tw-more.ts';

/** Every word of every language. */
export const CATALOGUES: Readonly<Record<Language, Required<Catalogue>>> = {
  'zh-CN': { words: ZH_CN, more: ZH_CN_MORE },
  'zh-TW': { words: ZH_TW, more: ZH_TW_MORE },
  en: { words: EN, more: EN_MORE },
  ar: { words: AR, more: AR_MORE },
};

/** A translator that has every word from the start. */
export const spoken = (language: Language = 'zh-CN'): Translator =>
  createTranslator(language, CATALOGUES[language]);
