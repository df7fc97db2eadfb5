import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { textsOf } from '../../src/i18n/testing/texts.ts';
import { readPo, writePo } from './po.ts';
import { putBack } from './put-back.ts';
import { isUsed, usageIn } from './usage.ts';

test.each(LANGUAGES)('what translators get of %s can be read back, text for text', (language) => {
  const back = readPo(writePo(language));
  expect(back.language).toBe(language);
  const texts = textsOf(language);
  expect([...back.texts.keys()].sort()).toEqual([...texts.keys()].sort());
  for (const [name, message] of back.texts) {
    const before = texts.get(name);
    // One text for every number is one text for each of its forms.
    if (typeof before === 'string' && typeof message !== 'string')
      expect(new Set(Object.values(message)), name).toEqual(new Set([before]));
    else expect(message, name).toEqual(before);
  }
});

test('a text without a translation stays as it was', () => {
  const file = writePo('en').replace('msgstr "Back"', 'msgstr ""');
  expect(readPo(file).texts.has('words | common.back')).toBe(false);
});

test('a translation goes to its own place in the source, and nothing else moves', () => {
  const code = [
    "export const AR_PAYMENTS = {\n  'tender.due': 'old',\n  'tender.tip': { one: 'a', other: 'b' },\n};",
    "export const AR_ERRORS = {\n  'print.busy': say('title', 'meaning', 'action'),\n};",
  ].join('\n');
  const texts = new Map([
    ['payments | tender.due', 'new "one"'],
    ['words | tender.due', 'of another area'],
  ]);
  const put = putBack('ar-payments.ts', code, 'ar', texts);
  expect(put.code).toBe(code.replace("'old'", '"new \\"one\\""'));
  expect([...put.left.keys()]).toEqual(['words | tender.due']);
  const action = new Map([['errors | print.busy | action', 'do it']]);
  expect(putBack('ar-errors.ts', code, 'ar', action).code).toBe(code.replace("'action'", '"do it"'));
});

test('tables with all languages are written under their language', () => {
  const code =
    "export const DISPLAY_WORDS = {\n  en: { due: 'x' },\n  ar: { due: 'x' },\n} as const satisfies object;";
  expect(putBack('display-words.ts', code, 'ar', new Map([['display | due', 'y']])).code).toBe(
    code.replace("ar: { due: 'x' }", 'ar: { due: "y" }'),
  );
});

test('keys are found in quotes and in the ways the code puts them together', () => {
  const hole = '$' + '{a}';
  const usage = usageIn([
    `this.t('nav.till'); const key = \`strip.${hole}.long\`; other(\`${hole}.${hole}\`); x.p('nobody.knows')`,
  ]);
  expect(isUsed('nav.till', usage)).toBe(true);
  expect(isUsed('strip.printer.long', usage)).toBe(true);
  expect(isUsed('strip.printer', usage)).toBe(false);
  expect(isUsed('nav.gone', usage)).toBe(false);
  expect([...usage.asked]).toEqual(['nav.till', 'nobody.knows']);
});
