import type { AttemptAnswer } from '../../contract/api.ts';
import type { PaymentTerminal, TerminalAnswer } from '../../devices/ports.ts';
import { type Attempt, purposeOf } from '../../domain/attempt.ts';
import type { Timer } from '../ports.ts';

/** What a host makes of a charge, whatever the till believes. */
export const HOST_TRUTHS = ['approved', 'declined', 'never-arrived', 'approved-late', 'cannot-undo'] as const;
export type HostTruth = (typeof HOST_TRUTHS)[number];

/** How long after its arrival a late charge is booked, ms: inside every rail's window. */
const LATE_MS = 20_000;

interface Account {
  readonly amount: number;
  state: 'booked' | 'declined' | 'undone' | 'tombstone';
}

/** Whoever holds the money, with its own account of it: the other side that the journal must agree with in the end. */
export class ScriptedHost {
  readonly #accounts = new Map<string, Account>();
  readonly #truth: HostTruth;
  readonly #timer: Timer;

  constructor(truth: HostTruth, timer: Timer) {
    this.#truth = truth;
    this.#timer = timer;
  }

  /** Money the host holds for the shop: taken less given back. */
  get net(): number {
    return [...this.#accounts.values()]
      .filter((account) => account.state === 'booked')
      .reduce((sum, account) => sum + account.amount, 0);
  }

  /** A charge or a refund arrives. Again under the same id it moves nothing. */
  arrive(attempt: Attempt): AttemptAnswer {
    const { attemptId, amount } = attempt;
    if (this.#accounts.has(attemptId)) return this.query(attempt);
    if (purposeOf(attempt) === 'refund') {
      this.#accounts.set(attemptId, { amount: -amount, state: 'booked' });
      return approved;
    }
    if (this.#truth === 'never-arrived') return { state: 'unknown', reason: 'lost' };
    if (this.#truth === 'approved-late') {
      void this.#timer.wait(LATE_MS).then(() => {
        if (!this.#accounts.has(attemptId)) this.#accounts.set(attemptId, { amount, state: 'booked' });
      });
      return { state: 'unknown', reason: 'late' };
    }
    const state = this.#truth === 'declined' ? 'declined' : 'booked';
    this.#accounts.set(attemptId, { amount, state });
    return this.query(attempt);
  }

  query({ attemptId }: Pick<Attempt, 'attemptId'>): AttemptAnswer {
    const account = this.#accounts.get(attemptId);
    if (account === undefined) return { state: 'not-found' };
    if (account.state === 'declined') return { state: 'declined', reason: 'insufficient-funds' };
    if (account.state !== 'booked') return { state: 'reversed' };
    return this.#truth === 'cannot-undo' && account.amount > 0
      ? { state: 'unknown', reason: 'busy' }
      : approved;
  }

  reverse({ attemptId }: Pick<Attempt, 'attemptId'>): AttemptAnswer {
    const account = this.#accounts.get(attemptId);
    if (account === undefined) this.#accounts.set(attemptId, { amount: 0, state: 'tombstone' });
    else if (account.state === 'booked') {
      if (this.#truth === 'cannot-undo') return approved;
      account.state = 'undone';
    } else if (account.state === 'declined') return this.query({ attemptId });
    return { state: 'reversed' };
  }
}

const approved: AttemptAnswer = { state: 'approved', approval: { channelId: '4200001', authCode: '123456' } };

/** The host's words as a terminal says them. */
export function terminalAnswer(answer: AttemptAnswer): TerminalAnswer {
  switch (answer.state) {
    case 'approved':
      return { kind: 'approved', approval: answer.approval ?? {} };
    case 'declined':
      return { kind: 'declined', reason: `code-${answer.reason ?? 'none'}` };
    case 'reversed':
    case 'not-found':
      return { kind: answer.state };
    default:
      return { kind: 'no-answer', reason: `code-${answer.reason ?? answer.state}` };
  }
}

/** How a call reaches the host and its answer comes back; a simulated page puts its accidents here. */
export interface HostCalls {
  charge(attempt: Attempt): Promise<AttemptAnswer>;
  query(attempt: Pick<Attempt, 'attemptId'>): Promise<AttemptAnswer>;
  reverse(attempt: Pick<Attempt, 'attemptId'>): Promise<AttemptAnswer>;
}

/** A terminal whose host is the scripted one. It is always plugged in. */
export function hostTerminal(calls: HostCalls, saleOf: (reference: string) => Attempt): PaymentTerminal {
  const named = (reference: string) => ({ attemptId: reference as Attempt['attemptId'] });
  return {
    link: 'connected',
    storesOffline: false,
    subscribe: () => () => undefined,
    pay: async ({ reference, amount, purpose }) =>
      terminalAnswer(await calls.charge({ ...saleOf(reference), ...named(reference), amount, purpose })),
    inquire: async (reference) => terminalAnswer(await calls.query(named(reference))),
    reverse: async (reference) => terminalAnswer(await calls.reverse(named(reference))),
  };
}
