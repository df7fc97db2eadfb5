import { describe, expect, test } from 'vitest';
import { REFUSALS } from '../contract/api.ts';
import { DEVICE_ERROR_CODES } from '../devices/errors.ts';
import { STORAGE_TROUBLES } from '../domain/journal.ts';
import { minor } from '../domain/money.ts';
import { EN } from './en.ts';
import { EN_ERRORS } from './en-errors.ts';
import { errorCode, isErrorCode } from './error-codes.ts';
import { spoken } from './testing/spoken.ts';
import { createTranslator, loadTranslator, wordsOf } from './translator.ts';
import { ZH_CN } from './zh-cn.ts';
import { ZH_CN_ERRORS } from './zh-cn-errors.ts';

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
    const { t } = spoken();
    expect(t('say.due', { total: '¥12.50' })).toBe('应收 ¥12.50');
    expect(t('say.due')).toBe('应收 {total}');
  });

  test('English has a singular', () => {
    const { t } = spoken('en');
    expect(t('till.count', { count: 1 })).toBe('1 item');
    expect(t('till.count', { count: 2 })).toBe('2 items');
  });

  test('an article says whether the money is safe, and the place in the flow may know better', () => {
    const { article, t } = spoken();
    expect(article('quota', 'storage').money).toBe(t('safety.money.look'));
    expect(article('quota', 'storage', 'taken').money).toBe(t('safety.money.taken'));
  });

  test('before the explanations are there, an article still has its code and its three answers', () => {
    const early = createTranslator('zh-CN', { words: ZH_CN }).article('quota', 'storage');
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
    const { time, day } = spoken();
    const at = Date.UTC(2026, 2, 14, 17, 5);
    expect(time(at, 'Asia/Shanghai')).toBe('01:05');
    expect(day(at, 'Asia/Shanghai')).toContain('3月15日');
  });

  test('money carries the sign of its currency and all of its digits', () => {
    expect(spoken().money(minor(1_250), 'CNY')).toBe('¥12.50');
    expect(createTranslator('en', { words: EN }).money(minor(1_250), 'CNY')).toBe('¥12.50');
  });

  test('Arabic picks among its six plural forms, keeps Latin digits, and isolates what is put into a sentence', () => {
    const { t, direction, money, time } = spoken('ar');
    expect(direction).toBe('rtl');
    const counted = [0, 1, 2, 3, 11, 100].map((count) => t('till.count', { count }));
    expect(counted).toEqual(['لا بنود', 'بند واحد', 'بندان', '3 بنود', '11 بندًا', '100 بند']);
    expect(t('say.due', { total: 'X' })).toContain('\u2068X\u2069');
    expect(money(minor(1_250), 'CNY')).toContain('12.50');
    expect(time(Date.UTC(2026, 2, 14, 17, 5), 'Asia/Shanghai')).toBe('01:05');
  });

  test('words that have not been fetched are asked for by name', () => {
    const early = createTranslator('en', { words: EN });
    expect(() => wordsOf(early, 'payments')).toThrow('words-not-loaded: payments');
  });
});
