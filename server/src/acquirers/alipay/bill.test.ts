import { describe, expect, it } from 'vitest';
import { billLines } from './bill.ts';
import { zipFile } from './testing/zip-file.ts';

/** GBK of a text, by trying every two-byte pair once. */
const GBK = new Map<string, Buffer>();
for (let high = 0x81; high <= 0xfe; high++) {
  for (let low = 0x40; low <= 0xfe; low++) {
    if (low === 0x7f) continue;
    const pair = Buffer.from([high, low]);
    const char = new TextDecoder('gb18030').decode(pair);
    if (char.length === 1 && !GBK.has(char)) GBK.set(char, pair);
  }
}
const gbk = (text: string): Buffer =>
  Buffer.concat(
    [...text].map((char) => (char < '\u0080' ? Buffer.from(char) : (GBK.get(char) ?? Buffer.from('?')))),
  );

const REQUEST = 'b'.repeat(32);
const DETAILS = [
  '#支付宝业务明细查询',
  '#账号：[20880000000000010156]',
  '#起始日期：[2026年11月22日 00:00:00]   终止日期：[2026年11月23日 00:00:00]',
  '#-----------------------------------------业务明细列表----------------------------------------',
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）,分润（元）,备注',
  '20261122\t,a1\t,交易\t,"咖啡,大杯"\t,2026-11-22 12:00:00,2026-11-22 12:00:01,,,,A1,*,12.05,12.05,,-0.07,0.00,',
  `20261122\t,a1\t,退款\t,咖啡\t,2026-11-22 12:10:00,2026-11-22 12:10:01,,,,A1,*,-5.00,-5.00,${REQUEST}\t,0.03,0.00,`,
  '20261123\t,a2\t,退款\t,咖啡\t,2026-11-22 12:20:00,2026-11-22 12:20:01,,,,A1,*,-3.00,-3.00,,0.00,0.00,',
  '#-----------------------------------------业务明细列表结束------------------------------------',
  '#交易合计：1笔，商家实收共12.05元',
  '#导出时间：[2026年11月23日 10:00:00]',
].join('\r\n');

const file = (name: string, text: string) => ({ name: gbk(name), bytes: gbk(text) });
const ARCHIVE = [
  file('2088_20261122_业务明细.csv', DETAILS),
  file('2088_20261122_业务明细(汇总).csv', '#支付宝业务汇总查询'),
];

const LINES = [
  {
    kind: 'payment',
    reference: 'a1',
    channelId: '20261122',
    amount: 1205,
    fee: 7,
    at: Date.UTC(2026, 10, 22, 4, 0, 1),
  },
  {
    kind: 'refund',
    reference: REQUEST,
    channelId: '20261122',
    amount: -500,
    fee: -3,
    at: Date.UTC(2026, 10, 22, 4, 10, 1),
  },
  {
    kind: 'reversal',
    reference: 'a2',
    channelId: '20261123',
    amount: -300,
    fee: 0,
    at: Date.UTC(2026, 10, 22, 4, 20, 1),
  },
];

describe('the bill', () => {
  it('is read from a zip of GBK tables, details only', () => {
    expect(billLines(zipFile(ARCHIVE))).toEqual(LINES);
    expect(billLines(zipFile(ARCHIVE.map((each) => ({ ...each, stored: true }))))).toEqual(LINES);
  });

  it('is read from a bare table', () => {
    expect(billLines(gbk(DETAILS))).toEqual(LINES);
  });

  it.each([
    ['is cut short anywhere', () => zipFile(ARCHIVE).subarray(0, -30)],
    ['has no table', () => zipFile([file('readme.txt', 'x')])],
    [
      'claims to be larger than a bill can be',
      () => zipFile([{ ...file('业务明细.csv', DETAILS), size: 2 ** 31 }]),
    ],
    ['unpacks to more than it claims', () => zipFile([{ ...file('业务明细.csv', DETAILS), size: 10 }])],
    ['has too many files', () => zipFile(Array.from({ length: 17 }, () => file('业务明细.csv', DETAILS)))],
    ['has another header', () => gbk(DETAILS.replace('业务类型', '类型'))],
    ['has an unknown kind of line', () => gbk(DETAILS.replace('交易\t', '红包\t'))],
    ['has a part of a fen', () => gbk(DETAILS.replace('-0.07', '-0.071'))],
    ['is empty', () => Buffer.alloc(0)],
  ])('is refused whole when it %s', (_name, bytes) => {
    expect(() => billLines(bytes())).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('never throws anything else, whatever the bytes', () => {
    const archive = zipFile(ARCHIVE);
    for (let at = 0; at < archive.length; at++) {
      const broken = Buffer.from(archive);
      broken[at] = (broken[at] ?? 0) ^ 0xff;
      try {
        billLines(broken);
      } catch (error) {
        expect(error).toMatchObject({ code: 'malformed' });
      }
    }
  });
});
