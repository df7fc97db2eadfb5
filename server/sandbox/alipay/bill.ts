import { crc32, deflateRawSync } from 'node:zlib';
import { listedRefunds } from '../books.ts';
import type { WalletOrder } from '../wallet/wallet.ts';
import { beijingDay, beijingStamp } from '../world.ts';
import { yuan } from './shapes.ts';

const COLUMNS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注';
const RULE = '-----------------------------------------业务明细列表';
/** 0.60 % in ten-thousandths. */
const RATE = 60;

interface Line {
  readonly at: number;
  readonly amount: number;
  readonly text: string;
}

/** The trade details of one day (Beijing) as Alipay's CSV text; undefined when nothing happened. */
export function billText(
  orders: readonly WalletOrder[],
  day: string,
  account: string,
  now: number,
): string | undefined {
  const lines = orders
    .flatMap(orderLines)
    .filter((line) => beijingDay(line.at) === day)
    .sort((a, b) => a.at - b.at);
  if (lines.length === 0) return undefined;
  const paid = lines.filter((line) => line.amount > 0);
  const back = lines.filter((line) => line.amount < 0);
  const total = (some: readonly Line[]): string => yuan(some.reduce((sum, line) => sum + line.amount, 0));
  return `${[
    '#支付宝业务明细查询',
    `#账号：[${account}0156]`,
    `#起始日期：[${day} 00:00:00]   终止日期：[${day} 23:59:59]`,
    `#${RULE}${'-'.repeat(40)}`,
    COLUMNS,
    ...lines.map((line) => line.text),
    `#${RULE}结束${'-'.repeat(36)}`,
    `#交易合计：${paid.length}笔，商家实收共${total(paid)}元，商家优惠共0.00元`,
    `#退款合计：${back.length}笔，商家实收退款共${total(back)}元，商家优惠退款共0.00元`,
    `#导出时间：[${beijingStamp(now)}]`,
  ].join('\r\n')}\r\n`;
}

function orderLines(order: WalletOrder): Line[] {
  const { book } = order;
  if (book.paidAt === undefined) return [];
  return [
    line(order, { at: book.paidAt, amount: book.paid, refund: '' }),
    ...listedRefunds(book).map(({ at, amount, id }) => line(order, { at, amount: -amount, refund: id })),
  ];
}

function line(order: WalletOrder, event: { at: number; amount: number; refund: string }): Line {
  const { at, amount, refund } = event;
  const fee = Math.round((amount * RATE) / 10_000);
  const values = [
    order.book.providerId,
    order.book.order,
    amount > 0 ? '交易' : '退款',
    order.request.subject.replaceAll(',', ' '),
    beijingStamp(order.book.createdAt),
    beijingStamp(at),
    '',
    '',
    '',
    '',
    '*玩家(159****5620)',
    yuan(amount),
    yuan(amount),
    '0.00',
    '0.00',
    '0.00',
    '0.00',
    '0.00',
    '',
    '0.00',
    '0.00',
    refund,
    yuan(-fee),
    '0.00',
    '',
  ];
  // A tab after every value keeps spreadsheets from rounding long numbers.
  return { at, amount, text: values.map((value) => `${value}\t`).join(',') };
}

/** GBK bytes of a text, by turning the decoder round; '?' for what GBK does not have. */
export function gbk(text: string): Buffer {
  const pairs: number[] = [];
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) if (low !== 0x7f) pairs.push(high, low);
  }
  const decoded = new TextDecoder('gbk').decode(Uint8Array.from(pairs));
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const index = code < 0x80 ? -1 : decoded.indexOf(character);
    if (code < 0x80) bytes.push(code);
    else if (index < 0) bytes.push(0x3f);
    else bytes.push(pairs[index * 2] ?? 0x3f, pairs[index * 2 + 1] ?? 0x3f);
  }
  return Buffer.from(bytes);
}

/** A ZIP archive with one deflated file: what Alipay's link really gives. */
export function zipOne(name: Uint8Array, content: Uint8Array): Buffer {
  const packed = deflateRawSync(content);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0); // version needed
  common.writeUInt16LE(8, 4); // deflate
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed]);
  const directory = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    common,
    Buffer.alloc(14), // comment, disk, attributes, offset of the only file
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}
