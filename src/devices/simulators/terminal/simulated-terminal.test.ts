import { expect, test } from 'vitest';
import { minor } from '../../../domain/money.ts';
import { FakeTimers } from '../../testing/fake-timers.ts';
import { paymentTerminalConformance, type TerminalRig } from '../../testing/terminal-conformance.ts';
import { SimulatedTerminal, type TerminalPlay } from './simulated-terminal.ts';

const counting = () => {
  let next = 0;
  return { bytes: (length: number) => Uint8Array.from({ length }, () => (next = (next + 73) % 256)) };
};

const PLAYS: Readonly<Record<Parameters<TerminalRig['plan']>[0], TerminalPlay>> = {
  approve: { as: 'approve' },
  decline: { as: 'decline' },
  'lose-approved': { as: 'lose-answer', truth: 'approved' },
  'lose-declined': { as: 'lose-answer', truth: 'declined' },
  'never-arrived': { as: 'lose-answer', truth: 'not-found' },
  'cut-approved': { as: 'cut', truth: 'approved' },
};

const rigOf = (storesOffline: boolean) => async (): Promise<TerminalRig> => {
  const timers = new FakeTimers();
  const terminal = new SimulatedTerminal({ timers, random: counting(), storesOffline });
  return {
    terminal,
    timers,
    plan: (as) => terminal.plan(PLAYS[as]),
    replug: () => terminal.plug(),
    setHostOnline: (on) => terminal.setHostOnline(on),
  };
};

paymentTerminalConformance('the simulated terminal', rigOf(false));
paymentTerminalConformance('the simulated terminal that stores', rigOf(true));

test('the red key declines, and what is stored is counted until the host has it', async () => {
  const timers = new FakeTimers();
  const terminal = new SimulatedTerminal({ timers, random: counting(), storesOffline: true });
  const order = (reference: string) =>
    ({ reference, amount: minor(100), currency: 'CNY', purpose: 'sale' }) as const;
  const pay = async (reference: string) => {
    const answer = terminal.pay(order(reference), new AbortController().signal);
    await timers.advance(3_000);
    return answer;
  };
  terminal.plan({ as: 'cancel' });
  expect(await pay('1')).toEqual({ kind: 'declined', reason: 'cancelled' });
  terminal.setHostOnline(false);
  expect(await pay('2')).toMatchObject({ kind: 'approved', approval: { offline: true, demo: true } });
  expect(terminal.stored).toBe(1);
  terminal.setHostOnline(true);
  expect(terminal.stored).toBe(0);
});
