import { describe, expect, test } from 'vitest';
import { REFUSALS } from '../contract/api.ts';
import { DEVICE_ERROR_CODES } from '../devices/errors.ts';
import { STORAGE_TROUBLES } from '../domain/journal.ts';
import { minor } from '../domain/money.ts';
import type { ReceiptWords } from '../flow/receipt/words.ts';
import type { Key } from './catalogue.ts';
import { EN } from './en.ts';
import { EN_ERRORS } from './en-errors.ts';
import { ERRORS, errorCode, isErrorCode } from './error-codes.ts';
import type { Message } from './message.ts';
import { RECEIPT_WORDS } from './receipt-words.ts';
import { createTranslator, loadTranslator } from './translator.ts';
import { ZH_CN } from './zh-cn.ts';
import { ZH_CN_ERRORS } from './zh-cn-errors.ts';

const forms = (message: Message): readonly string[] =>
  typeof message === 'string' ? [message] : [message.one, message.other];
const holes = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('catalogues', () => {
  test('a translation has the same holes as the Chinese text', () => {
    for (const key of Object.keys(ZH_CN) as Key[]) {
      for (const form of forms(EN.words[key])) expect(holes(form), key).toEqual(holes(ZH_CN[key]));
    }
  });

  test('no text is empty or left in the other language', () => {
    for (const key of Object.keys(ZH_CN) as Key[]) {
      expect(ZH_CN[key].trim(), key).not.toBe('');
      for (const form of forms(EN.words[key])) expect(form, key).toMatch(/^[^㐀-鿿]+$/);
    }
  });

  test('every code has a title, a meaning and something to do in both languages', () => {
    for (const texts of [ZH_CN_ERRORS, EN_ERRORS]) {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(ERRORS).sort());
      for (const [code, text] of Object.entries(texts)) {
        for (const part of [text.title, text.meaning, text.action]) expect(part.trim(), code).not.toBe('');
      }
    }
  });

  test('words of slips are the same set in each language, as the receipt flow wants them', () => {
    const words: readonly ReceiptWords[] = [RECEIPT_WORDS['zh-CN'], RECEIPT_WORDS.en];
    expect(Object.keys(words[0]!).sort()).toEqual(Object.keys(words[1]!).sort());
  });
});

describe('codes', () => {
  test('every code of devices, storage and the server is known by its own family', () => {
    for (const code of ['no-confirmation', 'no-printer', ...DEVICE_ERROR_CODES])
      expect(isErrorCode(`print.${code}`), code).toBe(true);
    for (const code of STORAGE_TROUBLES) expect(isErrorCode(`storage.${code}`), code).toBe(true);
    const ofFlow = ['code-unknown', 'code-spent'];
    for (const code of Object.keys(REFUSALS))
      expect(isErrorCode(`${ofFlow.includes(code) ? 'flow' : 'server'}.${code}`), code).toBe(true);
  });

  test('a code two families share is told by the family that is asked', () => {
    expect(errorCode('unsupported', 'storage')).toBe('storage.unsupported');
    expect(errorCode('unsupported', 'print')).toBe('print.unsupported');
    expect(errorCode('too-large', 'server')).toBe('server.too-large');
  });

  test('a code nobody foresaw still has an article', () => {
    expect(errorCode('never-heard-of')).toBe('flow.unexpected');
  });
});

describe('translator', () => {
  test('fills holes and keeps those it has nothing for', () => {
    const { t } = createTranslator('zh-CN');
    expect(t('say.due', { total: '¥12.50' })).toBe('应收 ¥12.50');
    expect(t('say.due')).toBe('应收 {total}');
  });

  test('English has a singular', async () => {
    const { t } = await loadTranslator('en');
    expect(t('till.count', { count: 1 })).toBe('1 item');
    expect(t('till.count', { count: 2 })).toBe('2 items');
  });

  test('an article says whether the money is safe, and the place in the flow may know better', () => {
    const { article, t } = createTranslator('zh-CN');
    expect(article('quota', 'storage').money).toBe(t('safety.money.look'));
    expect(article('quota', 'storage', 'taken').money).toBe(t('safety.money.taken'));
  });

  test('before the explanations are there, an article still has its code and its three answers', () => {
    const early = createTranslator('zh-CN').article('quota', 'storage');
    expect([early.code, early.title]).toEqual(['storage.quota', ZH_CN['error.unread']]);
    expect(early.data).toBe(ZH_CN['safety.data.at-risk']);
  });

  test('the explanations come with the language', async () => {
    expect((await loadTranslator('zh-CN')).article('quota', 'storage').title).toBe(
      ZH_CN_ERRORS['storage.quota'].title,
    );
    expect((await loadTranslator('en')).article('quota', 'storage').title).toBe(
      EN_ERRORS['storage.quota'].title,
    );
  });

  test('times are those of the shop, whatever the device thinks', () => {
    const { time, day } = createTranslator('zh-CN');
    const at = Date.UTC(2026, 2, 14, 17, 5);
    expect(time(at, 'Asia/Shanghai')).toBe('01:05');
    expect(day(at, 'Asia/Shanghai')).toContain('3月15日');
  });

  test('money carries the sign of its currency and all of its digits', () => {
    expect(createTranslator('zh-CN').money(minor(1_250), 'CNY')).toBe('¥12.50');
    expect(createTranslator('en', EN).money(minor(1_250), 'CNY')).toBe('¥12.50');
  });
});
