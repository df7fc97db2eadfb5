import { type Parameters, sayIn } from './speaker.ts';
import { type Translator, wordsOf } from './translator.ts';
import type { WizardKey } from './zh-cn-wizard.ts';

export type SayWizard = (key: WizardKey, parameters?: Parameters) => string;

/** Says what the printer's wizard says, in the language of a translator. */
export function wizardWords(translator: Translator): SayWizard {
  const say = sayIn(translator.language);
  const words = wordsOf(translator, 'wizard');
  return (key, parameters) => say(words[key], parameters);
}
