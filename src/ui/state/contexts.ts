import { createContext } from '@lit/context';
import type { Services } from '../../flow/services.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { AllWords } from './tongue.ts';

/** What pages may read and call. Given once, by the composition root. */
export const servicesContext = createContext<Services>('services');

/** The language spoken now. Changes when the language setting changes. */
export const translatorContext = createContext<Translator>('translator');

/** Whether the words of later pages are there. */
export const allWordsContext = createContext<AllWords>('all-words');
