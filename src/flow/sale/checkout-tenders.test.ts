import { beforeEach, describe, expect, test } from 'vitest';
import type { Attempt } from '../../domain/attempt.ts';
import type { SaleId } from '../../domain/ids.ts';
import { EMPTY_LEDGER, post } from '../../domain/ledger.ts';
import { saleDisagreement } from '../../domain/sale.ts';
import type { Rail, RailAnswer } from '../payment/rail.ts';
import {
  CheckoutBench,
  PAID,
  scriptedRail,
  type TillGiven,
  typeKeys,
  WECHAT_CODE,
} from '../testing/checkout-bench.ts';
import { eventually } from '../testing/ports.ts';
import type { CheckoutRunner } from './checkout-runner.ts';

let bench: CheckoutBench;
const till = (given?: TillGiven) => bench.till(given);
beforeEach(() => {
  bench = new CheckoutBench();
});

describe('a sale paid by a wallet', () => {
  const pay = async (checkout: CheckoutRunner, amount = '5'): Promise<void> => {
    await typeKeys(checkout, amount);
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'scanned', text: WECHAT_CODE });
  };

  test('is done when the host says so, and the code is nowhere in the journal', async () => {
    const approval = { channelId: '42000', payer: 'o***1' };
    const checkout = till({ rails: (of) => scriptedRail(of, [{ kind: 'approved', approval }]) });
    await pay(checkout);
    await eventually(() => checkout.state.value.at === 'done');
    expect(bench.journal.types).toEqual(PAID);
    expect(checkout.state.value).toMatchObject({
      payments: [{ tender: 'wechat', method: 'customer-code', amount: 500, approval }],
      change: 0,
    });
    expect(JSON.stringify(bench.journal.entries)).not.toContain(WECHAT_CODE);
    expect(bench.acts).toEqual(['print after sale.completed']);
    expect(bench.kept).toEqual([]);
  });

  test('is asked about while its end is not known, and never charged twice', async () => {
    const rail = (of: Attempt) =>
      scriptedRail(of, [
        { kind: 'no-answer', reason: 'timeout' },
        { kind: 'no-answer', reason: 'timeout' },
        { kind: 'approved' },
      ]);
    const checkout = till({ rails: rail });
    await pay(checkout);
    await checkout.send({ type: 'scanned', text: WECHAT_CODE });
    await eventually(() => checkout.state.value.at === 'done');
    expect(bench.journal.types.filter((each) => each === 'attempt.sending')).toHaveLength(1);
    expect(bench.journal.types).toContain('attempt.unknown');
  });

  test('that is declined is said so, and the same sale goes on with cash', async () => {
    const checkout = till({ rails: (of) => scriptedRail(of, [{ kind: 'declined', reason: 'notenough' }]) });
    await pay(checkout);
    await eventually(() => checkout.state.value.at === 'refused');
    expect(checkout.state.value).toMatchObject({ result: 'declined', reason: 'notenough', remaining: 500 });
    await checkout.send({ type: 'next' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    expect(bench.journal.types.filter((each) => each === 'sale.opened')).toHaveLength(1);
    expect(bench.journal.types.at(-1)).toBe('sale.completed');
  });

  test('whose code is no pay code is not sent anywhere', async () => {
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'scanned', text: '6901234567892' });
    expect(checkout.state.value).toMatchObject({ at: 'tendering', problem: 'not-a-pay-code' });
    expect(bench.journal.types).toEqual([]);
  });

  test('can be set aside, and the next customer is served before its end is known', async () => {
    let settle: (answer: RailAnswer) => void = () => undefined;
    const answer = new Promise<RailAnswer>((resolve) => {
      settle = resolve;
    });
    const rails = (of: Attempt): Rail => ({ ...scriptedRail(of, []), send: () => answer });
    const checkout = till({ rails });
    await pay(checkout, '7');
    await eventually(() => checkout.state.value.at === 'paying' && checkout.state.value.live !== undefined);
    await checkout.send({ type: 'set-aside' });
    expect(checkout.state.value.at).toBe('editing');
    expect(checkout.openSales.state.value).toMatchObject([{ remaining: 700, live: { state: 'sending' } }]);
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    settle({ kind: 'approved' });
    await eventually(() => checkout.openSales.state.value.length === 0);
    expect(checkout.state.value).toMatchObject({ at: 'done', total: 500 });
    expect((await bench.journal.sales({ limit: 9 })).map((each) => each.sale.total).sort()).toEqual([
      500, 700,
    ]);
  });
});

describe('a sale paid in parts', () => {
  const part = async (checkout: CheckoutRunner, amount: string): Promise<void> => {
    await checkout.send({ type: 'type-into', field: 'part' });
    await typeKeys(checkout, amount);
    await checkout.send({ type: 'confirm' });
  };

  test('is complete when the parts are the whole', async () => {
    const checkout = till({ rails: (of) => scriptedRail(of, [{ kind: 'approved' }]) });
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'charge' });
    await part(checkout, '4');
    expect(checkout.state.value).toMatchObject({ asked: 400, remaining: 1000 });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'tendering' && checkout.state.value.paid.length === 1);
    expect(checkout.state.value).toMatchObject({ remaining: 600, asked: 600 });
    expect(bench.kept).toHaveLength(1);
    await checkout.send({ type: 'scanned', text: WECHAT_CODE });
    await eventually(() => checkout.state.value.at === 'done');
    const [record] = await bench.journal.sales({ limit: 1 });
    expect(record?.sale.payments).toMatchObject([
      { tender: 'cash', amount: 400 },
      { tender: 'wechat', amount: 600 },
    ]);
    expect(record && saleDisagreement(record.sale)).toBeUndefined();
    expect(bench.kept).toEqual([]);
  });

  test('is found again after a restart with what was paid', async () => {
    const checkout = till();
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'charge' });
    await part(checkout, '4');
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'tendering' && checkout.state.value.paid.length === 1);
    const again = till();
    await again.recover();
    const [open] = again.openSales.state.value;
    expect(open).toMatchObject({ remaining: 600, paid: [{ amount: 400 }] });
    await again.openSales.resume(open?.sale.saleId as SaleId);
    await again.send({ type: 'confirm-cash' });
    await eventually(() => again.state.value.at === 'done');
    expect(bench.journal.types.filter((each) => each === 'sale.completed')).toHaveLength(1);
  });

  test('gives back what was paid when it is given up', async () => {
    const checkout = till();
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'charge' });
    await part(checkout, '4');
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'tendering' && checkout.state.value.paid.length === 1);
    await checkout.send({ type: 'back' });
    expect(checkout.state.value).toMatchObject({ at: 'tendering', problem: 'part-paid' });
    await checkout.send({ type: 'give-up' });
    await eventually(() => checkout.state.value.at === 'editing');
    expect(bench.journal.types.at(-1)).toBe('sale.voided');
    const ledger = bench.journal.entries.reduce((all, signed) => post(all, signed.entry), EMPTY_LEDGER);
    expect(ledger.accounts).toMatchObject({ drawer: 0, suspense: 0, owed: 0 });
  });

  test.each(['0', '10.01'])('a part of %s is refused', async (amount) => {
    const checkout = till();
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'charge' });
    await part(checkout, amount);
    expect(checkout.state.value).toMatchObject({ at: 'tendering', problem: 'part-range', asked: 1000 });
  });
});

describe('discount and tip', () => {
  test('a discount comes off the whole sale and goes back with the basket', async () => {
    const checkout = till();
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'add' });
    await typeKeys(checkout, '2');
    await checkout.send({ type: 'discount' });
    expect(checkout.state.value).toMatchObject({ at: 'editing', total: 800, discount: -200, entry: '' });
    await checkout.send({ type: 'charge' });
    expect(checkout.state.value).toMatchObject({ at: 'tendering', remaining: 800 });
    await checkout.send({ type: 'back' });
    expect(checkout.state.value).toMatchObject({ at: 'editing', total: 800 });
    await checkout.send({ type: 'discount' });
    expect(checkout.state.value).toMatchObject({ total: 1000, discount: 0 });
  });

  test('a discount of more than the goods is not taken', async () => {
    const checkout = till();
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'add' });
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'discount' });
    expect(checkout.state.value).toMatchObject({ discount: 0 });
  });

  test('a tip is asked on top and is no sale', async () => {
    const checkout = till();
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'type-into', field: 'tip' });
    await typeKeys(checkout, '1.5');
    await checkout.send({ type: 'confirm' });
    expect(checkout.state.value).toMatchObject({ remaining: 1150, sale: { total: 1000, tip: 150 } });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    const [record] = await bench.journal.sales({ limit: 1 });
    expect(record?.sale).toMatchObject({ total: 1000, tip: 150, payments: [{ amount: 1150 }] });
  });
});

describe('an attempt that is still being undone when the sale has been paid another way', () => {
  test('goes on being undone after a restart', async () => {
    const silent = (of: Attempt): Rail => ({
      ...scriptedRail(of, []),
      reverse: () => new Promise(() => undefined),
    });
    const checkout = bench.till({ rails: silent });
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'scanned', text: WECHAT_CODE });
    await eventually(
      () => checkout.state.value.at === 'paying' && checkout.state.value.state === 'reversing',
    );
    await checkout.send({ type: 'back' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    const again = bench.till({ rails: (of) => scriptedRail(of, [{ kind: 'reversed' }]) });
    await again.recover();
    await eventually(() => bench.journal.types.at(-1) === 'attempt.reversed');
    expect(bench.journal.types.filter((each) => each === 'sale.completed')).toHaveLength(1);
    expect(await bench.journal.unresolved()).toEqual([]);
  });
});
