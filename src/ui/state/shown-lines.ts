import type { Currency } from '../../domain/money.ts';
import type { Line } from '../../domain/sale.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { ShownLine } from '../components/pos-lines.ts';

/** One piece, in thousandths. */
const ONE = 1_000;

/** Lines of a sale in the words of the screen. */
export function shownLines(
  lines: readonly Line[],
  currency: Currency,
  { t, money }: Translator,
): readonly ShownLine[] {
  return lines.map(({ id, name, quantityMilli, price, amount }) => ({
    id,
    name: name === '' ? t('till.amount-line') : name,
    sum: quantityMilli === ONE ? '' : `${money(price, currency)} × ${quantityMilli / ONE}`,
    amount: money(amount, currency),
  }));
}
