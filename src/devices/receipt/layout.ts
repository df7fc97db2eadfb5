import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';
import { aligned, blanks, cleanColumns, columnsOf, printable, wrap } from './columns.ts';

export type TextSize = 'normal' | 'large' | 'huge';

/**
 * How sizes are magnified. Both large ones are two columns wide, so that the kanji font's own `double` (FS !) and
 * the exact factors (GS !) agree about columns on printers that keep the two apart.
 */
export const MAGNIFICATION: Readonly<Record<TextSize, { readonly width: number; readonly height: number }>> =
  {
    normal: { width: 1, height: 1 },
    large: { width: 2, height: 2 },
    huge: { width: 2, height: 3 },
  };

/** A receipt as paper will show it: every line fits, and its spaces put each figure into its column. */
export type LaidPart =
  | { readonly kind: 'line'; readonly text: string; readonly size: TextSize; readonly bold: boolean }
  | { readonly kind: 'qr'; readonly data: string }
  | { readonly kind: 'feed'; readonly lines: number };

/** Columns of the three figures of an item. A longer figure takes more: figures are never cut. */
interface ItemColumns {
  readonly quantity: number;
  readonly price: number;
  readonly amount: number;
}
const WIDE_ITEM: ItemColumns = { quantity: 6, price: 9, amount: 10 };
const NARROW_ITEM: ItemColumns = { quantity: 5, price: 8, amount: 9 };
/** Papers of fewer columns than this (58 mm) use the narrow figures. */
const WIDE_FROM_COLUMNS = 40;

/** Lays a document out for paper of `columns` half-width characters. Pure; the same document gives the same lines. */
export function layOut(document: ReceiptDocument, columns: number): readonly LaidPart[] {
  const parts: LaidPart[] = [];
  for (const block of document.blocks) layOutBlock(block, columns, parts);
  return parts;
}

function layOutBlock(block: ReceiptBlock, columns: number, parts: LaidPart[]): void {
  switch (block.kind) {
    case 'text':
    case 'pair': {
      const size = block.size ?? 'normal';
      const width = Math.floor(columns / MAGNIFICATION[size].width);
      const lines = block.kind === 'pair' ? pair(block.left, block.right, width) : paragraph(block, width);
      for (const text of lines) parts.push({ kind: 'line', text, size, bold: block.bold ?? false });
      return;
    }
    case 'item':
      for (const text of item(block, columns))
        parts.push({ kind: 'line', text, size: 'normal', bold: false });
      return;
    case 'rule':
      parts.push({
        kind: 'line',
        text: (block.character ?? '-').repeat(columns),
        size: 'normal',
        bold: false,
      });
      return;
    case 'qr':
      parts.push({ kind: 'qr', data: block.data });
      if (block.caption === undefined) return;
      for (const text of wrap(printable(block.caption), columns)) {
        parts.push({ kind: 'line', text: aligned(text, columns, 'center'), size: 'normal', bold: false });
      }
      return;
    case 'feed':
      parts.push({ kind: 'feed', lines: block.lines });
      return;
    default:
      block satisfies never;
  }
}

function paragraph(block: Extract<ReceiptBlock, { kind: 'text' }>, width: number): string[] {
  const align = block.align ?? 'left';
  const lines = block.text.includes('\n') ? block.text.split(/\r?\n/) : [block.text];
  return lines.flatMap((line) => wrap(printable(line), width).map((text) => aligned(text, width, align)));
}

function pair(left: string, right: string, width: number): string[] {
  const label = printable(left);
  const figure = printable(right);
  const figureColumns = columnsOf(figure);
  const free = width - columnsOf(label) - figureColumns;
  if (free >= 1 || (label === '' && free >= 0)) return [label + blanks(free) + figure];
  const lines = wrap(label, width);
  const last = lines.at(-1) ?? '';
  const rest = width - columnsOf(last) - figureColumns;
  if (rest >= 1) {
    lines[lines.length - 1] = last + blanks(rest) + figure;
    return lines;
  }
  // Wider than the paper: nothing of a figure may be lost, so it goes on in the next line.
  return [...lines, ...wrap(figure, width).map((each) => aligned(each, width, 'right'))];
}

type Item = Pick<Extract<ReceiptBlock, { kind: 'item' }>, 'name' | 'quantity' | 'price' | 'amount'>;

/** The line that a slip has most of: its texts are measured in the same pass that finds them fit to be printed. */
function item(block: Item, columns: number): string[] {
  const name = cleanColumns(block.name);
  const quantity = cleanColumns(block.quantity);
  const price = cleanColumns(block.price);
  const amount = cleanColumns(block.amount);
  if (name >= 0 && quantity >= 0 && price >= 0 && amount >= 0) {
    return placeItem(block, { name, quantity, price, amount }, columns);
  }
  const clean: Item = {
    name: printable(block.name),
    quantity: printable(block.quantity),
    price: printable(block.price),
    amount: printable(block.amount),
  };
  const widths = {
    name: columnsOf(clean.name),
    quantity: columnsOf(clean.quantity),
    price: columnsOf(clean.price),
    amount: columnsOf(clean.amount),
  };
  return placeItem(clean, widths, columns);
}

function placeItem(texts: Item, widths: ItemColumns & { readonly name: number }, columns: number): string[] {
  const { name, quantity, price, amount } = texts;
  const at = columns >= WIDE_FROM_COLUMNS ? WIDE_ITEM : NARROW_ITEM;
  const beforeQuantity = Math.max(0, at.quantity - widths.quantity);
  // A figure wider than its column keeps one space before it.
  const beforePrice = Math.max(1, at.price - widths.price);
  const beforeAmount = Math.max(1, at.amount - widths.amount);
  const taken = beforeQuantity + widths.quantity + beforePrice + widths.price + beforeAmount + widths.amount;
  const free = columns - taken - widths.name;
  // In two: engines copy short strings at once, and keep long sums as trees that the encoder would have to walk.
  const unit = quantity + blanks(beforePrice) + price;
  const total = blanks(beforeAmount) + amount;
  if (free >= 1) return [name + blanks(free + beforeQuantity) + unit + total];
  if (taken <= columns)
    return [...wrap(name, columns), blanks(columns - taken + beforeQuantity) + unit + total];
  return [...wrap(name, columns), ...pair(`${quantity} × ${price}`, amount, columns)];
}
