import { type Attempt, purposeOf } from '../../domain/attempt.ts';
import { newAttemptId, newLineId, newSaleId, receiptNumber, type SaleId } from '../../domain/ids.ts';
import { type AttemptRecord, JournalError, type SaleRecord } from '../../domain/journal.ts';
import { CURRENCY_EXPONENTS, ZERO } from '../../domain/money.ts';
import { due, type OpenSale } from '../../domain/sale.ts';
import { isByHand, quickAmounts, type SalePayment } from '../../domain/tender.ts';
import type { OpenSales } from '../attempts-service.ts';
import type { Checkout, CheckoutEvent, CheckoutState } from '../checkout-service.ts';
import type { AttemptPlan } from '../payment/desk.ts';
import type { Payment } from '../payment/payment.ts';
import { FlowError } from '../services.ts';
import { Store } from '../store.ts';
import { step } from './checkout.ts';
import {
  type CheckoutContext,
  type CheckoutEffect,
  type CheckoutModel,
  EMPTY_CHECKOUT,
  type InnerEvent,
  sameSale,
  slipFailed,
} from './checkout-model.ts';
import type { CheckoutPorts } from './checkout-ports.ts';
import { closesSale, draftsOf, needsRecovery, paymentOf, type SaleInHand, unpaidEnd } from './commit.ts';
import { type Draft, withDraft } from './draft.ts';
import { OpenSalesBook, PAID_OTHERWISE } from './open-sales-book.ts';
import { Question } from './question.ts';
import { SalePapers } from './sale-papers.ts';
import { view } from './view.ts';

/** The sale in hand: takes what the cashier does through the pure machine and acts at the edge. */
export class CheckoutRunner implements Checkout {
  readonly state: Store<CheckoutState>;
  readonly openSales: OpenSales;
  #model: CheckoutModel = EMPTY_CHECKOUT;
  #hasCharged = false;
  readonly #question = new Question();
  /** Sales whose money is on its way back. */
  readonly #givingUp = new Set<SaleId>();
  readonly #book: OpenSalesBook;
  readonly #papers: SalePapers;
  readonly #ports: CheckoutPorts;

  constructor(ports: CheckoutPorts) {
    this.#ports = ports;
    const { journal, desk, keepIds, keptIds } = ports;
    this.#papers = new SalePapers(ports);
    this.#book = new OpenSalesBook({
      journal,
      operator: () => ports.operator(),
      live: (saleId) => desk.liveOf(saleId),
      keepIds,
      keptIds,
    });
    this.state = new Store(this.#view());
    this.openSales = { state: this.#book.state, resume: (saleId) => this.#resume(saleId) };
    desk.state.subscribe(() => this.#live());
  }

  readonly send = (event: CheckoutEvent): Promise<void> => this.#take(event);

  /** Asks the cashier whether cash changed hands: what the cash rail asks with. */
  readonly ask = (attempt: Attempt): Promise<boolean> => this.#question.ask(attempt.attemptId);

  /** Puts back the basket that stood here before the page was closed; not once a sale was charged since. */
  restore(draft: Draft): void {
    if (this.#model.at !== 'editing' || this.#hasCharged) return;
    this.#model = withDraft(this.#model, draft);
    this.state.set(this.#view());
  }

  /** Shows the offers again: the link, a device or a limit has changed. */
  readonly refresh = (): void => (this.#model.at === 'tendering' ? this.state.set(this.#view()) : undefined);

  /** True while closing the page would interrupt something: an update must wait. */
  get isBusy(): boolean {
    const { at } = this.#model;
    if (this.#ports.desk.state.value.some(({ state }) => state !== 'accepted')) return true;
    return at !== 'done' && !(at === 'editing' && this.#model.lines.length === 0 && this.#model.entry === '');
  }

  /** Takes up what a crash left behind, one question at a time. Resolves when no question is open any more. */
  async recover(): Promise<void> {
    await this.#book.recover();
    const found = (await this.#ports.journal.unresolved()).filter(({ state }) => needsRecovery(state));
    const isAsked = ({ attempt }: AttemptRecord): boolean => isByHand(attempt.tender);
    // Hosts first, all of them: they wait for nobody, and a question to the cashier may wait for long.
    for (const record of [...found.filter((each) => !isAsked(each)), ...found.filter(isAsked)]) {
      const purpose = purposeOf(record.attempt);
      if (purpose === 'sale') await this.#recoverOne(record);
      else await this.#ports.adoptOther(record).catch(this.#ports.alarm);
    }
  }

  async #recoverOne(record: AttemptRecord): Promise<void> {
    const { attempt } = record;
    await this.#book.watch(attempt.saleId).catch(this.#ports.alarm);
    const story = await this.#book.look(attempt.saleId);
    // Paid another way meanwhile: what is still being undone goes on being undone.
    if (story?.end !== 'open') return this.#ports.desk.adopt(record, PAID_OTHERWISE);
    const { sale, paid } = story;
    // The cashier is shown what was under way, if nothing else is in hand.
    if (this.#model.at === 'editing')
      this.#model = { at: 'paying', sale, paid, attempt, state: record.state };
    await new Promise<void>((resolve) => {
      const plan = this.#plan({ sale, paid, opened: true }, true, resolve);
      this.#ports.desk.adopt(record, plan).catch((error: unknown) => {
        this.#ports.alarm(error);
        resolve();
      });
      // The cashier answers one question after the other. Hosts are asked side by side.
      if (!isByHand(attempt.tender)) resolve();
    });
    this.#live();
  }

  async #resume(saleId: SaleId): Promise<void> {
    const story = await this.#book.look(saleId);
    if (story === undefined || story.end !== 'open' || this.#givingUp.has(saleId)) return;
    const { sale, paid } = story;
    const live = this.#ports.desk.liveOf(saleId);
    await this.#take({ type: 'resume', sale, paid });
    if (live !== undefined) await this.#take({ type: 'still-open', sale, paid, live });
  }

  #live(): void {
    this.#book.refresh();
    const all = this.#ports.desk.state.value;
    for (const live of all) void this.#take({ type: 'live', live });
    const model = this.#model;
    const isGone = (id: string): boolean => !all.some(({ attempt }) => attempt.attemptId === id);
    // Money that goes back is not this page's own attempt: nobody reports its end here.
    if (model.at === 'paying' && purposeOf(model.attempt) !== 'sale' && isGone(model.attempt.attemptId))
      this.#lookAgain(model).catch(this.#ports.alarm);
  }

  /** What the sale comes to once the money is back: owed again, or ended. */
  async #lookAgain({ sale, attempt }: { readonly sale: OpenSale; readonly attempt: Attempt }): Promise<void> {
    const story = await this.#book.look(sale.saleId);
    if (this.#model.at !== 'paying' || this.#model.attempt.attemptId !== attempt.attemptId) return;
    if (story?.end === 'open') return this.#take({ type: 'part-paid', sale: story.sale, paid: story.paid });
    const ended = { result: 'refunded', recovered: true, closed: true } as const;
    return this.#take({ type: 'not-paid', sale, attempt, ...ended });
  }

  async #take(event: CheckoutEvent | InnerEvent): Promise<void> {
    const [next, effects] = step(this.#model, event, this.#context());
    if (next !== this.#model) {
      this.#hasCharged ||= next.at !== 'editing';
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
        return this.#pay(effect);
      case 'answer':
        return this.#question.answer(effect.attempt.attemptId, effect.received);
      case 'inquire-now':
        return this.#ports.desk.inquireNow(effect.attempt.attemptId);
      case 'reverse':
        return this.#ports.desk.reverse(effect.attempt.attemptId).catch(this.#ports.alarm);
      case 'set-aside':
        return void (await this.#book.look(effect.saleId).catch(this.#ports.alarm));
      case 'give-up':
        return this.#giveUp(effect.sale, effect.paid);
      case 'print':
        return this.#print(effect.of);
      default:
        return effect satisfies never;
    }
  }

  async #pay({ sale, paid, attempt, opened, code }: Extract<CheckoutEffect, { type: 'pay' }>): Promise<void> {
    const plan = this.#plan({ sale, paid, opened }, false, () => undefined);
    try {
      // A plain cash sale is open or paid in one commit; every other may be found half paid after a crash.
      if (attempt.tender !== 'cash' || attempt.amount !== due(sale)) await this.#book.watch(sale.saleId);
      await this.#ports.desk.begin(attempt, plan, code === undefined ? undefined : { code });
    } catch (error) {
      const isCoded = error instanceof JournalError || error instanceof FlowError;
      const reason = isCoded ? error.code : 'not-stored';
      await this.#take({ type: 'intent-refused', saleId: sale.saleId, reason });
    }
  }

  #plan(inHand: SaleInHand, recovered: boolean, ended: () => void): AttemptPlan {
    const { alarm } = this.#ports;
    const { sale } = inHand;
    return {
      tenderSale: sale,
      drafts: (next, before) => draftsOf(next, before, inHand),
      superseded: () => this.#book.isClosed(sale.saleId),
      shown: (payment) => {
        this.#take({ type: 'payment-moved', saleId: sale.saleId, payment }).catch(alarm);
      },
      saveRefused: (next, error, tries) => {
        const reason = error instanceof JournalError ? error.code : 'not-stored';
        // Only an approval that cannot be written is money without a record; other moves are tried again in silence.
        if (next.at !== 'approved') return;
        this.#take({ type: 'save-refused', sale, attempt: next.attempt, reason, tries }).catch(alarm);
      },
      ended: (payment) => {
        this.#ended(payment, inHand, recovered).catch(alarm).finally(ended);
      },
    };
  }

  async #ended(payment: Payment, inHand: SaleInHand, recovered: boolean): Promise<void> {
    const { sale, paid } = inHand;
    await this.#book.look(sale.saleId).catch(this.#ports.alarm);
    if (payment.at === 'approved') {
      const record = await this.#ports.journal.sale(sale.saleId);
      return record === undefined
        ? this.#take({ type: 'part-paid', sale, paid: [...paid, paymentOf(payment)] })
        : this.#completed(record, recovered);
    }
    const end = unpaidEnd(payment);
    if (end === undefined) return;
    const closed = closesSale(payment, inHand);
    await this.#take({ type: 'not-paid', sale, attempt: payment.attempt, ...end, recovered, closed });
  }

  /** The sale is on disk twice. Paper and drawer are effects of that, and come after it. */
  async #completed(record: SaleRecord, recovered: boolean): Promise<void> {
    const { till, head, sale } = record;
    // Set aside: another customer stands here now. The sale is in the list of orders.
    if (!('sale' in this.#model) || this.#model.sale.saleId !== sale.saleId) return;
    const number = receiptNumber(till, head.epoch, head.seq);
    const receiptUrl = this.#ports.receiptUrl(record);
    const { saleId, payments } = sale;
    const total = due(sale);
    await this.#take({ type: 'completed', saleId, number, total, payments, receiptUrl, recovered });
    // After a restart the customer has mostly gone: the drawer stays shut and the cashier decides about paper.
    if (recovered) return;
    const kicks = payments.some((payment) => payment.tender === 'cash');
    if (this.#ports.autoPrint()) {
      this.#papers.kickWithNext = kicks;
      await this.#take({ type: 'print' });
      if (!slipFailed(this.#model)) return;
    }
    if (kicks) await this.#papers.kick(record);
  }

  async #giveUp(sale: OpenSale, paid: readonly SalePayment[]): Promise<void> {
    const live = this.#ports.desk.liveOf(sale.saleId);
    if (live !== undefined && this.#ports.desk.mayStillCharge(sale.saleId))
      return this.#take({ type: 'still-open', sale, paid, live });
    this.#givingUp.add(sale.saleId);
    const left = paid.length === 0 ? [] : await this.#ports.giveBack(sale, paid);
    try {
      if (left.length === 0) await this.#book.voidUnpaid(sale.saleId, 'given-up');
    } catch (error) {
      this.#ports.alarm(error);
    }
    this.#givingUp.delete(sale.saleId);
    await this.#take({ type: 'given-up', sale, paid: left });
  }

  async #print(of: 'sale' | 'unsaved'): Promise<void> {
    const model = this.#model;
    const slip = await this.#papers.print(model, of);
    // The next customer may be at the till already: a late outcome belongs to its own sale only.
    if (slip !== undefined && sameSale(this.#model, model)) await this.#take({ type: 'slip', slip });
  }

  #context(): CheckoutContext {
    const { random } = this.#ports;
    return {
      currency: this.#ports.currency(),
      rounding: this.#ports.rounding(),
      day: this.#ports.today(),
      offers: (asked, paid) => this.#ports.offers(asked, paid),
      walletOf: (code) => this.#ports.walletOf(code),
      labelOf: (code) => this.#ports.labelOf(code),
      newLineId: () => newLineId(random),
      newSaleId: () => newSaleId(random),
      newAttemptId: () => newAttemptId(random),
    };
  }

  #view(): CheckoutState {
    const currency = this.#ports.currency();
    return view(this.#model, {
      currency,
      wallets: this.#model.at === 'tendering' ? this.#ports.wallets() : [],
      quick: (amount) => (amount === ZERO ? [] : quickAmounts(amount, 10 ** CURRENCY_EXPONENTS[currency])),
      offers: (asked, paid) => this.#ports.offers(asked, paid),
    });
  }
}
