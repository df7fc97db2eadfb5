import { expect, test } from 'vitest';
import type { SaleId } from '../../domain/ids.ts';
import { CheckoutBench, scriptedRail, typeKeys, WECHAT_CODE } from '../testing/checkout-bench.ts';
import { eventually } from '../testing/ports.ts';

/** A sale of 10 of which 6 are paid by WeChat, about to be given up; the money goes back when `release` is called. */
async function givingUp() {
  const bench = new CheckoutBench();
  let release = (): void => undefined;
  const checkout = bench.till({
    rails: (of) => scriptedRail(of, [{ kind: 'approved' }]),
    giveBack: () =>
      new Promise((resolve) => {
        release = () => resolve([]);
      }),
  });
  await typeKeys(checkout, '10');
  await checkout.send({ type: 'charge' });
  await checkout.send({ type: 'type-into', field: 'part' });
  await typeKeys(checkout, '6');
  await checkout.send({ type: 'confirm' });
  await checkout.send({ type: 'scanned', text: WECHAT_CODE });
  await eventually(() => checkout.state.value.at === 'tendering' && checkout.state.value.paid.length === 1);
  const { value } = checkout.state;
  const saleId = value.at === 'tendering' ? value.sale.saleId : ('' as SaleId);
  checkout.send({ type: 'give-up' }).catch(() => undefined);
  return { bench, checkout, saleId, release: () => release() };
}

test('while the money goes back nothing more can be taken for the sale', async () => {
  const { bench, checkout, release } = await givingUp();
  await checkout.send({ type: 'confirm-cash' });
  await checkout.send({ type: 'scanned', text: WECHAT_CODE });
  release();
  await eventually(() => checkout.state.value.at === 'editing');
  expect(bench.journal.types.filter((type) => type === 'attempt.sending')).toHaveLength(1);
  expect(bench.journal.types.at(-1)).toBe('sale.voided');
});

test('a sale set aside while its money goes back cannot be resumed, and its end does not touch the next one', async () => {
  const { bench, checkout, saleId, release } = await givingUp();
  await checkout.send({ type: 'set-aside' });
  await checkout.openSales.resume(saleId);
  expect(checkout.state.value.at).toBe('editing');
  await typeKeys(checkout, '7');
  await checkout.send({ type: 'charge' });
  release();
  await eventually(() => bench.journal.types.at(-1) === 'sale.voided');
  expect(checkout.state.value).toMatchObject({ at: 'tendering', asked: 700 });
});
