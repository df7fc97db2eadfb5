import type { Attempt } from '../../domain/attempt.ts';
import { receiptNumber } from '../../domain/ids.ts';
import type { SaleRecord } from '../../domain/journal.ts';
import type { Minor } from '../../domain/money.ts';
import { toDecimal } from '../../domain/money-format.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';
import type { Line, OpenSale } from '../../domain/sale.ts';
import type { Shop } from '../../domain/shop.ts';
import { changeDue } from '../../domain/tender.ts';
import type { ReceiptWords } from './words.ts';

export interface SlipContext {
  readonly shop: Shop;
  readonly words: ReceiptWords;
  readonly operatorName: string;
  readonly training: boolean;
}

/** Signs as they are printed. U+FFE5 stands in every two-byte Chinese font; U+00A5 does not (facts: GB18030). */
const SIGNS: Partial<Record<Shop['currency'], string>> = {
  CNY: '￥',
  JPY: '￥',
  HKD: 'HK$',
  USD: '$',
  EUR: 'EUR ',
  GBP: 'GBP ',
};

const money = (amount: Minor, shop: Shop): string =>
  `${SIGNS[shop.currency] ?? `${shop.currency} `}${toDecimal(amount, shop.currency)}`;

/** Thousandths as a person writes a quantity: 2, 1.5. */
export function quantity(milli: number): string {
  return String(milli / 1000);
}

/** `2026-11-22 13:05` in the shop's own time zone, the same in every language. */
export function printedTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}

/** The slip of a paid sale. `duplicate` marks it 重打印: it is not the first paper. */
export function saleSlip(
  record: SaleRecord,
  duplicate: boolean,
  receiptUrl: string,
  context: SlipContext,
): ReceiptDocument {
  const { shop, words } = context;
  const { sale, till, head, at } = record;
  const blocks: ReceiptBlock[] = [
    ...headOf(context, duplicate),
    { kind: 'pair', left: words.number, right: receiptNumber(till, head.epoch, head.seq) },
    { kind: 'pair', left: words.date, right: printedTime(at, shop.timeZone) },
    { kind: 'pair', left: words.operator, right: context.operatorName },
    { kind: 'rule' },
    ...sale.lines.map((line) => itemOf(line, context)),
    { kind: 'rule' },
  ];
  if (sale.rounding !== 0) {
    blocks.push({ kind: 'pair', left: words.subtotal, right: money(sale.subtotal, shop) });
    blocks.push({ kind: 'pair', left: words.rounding, right: money(sale.rounding, shop) });
  }
  blocks.push({ kind: 'pair', left: words.total, right: money(sale.total, shop), size: 'large', bold: true });
  for (const { tender, tendered, amount } of sale.payments) {
    blocks.push({ kind: 'pair', left: words.tenders[tender], right: money(amount, shop) });
    if (tendered === undefined) continue;
    blocks.push({ kind: 'pair', left: words.tendered, right: money(tendered, shop) });
    blocks.push({ kind: 'pair', left: words.change, right: money(changeDue(amount, tendered), shop) });
  }
  blocks.push({ kind: 'rule' });
  if (!context.training) blocks.push({ kind: 'qr', data: receiptUrl, caption: words.scan });
  blocks.push({ kind: 'text', text: words.thanks, align: 'center' }, ...footOf(context, duplicate));
  return { v: 1, language: shop.language, blocks };
}

/** Proof for the customer when the till cannot write: amount and reference, and that it is not on record yet. */
export function unsavedSlip(
  sale: OpenSale,
  attempt: Attempt,
  at: number,
  context: SlipContext,
): ReceiptDocument {
  const { shop, words } = context;
  return {
    v: 1,
    language: shop.language,
    blocks: [
      { kind: 'text', text: shop.name, align: 'center', bold: true },
      { kind: 'text', text: words.unsaved, bold: true },
      { kind: 'rule', character: '=' },
      { kind: 'pair', left: words.total, right: money(sale.total, shop), size: 'large', bold: true },
      { kind: 'pair', left: words.date, right: printedTime(at, shop.timeZone) },
      { kind: 'text', text: words.number },
      { kind: 'text', text: attempt.attemptId },
      { kind: 'rule', character: '=' },
      ...footOf(context, false),
    ],
  };
}

/** A slip that proves the printer: hanzi, a price, and a ruler that shows the columns. */
export function testSlip(columns: number, at: number, context: SlipContext): ReceiptDocument {
  const { shop, words } = context;
  const ruler = Array.from({ length: columns }, (_, index) => String((index + 1) % 10)).join('');
  return {
    v: 1,
    language: shop.language,
    blocks: [
      { kind: 'text', text: shop.name, align: 'center', bold: true },
      { kind: 'text', text: words.testTitle, align: 'center', size: 'large' },
      { kind: 'text', text: ruler },
      { kind: 'pair', left: '收银小票', right: '￥12.50' },
      { kind: 'pair', left: words.date, right: printedTime(at, shop.timeZone) },
      { kind: 'rule', character: '=' },
      { kind: 'text', text: words.testText },
      { kind: 'feed', lines: 1 },
    ],
  };
}

function headOf({ shop, words, training }: SlipContext, duplicate: boolean): readonly ReceiptBlock[] {
  const blocks: ReceiptBlock[] = [];
  if (training) blocks.push({ kind: 'text', text: words.training, align: 'center', bold: true });
  blocks.push({ kind: 'text', text: shop.name, align: 'center', size: 'large', bold: true });
  if (duplicate) blocks.push({ kind: 'text', text: words.duplicate, align: 'center', bold: true });
  blocks.push({ kind: 'rule', character: '=' });
  return blocks;
}

function footOf({ words, training }: SlipContext, duplicate: boolean): readonly ReceiptBlock[] {
  const blocks: ReceiptBlock[] = [];
  if (duplicate) blocks.push({ kind: 'text', text: words.duplicate, align: 'center' });
  if (training) blocks.push({ kind: 'text', text: words.training, align: 'center', bold: true });
  return blocks;
}

function itemOf(line: Line, { shop, words }: SlipContext): ReceiptBlock {
  return {
    kind: 'item',
    name: line.name === '' ? words.amountLine : line.name,
    quantity: quantity(line.quantityMilli),
    price: toDecimal(line.price, shop.currency),
    amount: toDecimal(line.amount, shop.currency),
  };
}
