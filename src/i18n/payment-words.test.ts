import { describe, expect, test } from 'vitest';
import { declineOf } from './decline.ts';
import { EN_PAYMENT_PROBLEMS } from './en-payment-problems.ts';
import { EN_PAYMENTS } from './en-payments.ts';
import type { Message } from './message.ts';
import { PAYMENT_PROBLEMS } from './payment-problems.ts';
import { paymentSpeaker } from './payment-words.ts';
import { spoken } from './testing/spoken.ts';
import { ZH_CN_PAYMENT_PROBLEMS } from './zh-cn-payment-problems.ts';
import { type PaymentKey, ZH_CN_PAYMENTS } from './zh-cn-payments.ts';

const forms = (message: Message): readonly string[] =>
  typeof message === 'string' ? [message] : Object.values(message);
const zh = paymentSpeaker(spoken());

describe('words of payments', () => {
  test('an unknown result has the words that were agreed, in both languages', () => {
    const en = paymentSpeaker(spoken('en'));
    expect(zh.t('live.unknown', { seconds: 12 })).toBe('结果未知，请勿重复收款，正在查询（12 秒）');
    expect(en.t('live.unknown', { seconds: 12 })).toBe(
      'Result not known. Do not charge again. Checking (12 s)',
    );
  });

  test('no text of an attempt under way says failed', () => {
    for (const key of Object.keys(ZH_CN_PAYMENTS) as PaymentKey[]) {
      if (!/^(live|state)\./.test(key)) continue;
      expect(ZH_CN_PAYMENTS[key], key).not.toMatch(/失败/);
      for (const form of forms(EN_PAYMENTS[key])) expect(form, key).not.toMatch(/fail/i);
    }
  });
});

describe('what a payment flow refuses', () => {
  test('has a title, a meaning and something to do, and says whether money and data are safe', () => {
    for (const texts of [ZH_CN_PAYMENT_PROBLEMS, EN_PAYMENT_PROBLEMS]) {
      for (const [code, text] of Object.entries(texts))
        for (const part of [text.title, text.meaning, text.action]) expect(part.trim(), code).not.toBe('');
    }
    for (const code of Object.keys(PAYMENT_PROBLEMS)) {
      const article = zh.problem(code);
      expect([article.code, article.money, article.data, article.retry].every(Boolean), code).toBe(true);
    }
  });

  test('of another family is explained by the translator, with its own code', () => {
    expect(zh.problem('quota').code).toBe('storage.quota');
    expect(zh.problem('attempt-conflict').code).toBe('server.attempt-conflict');
  });
});

describe('why a channel said no', () => {
  test.each([
    ['notenough', 'funds'],
    ['not-enough', 'funds'],
    ['buyer-balance-not-enough', 'funds'],
    ['insufficient-funds', 'funds'],
    ['host-51', 'funds'],
    ['code-51', 'funds'],
    ['auth_code_invalid', 'code-invalid'],
    ['auth-code-invalid', 'code-invalid'],
    ['payment-auth-code-invalid', 'code-invalid'],
    ['authcodeexpire', 'code-expired'],
    ['auth-code-expire', 'code-expired'],
    ['host-54', 'card-expired'],
    ['host-55', 'pin'],
    ['host-61', 'limit'],
    ['rule-limit', 'limit'],
    ['buyer-payment-amount-day-limit-error', 'limit'],
    ['beyond-pay-restriction', 'limit'],
    ['trade-buyer-not-match', 'account'],
    ['buyer-enable-status-forbid', 'account'],
    ['no-auth', 'merchant'],
    ['rail-unavailable', 'merchant'],
    ['userpaying', 'timeout'],
    ['not-scanned', 'timeout'],
    ['trade-closed', 'timeout'],
    ['cancelled', 'cancelled'],
    ['offline', 'offline'],
    ['no-device', 'device'],
    ['aac', 'chip'],
    ['card-declined', 'chip'],
    ['operator', 'operator'],
    ['window', 'no-answer'],
    ['restart', 'restart'],
    ['host-91', 'issuer'],
    ['host-z9', 'other'],
    ['host-99', 'other'],
    ['brand-new-code', 'other'],
  ] as const)('%s is %s', (reason, family) => {
    expect(declineOf(reason)).toBe(family);
    expect(zh.decline(reason).action.trim()).not.toBe('');
  });
});
