import { beforeEach, describe, expect, test } from 'vitest';
import type { PrintOutcome } from '../../devices/ports.ts';
import type { AmountKey } from '../../domain/amount-entry.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { OperatorId } from '../../domain/ids.ts';
import { minor, ZERO } from '../../domain/money.ts';
import { saleDisagreement } from '../../domain/sale.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { eventually, InstantTimer, seededChance } from '../testing/ports.ts';
import { type CheckoutPorts, CheckoutRunner } from './checkout-runner.ts';
import type { Draft } from './draft.ts';

let journal: MemoryJournal;
let acts: string[];
let drafts: Draft[];
let outcome: PrintOutcome;

function till(more: Partial<CheckoutPorts> = {}): CheckoutRunner {
  return new CheckoutRunner({
    journal,
    timer: new InstantTimer(),
    random: seededChance(5),
    drawer: { kick: async () => acts.push(`kick after ${journal.types.at(-1)}`) > 0 },
    operator: () => 'owner' as OperatorId,
    currency: () => 'CNY',
    rounding: () => 'none',
    today: () => '2026-11-22' as BusinessDay,
    autoPrint: () => true,
    receiptUrl: (record) => `https://shop/r/${record.head.seq}`,
    print: async (_, kickDrawer) => {
      acts.push(`print${kickDrawer ? ' and kick' : ''} after ${journal.types.at(-1)}`);
      return outcome;
    },
    printUnsaved: async () => ({ kind: 'confirmed' }),
    keepDraft: async (draft) => {
      drafts.push(draft);
    },
    alarm: (error) => {
      throw error;
    },
    ...more,
  });
}

const type = async (checkout: CheckoutRunner, keys: string): Promise<void> => {
  for (const key of keys) await checkout.send({ type: 'key', key: key as AmountKey });
};

beforeEach(() => {
  journal = new MemoryJournal();
  acts = [];
  drafts = [];
  outcome = { kind: 'confirmed' };
});

const PAID = ['sale.opened', 'attempt.prepared', 'attempt.sending', 'attempt.approved', 'sale.completed'];

describe('a cash sale', () => {
  test('goes from keys to a stored sale with change, then paper', async () => {
    const checkout = till();
    await type(checkout, '12.5+3×2');
    await checkout.send({ type: 'charge' });
    await type(checkout, '20');
    expect(checkout.state.value).toMatchObject({
      at: 'tendering',
      tendered: 2000,
      change: 150,
      enough: true,
    });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    expect(journal.types).toEqual(PAID);
    expect(checkout.state.value).toMatchObject({
      total: 1850,
      tendered: 2000,
      change: 150,
      number: '01-AAAAAA-000005',
    });
    const [record] = await journal.sales({ limit: 1 });
    expect(record && saleDisagreement(record.sale)).toBeUndefined();
    expect(acts).toEqual(['print and kick after sale.completed']);
    expect(drafts.at(-1)).toEqual({ lines: [], entry: '' });
  });

  test('a double tap on confirm charges once', async () => {
    const checkout = till();
    await type(checkout, '5');
    await checkout.send({ type: 'charge' });
    await Promise.all([1, 2, 3].map(() => checkout.send({ type: 'confirm-cash' })));
    await eventually(() => checkout.state.value.at === 'done');
    await checkout.send({ type: 'confirm-cash' });
    expect(journal.types).toEqual(PAID);
  });

  test('too little money is not taken', async () => {
    const checkout = till();
    await type(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'tendered', amount: minor(499) });
    expect(checkout.state.value).toMatchObject({ at: 'tendering', problem: 'too-little' });
    expect(journal.types).toEqual([]);
  });

  test('nothing can be charged for an empty basket', async () => {
    const checkout = till();
    await checkout.send({ type: 'charge' });
    expect(checkout.state.value).toMatchObject({ at: 'editing', total: ZERO });
  });

  test('a removed line comes back where it was', async () => {
    const checkout = till();
    await type(checkout, '1+2+3');
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
    await type(checkout, '12.56');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    const [record] = await journal.sales({ limit: 1 });
    expect(record?.sale).toMatchObject({ subtotal: 1256, rounding: -6, total: 1250 });
  });

  test('without paper the drawer is kicked alone, and that is written', async () => {
    outcome = { kind: 'failed', reason: 'no-printer' };
    const checkout = till();
    await type(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => journal.types.includes('device.drawer-kicked'));
    expect(checkout.state.value).toMatchObject({ at: 'done', slip: { at: 'failed', reason: 'no-printer' } });
  });

  test('a printer gone mid-slip leaves the sale done and the slip unconfirmed', async () => {
    outcome = { kind: 'unconfirmed', reason: 'lost' };
    const checkout = till();
    await type(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(
      () => checkout.state.value.at === 'done' && checkout.state.value.slip.at === 'unconfirmed',
    );
    expect(acts).toHaveLength(1);
  });
});

describe('when the disk refuses', () => {
  test('the intent, nothing is taken and the cashier is told so', async () => {
    journal.faults.set(1, 'refused');
    const checkout = till();
    await type(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    expect(checkout.state.value).toMatchObject({ at: 'tendering', problem: 'disk' });
    expect(acts).toEqual([]);
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    expect(journal.types).toEqual(PAID);
  });

  test('the approval, it is shown as unsaved, tried until it is stored, and stored once', async () => {
    for (const [call, fault] of [
      [2, 'refused'],
      [3, 'stored-but-refused'],
      [4, 'refused'],
    ] as const)
      journal.faults.set(call, fault);
    const checkout = till();
    const shown: string[] = [];
    checkout.state.subscribe(() => shown.push(checkout.state.value.at));
    await type(checkout, '5');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'done');
    expect(shown.filter((at) => at === 'unsaved').length).toBeGreaterThan(0);
    expect(shown.indexOf('unsaved')).toBeLessThan(shown.indexOf('done'));
    expect(journal.types).toEqual(PAID);
  });
});

describe('after a crash between confirm and done', () => {
  async function crashed(): Promise<void> {
    const checkout = till();
    await type(checkout, '5');
    await checkout.send({ type: 'charge' });
    journal.faults.set(2, 'refused');
    const never = till({ timer: { wait: () => new Promise(() => undefined) } });
    await type(never, '5');
    await never.send({ type: 'charge' });
    never.send({ type: 'confirm-cash' }).catch(() => undefined);
    await eventually(() => never.state.value.at === 'unsaved');
    expect(journal.types).toEqual(PAID.slice(0, 3));
  }

  test('the cashier is asked, and yes makes exactly one sale', async () => {
    await crashed();
    const checkout = till();
    const recovered = checkout.recover();
    await eventually(() => checkout.state.value.at === 'asking');
    expect(acts).toEqual([]);
    await checkout.send({ type: 'answer', received: true });
    await recovered;
    expect(journal.types).toEqual([
      ...PAID.slice(0, 3),
      'attempt.unknown',
      'attempt.inquiring',
      'attempt.approved',
      'sale.completed',
    ]);
    expect(checkout.state.value).toMatchObject({ at: 'done', recovered: true });
    expect(acts).toEqual([]);
  });

  test('no makes none, and the sale is voided', async () => {
    await crashed();
    const checkout = till();
    const recovered = checkout.recover();
    await eventually(() => checkout.state.value.at === 'asking');
    await checkout.send({ type: 'answer', received: false });
    await recovered;
    expect(journal.types.slice(-2)).toEqual(['attempt.declined', 'sale.voided']);
    expect(await journal.unresolved()).toEqual([]);
    expect(checkout.state.value.at).toBe('editing');
  });

  test('a second crash before the answer asks again and adds nothing', async () => {
    await crashed();
    const first = till();
    first.recover().catch(() => undefined);
    await eventually(() => journal.types.at(-1) === 'attempt.inquiring');
    const before = journal.types.length;
    const second = till();
    const recovered = second.recover();
    await eventually(() => second.state.value.at === 'asking');
    expect(journal.types.length).toBe(before);
    await second.send({ type: 'answer', received: true });
    await recovered;
    expect(journal.types.filter((each) => each === 'sale.completed')).toHaveLength(1);
  });
});
