import type { Refund } from '../../domain/refund.ts';
import type { Line } from '../../domain/sale.ts';

/** Line ids and the quantity that goes back, in thousandths. */
export type ChosenLines = ReadonlyMap<string, number>;

/** One piece, in thousandths. */
const ONE = 1_000;

/** What of a line has not gone back yet, in thousandths. */
export function leftOfLine(line: Line, past: readonly Refund[]): number {
  const gone = past
    .flatMap((refund) => refund.lines)
    .filter((each) => each.lineId === line.id)
    .reduce((all, each) => all + each.quantityMilli, 0);
  return Math.max(0, line.quantityMilli - gone);
}

/** One piece more or less; what is weighed goes back whole. */
export function stepOf(chosen: number, left: number, by: 1 | -1): number {
  const step = left % ONE === 0 ? ONE : left;
  return Math.min(left, Math.max(0, chosen + by * step));
}
