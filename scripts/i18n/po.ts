import { type GetTextTranslation, po } from 'gettext-parser';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import type { Message } from '../../src/i18n/message.ts';
import { formsOf, textsOf } from '../../src/i18n/testing/texts.ts';

/** Plural forms as gettext numbers them: the categories of CLDR in their order, and the rule that picks the number. */
const PLURALS: Readonly<
  Record<Language, { readonly forms: readonly Intl.LDMLPluralRule[]; readonly rule: string }>
> = {
  'zh-CN': { forms: ['other'], rule: 'nplurals=1; plural=0;' },
  'zh-TW': { forms: ['other'], rule: 'nplurals=1; plural=0;' },
  en: { forms: ['one', 'other'], rule: 'nplurals=2; plural=n != 1;' },
  ar: {
    forms: ['zero', 'one', 'two', 'few', 'many', 'other'],
    rule: 'nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;',
  },
};

/**
 * The texts of a language for translators, as gettext's PO: the Chinese text to translate, the English one beside it as a
 * comment, the place of the text as its context.
 */
export function writePo(language: Language): string {
  const source = textsOf('zh-CN');
  const english = textsOf('en');
  const target = textsOf(language);
  const { forms, rule } = PLURALS[language];
  const counted = new Set(
    LANGUAGES.flatMap((each) =>
      [...textsOf(each)].filter(([, text]) => typeof text !== 'string').map(([name]) => name),
    ),
  );
  const translations: Record<string, Record<string, GetTextTranslation>> = {};
  for (const [name, original] of source) {
    const msgid = other(original);
    const message = target.get(name);
    const said = message === undefined ? new Map<string, string>() : new Map(formsOf(message));
    const comment = english.get(name);
    translations[name] = {
      [msgid]: {
        msgctxt: name,
        msgid,
        ...(counted.has(name) ? { msgid_plural: msgid } : {}),
        msgstr: (counted.has(name) ? forms : (['other'] as const)).map(
          (form) => said.get(form) ?? said.get('other') ?? '',
        ),
        ...(comment === undefined ? {} : { comments: { extracted: `English: ${other(comment)}` } }),
      },
    };
  }
  const headers = {
    'Project-Id-Version': 'xiaoji',
    Language: language,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    'Plural-Forms': rule,
  };
  return `${po.compile({ charset: 'utf-8', headers, translations }, { foldLength: 0 }).toString()}\n`;
}

/** Texts that a translator has written, by the name of their place. Those left empty are not among them. */
export function readPo(file: string): {
  readonly language: Language;
  readonly texts: ReadonlyMap<string, Message>;
} {
  const { headers, translations } = po.parse(file);
  const language = LANGUAGES.find((each) => each === headers['Language']);
  if (language === undefined) throw new Error(`unknown-language: ${headers['Language'] ?? ''}`);
  const { forms } = PLURALS[language];
  const texts = new Map<string, Message>();
  for (const [name, entries] of Object.entries(translations)) {
    const entry = Object.values(entries)[0];
    if (name === '' || entry === undefined || entry.msgstr.some((text) => text === '')) continue;
    const [only = ''] = entry.msgstr;
    const all = Object.fromEntries(forms.map((form, index) => [form, entry.msgstr[index] ?? only]));
    const isCounted = entry.msgid_plural !== undefined && forms.length > 1;
    texts.set(name, isCounted ? { ...all, other: all['other'] ?? only } : only);
  }
  return { language, texts };
}

const other = (message: Message): string => (typeof message === 'string' ? message : message.other);
