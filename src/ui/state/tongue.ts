import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Words } from '../../i18n/catalogue.ts';
import { LOADERS } from '../../i18n/languages.ts';
import { createTranslator, loadTranslator, type Translator } from '../../i18n/translator.ts';

/** Says when every word of the language is there: pages beyond the keypad wait for it. */
export interface AllWords {
  /** Rejects when they cannot be fetched; may be asked again. */
  whole(): Promise<void>;
}

/** The words of the keypad in `language`; another language's where these cannot be fetched: a till has to sell. */
async function firstWords(language: Language): Promise<readonly [Language, Words]> {
  const others = LANGUAGES.filter((each) => each !== language);
  let trouble: unknown;
  for (const each of [language, ...others]) {
    try {
      return [each, await LOADERS[each].words()];
    } catch (error) {
      trouble ??= error;
    }
  }
  throw trouble;
}

/** The language that is spoken now: begins with the few words of the keypad, the others follow. */
export class Tongue implements AllWords {
  readonly #show: (translator: Translator) => void;
  readonly #words: Words;
  #translator: Translator;
  #wanted: Language;

  private constructor(
    [language, words]: readonly [Language, Words],
    wanted: Language,
    show: (translator: Translator) => void,
  ) {
    this.#show = show;
    this.#words = words;
    this.#wanted = wanted;
    this.#translator = createTranslator(language, { words });
  }

  /** Rejects when the words of no language can be fetched. */
  static async begin(language: Language, show: (translator: Translator) => void): Promise<Tongue> {
    return new Tongue(await firstWords(language), language, show);
  }

  get translator(): Translator {
    return this.#translator;
  }

  async whole(): Promise<void> {
    if (this.#translator.more !== undefined) return;
    const { language } = this.#translator;
    const more = await LOADERS[language].more();
    // Another language, whole, may have come meanwhile.
    if (this.#translator.more === undefined)
      this.#speak(createTranslator(language, { words: this.#words, more }));
  }

  /** Another language, when all of it is there. Keeps the one it has when it cannot be fetched. */
  async change(language: Language): Promise<void> {
    this.#wanted = language;
    if (language === this.#translator.language) return;
    const next = await loadTranslator(language).catch((): undefined => undefined);
    if (next !== undefined && this.#wanted === language) this.#speak(next);
  }

  #speak(translator: Translator): void {
    this.#translator = translator;
    this.#show(translator);
  }
}
