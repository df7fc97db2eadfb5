import type { ReceiptBlock } from '../../domain/receipt.ts';
import { aligned, blanks, columnsOf, printable, wrap } from './columns.ts';

export type Item = Pick<Extract<ReceiptBlock, { kind: 'item' }>, 'name' | 'quantity' | 'price' | 'amount'>;

/** Least blanks between two things on a line: one alone could be a space inside of either (`cellsOf`). */
const GAP = 2;
/** Columns of an item's figures from the left edge of the paper. A longer figure takes more. */
const AMOUNT_COLUMNS = 9;
const PRICE_COLUMNS = 8;

const OTHER_SIDE = { left: 'right', center: 'center', right: 'left' } as const;

/** `left` means where a line begins, which is the right edge here. */
export function mirroredParagraph(block: Extract<ReceiptBlock, { kind: 'text' }>, width: number): string[] {
  const align = OTHER_SIDE[block.align ?? 'left'];
  return block.text
    .split(/\r?\n/)
    .flatMap((line) => wrap(printable(line), width).map((text) => aligned(text, width, align)));
}

/** The label at the right edge, its figure at the left one. */
export function mirroredPair(left: string, right: string, width: number): string[] {
  const figure = printable(right);
  const lines = wrap(printable(left), width);
  const last = lines.at(-1) ?? '';
  const free = width - columnsOf(last) - columnsOf(figure);
  const before = lines.slice(0, -1).map((line) => aligned(line, width, 'right'));
  if (free >= GAP) return [...before, figure + blanks(free) + last];
  return [...before, aligned(last, width, 'right'), ...wrap(figure, width)];
}

/** The name at the right edge; from the left one amount, price and quantity. */
export function mirroredItem(block: Item, columns: number): string[] {
  const [name, quantity, price, amount] = [block.name, block.quantity, block.price, block.amount].map(
    printable,
  );
  const figures = `${inColumns(amount ?? '', AMOUNT_COLUMNS)}${inColumns(price ?? '', PRICE_COLUMNS)}${quantity ?? ''}`;
  if (columnsOf(figures) > columns)
    return [
      ...mirroredParagraph({ kind: 'text', text: name ?? '' }, columns),
      ...mirroredPair(`${quantity} × ${price}`, amount ?? '', columns),
    ];
  const free = columns - columnsOf(figures) - columnsOf(name ?? '');
  if (free >= GAP) return [figures + blanks(free) + name];
  return [...mirroredParagraph({ kind: 'text', text: name ?? '' }, columns), figures];
}

const inColumns = (figure: string, columns: number): string =>
  figure + blanks(Math.max(GAP, columns - columnsOf(figure)));
