import type { CashDrawer, PrintOutcome } from '../../devices/ports.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { Random } from '../../domain/clock.ts';
import { newAttemptId, newLineId, newSaleId, type OperatorId, receiptNumber } from '../../domain/ids.ts';
import { type AttemptRecord, type Journal, JournalError, type SaleRecord } from '../../domain/journal.ts';
import { CURRENCY_EXPONENTS, type Currency } from '../../domain/money.ts';
import type { RoundingRule } from '../../domain/rounding.ts';
import type { OpenSale } from '../../domain/sale.ts';
import { quickAmounts } from '../../domain/tender.ts';
import { cashRail } from '../payment/cash-rail.ts';
import { newPayment, type Payment } from '../payment/payment.ts';
import { PaymentRunner } from '../payment/runner.ts';
import type { Timer } from '../ports.ts';
import type { Checkout, CheckoutEvent, CheckoutState, SlipState } from '../services.ts';
import { Store } from '../store.ts';
import {
  type CheckoutContext,
  type CheckoutEffect,
  type CheckoutModel,
  EMPTY_CHECKOUT,
  type InnerEvent,
  step,
  view,
} from './checkout.ts';
import { Committer, draftsOf, needsRecovery } from './commit.ts';
import type { Draft } from './draft.ts';

export interface CheckoutPorts {
  readonly journal: Journal;
  readonly timer: Timer;
  readonly random: Random;
  readonly drawer: CashDrawer;
  operator(): OperatorId;
  currency(): Currency;
  rounding(): RoundingRule;
  today(): BusinessDay;
  autoPrint(): boolean;
  receiptUrl(record: SaleRecord): string;
  print(record: SaleRecord, kickDrawer: boolean): Promise<PrintOutcome>;
  /** A paper that says what was taken when the journal cannot: amount and reference, marked as not recorded. */
  printUnsaved(sale: OpenSale, attempt: Attempt): Promise<PrintOutcome>;
  keepDraft(draft: Draft): Promise<void>;
  /** Something beside the money went wrong (draft, drawer entry): told, never in the way. */
  alarm(error: unknown): void;
}

/** The sale in hand: takes what the cashier does through the pure machine and acts at the edge. */
export class CheckoutRunner implements Checkout {
  readonly state: Store<CheckoutState>;
  #model: CheckoutModel = EMPTY_CHECKOUT;
  /** Resolves the question that is on the screen. */
  #question: { readonly attemptId: string; resolve(received: boolean): void } | undefined;
  /** An answer given before the question had reached the rail: a quick finger is not to be asked twice. */
  #earlyAnswer: { readonly attemptId: string; readonly received: boolean } | undefined;
  /** The first paper of a sale opens the drawer with it; papers asked for later do not. */
  #kickWithPaper = false;
  readonly #ports: CheckoutPorts;

  constructor(ports: CheckoutPorts) {
    this.#ports = ports;
    this.state = new Store(this.#view());
  }

  async send(event: CheckoutEvent): Promise<void> {
    await this.#take(event);
  }

  /** Puts back the basket that stood here before the page was closed. */
  restore(draft: Draft): void {
    if (this.#model.at !== 'editing') return;
    this.#model = { at: 'editing', entry: draft.entry, lines: draft.lines };
    this.state.set(this.#view());
  }

  /** True while closing the page would interrupt something: an update must wait. */
  get isBusy(): boolean {
    const { at } = this.#model;
    return at !== 'done' && !(at === 'editing' && this.#model.lines.length === 0 && this.#model.entry === '');
  }

  /** Takes up what a crash left behind, one question at a time. Resolves when nothing is open any more. */
  async recover(): Promise<void> {
    for (const record of await this.#ports.journal.unresolved()) {
      if (!needsRecovery(record.state)) continue;
      const sale = await this.#openSaleOf(record);
      if (sale !== undefined) await this.#recoverOne(record, sale);
    }
  }

  async #openSaleOf({ attempt }: AttemptRecord): Promise<OpenSale | undefined> {
    for (const { entry } of await this.#ports.journal.entriesOf(attempt.saleId)) {
      if (entry.type === 'sale.opened') return entry.body;
    }
    return undefined;
  }

  #recoverOne({ attempt, state }: AttemptRecord, sale: OpenSale): Promise<void> {
    return new Promise((resolve) => {
      const at =
        state === 'inquiring' || state === 'reversing'
          ? ({ at: state, tries: 0 } as const)
          : ({ at: state } as const);
      const runner = this.#paymentRunner({ attempt, ...at }, sale, { recovered: true, ended: resolve });
      runner.recover().catch((error: unknown) => {
        this.#ports.alarm(error);
        resolve();
      });
    });
  }

  async #take(event: CheckoutEvent | InnerEvent): Promise<void> {
    const [next, effects] = step(this.#model, event, this.#context());
    if (next !== this.#model) {
      this.#model = next;
      this.state.set(this.#view());
    }
    await Promise.all(effects.map((effect) => this.#perform(effect)));
  }

  async #perform(effect: CheckoutEffect): Promise<void> {
    switch (effect.type) {
      case 'keep-draft':
        return this.#ports.keepDraft({ lines: effect.lines, entry: effect.entry }).catch(this.#ports.alarm);
      case 'pay':
        return this.#pay(effect.sale, effect.attempt);
      case 'answer':
        return this.#answered(effect.attempt.attemptId, effect.received);
      case 'print':
        return this.#print(effect.of);
      default:
        return effect satisfies never;
    }
  }

  async #pay(sale: OpenSale, attempt: Attempt): Promise<void> {
    const runner = this.#paymentRunner(newPayment(attempt), sale, {
      recovered: false,
      ended: () => undefined,
    });
    try {
      await runner.send({ type: 'prepare' });
      await runner.send({ type: 'send' });
    } catch (error) {
      const reason = error instanceof JournalError ? error.code : 'not-stored';
      await this.#take({ type: 'intent-refused', sale, reason });
    }
  }

  #paymentRunner(
    payment: Payment,
    sale: OpenSale,
    end: { recovered: boolean; ended(): void },
  ): PaymentRunner {
    const { journal, timer, operator, alarm } = this.#ports;
    const committer = new Committer(journal, sale.saleId);
    return new PaymentRunner(
      payment,
      cashRail((attempt) => this.#ask(attempt.attemptId)),
      {
        timer,
        save: async (next, before) => {
          await committer.append(draftsOf(next, before, sale), operator());
        },
        show: (next) => {
          this.#shown(next, sale, end).catch(alarm);
        },
        saveRefused: (next, error, tries) => {
          const reason = error instanceof JournalError ? error.code : 'not-stored';
          // Only an approval that cannot be written is money without a record; other moves are tried again in silence.
          if (next.at !== 'approved') return;
          this.#take({ type: 'save-refused', sale, attempt: next.attempt, reason, tries }).catch(alarm);
        },
        callManager: () => undefined,
      },
    );
  }

  #ask(attemptId: string): Promise<boolean> {
    const early = this.#earlyAnswer;
    this.#earlyAnswer = undefined;
    if (early?.attemptId === attemptId) return Promise.resolve(early.received);
    return new Promise((resolve) => {
      this.#question = { attemptId, resolve };
    });
  }

  #answered(attemptId: string, received: boolean): void {
    const question = this.#question;
    if (question?.attemptId === attemptId) {
      this.#question = undefined;
      question.resolve(received);
    } else {
      this.#earlyAnswer = { attemptId, received };
    }
  }

  async #shown(payment: Payment, sale: OpenSale, end: { recovered: boolean; ended(): void }): Promise<void> {
    await this.#take({ type: 'payment-moved', sale, payment });
    if (payment.at === 'approved') {
      await this.#completed(payment.attempt, end.recovered);
      end.ended();
    } else if (
      payment.at === 'declined' ||
      payment.at === 'abandoned' ||
      payment.at === 'reversed' ||
      payment.at === 'refunded'
    ) {
      await this.#take({ type: 'not-paid', sale, recovered: end.recovered });
      end.ended();
    }
  }

  /** The sale is on disk twice. Paper and drawer are effects of that, and come after it. */
  async #completed(attempt: Attempt, recovered: boolean): Promise<void> {
    const record = await this.#ports.journal.sale(attempt.saleId);
    if (record === undefined) return;
    const { till, head, sale } = record;
    const number = receiptNumber(till, head.epoch, head.seq);
    const receiptUrl = this.#ports.receiptUrl(record);
    await this.#take({ type: 'completed', saleId: sale.saleId, number, attempt, receiptUrl, recovered });
    // After a restart the customer has mostly gone: the drawer stays shut and the cashier decides about paper.
    if (recovered) return;
    if (this.#ports.autoPrint()) {
      this.#kickWithPaper = true;
      await this.#take({ type: 'print' });
      if (this.#model.at !== 'done' || this.#model.slip.at !== 'failed') return;
    }
    await this.#kick(record);
  }

  async #kick({ sale }: SaleRecord): Promise<void> {
    if (!(await this.#ports.drawer.kick())) return;
    const draft = { type: 'device.drawer-kicked', body: { saleId: sale.saleId, reason: 'sale' } } as const;
    await this.#ports.journal.append([draft], this.#ports.operator()).catch(this.#ports.alarm);
  }

  async #print(of: 'sale' | 'unsaved'): Promise<void> {
    const model = this.#model;
    if (of === 'unsaved' && model.at === 'unsaved') {
      return this.#take({
        type: 'slip',
        slip: slipOf(await this.#ports.printUnsaved(model.sale, model.attempt)),
      });
    }
    if (model.at !== 'done') return;
    const record = await this.#ports.journal.sale(model.saleId);
    if (record === undefined) return;
    const kickDrawer = this.#kickWithPaper;
    this.#kickWithPaper = false;
    const slip = slipOf(await this.#ports.print(record, kickDrawer));
    // The next customer may be at the till already: a late outcome belongs to its own sale only.
    if (this.#model.at === 'done' && this.#model.saleId === model.saleId)
      await this.#take({ type: 'slip', slip });
  }

  #context(): CheckoutContext {
    const { random } = this.#ports;
    return {
      currency: this.#ports.currency(),
      rounding: this.#ports.rounding(),
      day: this.#ports.today(),
      newLineId: () => newLineId(random),
      newSaleId: () => newSaleId(random),
      newAttemptId: () => newAttemptId(random),
    };
  }

  #view(): CheckoutState {
    const currency = this.#ports.currency();
    return view(this.#model, currency, (due) => quickAmounts(due, 10 ** CURRENCY_EXPONENTS[currency]));
  }
}

function slipOf(outcome: PrintOutcome): SlipState {
  return outcome.kind === 'confirmed' ? { at: 'printed' } : { at: outcome.kind, reason: outcome.reason };
}
