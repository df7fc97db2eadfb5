import type { PaymentTerminal, TerminalAnswer, TerminalOrder } from '../../devices/ports.ts';
import type { Approval } from '../../domain/approval.ts';
import { type Attempt, purposeOf } from '../../domain/attempt.ts';
import type { RailTimingsData } from '../../domain/rails.ts';
import type { Timer } from '../ports.ts';
import { undoOf } from './attempt-facts.ts';
import { lateRefundOf } from './late-refund.ts';
import type { Rail, RailAnswer } from './rail.ts';
import { within } from './within.ts';

/** How long a terminal may take to say that it has stopped, ms. */
const STOP_MS = 3_000;

export interface TerminalRailPorts {
  readonly terminal: PaymentTerminal;
  readonly timer: Timer;
  readonly timings: RailTimingsData;
}

/** A certified terminal: it keeps the customer, the card and its host to itself, and is asked by our own reference. */
export function terminalRail(attempt: Attempt, { terminal, timer, timings }: TerminalRailPorts): Rail {
  const reference = attempt.attemptId;
  const ask = async (work: Promise<TerminalAnswer>): Promise<RailAnswer> =>
    heard(await within(timer, timings.answerMs, work));
  return {
    timings,
    undo: undoOf(attempt),
    link: {
      online: () => terminal.link === 'connected',
      subscribe: (listener) => terminal.subscribe(listener),
      waiting: { for: 'terminal' },
    },
    waits: { for: 'terminal' },
    send: async (_, { secret, signal, waiting }) => {
      if (terminal.link === 'absent') return { kind: 'declined', reason: 'no-device' };
      waiting({ for: 'terminal' });
      return heard(await paid(orderOf(attempt, secret.original), signal, { terminal, timer, timings }));
    },
    inquire: () => ask(terminal.inquire(reference)),
    reverse: () => ask(terminal.reverse(reference)),
    refund: async (_, approval) => {
      if (approval === undefined) return { kind: 'declined', reason: 'original-unknown' };
      const refund = lateRefundOf(attempt);
      // The terminal knows its own references: one that was paid out already is not paid out again.
      const before = heard(await within(timer, timings.answerMs, terminal.inquire(refund.attemptId)));
      if (before.kind === 'approved') return { kind: 'refunded' };
      if (before.kind !== 'not-found') return before;
      const answer = await ask(terminal.pay(orderOf(refund, approval), new AbortController().signal));
      return answer.kind === 'approved' ? { kind: 'refunded' } : answer;
    },
  };
}

function orderOf(attempt: Attempt, original: Approval | undefined): TerminalOrder {
  const { attemptId, amount, currency, tip } = attempt;
  return {
    reference: attemptId,
    amount,
    currency,
    purpose: purposeOf(attempt),
    ...(tip === undefined ? {} : { tip }),
    ...(attempt.original === undefined || original === undefined
      ? {}
      : { original: { reference: attempt.original, approval: original } }),
  };
}

/** Waits for the terminal; when its time is over tells it to stop, and hears whether it had come to an end after all. */
async function paid(
  order: TerminalOrder,
  signal: AbortSignal,
  { terminal, timer, timings }: TerminalRailPorts,
): Promise<TerminalAnswer | undefined> {
  const stop = new AbortController();
  const forward = (): void => stop.abort(signal.reason);
  if (signal.aborted) return { kind: 'declined', reason: 'cancelled' };
  signal.addEventListener('abort', forward, { once: true });
  const work = terminal.pay(order, stop.signal);
  const inTime = await within(timer, timings.answerMs, work);
  signal.removeEventListener('abort', forward);
  if (inTime !== undefined) return inTime;
  stop.abort(new DOMException('timeout', 'TimeoutError'));
  return within(timer, STOP_MS, work);
}

function heard(answer: TerminalAnswer | undefined): RailAnswer {
  return answer ?? { kind: 'no-answer', reason: 'timeout' };
}
