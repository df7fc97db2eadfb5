import { layOut } from '../../src/devices/receipt/layout.ts';
import type { ReceiptDocument } from '../../src/domain/receipt.ts';

export const COLUMNS = 48;
const NAMES = ['龙井茶 250g', '可口可乐 330ml', '小笼包', '初榨橄榄油', 'A4 纸', '鸡蛋'];

/** A slip of 60 Chinese lines. */
export const SLIP: ReceiptDocument = {
  v: 1,
  language: 'zh-CN',
  blocks: Array.from({ length: 60 }, (_, index) => ({
    kind: 'item' as const,
    name: NAMES[index % NAMES.length] ?? '',
    quantity: '2',
    price: '12.50',
    amount: '25.00',
  })),
};

/** The same, laid out already: what the peers are given, and what the least program loops over. */
export const LINES: readonly string[] = layOut(SLIP, COLUMNS).flatMap((part) =>
  part.kind === 'line' ? [part.texts.join('')] : [],
);
