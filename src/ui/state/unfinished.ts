import type { LivePayment, OpenSaleView } from '../../flow/attempts-service.ts';
import type { CheckoutState } from '../../flow/checkout-service.ts';

/**
 * Sales and attempts that wait for an end, without the sale in hand: that one is on the screen. Money that is on its way back ends
 * by itself.
 */
export function unfinishedCount(
  attempts: readonly LivePayment[],
  openSales: readonly OpenSaleView[],
  inHand: CheckoutState,
): number {
  const waiting = new Set<string>([
    ...attempts.filter(({ state }) => state !== 'accepted').map(({ attempt }) => attempt.saleId),
    ...openSales.map(({ sale }) => sale.saleId),
  ]);
  if ('sale' in inHand) waiting.delete(inHand.sale.saleId);
  return waiting.size;
}
