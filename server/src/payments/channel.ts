import { type Approval, ApprovalSchema } from '../../../src/domain/approval.ts';
import type { Acquirer, Order, Outcome, PayOrder } from '../acquirers/acquirer.ts';
import { faultFields, type Logger } from '../log.ts';
import { coded } from './answer.ts';
import { approvalOf, type OrderRow } from './orders.ts';
import type { Timer } from './timer.ts';

/** Calls under way; stopping the server cuts them short, and their rows are taken up after the restart. */
export class Channel {
  readonly #timer: Timer;
  readonly #log: Logger;
  readonly #isDemo: boolean;
  readonly #running = new Set<AbortController>();
  #isStopped = false;

  constructor(parts: { readonly timer: Timer; readonly log: Logger; readonly isDemo: boolean }) {
    this.#timer = parts.timer;
    this.#log = parts.log;
    this.#isDemo = parts.isDemo;
  }

  get underWay(): number {
    return this.#running.size;
  }

  /** Never rejects and never takes longer than `answerMs`: what is not heard by then is `unknown`. */
  async ask(answerMs: number, task: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
    if (this.#isStopped) return { state: 'unknown', reason: 'stopping' };
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.add(controller);
    const cancel = this.#timer.after(answerMs, () => controller.abort('no-answer'));
    const cutOff = new Promise<Outcome>((settle) => {
      signal.addEventListener('abort', () =>
        settle({ state: 'unknown', reason: coded(String(signal.reason)) }),
      );
    });
    try {
      return this.clean(await Promise.race([task(signal), cutOff]));
    } catch (error) {
      this.#log.error('acquirer-fault', faultFields(error));
      return { state: 'unknown', reason: 'adapter-fault' };
    } finally {
      cancel();
      this.#running.delete(controller);
    }
  }

  /** Ends every call, and lets no new one begin. */
  cutAll(): void {
    this.#isStopped = true;
    for (const controller of this.#running) controller.abort('stopping');
  }

  /** An outcome as it may be stored: coded reasons, and no more of a card than the schema allows. */
  clean(outcome: Outcome): Outcome {
    switch (outcome.state) {
      case 'approved':
        return { ...outcome, approval: this.#approval(outcome.approval) };
      case 'declined':
      case 'unknown':
        return { ...outcome, reason: coded(outcome.reason) };
      case 'waiting':
        return outcome.reason === undefined ? outcome : { ...outcome, reason: coded(outcome.reason) };
      default:
        return outcome;
    }
  }

  /** The money has moved even if its description is no good: then the description is left out. */
  #approval(given: Approval): Approval {
    const mark = this.#isDemo ? { demo: true } : {};
    const checked = ApprovalSchema.safeParse(given);
    if (checked.success) return { ...checked.data, ...mark };
    this.#log.error('approval-malformed');
    return mark;
  }
}

export const orderOf = (row: OrderRow): Order => ({
  reference: row.attempt_id,
  amount: row.amount,
  currency: row.currency,
  tender: row.tender,
  ...(row.method === null ? {} : { method: row.method }),
  purpose: row.purpose,
  ...(row.account === null ? {} : { account: row.account }),
  at: row.created_at,
});

/** What an adapter must know of the order that this one refers to. */
export const originalFor = (row: OrderRow): NonNullable<PayOrder['original']> => ({
  reference: row.attempt_id,
  amount: row.amount,
  purpose: row.purpose,
  at: row.created_at,
  approval: approvalOf(row) ?? {},
});

/** Refunds and voids go by `refund`, everything else by `pay`. */
export const send = (acquirer: Acquirer, order: PayOrder, signal: AbortSignal): Promise<Outcome> =>
  order.purpose === 'refund' || order.purpose === 'void'
    ? acquirer.refund(order, signal)
    : acquirer.pay(order, signal);
