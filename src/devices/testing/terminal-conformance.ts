import { describe, expect, test } from 'vitest';
import { ApprovalSchema } from '../../domain/approval.ts';
import { minor } from '../../domain/money.ts';
import type { PaymentTerminal, TerminalAnswer, TerminalOrder } from '../ports.ts';
import type { FakeTimers } from './fake-timers.ts';

/** A terminal as flows get it, and what becomes of its next order. */
export interface TerminalRig {
  readonly terminal: PaymentTerminal;
  readonly timers: FakeTimers;
  plan(
    as: 'approve' | 'decline' | 'lose-approved' | 'lose-declined' | 'never-arrived' | 'cut-approved',
  ): void;
  replug(): void;
  /** The terminal's own line to its host; only where it stores off line. */
  setHostOnline?(on: boolean): void;
}

let orders = 0;
const orderOf = (more: Partial<TerminalOrder> = {}): TerminalOrder => {
  orders += 1;
  return {
    reference: orders.toString(16).padStart(32, '0'),
    amount: minor(1250),
    currency: 'CNY',
    purpose: 'sale',
    ...more,
  };
};
const free = (): AbortSignal => new AbortController().signal;

/** Lets time pass until the answer is there; fails the test when ten minutes were not enough. */
async function ending(timers: FakeTimers, work: Promise<TerminalAnswer>): Promise<TerminalAnswer> {
  let ended: TerminalAnswer | undefined;
  void work.then((value) => {
    ended = value;
  });
  for (let second = 0; second < 600 && ended === undefined; second += 1) await timers.advance(1_000);
  if (ended === undefined) throw new Error('no answer within ten minutes');
  return ended;
}

/** What every certified terminal must do, whatever it speaks. `connected` gives a fresh, plugged-in one. */
export function paymentTerminalConformance(name: string, connected: () => Promise<TerminalRig>): void {
  const paid = async (as: Parameters<TerminalRig['plan']>[0]) => {
    const rig = await connected();
    const order = orderOf();
    rig.plan(as);
    return { ...rig, order, answer: await ending(rig.timers, rig.terminal.pay(order, free())) };
  };

  describe(`${name} as a payment terminal`, () => {
    test('approves with what the slip needs, and says the same when asked', async () => {
      const { terminal, timers, order, answer } = await paid('approve');
      if (answer.kind !== 'approved') throw new Error(answer.kind);
      expect(ApprovalSchema.parse(answer.approval)).toEqual(answer.approval);
      expect(await ending(timers, terminal.inquire(order.reference))).toEqual(answer);
    });

    test('declines, and says the same when asked', async () => {
      const { terminal, timers, order, answer } = await paid('decline');
      expect(answer.kind).toBe('declined');
      expect(await ending(timers, terminal.inquire(order.reference))).toEqual(answer);
    });

    test('an order given twice is one payment', async () => {
      const { terminal, timers, order, answer } = await paid('approve');
      expect(await ending(timers, terminal.pay(order, free()))).toEqual(answer);
    });

    test.each([
      ['lose-approved', 'approved'],
      ['lose-declined', 'declined'],
      ['never-arrived', 'not-found'],
    ] as const)('a lost answer (%s) is none; asked again it says %s', async (as, truth) => {
      const { terminal, timers, order, answer } = await paid(as);
      expect(answer.kind).toBe('no-answer');
      expect(await ending(timers, terminal.inquire(order.reference))).toMatchObject({ kind: truth });
    });

    test('a cable cut while the card is read is no answer; plugged in again it tells the truth', async () => {
      const { terminal, timers, order, answer, replug } = await paid('cut-approved');
      expect(answer.kind).toBe('no-answer');
      expect(terminal.link).toBe('absent');
      expect(await ending(timers, terminal.inquire(order.reference))).toMatchObject({ kind: 'no-answer' });
      await timers.advance(60_000);
      replug();
      await timers.advance(1_000);
      expect(await ending(timers, terminal.inquire(order.reference))).toMatchObject({ kind: 'approved' });
    });

    test('an order it never had is not found', async () => {
      const { terminal, timers } = await connected();
      expect(await ending(timers, terminal.inquire('f'.repeat(32)))).toEqual({ kind: 'not-found' });
    });

    test('undoes an approved order once, however often it is told', async () => {
      const { terminal, timers, order } = await paid('approve');
      for (let round = 0; round < 2; round += 1)
        expect(await ending(timers, terminal.reverse(order.reference))).toEqual({ kind: 'reversed' });
      expect(await ending(timers, terminal.inquire(order.reference))).toEqual({ kind: 'reversed' });
    });

    test('stopped before the card was read, it has not been paid', async () => {
      const { terminal, timers, plan } = await connected();
      plan('approve');
      const stop = new AbortController();
      const order = orderOf();
      const answer = terminal.pay(order, stop.signal);
      await timers.advance(100);
      stop.abort();
      expect((await ending(timers, answer)).kind).not.toBe('approved');
      expect((await ending(timers, terminal.inquire(order.reference))).kind).not.toBe('approved');
    });

    test('a second order while one runs is refused and leaves the first alone', async () => {
      const { terminal, timers, plan } = await connected();
      plan('approve');
      const first = terminal.pay(orderOf(), free());
      await timers.advance(100);
      expect(await ending(timers, terminal.pay(orderOf(), free()))).toMatchObject({ kind: 'declined' });
      expect(await ending(timers, first)).toMatchObject({ kind: 'approved' });
    });

    test('off line it takes a card only if it stores, and marks what its bank has not seen', async () => {
      const { terminal, timers, plan, setHostOnline } = await connected();
      if (setHostOnline === undefined) return;
      setHostOnline(false);
      plan('approve');
      const order = orderOf();
      const answer = await ending(timers, terminal.pay(order, free()));
      if (!terminal.storesOffline) return expect(answer.kind).toBe('declined');
      expect(answer).toMatchObject({ kind: 'approved', approval: { offline: true } });
      setHostOnline(true);
      const later = await ending(timers, terminal.inquire(order.reference));
      expect(later.kind === 'approved' && later.approval.offline).toBeUndefined();
    });
  });
}
