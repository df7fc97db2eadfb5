import type { Language } from '../../domain/language.ts';
import { DISPLAY_WORDS } from '../display-words.ts';
import type { Message } from '../message.ts';
import { POLE_WORDS } from '../pole-words.ts';
import { RECEIPT_WORDS } from '../receipt-words.ts';
import { VOICE_WORDS } from '../voice-words.ts';
import { CATALOGUES } from './spoken.ts';

/**
 * Where a text stands: its area and the keys that lead to it. `['payments', 'tender.due']`, `['errors', 'print.busy', 'title']`,
 * `['receipt', 'charge', 'batch']`.
 */
export type Place = readonly [area: string, ...keys: string[]];

/** Keys may have dots, so places are written with a bar. */
export const nameOf = (place: Place): string => place.join(' | ');
export const placeOf = (name: string): Place => {
  const [area = '', ...keys] = name.split(' | ');
  return [area, ...keys];
};

/** Tables that have all languages in one file, because whoever needs them needs several. */
const TABLES = { display: DISPLAY_WORDS, pole: POLE_WORDS, receipt: RECEIPT_WORDS, voice: VOICE_WORDS };

/** Every text of a language, by the name of its place. */
export function textsOf(language: Language): ReadonlyMap<string, Message> {
  const { words, more } = CATALOGUES[language];
  const texts = new Map<string, Message>();
  walk(words, ['words'], texts);
  for (const [area, tree] of Object.entries(more)) walk(tree, [area], texts);
  for (const [area, table] of Object.entries(TABLES)) walk(table[language], [area], texts);
  return texts;
}

function walk(tree: object, place: Place, into: Map<string, Message>): void {
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    const here: Place = [...place, key];
    if (typeof value === 'string') into.set(nameOf(here), value);
    else if (isPlural(value)) into.set(nameOf(here), value);
    else if (typeof value === 'object' && value !== null) walk(value, here, into);
  }
}

const CATEGORIES: readonly string[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Plural forms, not a table that happens to have an `other` (tenders of a voice). */
const isPlural = (value: unknown): value is Exclude<Message, string> =>
  typeof value === 'object' &&
  value !== null &&
  'other' in value &&
  Object.keys(value).every((key) => CATEGORIES.includes(key));

/** The forms of a text, by category; a text without plural has `other` alone. */
export const formsOf = (message: Message): readonly (readonly [string, string])[] =>
  typeof message === 'string' ? [['other', message]] : Object.entries(message);
