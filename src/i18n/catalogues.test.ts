import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../domain/language.ts';
import type { ReceiptWords } from '../flow/receipt/words.ts';
import { ERRORS } from './error-codes.ts';
import { LOADERS } from './languages.ts';
import { RECEIPT_WORDS } from './receipt-words.ts';
import { flaws } from './testing/check.ts';
import { CATALOGUES } from './testing/spoken.ts';
import { textsOf } from './testing/texts.ts';

test('every language has every text, with its holes, all of its plural forms, in its own script, within its room', () => {
  expect(flaws()).toEqual([]);
});

test('the list of texts reaches every area', () => {
  const areas = new Set([...textsOf('zh-CN').keys()].map((name) => name.split(' | ')[0]));
  expect([...areas]).toEqual(
    expect.arrayContaining([
      'words',
      ...Object.keys(CATALOGUES['zh-CN'].more),
      'display',
      'pole',
      'receipt',
      'voice',
    ]),
  );
});

describe.each(LANGUAGES)('%s', (language) => {
  test('is fetched as it is written', async () => {
    const { words, more } = LOADERS[language];
    expect({ words: await words(), more: await more() }).toEqual(CATALOGUES[language]);
  });

  test('explains every code', () => {
    expect(Object.keys(CATALOGUES[language].more.errors).sort()).toEqual(Object.keys(ERRORS).sort());
  });

  test('has the words of slips as the receipt flow wants them', () => {
    const words: ReceiptWords = RECEIPT_WORDS[language];
    expect(words.total).not.toBe('');
  });

  test('never says that a payment under way has failed', () => {
    const failed = { 'zh-CN': /失败/, 'zh-TW': /失敗/, en: /fail/i, ar: /فشل/ }[language];
    for (const [name, message] of textsOf(language))
      if (/^payments \| (live|state)\./.test(name)) expect(JSON.stringify(message), name).not.toMatch(failed);
  });
});
