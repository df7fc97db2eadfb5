import type { AmountEntry } from '../../domain/amount-entry.ts';
import { amountOf } from '../../domain/amount-entry.ts';
import type { LineId } from '../../domain/ids.ts';
import type { Currency } from '../../domain/money.ts';
import { type Line, lineAmount } from '../../domain/sale.ts';

/** In thousandths. */
export const ONE_PIECE = 1000;
const QUANTITY_MILLI_MAX = 99_999_999;

/**
 * The lines a keypad entry stands for: `12.5+3×2` is one thing at 12.50 and two at 3.00, so that the slip shows what was
 * typed. Terms worth nothing make no line. The amounts add up to the value of the entry.
 */
export function linesOfEntry(entry: AmountEntry, currency: Currency, newId: () => LineId): readonly Line[] {
  const lines: Line[] = [];
  for (const term of entry.split('+')) {
    const amount = amountOf(term as AmountEntry, currency);
    if (amount === undefined || amount === 0) continue;
    const factors = term.split('×').filter((each) => each !== '');
    const price = amountOf((factors[0] ?? '') as AmountEntry, currency);
    const quantityMilli = factors.length === 2 ? Math.round(Number(factors[1]) * ONE_PIECE) : ONE_PIECE;
    // A product of three factors, or a quantity beyond the slip's column, is one thing at the whole amount.
    const isPlain =
      factors.length <= 2 &&
      price !== undefined &&
      quantityMilli <= QUANTITY_MILLI_MAX &&
      lineAmount(price, quantityMilli) === amount;
    lines.push(
      isPlain
        ? { id: newId(), name: '', quantityMilli, price, amount }
        : { id: newId(), name: '', quantityMilli: ONE_PIECE, price: amount, amount },
    );
  }
  return lines;
}
