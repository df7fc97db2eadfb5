import type { Attempt } from '../../domain/attempt.ts';
import { receiptNumber } from '../../domain/ids.ts';
import type { SaleRecord } from '../../domain/journal.ts';
import { toDecimal } from '../../domain/money-format.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';
import type { Line, OpenSale } from '../../domain/sale.ts';
import type { Shop } from '../../domain/shop.ts';
import { changeDue } from '../../domain/tender.ts';
import { paymentRows } from './payment-rows.ts';
import { money, printedTime } from './printed.ts';
import type { ReceiptWords } from './words.ts';

export interface SlipContext {
  readonly shop: Shop;
  readonly words: ReceiptWords;
  readonly operatorName: string;
  readonly training: boolean;
}

/** Thousandths as a person writes a quantity: 2, 1.5. */
export function quantity(milli: number): string {
  return String(milli / 1000);
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
  blocks.push(...betweenOf(sale, context));
  blocks.push({ kind: 'pair', left: words.total, right: money(sale.total, shop), size: 'large', bold: true });
  if (sale.tip !== undefined) blocks.push({ kind: 'pair', left: words.tip, right: money(sale.tip, shop) });
  for (const payment of sale.payments) {
    const { tender, tendered, amount } = payment;
    blocks.push({ kind: 'pair', left: words.tenders[tender], right: money(amount, shop) });
    blocks.push(...paymentRows(payment, words));
    if (tendered === undefined) continue;
    blocks.push({ kind: 'pair', left: words.tendered, right: money(tendered, shop) });
    blocks.push({ kind: 'pair', left: words.change, right: money(changeDue(amount, tendered), shop) });
  }
  if (sale.payments.some((payment) => payment.approval?.demo === true))
    blocks.push({ kind: 'text', text: words.demo, align: 'center', bold: true });
  blocks.push({ kind: 'rule' });
  if (!context.training) blocks.push({ kind: 'qr', data: receiptUrl, caption: words.scan });
  blocks.push({ kind: 'text', text: words.thanks, align: 'center' }, ...footOf(context, duplicate));
  return { v: 1, language: shop.language, blocks };
}

/** What stands between the sum of the lines and the total: nothing, or discount, points and rounding. */
function betweenOf({ subtotal, adjustments = [], rounding }: OpenSale, { shop, words }: SlipContext) {
  const rows = adjustments.map(({ kind, amount }) => [words.adjustments[kind], amount] as const);
  if (rounding !== 0) rows.push([words.rounding, rounding]);
  if (rows.length === 0) return [];
  return [[words.subtotal, subtotal] as const, ...rows].map(
    ([left, amount]) => ({ kind: 'pair', left, right: money(amount, shop) }) as const,
  );
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
