import { type Direction, directionOf, type Language } from '../domain/language.ts';
import { DOOR_WORDS, type DoorKey } from './door-words.ts';
import type { Message } from './message.ts';

export type Parameters = Readonly<Record<string, string | number>>;

/** Fills a text's holes, in the plural form that `count` asks for. */
export type Say = (message: Message, parameters?: Parameters) => string;

/** Speaks the few words of the lock screen, before the catalogue is there. */
export interface Speaker {
  readonly language: Language;
  t(key: DoorKey, parameters?: Parameters): string;
}

export function sayIn(language: Language): Say {
  // Made with the first plural: most starts need none.
  let plural: Intl.PluralRules | undefined;
  const isMirrored = directionOf(language) === 'rtl';
  return (message, parameters = {}) => {
    let text = message;
    if (typeof text !== 'string') {
      plural ??= new Intl.PluralRules(language);
      text = text[plural.select(Number(parameters['count'] ?? 0))] ?? text.other;
    }
    return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
      const value = parameters[name];
      if (typeof value === 'string' && isMirrored) return isolated(value);
      return String(value ?? hole);
    });
  };
}

/** First strong isolate … pop: names, codes and amounts inside a right-to-left sentence keep their own order (UAX 9). */
const isolated = (value: string): string => `\u2068${value}\u2069`;

/** Figures with signs between them, such as a masked card number: their groups would change places among Arabic letters. */
export const inOrder = (value: string, direction: Direction): string =>
  direction === 'rtl' ? isolated(value) : value;

export function doorSpeaker(language: Language): Speaker {
  const say = sayIn(language);
  return { language, t: (key, parameters) => say(DOOR_WORDS[language][key], parameters) };
}
