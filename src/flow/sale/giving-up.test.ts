import { expect, test } from 'vitest';
import type { AttemptId, OperatorId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { LivePayment } from '../attempts-service.ts';
import type { RailAnswer } from '../payment/rail.ts';
import { Store } from '../store.ts';
import { CheckoutBench, scriptedRail, typeKeys, WECHAT_CODE } from '../testing/checkout-bench.ts';
import { eventually } from '../testing/ports.ts';
import { id, SALE } from '../testing/sale-in-hand.ts';
import type { CheckoutPorts } from './checkout-ports.ts';

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

/** Found after a crash: a card that was being undone, and cash of which nobody knows whether it came. */
async function twoLeftOpen() {
  const bench = new CheckoutBench();
  const attempt = (digit: string, tender: 'card' | 'cash') => ({
    ...(tender === 'card' ? { method: 'reader' as const } : { tendered: SALE.total }),
    attemptId: id(digit) as AttemptId,
    saleId: SALE.saleId,
    tender,
    amount: SALE.total,
    currency: SALE.currency,
  });
  const [card, cash] = [attempt('a', 'card'), attempt('b', 'cash')];
  bench.kept = [SALE.saleId];
  await bench.journal.append(
    [
      { type: 'sale.opened', body: SALE },
      { type: 'attempt.prepared', body: { attempt: card } },
      { type: 'attempt.sending', body: { attempt: card } },
      { type: 'attempt.reversing', body: { attempt: card } },
      { type: 'attempt.prepared', body: { attempt: cash } },
      { type: 'attempt.sending', body: { attempt: cash } },
    ],
    'owner' as OperatorId,
  );
  let undo = (): void => undefined;
  const undone = new Promise<RailAnswer>((resolve) => {
    undo = () => resolve({ kind: 'reversed' });
  });
  const checkout = bench.till({ rails: (of) => ({ ...scriptedRail(of, []), reverse: () => undone }) });
  const recovered = checkout.recover();
  await eventually(() => checkout.state.value.at === 'asking');
  return { bench, checkout, recovered, undo: () => undo() };
}

test('a question about cash stays on the screen when what is undone beside it has ended', async () => {
  const { bench, checkout, recovered, undo } = await twoLeftOpen();
  undo();
  await eventually(() => bench.journal.types.includes('attempt.reversed'));
  expect(checkout.state.value).toMatchObject({ at: 'asking', attempt: { tender: 'cash' } });
  await checkout.send({ type: 'answer', received: true });
  await recovered;
  expect(bench.journal.types.at(-1)).toBe('sale.completed');
});

test('a sale is not given up while an attempt of it may still take money: that is shown instead', async () => {
  const bench = new CheckoutBench();
  const live: LivePayment = {
    attempt: {
      attemptId: id('b') as AttemptId,
      saleId: SALE.saleId,
      tender: 'cash',
      amount: SALE.total,
      currency: 'CNY',
    },
    state: 'inquiring',
    waiting: { for: 'cashier' },
    startedAt: 0,
    tries: 0,
    canReverse: true,
  };
  let mayStillCharge = true;
  const nothing = async (): Promise<void> => undefined;
  const desk: CheckoutPorts['desk'] = {
    begin: nothing,
    adopt: nothing,
    inquireNow: () => undefined,
    reverse: nothing,
    state: new Store<readonly LivePayment[]>([live]),
    liveOf: () => live,
    mayStillCharge: () => mayStillCharge,
  };
  const checkout = bench.till({ desk });
  await typeKeys(checkout, '10');
  await checkout.send({ type: 'charge' });
  await checkout.send({ type: 'give-up' });
  expect(checkout.state.value).toMatchObject({ at: 'asking', attempt: { attemptId: id('b') } });
  expect(bench.journal.types).toEqual([]);
  mayStillCharge = false;
  const other = bench.till({ desk });
  await typeKeys(other, '10');
  await other.send({ type: 'charge' });
  await other.send({ type: 'give-up' });
  expect(bench.journal.types).toEqual(['sale.voided']);
});

/** A part-paid sale whose part was on its way back when the page was closed: resumed, it stands on the screen. */
async function onItsWayBack(after: Parameters<CheckoutBench['journal']['append']>[0]) {
  const bench = new CheckoutBench();
  const part = {
    saleId: SALE.saleId,
    tender: 'wechat',
    method: 'customer-code',
    currency: SALE.currency,
  } as const;
  const paid = { ...part, attemptId: id('a') as AttemptId, amount: minor(600) };
  const back = {
    ...paid,
    attemptId: id('b') as AttemptId,
    purpose: 'refund',
    original: paid.attemptId,
  } as const;
  const owner = 'owner' as OperatorId;
  bench.kept = [SALE.saleId];
  await bench.journal.append(
    [
      { type: 'sale.opened', body: SALE },
      { type: 'attempt.approved', body: { attempt: paid } },
      { type: 'attempt.sending', body: { attempt: back } },
    ],
    owner,
  );
  const live: LivePayment = {
    attempt: back,
    state: 'sending',
    waiting: { for: 'answer' },
    startedAt: 0,
    tries: 0,
    canReverse: false,
  };
  const state = new Store<readonly LivePayment[]>([live]);
  const nothing = async (): Promise<void> => undefined;
  const desk: CheckoutPorts['desk'] = {
    begin: nothing,
    adopt: nothing,
    inquireNow: () => undefined,
    reverse: nothing,
    state,
    liveOf: () => state.value[0],
    mayStillCharge: () => false,
  };
  const checkout = bench.till({ desk });
  await checkout.recover();
  await checkout.openSales.resume(SALE.saleId);
  expect(checkout.state.value).toMatchObject({ at: 'paying', attempt: { attemptId: back.attemptId } });
  await bench.journal.append([{ type: 'attempt.approved', body: { attempt: back } }, ...after], owner);
  state.set([]);
  return checkout;
}

test('when the money of a resumed sale has gone back, its screen asks for the whole sum by itself', async () => {
  const checkout = await onItsWayBack([]);
  await eventually(() => checkout.state.value.at === 'tendering');
  expect(checkout.state.value).toMatchObject({ paid: [], remaining: SALE.total });
});

test('when the sale ended with the money that went back, the next customer finds an empty basket', async () => {
  const checkout = await onItsWayBack([
    { type: 'sale.voided', body: { saleId: SALE.saleId, reason: 'given-up' } },
  ]);
  await eventually(() => checkout.state.value.at === 'editing');
  expect(checkout.state.value).toMatchObject({ lines: [] });
});
