import { directionOf } from '../../domain/language.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../domain/receipt.ts';
import { aligned, blanks, cleanColumns, columnsOf, printable, wrap } from './columns.ts';
import { type Item, mirroredItem, mirroredPair, mirroredParagraph } from './mirrored.ts';

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

/**
 * The texts of a line, one beside the other, blanks between columns among them. They are not put together: engines keep long sums
 * of strings as trees, and an encoder that reads one walks it for every character.
 */
export type Line = readonly string[];

/** A receipt as paper will show it: every line fits, and its spaces put each figure into its column. */
export type LaidPart =
  | { readonly kind: 'line'; readonly texts: Line; readonly size: TextSize; readonly bold: boolean }
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
  const way = directionOf(document.language) === 'rtl' ? MIRRORED : STRAIGHT;
  for (const block of document.blocks) layOutBlock(block, { columns, way }, parts);
  return parts;
}

/** Where things stand on the lines of a language. */
interface Way {
  paragraph(block: Extract<ReceiptBlock, { kind: 'text' }>, width: number): string[];
  pair(left: string, right: string, width: number): string[];
  item(block: Item, columns: number): readonly Line[];
}

const STRAIGHT: Way = { paragraph, pair, item };
/** The same paper in a mirror: names at the right, figures at the left, each figure still read as it is. */
const MIRRORED: Way = {
  paragraph: mirroredParagraph,
  pair: mirroredPair,
  item: (block, columns) => mirroredItem(block, columns).map(one),
};

function layOutBlock(
  block: ReceiptBlock,
  { columns, way }: { readonly columns: number; readonly way: Way },
  parts: LaidPart[],
): void {
  switch (block.kind) {
    case 'text':
    case 'pair': {
      const size = block.size ?? 'normal';
      const width = Math.floor(columns / MAGNIFICATION[size].width);
      const lines =
        block.kind === 'pair' ? way.pair(block.left, block.right, width) : way.paragraph(block, width);
      for (const text of lines) parts.push({ kind: 'line', texts: [text], size, bold: block.bold ?? false });
      return;
    }
    case 'item':
      for (const texts of way.item(block, columns)) parts.push(plainLine(texts));
      return;
    case 'rule':
      parts.push(plainLine([(block.character ?? '-').repeat(columns)]));
      return;
    case 'qr':
      parts.push({ kind: 'qr', data: block.data });
      if (block.caption === undefined) return;
      for (const text of wrap(printable(block.caption), columns))
        parts.push(plainLine([aligned(text, columns, 'center')]));
      return;
    case 'feed':
      parts.push({ kind: 'feed', lines: block.lines });
      return;
    default:
      block satisfies never;
  }
}

const one = (text: string): Line => [text];
const plainLine = (texts: Line): LaidPart => ({ kind: 'line', texts, size: 'normal', bold: false });

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

/** The line that a slip has most of: its texts are measured in the same pass that finds them fit to be printed. */
function item(block: Item, columns: number): readonly Line[] {
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

function placeItem(
  texts: Item,
  widths: ItemColumns & { readonly name: number },
  columns: number,
): readonly Line[] {
  const { name, quantity, price, amount } = texts;
  const at = columns >= WIDE_FROM_COLUMNS ? WIDE_ITEM : NARROW_ITEM;
  const beforeQuantity = Math.max(0, at.quantity - widths.quantity);
  // A figure wider than its column keeps one space before it.
  const beforePrice = Math.max(1, at.price - widths.price);
  const beforeAmount = Math.max(1, at.amount - widths.amount);
  const taken = beforeQuantity + widths.quantity + beforePrice + widths.price + beforeAmount + widths.amount;
  const free = columns - taken - widths.name;
  const [gap, other] = [blanks(beforePrice), blanks(beforeAmount)];
  if (free >= 1) return [[name, blanks(free + beforeQuantity), quantity, gap, price, other, amount]];
  const names = wrap(name, columns).map(one);
  if (taken <= columns)
    return [...names, [blanks(columns - taken + beforeQuantity), quantity, gap, price, other, amount]];
  return [...names, ...pair(`${quantity} × ${price}`, amount, columns).map(one)];
}
