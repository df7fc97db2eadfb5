import { expect, test } from 'vitest';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, Epoch, LineId, OperatorId, SaleId, TillId } from '../../domain/ids.ts';
import type { SaleRecord } from '../../domain/journal.ts';
import { minor } from '../../domain/money.ts';
import { type ReceiptDocument, ReceiptDocumentSchema } from '../../domain/receipt.ts';
import { RECEIPT_WORDS } from '../../i18n/receipt-words.ts';
import { quantity, type SlipContext, saleSlip, testSlip, unsavedSlip } from './document.ts';
import { printedTime } from './printed.ts';

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
const attemptId = 'c'.repeat(32) as AttemptId;
const saleId = 'a'.repeat(32) as SaleId;
const record: SaleRecord = {
  sale: {
    saleId,
    day: '2026-11-22' as BusinessDay,
    currency: 'CNY',
    lines: [
      { id: 'b'.repeat(32) as LineId, name: '', quantityMilli: 2000, price: minor(628), amount: minor(1256) },
    ],
    subtotal: minor(1256),
    rounding: minor(-6),
    total: minor(1250),
    payments: [{ attemptId, tender: 'cash', amount: minor(1250), tendered: minor(2000) }],
  },
  till: '01' as TillId,
  head: { epoch: 'ABC123' as Epoch, seq: 5, hash: 'd'.repeat(64) },
  position: 5,
  at: Date.parse('2026-11-22T13:05:00+08:00'),
  operator: 'owner' as OperatorId,
  sig: 'SIG',
  papers: 0,
  paper: 'none',
};
const textOf = (document: ReceiptDocument): string => JSON.stringify(ReceiptDocumentSchema.parse(document));

test('a slip says what was sold, given and given back, in the shop time', () => {
  const text = textOf(saleSlip(record, false, 'https://x/r', context));
  for (const part of [
    '小面馆',
    '01-ABC123-000005',
    '2026-11-22 13:05',
    '12.56',
    '-0.06',
    '￥12.50',
    '￥20.00',
    '￥7.50',
    'https://x/r',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('重打印');
});

test('a second paper carries 重打印 twice, where scissors cannot take it off', () => {
  expect(textOf(saleSlip(record, true, 'u', context)).split('重打印')).toHaveLength(3);
});

test('training shows on top and bottom and has no link to a receipt that does not exist', () => {
  const text = textOf(saleSlip(record, false, 'https://x/r', { ...context, training: true }));
  expect(text.split('非真实交易')).toHaveLength(3);
  expect(text).not.toContain('https://x/r');
});

test('the paper of an unsaved sale has amount and reference, and says that it is not on record', () => {
  const attempt = { attemptId, saleId, tender: 'cash', amount: minor(1250), currency: 'CNY' } as const;
  const text = textOf(unsavedSlip(record.sale, attempt, record.at, context));
  expect(text).toContain('￥12.50');
  expect(text).toContain(attemptId);
  expect(text).toContain(RECEIPT_WORDS['zh-CN'].unsaved);
});

test('the test slip has a ruler as wide as the paper', () => {
  expect(textOf(testSlip(32, record.at, context))).toContain('"12345678901234567890123456789012"');
});

test('quantities and times read the same everywhere', () => {
  expect([quantity(1000), quantity(1500), quantity(250)]).toEqual(['1', '1.5', '0.25']);
  expect(printedTime(Date.parse('2026-01-01T00:00:00Z'), 'Asia/Shanghai')).toBe('2026-01-01 08:00');
});
