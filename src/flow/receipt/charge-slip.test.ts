import { describe, expect, test } from 'vitest';
import type { Approval } from '../../domain/approval.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, RefundId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import { type ReceiptDocument, ReceiptDocumentSchema } from '../../domain/receipt.ts';
import { RECEIPT_WORDS } from '../../i18n/receipt-words.ts';
import { type Charge, chargeSlip, needsChargeSlip, refundSlip } from './charge-slip.ts';
import type { SlipContext } from './document.ts';

const context: SlipContext = {
  shop: {
    name: '小面馆',
    trade: 'catering',
    language: 'zh-CN',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    cutoffHour: 4,
    rounding: 'none',
  },
  words: RECEIPT_WORDS['zh-CN'],
  operatorName: '店主',
  training: false,
};
const AT = Date.parse('2026-11-22T13:05:00+08:00');
const approval = {
  merchantNumber: '898310000000001',
  terminalNumber: '10000001',
  acquirer: '收单行',
  issuer: '发卡行',
  card: '621799******0018',
  entry: 'chip',
  batch: '000007',
  trace: '000123',
  reference: '123456789012',
  authCode: 'A1B2C3',
  signature: true,
  emv: {
    aid: 'A000000333010101',
    label: 'UNIONPAY',
    tvr: '0000048000',
    tsi: 'E800',
    atc: '0001',
    tc: 'AABBCCDD',
  },
} as unknown as Approval;
const charge = (more: Partial<Charge['attempt']> = {}, said: Approval = approval): Charge => ({
  attempt: { attemptId: 'c'.repeat(32) as AttemptId, tender: 'card', amount: minor(1250), ...more },
  approval: said,
  at: AT,
});
const textOf = (document: ReceiptDocument): string => JSON.stringify(ReceiptDocumentSchema.parse(document));
const FIRST = { copy: 'merchant', duplicate: false } as const;

describe('a 签购单', () => {
  test('has every field that the bank gave, the EMV lines, and the masked card with how it was read', () => {
    const text = textOf(chargeSlip(charge(), FIRST, context));
    for (const part of [
      '商户存根',
      '898310000000001',
      '10000001',
      '收单行',
      '发卡行',
      '621799******0018 /I',
      '消费 SALE',
      '000007',
      '000123',
      '123456789012',
      'A1B2C3',
      '2026-11-22 13:05',
      '￥12.50',
      'AID: A000000333010101',
      'TVR: 0000048000',
      'TC: AABBCCDD',
      'c'.repeat(32),
    ])
      expect(text).toContain(part);
  });

  test('is signed on the copy that the shop keeps, and only where the bank wants it', () => {
    expect(textOf(chargeSlip(charge(), FIRST, context))).toContain('持卡人签名');
    expect(textOf(chargeSlip(charge(), { ...FIRST, copy: 'cardholder' }, context))).not.toContain(
      '持卡人签名',
    );
    const { signature: _, ...unsigned } = approval;
    expect(textOf(chargeSlip(charge({}, unsigned), FIRST, context))).not.toContain('持卡人签名');
  });

  test('leaves out what the channel did not say', () => {
    const text = textOf(chargeSlip(charge({ tender: 'wechat' }, { channelId: '4200' }), FIRST, context));
    expect(text).toContain('4200');
    for (const absent of ['卡号', '批次号', 'AID', '授权码']) expect(text).not.toContain(absent);
  });

  test('shows the tip apart from what was bought', () => {
    const text = textOf(chargeSlip(charge({ tip: minor(250) }), FIRST, context));
    for (const part of ['￥10.00', '小费', '￥2.50', '￥12.50']) expect(text).toContain(part);
  });

  test.each([
    ['void', '撤销 VOID'],
    ['authorisation', '预授权 AUTH'],
    ['completion', '预授权完成'],
    ['completion-cancel', '预授权完成撤销'],
    ['tip', '小费 TIP'],
  ] as const)('says of a %s what it is', (purpose, words) => {
    expect(textOf(chargeSlip({ ...charge({ purpose }), originalTrace: '000099' }, FIRST, context))).toContain(
      words,
    );
  });

  test('of a void names the voucher it takes back', () => {
    const text = textOf(
      chargeSlip({ ...charge({ purpose: 'void' }), originalTrace: '000099' }, FIRST, context),
    );
    expect(text).toContain('原凭证号');
    expect(text).toContain('000099');
  });

  test('carries 重打印 twice when it is not the first, and says when no real money moved', () => {
    const again = textOf(chargeSlip(charge(), { ...FIRST, duplicate: true }, context));
    expect(again.split('重打印')).toHaveLength(3);
    expect(textOf(chargeSlip(charge({}, { ...approval, demo: true }), FIRST, context))).toContain('不是真钱');
    expect(textOf(chargeSlip(charge(), FIRST, { ...context, training: true }))).toContain('非真实交易');
  });

  test('says that a bank has not seen it yet when the terminal stored it', () => {
    expect(textOf(chargeSlip(charge({}, { ...approval, offline: true }), FIRST, context))).toContain(
      '脱机交易',
    );
  });

  test('is made for cards that a bank approved, and for nothing else', () => {
    const payment = { attemptId: 'c'.repeat(32) as AttemptId, amount: minor(1) };
    expect(needsChargeSlip({ ...payment, tender: 'card', approval })).toBe(true);
    expect(needsChargeSlip({ ...payment, tender: 'card' })).toBe(false);
    expect(needsChargeSlip({ ...payment, tender: 'wechat', approval })).toBe(false);
  });
});

test('the slip of a refund says what went back, by which way, for which sale', () => {
  const part = { attemptId: 'd'.repeat(32) as AttemptId, original: 'c'.repeat(32) as AttemptId };
  const text = textOf(
    refundSlip(
      {
        refundId: 'e'.repeat(32) as RefundId,
        saleId: 'a'.repeat(32) as SaleId,
        kind: 'refund',
        day: '2026-11-22' as BusinessDay,
        currency: 'CNY',
        lines: [],
        amount: minor(900),
        points: minor(50),
        parts: [
          { ...part, tender: 'wechat', amount: minor(600) },
          { ...part, tender: 'cash', amount: minor(300) },
        ],
      },
      { number: '01-ABC123-000005', at: AT, duplicate: true },
      context,
    ),
  );
  for (const each of [
    '退货',
    '01-ABC123-000005',
    '-￥6.00',
    '-￥3.00',
    '-￥9.00',
    '退回积分',
    '￥0.50',
    '重打印',
    '持卡人签名',
  ])
    expect(text).toContain(each);
});
