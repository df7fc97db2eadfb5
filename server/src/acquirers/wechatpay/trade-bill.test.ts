import { describe, expect, it } from 'vitest';
import { billIsWhole, tradeBillLines } from './trade-bill.ts';

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const row = (cells: Record<string, string>): string =>
  HEADER.split(',')
    .map((name) => `\`${cells[name] ?? ''}`)
    .join(',');
const COMMON = { 交易时间: '2026-11-22 12:00:01', 商户号: '1900000001', 微信订单号: '42', 商户订单号: 'a1' };
const BILL = [
  HEADER,
  row({
    ...COMMON,
    交易状态: 'SUCCESS',
    应结订单金额: '12.05',
    订单金额: '12.05',
    手续费: '0.07000',
    商品名称: '咖啡,大杯',
  }),
  row({
    ...COMMON,
    交易状态: 'REFUND',
    微信退款单号: '50',
    商户退款单号: 'r1',
    退款金额: '5.00',
    手续费: '-0.03000',
    应结订单金额: '0.00',
  }),
  row({ ...COMMON, 商户订单号: 'a2', 交易状态: 'REVOKED', 退款金额: '3.00', 手续费: '0.00000' }),
  '总交易单数,应结订单总金额,退款总金额',
  '`3,`12.05,`8.00',
  '',
].join('\r\n');

describe('the trade bill', () => {
  it('is read with its backticks, its commas in names, and refunds as negative amounts', () => {
    const at = Date.UTC(2026, 10, 22, 4, 0, 1);
    expect(tradeBillLines(`\uFEFF${BILL}`, '1900000001')).toEqual([
      { kind: 'payment', reference: 'a1', channelId: '42', amount: 1205, fee: 7, at },
      { kind: 'refund', reference: 'r1', channelId: '50', amount: -500, fee: -3, at },
      { kind: 'reversal', reference: 'a2', channelId: '42', amount: -300, fee: 0, at },
    ]);
  });

  it.each([
    ['another header', BILL.replace('交易状态', '状态')],
    ['a line of another merchant', BILL.replace('`1900000001', '`1900000002')],
    ['an unknown state', BILL.replace('SUCCESS', 'MAYBE')],
    ['a part of a fen', BILL.replace('`0.07000', '`0.07100')],
    ['no time', BILL.replace('2026-11-22 12:00:01', '2026-13-22 12:00:01')],
    ['nothing', ''],
  ])('is refused whole with %s', (_name, text) => {
    expect(() => tradeBillLines(text, '1900000001')).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('must be the file that was announced', () => {
    const bytes = new TextEncoder().encode('abc');
    expect(billIsWhole(bytes, { type: 'SHA1', value: 'A9993E364706816ABA3E25717850C26C9CD0D89D' })).toBe(
      true,
    );
    expect(billIsWhole(bytes, { type: 'SHA1', value: 'a9993e364706816aba3e25717850c26c9cd0d89e' })).toBe(
      false,
    );
    expect(billIsWhole(bytes, { type: 'MD5', value: 'a9993e364706816aba3e25717850c26c9cd0d89d' })).toBe(
      false,
    );
  });
});
