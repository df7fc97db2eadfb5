import { expect, test } from 'vitest';
import { directionOf, LANGUAGES, languageOf, localeOf } from './language.ts';
import { minor } from './money.ts';
import { formatMoney } from './money-format.ts';
import { ShopSchema } from './shop.ts';

test.each([
  ['zh', 'zh-CN'],
  ['zh-CN', 'zh-CN'],
  ['zh-Hans-HK', 'zh-CN'],
  ['zh-TW', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['zh-MO', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['zh-Hant-US', 'zh-TW'],
  ['zh-hk,en;q=0.8', 'zh-TW'],
  ['ar', 'ar'],
  ['ar-EG', 'ar'],
  ['en-GB,zh-CN;q=0.9', 'en'],
  ['arn', 'en'],
  ['fr', 'en'],
  ['', 'en'],
])('a browser that asks for %j gets %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

test('Arabic alone is read from right to left, and writes Latin digits', () => {
  expect(LANGUAGES.filter((each) => directionOf(each) === 'rtl')).toEqual(['ar']);
  expect(formatMoney(minor(-123_456), 'CNY', 'ar')).toBe('\u200e-¥1,234.56');
  expect(new Intl.DateTimeFormat(localeOf('ar'), { dateStyle: 'medium' }).format(0)).toMatch(/\d/);
});

test('shops that were set up in the first two languages are still shops', () => {
  const shop = { name: 'x', trade: 'retail', currency: 'CNY', timeZone: 'Asia/Shanghai', cutoffHour: 4 };
  for (const language of ['zh-CN', 'en', 'zh-TW', 'ar'])
    expect(ShopSchema.safeParse({ ...shop, language, rounding: 'none' }).success, language).toBe(true);
});
