import { minor } from '../../domain/money.ts';
import type { TerminalAnswer, TerminalOrder } from '../ports.ts';
import type { FakeTimers } from './fake-timers.ts';

let orders = 0x1000;

/** An order with a reference that no other has. */
export function terminalOrder(more: Partial<TerminalOrder> = {}): TerminalOrder {
  orders += 1;
  const reference = orders.toString(16).padStart(8, '0').repeat(4);
  return { reference, amount: minor(1_250), currency: 'CNY', purpose: 'sale', ...more };
}

/** Lets time pass until the answer is there; fails the test when ten minutes were not enough. */
export async function heard(timers: FakeTimers, work: Promise<TerminalAnswer>): Promise<TerminalAnswer> {
  let ended: TerminalAnswer | undefined;
  void work.then((value) => {
    ended = value;
  });
  for (let second = 0; second < 600 && ended === undefined; second += 1) await timers.advance(1_000);
  if (ended === undefined) throw new Error('no answer within ten minutes');
  return ended;
}

/** What a rig can be asked to do, in one word each. */
export function teller(rig: {
  readonly terminal: {
    pay(order: TerminalOrder, signal: AbortSignal): Promise<TerminalAnswer>;
    inquire(reference: string): Promise<TerminalAnswer>;
    reverse(reference: string): Promise<TerminalAnswer>;
  };
  readonly timers: FakeTimers;
}) {
  const { terminal, timers } = rig;
  return {
    pay: (order: TerminalOrder, signal = new AbortController().signal) =>
      heard(timers, terminal.pay(order, signal)),
    ask: ({ reference }: TerminalOrder) => heard(timers, terminal.inquire(reference)),
    undo: ({ reference }: TerminalOrder) => heard(timers, terminal.reverse(reference)),
  };
}
