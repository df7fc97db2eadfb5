import { beforeEach, describe, expect, test } from 'vitest';
import type { AmountEntry } from '../../domain/amount-entry.ts';
import type { LineId } from '../../domain/ids.ts';
import { minor, ZERO } from '../../domain/money.ts';
import { saleDisagreement } from '../../domain/sale.ts';
import { CheckoutBench, PAID, type TillGiven, typeKeys } from '../testing/checkout-bench.ts';
import { eventually } from '../testing/ports.ts';

let bench: CheckoutBench;
const till = (given?: TillGiven) => bench.till(given);
beforeEach(() => {
  bench = new CheckoutBench();
});

describe('a cash sale', () => {
  test('goes from keys to a stored sale with change, then paper', async () => {
    const checkout = till();
    await typeKeys(checkout, '12.5+3×2');
    await checkout.send({ type: 'charge' });
    await typeKeys(checkout, '20');
    expect(checkout.state.value).toMatchObject({
      at: 'tendering',
      tendered: 2000,
      change: 150,
      enough: true,
    });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    expect(bench.journal.types).toEqual(PAID);
    expect(checkout.state.value).toMatchObject({
      total: 1850,
      tendered: 2000,
      change: 150,
      number: '01-AAAAAA-000005',
    });
    const [record] = await bench.journal.sales({ limit: 1 });
    expect(record && saleDisagreement(record.sale)).toBeUndefined();
    expect(bench.acts).toEqual(['print and kick after sale.completed']);
    expect(bench.drafts.at(-1)).toEqual({ lines: [], entry: '' });
  });

  test('a double tap on confirm charges once', async () => {
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await Promise.all([1, 2, 3].map(() => checkout.send({ type: 'confirm-cash' })));
    await eventually(() => checkout.state.value.at === 'done');
    await checkout.send({ type: 'confirm-cash' });
    expect(bench.journal.types).toEqual(PAID);
  });

  test('too little money is not taken', async () => {
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'tendered', amount: minor(499) });
    expect(checkout.state.value).toMatchObject({ at: 'tendering', problem: 'too-little' });
    expect(bench.journal.types).toEqual([]);
  });

  test('nothing can be charged for an empty basket', async () => {
    const checkout = till();
    await checkout.send({ type: 'charge' });
    expect(checkout.state.value).toMatchObject({ at: 'editing', total: ZERO });
  });

  test('a removed line comes back where it was', async () => {
    const checkout = till();
    await typeKeys(checkout, '1+2+3');
    await checkout.send({ type: 'add' });
    const before = checkout.state.value;
    if (before.at !== 'editing') throw new Error('not editing');
    await checkout.send({ type: 'remove', lineId: before.lines[1]?.id ?? '' });
    expect(checkout.state.value).toMatchObject({ total: 400, canUndo: true });
    await checkout.send({ type: 'undo' });
    expect(checkout.state.value).toMatchObject({ lines: before.lines, total: 600, canUndo: false });
  });

  test('抹零 is written as its own figure', async () => {
    const checkout = till({ rounding: () => 'jiao-down' });
    await typeKeys(checkout, '12.56');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    const [record] = await bench.journal.sales({ limit: 1 });
    expect(record?.sale).toMatchObject({ subtotal: 1256, rounding: -6, total: 1250 });
  });

  test('without paper the drawer is kicked alone, and that is written', async () => {
    bench.outcome = { kind: 'failed', reason: 'no-printer' };
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => bench.journal.types.includes('device.drawer-kicked'));
    expect(checkout.state.value).toMatchObject({ at: 'done', slip: { at: 'failed', reason: 'no-printer' } });
  });

  test('a printer gone mid-slip leaves the sale done and the slip unconfirmed', async () => {
    bench.outcome = { kind: 'unconfirmed', reason: 'lost' };
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(
      () => checkout.state.value.at === 'done' && checkout.state.value.slip.at === 'unconfirmed',
    );
    expect(bench.acts).toHaveLength(1);
  });
});

describe('the basket that was kept while the page was closed', () => {
  const line = {
    id: 'e'.repeat(32) as LineId,
    name: '',
    quantityMilli: 1_000,
    price: minor(300),
    amount: minor(300),
  };
  const kept = { entry: '7' as AmountEntry, lines: [line] };

  test('comes back as it was', () => {
    const checkout = till();
    checkout.restore(kept);
    expect(checkout.state.value).toMatchObject({ at: 'editing', entry: '7', lines: [line], total: 1_000 });
  });

  test('takes no key away that was pressed before it came back', async () => {
    const checkout = till();
    await typeKeys(checkout, '52');
    // The disk was asked when the first key was already kept.
    checkout.restore({ entry: '5' as AmountEntry, lines: [] });
    expect(checkout.state.value).toMatchObject({ at: 'editing', entry: '52', total: 5_200 });
  });

  test('comes back under what was typed meanwhile', async () => {
    const checkout = till();
    await typeKeys(checkout, '52');
    checkout.restore(kept);
    expect(checkout.state.value).toMatchObject({ at: 'editing', entry: '52', lines: [line], total: 5_500 });
  });

  test('does not come into the sale of the next customer', async () => {
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    await checkout.send({ type: 'next' });
    checkout.restore(kept);
    expect(checkout.state.value).toMatchObject({ at: 'editing', entry: '', lines: [] });
  });
});

describe('when the disk refuses', () => {
  test('the intent, nothing is taken and the cashier is told so', async () => {
    bench.journal.faults.set(1, 'refused');
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    expect(checkout.state.value).toMatchObject({ at: 'tendering', problem: 'disk' });
    expect(bench.acts).toEqual([]);
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    expect(bench.journal.types).toEqual(PAID);
  });

  test('the approval, it is shown as unsaved, tried until it is stored, and stored once', async () => {
    for (const [call, fault] of [
      [2, 'refused'],
      [3, 'stored-but-refused'],
      [4, 'refused'],
    ] as const)
      bench.journal.faults.set(call, fault);
    const checkout = till();
    const shown: string[] = [];
    checkout.state.subscribe(() => shown.push(checkout.state.value.at));
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    expect(shown.filter((at) => at === 'unsaved').length).toBeGreaterThan(0);
    expect(shown.indexOf('unsaved')).toBeLessThan(shown.indexOf('done'));
    expect(bench.journal.types).toEqual(PAID);
  });
});

describe('after a crash between confirm and done', () => {
  async function crashed(): Promise<void> {
    const checkout = till();
    await typeKeys(checkout, '5');
    await checkout.send({ type: 'charge' });
    bench.journal.faults.set(2, 'refused');
    const never = till({ timer: { wait: () => new Promise(() => undefined) } });
    await typeKeys(never, '5');
    await never.send({ type: 'charge' });
    never.send({ type: 'confirm-cash' }).catch(() => undefined);
    await eventually(() => never.state.value.at === 'unsaved');
    expect(bench.journal.types).toEqual(PAID.slice(0, 3));
  }

  test('the cashier is asked, and yes makes exactly one sale', async () => {
    await crashed();
    const checkout = till();
    const recovered = checkout.recover();
    await eventually(() => checkout.state.value.at === 'asking');
    expect(bench.acts).toEqual([]);
    await checkout.send({ type: 'answer', received: true });
    await recovered;
    expect(bench.journal.types).toEqual([
      ...PAID.slice(0, 3),
      'attempt.unknown',
      'attempt.inquiring',
      'attempt.approved',
      'sale.completed',
    ]);
    expect(checkout.state.value).toMatchObject({ at: 'done', recovered: true });
    expect(bench.acts).toEqual([]);
  });

  test('no makes none, and the sale is voided', async () => {
    await crashed();
    const checkout = till();
    const recovered = checkout.recover();
    await eventually(() => checkout.state.value.at === 'asking');
    await checkout.send({ type: 'answer', received: false });
    await recovered;
    expect(bench.journal.types.slice(-2)).toEqual(['attempt.declined', 'sale.voided']);
    expect(await bench.journal.unresolved()).toEqual([]);
    expect(checkout.state.value.at).toBe('editing');
  });

  test('a second crash before the answer asks again and adds nothing', async () => {
    await crashed();
    const first = till();
    first.recover().catch(() => undefined);
    await eventually(() => bench.journal.types.at(-1) === 'attempt.inquiring');
    const before = bench.journal.types.length;
    const second = till();
    const recovered = second.recover();
    await eventually(() => second.state.value.at === 'asking');
    expect(bench.journal.types.length).toBe(before);
    await second.send({ type: 'answer', received: true });
    await recovered;
    expect(bench.journal.types.filter((each) => each === 'sale.completed')).toHaveLength(1);
  });
});
