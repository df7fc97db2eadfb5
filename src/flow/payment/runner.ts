import type { Timer } from '../ports.ts';
import {
  type Payment,
  type PaymentEffect,
  type PaymentEvent,
  type PaymentStep,
  recover,
  step,
} from './payment.ts';
import type { Rail, RailAnswer } from './rail.ts';

/** Pause before an answer that the disk refused is stored again, ms: first, and longest. */
export const SAVE_RETRY_FIRST_MS = 500;
export const SAVE_RETRY_LONGEST_MS = 10_000;
/** At ten seconds each this is more than a day: somebody has long looked at the screen. */
export const SAVE_RETRIES_MAX = 10_000;

export interface PaymentPorts {
  readonly timer: Timer;
  /** Resolves when the state is durable in both copies; rejects when it is not. `before` is where it came from. */
  save(payment: Payment, before: Payment): Promise<void>;
  show(payment: Payment): void;
  /** A known answer cannot be stored. Shown loudly, never as paid; called again with each further try. */
  saveRefused(payment: Payment, error: unknown, tries: number): void;
  /** The machine has done what it may; a person with the evidence decides. */
  callManager(payment: Payment): void;
}

/** Store, then show, then act; one event at a time, so that a double tap is one payment. */
export class PaymentRunner {
  #payment: Payment;
  #turn: Promise<void> = Promise.resolve();
  readonly #rail: Rail;
  readonly #ports: PaymentPorts;

  constructor(payment: Payment, rail: Rail, ports: PaymentPorts) {
    this.#payment = payment;
    this.#rail = rail;
    this.#ports = ports;
  }

  get payment(): Payment {
    return this.#payment;
  }

  /** Rejects only when the *intent* cannot be stored: then nothing was sent and no money moved. */
  send(event: PaymentEvent): Promise<void> {
    return this.#queue(() => step(this.#payment, event, this.#rail.timings));
  }

  /** Takes up an attempt found in the journal after a restart. */
  recover(): Promise<void> {
    return this.#queue(() => {
      const [next, effects] = recover(this.#payment, this.#rail.timings);
      // A state that stays as it was stored is news all the same to a screen that has just opened.
      if (next === this.#payment) this.#ports.show(next);
      return [next, effects];
    });
  }

  #queue(next: () => PaymentStep): Promise<void> {
    const turn = this.#turn.then(() => this.#take(next()));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #take([next, effects]: PaymentStep): Promise<void> {
    const before = this.#payment;
    if (next !== before) {
      await this.#save(next, before);
      this.#payment = next;
      this.#ports.show(next);
      // UNKNOWN is stored as such before the first question, so that no restart can take it for SENDING again.
      if (next.at === 'unknown' || next.at === 'not-found' || next.at === 'approved-late') {
        return this.#take(
          step(next, { type: 'no-answer', reason: next.reason ?? next.at }, this.#rail.timings),
        );
      }
    }
    // Not awaited: an answer is an event of its own, and must find the queue free.
    for (const effect of effects) void this.#perform(effect);
  }

  /** An intent that cannot be stored is given up; an answer that cannot be stored is tried until it can. */
  async #save(next: Payment, before: Payment): Promise<void> {
    const isIntent = before.at === 'draft' || before.at === 'prepared';
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#ports.save(next, before);
      } catch (error) {
        if (isIntent || tries > SAVE_RETRIES_MAX) throw error;
        this.#ports.saveRefused(next, error, tries);
        await this.#ports.timer.wait(
          Math.min(SAVE_RETRY_FIRST_MS * 2 ** Math.min(tries - 1, 10), SAVE_RETRY_LONGEST_MS),
        );
      }
    }
  }

  async #perform(effect: PaymentEffect): Promise<void> {
    const { attempt } = this.#payment;
    switch (effect.type) {
      case 'send':
        return this.send(toEvent(await this.#rail.send(attempt).catch(asNoAnswer)));
      case 'inquire':
        await this.#ports.timer.wait(this.#rail.timings.delayMs(effect.tries));
        return this.send(toEvent(await this.#rail.inquire(attempt).catch(asNoAnswer)));
      case 'reverse':
        await this.#ports.timer.wait(this.#rail.timings.delayMs(effect.tries));
        return this.send(
          (await this.#rail.reverse(attempt).catch(() => false))
            ? { type: 'reversed' }
            : { type: 'no-answer', reason: 'reversal' },
        );
      case 'refund':
        return this.send(
          (await this.#rail.refund(attempt).catch(() => false))
            ? { type: 'refunded' }
            : { type: 'no-answer', reason: 'refund' },
        );
      case 'call-manager':
        return this.#ports.callManager(this.#payment);
      default:
        return effect satisfies never;
    }
  }
}

const asNoAnswer = (error: unknown): RailAnswer => ({
  kind: 'no-answer',
  reason: error instanceof Error ? error.name : 'error',
});

function toEvent(answer: RailAnswer): PaymentEvent {
  const { kind, ...rest } = answer;
  return { type: kind, ...rest } as PaymentEvent;
}
