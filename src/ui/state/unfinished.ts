import type { LivePayment, OpenSaleView } from '../../flow/attempts-service.ts';
import type { CheckoutState } from '../../flow/checkout-service.ts';

/** Sales and attempts that wait for an end, without the sale in hand: that one is on the screen. */
export function unfinishedCount(
  attempts: readonly LivePayment[],
  openSales: readonly OpenSaleView[],
  inHand: CheckoutState,
): number {
  const waiting = new Set<string>([
    ...attempts.map(({ attempt }) => attempt.saleId),
    ...openSales.map(({ sale }) => sale.saleId),
  ]);
  if ('sale' in inHand) waiting.delete(inHand.sale.saleId);
  return waiting.size;
}
