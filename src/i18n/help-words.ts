import { type Parameters, sayIn } from './speaker.ts';
import { type Translator, wordsOf } from './translator.ts';
import type { HelpKey } from './zh-cn-help.ts';

/** Speaks of how the till is used, in the language of a translator. */
export interface HelpSpeaker {
  readonly of: Translator;
  t(key: HelpKey, parameters?: Parameters): string;
}

export function helpSpeaker(translator: Translator): HelpSpeaker {
  const say = sayIn(translator.language);
  const words = wordsOf(translator, 'help');
  return { of: translator, t: (key, parameters) => say(words[key], parameters) };
}
