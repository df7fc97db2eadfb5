import { describe, expect, test } from 'vitest';
import {
  type CodeTable,
  CodeTableSchema,
  RAIL_TIMINGS,
  RailSchema,
  RailTimingsSchema,
  timingsOf,
  walletOf,
} from './rails.ts';

const digits = (length: number, head: string): string => head.padEnd(length, '4');

describe('whose pay code it is', () => {
  test.each([
    ['wechat', digits(18, '10')],
    ['wechat', digits(18, '15')],
    ['alipay', digits(16, '25')],
    ['alipay', digits(24, '29')],
    ['alipay', digits(18, '30')],
    ['unionpay-qr', digits(19, '62')],
  ])('%s: %s', (wallet, code) => {
    expect(walletOf(code)).toBe(wallet);
  });

  test.each([
    ['WeChat with a digit too many', digits(19, '13')],
    ['WeChat with a digit too few', digits(17, '13')],
    ['a number between WeChat and Alipay', digits(18, '16')],
    ['a number behind Alipay', digits(18, '31')],
    ['Alipay too short', digits(15, '28')],
    ['Alipay too long', digits(25, '28')],
    ['UnionPay of 18 digits', digits(18, '62')],
    ['EAN-8', '96385074'],
    ['EAN-13', '6901234567892'],
    ['GTIN-14', '16901234567899'],
    ['a code with a letter', 'A'.padEnd(18, '1')],
    ['a code with something before it', ` ${digits(18, '13')}`],
    ['a code with something behind it', `${digits(18, '13')}\n`],
    ['nothing', ''],
  ])('%s is nobody’s', (_, code) => {
    expect(walletOf(code)).toBeUndefined();
  });

  test('another table may route a code elsewhere, but never a product’s number', () => {
    const table: CodeTable = [{ wallet: 'alipay', pattern: '\\d+|13' }];
    expect(walletOf(digits(16, '99'), table)).toBe('alipay');
    expect(walletOf(digits(24, '99'), table)).toBe('alipay');
    expect(walletOf('6901234567892', table)).toBeUndefined();
    expect(walletOf(digits(15, '99'), table)).toBeUndefined();
    // The pattern is of the whole code, not of its beginning.
    expect(walletOf(digits(18, '13'), [{ wallet: 'alipay', pattern: '13' }])).toBeUndefined();
  });

  test('a table has known wallets, patterns of 100 characters and at most twenty rows', () => {
    const row = { wallet: 'wechat', pattern: 'x'.repeat(100) };
    expect(CodeTableSchema.parse(Array(20).fill(row))).toHaveLength(20);
    for (const wrong of [
      Array(21).fill(row),
      [{ ...row, pattern: 'x'.repeat(101) }],
      [{ ...row, wallet: 'cash' }],
      [{ ...row, note: '' }],
      [{}],
    ])
      expect(CodeTableSchema.safeParse(wrong).success).toBe(false);
  });
});

describe('how long a rail is waited for', () => {
  // Seconds: first inquiry, then every, window, no undo before, one answer. Sources stand at the figures.
  test.each([
    ['wechat', 'customer-code', [5, 5, 45, 15, 10]],
    ['alipay', 'customer-code', [3, 4, 60, 0, 10]],
    ['unionpay-qr', 'customer-code', [3, 4, 60, 0, 10]],
    ['wechat', 'shop-code', [2, 2, 120, 0, 10]],
    ['alipay', 'shop-code', [2, 2, 120, 0, 10]],
    ['unionpay-qr', 'shop-code', [2, 2, 120, 0, 10]],
    ['card', 'reader', [1, 5, 30, 0, 60]],
    ['card', 'terminal', [2, 5, 120, 0, 120]],
    ['stored-value', undefined, [1, 5, 30, 0, 60]],
    ['card', undefined, [1, 5, 30, 0, 60]],
  ] as const)('%s by %s', (tender, method, seconds) => {
    const timings = timingsOf(tender, method);
    expect([
      timings.firstInquiryMs,
      timings.inquireEveryMs,
      timings.windowMs,
      timings.reverseNotBeforeMs,
      timings.answerMs,
    ]).toEqual(seconds.map((each) => each * 1000));
    expect(timings).toMatchObject({ reverseEveryMs: 5_000, reverseLongestMs: 60_000, reversalsMax: 20 });
  });

  test('a way that is not listed waits as a bank host does, whatever the tender is called', () => {
    expect(RAIL_TIMINGS['stored-value/']).toBeUndefined();
    expect(timingsOf('stored-value', undefined)).toEqual(timingsOf('card', 'reader'));
    expect(timingsOf('wechat', undefined)).not.toEqual(timingsOf('wechat', 'customer-code'));
  });

  test('waits are between nothing and an hour, and undoing is tried at least once', () => {
    const good = timingsOf('wechat', 'customer-code');
    for (const right of [
      { windowMs: 0 },
      { windowMs: 3_600_000 },
      { reversalsMax: 1 },
      { reversalsMax: 1_000 },
    ])
      expect(RailTimingsSchema.safeParse({ ...good, ...right }).success).toBe(true);
    for (const wrong of [
      { windowMs: -1 },
      { windowMs: 3_600_001 },
      { windowMs: 0.5 },
      { reversalsMax: 0 },
      { reversalsMax: 1_001 },
      { charge: 1 },
    ])
      expect(RailTimingsSchema.safeParse({ ...good, ...wrong }).success).toBe(false);
  });

  test('what a server offers is a tender, its way and its timings', () => {
    const rail = { tender: 'card', method: 'reader', timings: timingsOf('card', 'reader') };
    expect(RailSchema.parse(rail)).toEqual(rail);
    for (const wrong of [{ tender: 'shells' }, { method: 'mail' }, { timings: {} }, { key: 'secret' }])
      expect(RailSchema.safeParse({ ...rail, ...wrong }).success).toBe(false);
  });
});
