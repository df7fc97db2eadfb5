import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../domain/language.ts';
import { ARTICLE_GROUPS, articleCodes, articleOf } from './articles.ts';
import { ERRORS } from './error-codes.ts';
import { PAYMENT_PROBLEMS } from './payment-problems.ts';
import { loadTranslator } from './translator.ts';

const CODES = ARTICLE_GROUPS.flatMap(articleCodes);

describe('what a code means', () => {
  test('every code of the catalogues is listed, each once, and can stand in an address', () => {
    expect(new Set(CODES).size).toBe(CODES.length);
    for (const code of [...Object.keys(ERRORS), ...Object.keys(PAYMENT_PROBLEMS)])
      expect(CODES).toContain(code);
    for (const code of CODES) expect(code).toMatch(/^[a-z0-9.-]{1,80}$/);
  });

  test.each(LANGUAGES)(
    'each has an article of its own in %s: money, data, retry, what to do',
    async (language) => {
      const translator = await loadTranslator(language);
      for (const code of CODES) {
        const article = articleOf(code, translator);
        expect(article?.code, code).toBe(code);
        for (const text of [article?.title, article?.money, article?.data, article?.retry, article?.action]) {
          expect(text, code).toBeTruthy();
          expect(text, code).not.toMatch(/[{}]|undefined/);
        }
      }
    },
  );

  test('what a bank or a wallet says leads to its family; nonsense leads nowhere', async () => {
    const translator = await loadTranslator('zh-CN');
    expect(articleOf('host-51', translator)?.code).toBe('decline.funds');
    expect(articleOf('AUTH_CODE_EXPIRE', translator)?.code).toBe('decline.code-expired');
    expect(articleOf('zzz', translator)).toBeUndefined();
    expect(articleOf('device.zzz', translator)).toBeUndefined();
  });
});
