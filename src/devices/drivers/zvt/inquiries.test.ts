import { describe, expect, test } from 'vitest';
import { minor } from '../../../domain/money.ts';
import { frameBytes } from '../../simulators/zvt/line.ts';
import { teller, terminalOrder } from '../../testing/terminal-orders.ts';
import { loseResults, zvtRig } from '../../testing/zvt-rig.ts';

describe('a ZVT inquiry', () => {
  test('a terminal that undoes what nobody heard: the payment is not told as made', async () => {
    const rig = await zvtRig({ reversesUnheard: true });
    rig.core.onAuthorising = rig.unplug;
    const order = terminalOrder();
    expect(await rig.pay(order)).toEqual({ kind: 'no-answer', reason: 'lost' });
    await rig.timers.advance(120_000);
    rig.replug();
    await rig.timers.advance(1_000);
    expect(await rig.ask(order)).toEqual({ kind: 'declined', reason: 'not-booked' });
    expect(rig.core.books.charged).toBe(1); // The one of another day.
  });

  test('while the payment still runs it is running', async () => {
    const rig = await zvtRig();
    rig.core.customer.plan({ as: 'person' });
    const order = terminalOrder();
    void rig.terminal.pay(order, new AbortController().signal);
    await rig.timers.advance(2_000);
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'running' });
    rig.unplug();
    rig.replug();
    await rig.timers.advance(30_000);
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'running' });
  });

  test('a payment begun at the terminal meanwhile hides the answer, and one look is enough', async () => {
    const rig = await zvtRig();
    loseResults(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    loseResults(rig, false);
    rig.core.books.book('sale', 999);
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'other-record' });
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'other-record' });
    expect(rig.commands.filter((command) => command === '0620')).toHaveLength(1);
  });

  test('an earlier payment of the same amount is not taken for this one', async () => {
    const rig = await zvtRig();
    await rig.pay(terminalOrder());
    rig.core.customer.plan({ as: 'decline' });
    loseResults(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    loseResults(rig, false);
    expect(await rig.ask(order)).toEqual({ kind: 'declined', reason: 'not-booked' });
  });

  test.each([
    [3_600_000, 4_200, { kind: 'declined', reason: 'not-booked' }],
    // Its clock cannot tell a minute from ours.
    [60_000, 4_200, { kind: 'no-answer', reason: 'other-record' }],
  ])(
    'the first order of a till, with a payment %s ms ago in the books, is told apart by the clock',
    async (usedAgo, _, told) => {
      const rig = await zvtRig({ usedAgo });
      rig.core.customer.plan({ as: 'decline' });
      loseResults(rig, true);
      const order = terminalOrder();
      await rig.pay(order);
      loseResults(rig, false);
      expect(await rig.ask(order)).toEqual(told);
    },
  );

  test('a terminal with nothing to show proves nothing', async () => {
    const rig = await zvtRig({ usedAgo: 0 });
    rig.core.customer.plan({ as: 'decline' });
    loseResults(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    loseResults(rig, false);
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'code-83' });
  });

  test('an end of day has taken the place of the last payment: no answer', async () => {
    const rig = await zvtRig();
    loseResults(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    loseResults(rig, false);
    rig.core.books.endOfDay();
    rig.core.printsEndOfDay = true;
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'other-record' });
  });

  test('an open order is looked up before the next one covers it', async () => {
    const rig = await zvtRig();
    loseResults(rig, true);
    const open = terminalOrder({ amount: minor(777) });
    await rig.pay(open);
    loseResults(rig, false);
    const next = terminalOrder();
    expect(await rig.pay(next)).toMatchObject({ kind: 'approved' });
    expect(await rig.ask(open)).toMatchObject({ kind: 'approved', approval: { channelId: '0002' } });
    expect(await rig.ask(next)).toMatchObject({ kind: 'approved', approval: { channelId: '0003' } });
  });

  test('no new order while an earlier one still runs on the terminal', async () => {
    const rig = await zvtRig();
    rig.core.customer.plan({ as: 'person' });
    void rig.terminal.pay(terminalOrder(), new AbortController().signal);
    await rig.timers.advance(1_000);
    const page = await rig.reloaded();
    expect((await teller(page).pay(terminalOrder())).kind).toBe('declined');
    expect(rig.core.books.charged).toBe(1);
  });

  test('lost notes are said to be lost', async () => {
    const rig = await zvtRig();
    const order = terminalOrder();
    await rig.pay(order);
    const { ask } = teller(await rig.reloaded('lost'));
    expect(await ask(order)).toEqual({ kind: 'no-answer', reason: 'notes-lost' });
  });

  test('another terminal than the one that had the order says nothing', async () => {
    const rig = await zvtRig();
    loseResults(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    loseResults(rig, false);
    const note = rig.stored.get(order.reference);
    if (note === undefined) throw new Error('no note');
    rig.stored.set(order.reference, { ...note, unit: '60000001' });
    const { ask } = teller(await rig.reloaded());
    expect(await ask(order)).toEqual({ kind: 'no-answer', reason: 'other-terminal' });
  });

  test('a late status of an earlier payment is not taken for the next', async () => {
    const rig = await zvtRig();
    loseResults(rig, true);
    const first = terminalOrder();
    await rig.pay(first);
    loseResults(rig, false);
    rig.core.customer.plan({ as: 'decline' });
    const status = frameBytes(rig.core.books.status(rig.core.books.records[1]!));
    const receive = rig.core.receive.bind(rig.core);
    rig.core.receive = (bytes) => {
      if (bytes[2] === 0x06 && bytes[3] === 0x01) {
        rig.core.babble(status);
        rig.core.babble(frameBytes([0x06, 0x0f, 0x00]));
      }
      receive(bytes);
    };
    expect(await rig.pay(terminalOrder())).toMatchObject({ kind: 'declined' });
    expect(await rig.ask(first)).toMatchObject({ kind: 'approved' });
  });

  test('approved and then broken off: the books tell what became of it', async () => {
    const rig = await zvtRig();
    rig.core.breaksOff = true;
    const order = terminalOrder();
    expect(await rig.pay(order)).toEqual({ kind: 'no-answer', reason: 'broken-off' });
    expect(await rig.ask(order)).toEqual({ kind: 'declined', reason: 'not-booked' });
  });
});

describe('undoing a ZVT order', () => {
  test('whose answer was lost is heard as already reversed', async () => {
    const rig = await zvtRig();
    const order = terminalOrder();
    await rig.pay(order);
    loseResults(rig, true);
    expect(await rig.undo(order)).toMatchObject({ kind: 'no-answer' });
    expect(await rig.ask(order)).toMatchObject({ kind: 'no-answer', reason: 'undo-unknown' });
    loseResults(rig, false);
    expect(await rig.undo(order)).toEqual({ kind: 'reversed' });
    expect(rig.core.books.records.filter(({ kind }) => kind === 'reversal')).toHaveLength(1);
    // The next order's books end with the reversal.
    expect(await rig.pay(terminalOrder())).toMatchObject({ kind: 'approved' });
  });

  test('that the terminal has handed in is still booked: the rest is a refund', async () => {
    const rig = await zvtRig();
    const order = terminalOrder();
    await rig.pay(order);
    rig.core.books.endOfDay();
    expect(await rig.undo(order)).toMatchObject({ kind: 'approved', approval: { channelId: '0002' } });
  });

  test('an order whose answer was lost is found, and undone', async () => {
    const rig = await zvtRig();
    loseResults(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    loseResults(rig, false);
    expect(await rig.undo(order)).toEqual({ kind: 'reversed' });
    expect(rig.core.books.charged).toBe(1);
  });
});
