import { expect, test } from 'vitest';
import type { Approval } from '../../domain/approval.ts';
import type { TerminalAnswer } from '../ports.ts';
import type { TerminalReason } from '../reasons.ts';
import { FakeTimers, settle } from '../testing/fake-timers.ts';
import { terminalOrder } from '../testing/terminal-orders.ts';
import { type OrderNote, OrderNotes } from './order-notes.ts';
import {
  declined,
  noAnswer,
  type OrderWork,
  type TerminalDialect,
  TerminalOrders,
} from './terminal-orders.ts';

const APPROVED: TerminalAnswer = { kind: 'approved', approval: { trace: '1' } };

/** A terminal that says what it is told to say, and counts what it is asked. */
class Dialect implements TerminalDialect {
  readonly driver = 'fake';
  readonly storesOffline = false;
  readonly lost = new Promise<void>(() => undefined);
  unit: string | undefined;
  away: TerminalReason | undefined;
  charges = 0;
  asks = 0;
  undos = 0;
  says: TerminalAnswer = APPROVED;
  during: (work: OrderWork) => Promise<void> = async () => undefined;

  async close(): Promise<void> {}

  refuses(): TerminalReason | undefined {
    return undefined;
  }

  async meet(): Promise<TerminalReason | undefined> {
    return this.away;
  }

  async charge(_: unknown, work: OrderWork): Promise<TerminalAnswer> {
    this.charges += 1;
    await this.during(work);
    return this.says;
  }

  async ask(): Promise<TerminalAnswer> {
    this.asks += 1;
    return this.says;
  }

  async undo(_: string, __: unknown, approval: Approval): Promise<TerminalAnswer> {
    this.undos += 1;
    return this.says.kind === 'approved' ? { kind: 'reversed' } : (this.says ?? approval);
  }
}

function make(remembered: readonly OrderNote[] | undefined = []) {
  const dialect = new Dialect();
  const saved: OrderNote[] = [];
  const disk = { isFull: false };
  const store = {
    save: async (note: OrderNote) => {
      if (disk.isFull) throw new Error('quota');
      saved.push(note);
    },
  };
  const notes = new OrderNotes(store, remembered);
  const orders = new TerminalOrders(dialect, { timers: new FakeTimers(), now: () => 7, notes });
  const pay = (order = terminalOrder()) => orders.pay(order, new AbortController().signal);
  return { dialect, saved, disk, notes, orders, pay };
}

test('a note is durable before the order leaves, and says how it ended', async () => {
  const { dialect, saved, pay } = make();
  const order = terminalOrder();
  dialect.during = async ({ note }) => {
    expect(saved).toMatchObject([{ reference: order.reference, state: 'sent', at: 7, amount: 1_250 }]);
    await note({ accepted: true });
  };
  expect(await pay(order)).toEqual(APPROVED);
  expect(saved.at(-1)).toMatchObject({ state: 'approved', accepted: true, approval: { trace: '1' } });
});

test('what is known for certain is not asked again; what is not, is', async () => {
  const { dialect, orders, pay } = make();
  const order = terminalOrder();
  dialect.says = noAnswer('lost');
  expect(await pay(order)).toEqual(noAnswer('lost'));
  expect(await orders.inquire(order.reference)).toEqual(noAnswer('lost'));
  dialect.says = declined('code-x');
  expect(await orders.inquire(order.reference)).toEqual(declined('code-x'));
  dialect.says = APPROVED;
  expect(await orders.inquire(order.reference)).toEqual(declined('code-x'));
  expect(await pay(order)).toEqual(declined('code-x'));
  expect([dialect.charges, dialect.asks]).toEqual([1, 2]);
});

test('a terminal that cannot be met is given nothing, for good', async () => {
  const { dialect, pay } = make();
  dialect.away = 'silent';
  const order = terminalOrder();
  expect(await pay(order)).toEqual(declined('silent'));
  dialect.away = undefined;
  expect(await pay(order)).toEqual(declined('silent'));
  expect(dialect.charges).toBe(0);
});

test('a note that cannot be kept keeps the order back; an answer that cannot be kept is an answer', async () => {
  const { dialect, disk, pay, orders } = make();
  disk.isFull = true;
  expect(await pay()).toEqual(declined('not-noted'));
  disk.isFull = false;
  const order = terminalOrder();
  dialect.during = async () => {
    disk.isFull = true;
  };
  expect(await pay(order)).toEqual(APPROVED);
  expect(await orders.inquire(order.reference)).toEqual(APPROVED);
  expect(await orders.reverse(order.reference)).toEqual(noAnswer('not-noted'));
  expect(dialect.undos).toBe(0);
});

test('one order at a time: a second is refused, a question about it is told to come back', async () => {
  const { dialect, orders, pay } = make();
  let go: () => void = () => undefined;
  dialect.during = () =>
    new Promise((resolve) => {
      go = resolve;
    });
  const order = terminalOrder();
  const first = pay(order);
  await settle();
  expect(await pay()).toEqual(declined('busy'));
  expect(await orders.inquire(order.reference)).toEqual(noAnswer('running'));
  expect(await orders.inquire('f'.repeat(32))).toEqual(noAnswer('busy'));
  expect(await pay(order)).toEqual(noAnswer('running'));
  go();
  expect(await first).toEqual(APPROVED);
});

test('called off before anything was sent', async () => {
  const { dialect, orders } = make();
  const stop = new AbortController();
  stop.abort();
  expect(await orders.pay(terminalOrder(), stop.signal)).toEqual(declined('cancelled'));
  expect(dialect.charges).toBe(0);
});

test('what was paid with play money is not paid back with real money', async () => {
  const { dialect, pay } = make();
  const original = (approval: Approval) =>
    terminalOrder({ purpose: 'refund', original: { reference: 'f'.repeat(32), approval } });
  expect(await pay(original({ trace: '1', demo: true }))).toEqual(declined('original-unknown'));
  expect(dialect.charges).toBe(0);
  expect(await pay(original({ trace: '1' }))).toEqual(APPROVED);
});

test('an undo is noted before it leaves, and done once', async () => {
  const { dialect, saved, orders, pay } = make();
  const order = terminalOrder();
  await pay(order);
  dialect.says = noAnswer('lost');
  expect(await orders.reverse(order.reference)).toEqual(noAnswer('lost'));
  expect(saved.at(-1)).toMatchObject({ state: 'approved', undoing: true });
  expect(await orders.inquire(order.reference)).toEqual(noAnswer('lost'));
  dialect.says = APPROVED;
  expect(await orders.reverse(order.reference)).toEqual({ kind: 'reversed' });
  expect(await orders.reverse(order.reference)).toEqual({ kind: 'reversed' });
  expect(await orders.inquire(order.reference)).toEqual({ kind: 'reversed' });
  expect(dialect.undos).toBe(2);
});

test('what was stored off line is asked about until the bank has it', async () => {
  const { dialect, orders, pay } = make();
  const order = terminalOrder();
  dialect.says = { kind: 'approved', approval: { trace: '1', offline: true } };
  await pay(order);
  dialect.says = APPROVED;
  expect(await orders.inquire(order.reference)).toEqual(APPROVED);
});

test.each([
  [{ driver: 'zvt' }, undefined],
  [{ unit: '2' }, '1'],
])('an order of another terminal (%j) is not told by this one', async (more, unit) => {
  const order = terminalOrder();
  const { amount, currency, purpose, reference } = order;
  const note = {
    reference,
    driver: 'fake',
    turn: 1,
    at: 1,
    amount,
    currency,
    purpose,
    state: 'sent' as const,
    ...more,
  };
  const { dialect, orders } = make([note]);
  dialect.unit = unit;
  expect(await orders.inquire(reference)).toEqual(noAnswer('other-terminal'));
  expect(await orders.reverse(reference)).toEqual(noAnswer('other-terminal'));
  expect([dialect.asks, dialect.undos]).toEqual([0, 0]);
});
