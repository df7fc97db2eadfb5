import { LANGUAGE_NAMES, LANGUAGES } from '../../domain/language.ts';
import type { ChoiceOption } from '../components/pos-choice.ts';

/** Every language in its own name and letters. */
export const LANGUAGE_CHOICES: readonly (ChoiceOption & { readonly lang: string })[] = LANGUAGES.map(
  (value) => ({
    value,
    label: LANGUAGE_NAMES[value],
    lang: value,
  }),
);
