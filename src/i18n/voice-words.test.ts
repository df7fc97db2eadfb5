import { expect, test } from 'vitest';
import { LANGUAGES } from '../domain/language.ts';
import { minor } from '../domain/money.ts';
import { TENDERS } from '../domain/tender.ts';
import { voiceSentence } from './voice-words.ts';

const wechat = {
  kind: 'received',
  tender: 'wechat',
  amount: minor(1_250),
  currency: 'CNY',
  play: false,
} as const;

test('a wallet is called by its name, with the amount and its unit', () => {
  expect(voiceSentence(wechat, 'zh-CN')).toBe('微信收款 12.50 元');
  expect(voiceSentence({ ...wechat, tender: 'alipay' }, 'zh-CN')).toBe('支付宝到账 12.50 元');
  expect(voiceSentence({ ...wechat, tender: 'cash' }, 'zh-CN')).toBe('收款成功 12.50 元');
  expect(voiceSentence(wechat, 'en')).toBe('WeChat Pay received, 12.50 yuan');
});

test('a round sum is said without its cents', () => {
  expect(voiceSentence({ ...wechat, amount: minor(10_000) }, 'zh-CN')).toBe('微信收款 100 元');
});

test('play money is called so first', () => {
  for (const language of LANGUAGES) {
    const real = voiceSentence(wechat, language);
    const play = voiceSentence({ ...wechat, play: true }, language);
    expect(play.endsWith(real)).toBe(true);
    expect(play.length).toBeGreaterThan(real.length);
  }
});

test('every tender in every language leaves no hole, and other currencies are named', () => {
  for (const language of LANGUAGES) {
    for (const tender of TENDERS)
      for (const kind of ['received', 'refunded'] as const)
        expect(voiceSentence({ ...wechat, kind, tender }, language)).not.toMatch(/[{}]/);
    expect(voiceSentence({ ...wechat, currency: 'USD' }, language)).not.toMatch(/[{}]| 元|yuan/);
  }
});
