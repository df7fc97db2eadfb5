import type { Language } from '../domain/language.ts';
import type { More, Words } from './catalogue.ts';

interface Loader {
  words(): Promise<Words>;
  more(): Promise<More>;
}

/** One language's chunks; nobody fetches those of another. Rejects when they cannot be fetched; may be asked again. */
export const LOADERS: Readonly<Record<Language, Loader>> = {
  'zh-CN': {
    words: async () => (await import('./zh-cn.ts')).ZH_CN,
    more: async () => (await import('./zh-cn-more.ts')).ZH_CN_MORE,
  },
  'zh-TW': {
    words: async () => (await import('./zh-tw.ts')).ZH_TW,
    more: async () => (await import('./zh-tw-more.ts')).ZH_TW_MORE,
  },
  en: {
    words: async () => (await import('./en.ts')).EN,
    more: async () => (await import('./en-more.ts')).EN_MORE,
  },
  ar: {
    words: async () => (await import('./ar.ts')).AR,
    more: async () => (await import('./ar-more.ts')).AR_MORE,
  },
};
