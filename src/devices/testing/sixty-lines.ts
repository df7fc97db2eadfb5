import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';

/** A slip of 60 mixed lines: hanzi, ASCII, ￥, long names, large sizes, a QR code. */
export function sixtyLines(): ReceiptDocument {
  const names = [
    '龙井茶 250g',
    'Coca-Cola 330ml',
    '小笼包',
    '特级初榨橄榄油 Extra Virgin 500ml 家庭装',
    'A4 纸',
    '鸡蛋',
  ];
  const items: ReceiptBlock[] = Array.from({ length: 46 }, (_, index) => ({
    kind: 'item',
    name: `${index + 1}. ${names[index % names.length]}`,
    quantity: `${(index % 5) + 1}`,
    price: `${(index * 7.3 + 1).toFixed(2)}`,
    amount: `${((index * 7.3 + 1) * ((index % 5) + 1)).toFixed(2)}`,
  }));
  return {
    v: 1,
    language: 'zh-CN',
    blocks: [
      { kind: 'text', text: '小机便利店', align: 'center', size: 'large', bold: true },
      { kind: 'text', text: 'Xiaoji · 收银小票', align: 'center' },
      { kind: 'pair', left: '单号', right: 'A1-7K3M9Q-000042' },
      { kind: 'pair', left: '时间 Time', right: '2026-11-22 13:35' },
      { kind: 'rule' },
      ...items,
      { kind: 'rule', character: '=' },
      { kind: 'pair', left: '合计', right: '¥12,345.67', size: 'large', bold: true },
      { kind: 'pair', left: '现金 Cash', right: '￥12,400.00' },
      { kind: 'pair', left: '找零 Change', right: '￥54.33' },
      { kind: 'text', text: '谢谢惠顾 Thank you', align: 'center', size: 'huge' },
      { kind: 'text', text: '商家保留解释权。退换货请于七日内凭小票办理。' },
      { kind: 'qr', data: 'https://pay.example/r/A1-7K3M9Q-000042', caption: '电子小票' },
      { kind: 'text', text: '右', align: 'right' },
      { kind: 'feed', lines: 1 },
    ],
  };
}
