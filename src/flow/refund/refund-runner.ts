import type { CashDrawer, PrintOutcome } from '../../devices/ports.ts';
import { purposeOf } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { Random } from '../../domain/clock.ts';
import type { EntryDraft } from '../../domain/entry.ts';
import { newAttemptId, newRefundId, type OperatorId, type SaleId } from '../../domain/ids.ts';
import { type AttemptRecord, type Journal, JournalError } from '../../domain/journal.ts';
import { ZERO } from '../../domain/money.ts';
import type { Refund, RefundPart } from '../../domain/refund.ts';
import { canVoid, leftOf, quoteRefund, type RefundChoice } from '../../domain/refund-quote.ts';
import type { SlipState } from '../checkout-service.ts';
import type { AttemptDesk } from '../payment/desk.ts';
import { entriesAround } from '../payment/entries-around.ts';
import type { Payment } from '../payment/payment.ts';
import { adoptAttempt, runGivingBack } from '../payment/run-attempt.ts';
import type { RefundEvent, RefundQuote, RefundState, Refunds } from '../refund-service.ts';
import { FlowError } from '../services.ts';
import { Store } from '../store.ts';
import {
  attemptOf,
  draftsAround,
  endOf,
  isMoving,
  type RefundEffect,
  type RefundModel,
  type RefundStepEvent,
  step,
  through,
} from './refund.ts';
import { asFarAsDone, countedRefunds, refundStories } from './refund-story.ts';

export interface RefundPorts {
  readonly journal: Journal;
  readonly desk: Pick<AttemptDesk, 'begin' | 'adopt' | 'inquireNow' | 'state'>;
  readonly random: Random;
  readonly drawer: CashDrawer;
  operator(): OperatorId;
  /** The operator may give money back without anybody else. */
  mayRefund(): boolean;
  /** Who the PIN belongs to. Rejects with FlowError: `wrong-pin`, `pin-wait`, `forbidden`. */
  grantedBy(pin: string): Promise<OperatorId>;
  today(): BusinessDay;
  /** Sales whose refunds must be looked at after a restart. A hint: the journal says what became of them. */
  keepIds(ids: readonly SaleId[]): Promise<void>;
  keptIds(): Promise<readonly SaleId[]>;
  /** `underWay`: parts that a channel has accepted and not finished, as the slip must say. */
  print(refund: Refund, underWay: readonly RefundPart['attemptId'][]): Promise<PrintOutcome>;
  alarm(error: unknown): void;
}

/** Gives money back, one way after the other, and writes down how far it came. */
export class RefundRunner implements Refunds {
  readonly state = new Store<RefundState>({ at: 'idle' });
  #model: RefundModel | undefined;
  #watched: readonly SaleId[] = [];
  readonly #ports: RefundPorts;

  constructor(ports: RefundPorts) {
    this.#ports = ports;
    ports.desk.state.subscribe(() => this.#show());
  }

  async quote(saleId: SaleId, choice: RefundChoice): Promise<RefundQuote> {
    const nothing = { amount: ZERO, lines: [], parts: [], canVoid: false, left: ZERO };
    const record = await this.#ports.journal.sale(saleId);
    if (record === undefined) return { ...nothing, problem: 'sale-unknown' };
    const prior = await this.of(saleId);
    const left = leftOf(record.sale, prior);
    const isVoidable = canVoid(record.sale, prior, this.#ports.today());
    const figures = quoteRefund(record.sale, prior, choice);
    if ('problem' in figures) return { ...nothing, left, canVoid: isVoidable, problem: figures.problem };
    return { ...figures, canVoid: isVoidable, left };
  }

  async of(saleId: SaleId): Promise<readonly Refund[]> {
    return countedRefunds(refundStories(await this.#ports.journal.entriesOf(saleId)));
  }

  async send(event: RefundEvent): Promise<void> {
    switch (event.type) {
      case 'start':
        return this.#start(event);
      case 'grant':
        return this.#grant(event.pin);
      case 'pay-cash':
        return this.#cashInstead(event.pin);
      case 'inquire-now':
        return this.#inquire();
      case 'leave':
        return this.#take({ type: 'leave' });
      case 'print':
        return this.#print();
      case 'close': // A refund that is under way goes on; the list of open attempts shows it.
        this.#model = undefined;
        return this.state.set({ at: 'idle' });
      default:
        return event satisfies never;
    }
  }

  async #start(event: Extract<RefundEvent, { type: 'start' }>): Promise<void> {
    if (this.#model?.at === 'running') return;
    const { saleId, choice, kind } = event;
    const record = await this.#ports.journal.sale(saleId);
    const quote = await this.quote(saleId, kind === 'void' ? { by: 'all' } : choice);
    if (record === undefined || quote.problem !== undefined || (kind === 'void' && !quote.canVoid)) return;
    const { points, ...figures } = { points: ZERO, ...quote };
    const { random } = this.#ports;
    const refund: Refund = {
      refundId: newRefundId(random),
      saleId,
      kind,
      day: this.#ports.today(),
      currency: record.sale.currency,
      lines: [...figures.lines],
      amount: figures.amount,
      ...(points === 0 ? {} : { points }),
      parts: figures.parts.map((part) => ({ ...part, attemptId: newAttemptId(random) })),
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    };
    this.#set({ at: 'granting', refund });
    if (this.#ports.mayRefund()) await this.#take({ type: 'granted' });
  }

  async #grant(pin: string): Promise<void> {
    await this.#ports.grantedBy(pin).then(
      (by) => this.#take({ type: 'granted', by }),
      (error: unknown) => this.#take({ type: 'grant-refused', problem: codeOf(error) }),
    );
  }

  async #cashInstead(pin: string): Promise<void> {
    if (this.#model?.at !== 'part-refused') return;
    await this.#ports.grantedBy(pin).then(
      (by) => this.#take({ type: 'cash-instead', by, attemptId: newAttemptId(this.#ports.random) }),
      (error: unknown) => this.#take({ type: 'grant-refused', problem: codeOf(error) }),
    );
  }

  #inquire(): void {
    if (this.#model?.at === 'running') this.#ports.desk.inquireNow(this.#model.part.attemptId);
  }

  async #take(event: RefundStepEvent): Promise<void> {
    if (this.#model === undefined) return;
    const [next, effects] = step(this.#model, event);
    this.#set(next);
    for (const effect of effects) await this.#perform(effect);
  }

  async #perform(effect: RefundEffect): Promise<void> {
    if (effect.type === 'send') return this.#sendPart(effect);
    await this.#close(effect.refund, effect.done, effect.reason).catch(this.#ports.alarm);
  }

  async #sendPart({ refund, part, isFirst }: Extract<RefundEffect, { type: 'send' }>): Promise<void> {
    const { desk, journal, alarm } = this.#ports;
    try {
      if (isFirst) await this.#watch(refund.saleId);
      const paid = (await journal.sale(refund.saleId))?.sale.payments;
      const approval = paid?.find((payment) => payment.attemptId === part.original)?.approval;
      const secret = approval === undefined ? undefined : { original: approval };
      const { isAccepted, end } = await runGivingBack(desk, attemptOf(refund, part), {
        drafts: (next, before) =>
          entriesAround(next, before, draftsAround(refund, part, through(this.#model, refund), !isFirst)),
        secret,
      });
      if (!isAccepted) return await this.#ended(refund, part, await end);
      end.then((ended) => this.#ended(refund, part, ended)).catch(alarm);
      await this.#takeFor(refund, { type: 'part-accepted' });
    } catch (error) {
      await this.#takeFor(refund, { type: 'part-failed', reason: codeOf(error) });
    }
  }

  async #ended(refund: Refund, part: RefundPart, end: Payment): Promise<void> {
    if (end.at === 'approved' && part.tender === 'cash') await this.#ports.drawer.kick();
    await this.#takeFor(refund, endOf(this.#model, part, end));
    await this.#look(refund.saleId).catch(this.#ports.alarm);
  }

  /** The screen may have gone to another refund meanwhile: then this one ends as far as it has come. */
  async #takeFor(refund: Refund, event: RefundStepEvent): Promise<void> {
    if (this.#model?.refund.refundId === refund.refundId) return this.#take(event);
    await this.#look(refund.saleId).catch(this.#ports.alarm);
  }

  async #close(refund: Refund, done: readonly RefundPart[], reason: string): Promise<void> {
    const { journal, operator } = this.#ports;
    const stories = refundStories(await journal.entriesOf(refund.saleId));
    const story = stories.find((each) => each.refund.refundId === refund.refundId);
    // With a part on its way it is not over yet: how that ends closes it.
    if (story === undefined || story.end !== 'open' || story.unresolved !== undefined) return;
    const ended = asFarAsDone(
      refund,
      done.map((part) => attemptOf(refund, part)),
    );
    const { refundId, saleId } = refund;
    const draft: EntryDraft =
      ended === undefined
        ? { type: 'refund.voided', body: { refundId, saleId, reason } }
        : { type: 'refund.completed', body: ended };
    await journal.append([draft], operator());
    await this.#look(saleId);
  }

  /** After a restart: attempts under way are asked about; a refund that stopped between two ways ends as far as it came. */
  async recover(): Promise<void> {
    this.#watched = await this.#ports.keptIds();
    for (const saleId of this.#watched) await this.#look(saleId).catch(this.#ports.alarm);
  }

  /** Takes up an attempt to give money back that a crash left behind. */
  async adopt(record: AttemptRecord): Promise<void> {
    const { journal, desk } = this.#ports;
    const { attempt } = record;
    const purpose = purposeOf(attempt);
    if (purpose !== 'refund' && purpose !== 'void') return;
    const stories = refundStories(await journal.entriesOf(attempt.saleId));
    const story = stories.find(({ refund }) =>
      refund.parts.some((part) => part.attemptId === attempt.attemptId),
    );
    const part = story?.refund.parts.find((each) => each.attemptId === attempt.attemptId);
    const done = story?.refund.parts.filter((each) =>
      story.done.some(({ attemptId }) => attemptId === each.attemptId),
    );
    const around =
      story === undefined || part === undefined
        ? { first: [], last: [] }
        : draftsAround(story.refund, part, done ?? [], true);
    adoptAttempt(desk, record, (next, before) => entriesAround(next, before, around)).then(
      () => this.#look(attempt.saleId).catch(this.#ports.alarm),
      this.#ports.alarm,
    );
  }

  async #watch(saleId: SaleId): Promise<void> {
    if (this.#watched.includes(saleId)) return;
    await this.#ports.keepIds([...this.#watched, saleId]);
    this.#watched = [...this.#watched, saleId];
  }

  /** Ends what has stopped, and forgets the sale when nothing of it is open. */
  async #look(saleId: SaleId): Promise<void> {
    const open = refundStories(await this.#ports.journal.entriesOf(saleId)).filter(
      ({ end }) => end === 'open',
    );
    for (const story of open) {
      const isShown = this.#model?.refund.refundId === story.refund.refundId && isMoving(this.#model);
      if (story.unresolved !== undefined || isShown) continue;
      const done = story.refund.parts.filter((part) =>
        story.done.some(({ attemptId }) => attemptId === part.attemptId),
      );
      return this.#close(story.refund, done, 'restart');
    }
    if (open.length > 0) return;
    this.#watched = this.#watched.filter((id) => id !== saleId);
    await this.#ports.keepIds(this.#watched);
  }

  async #print(): Promise<void> {
    const state = this.state.value;
    if (state.at !== 'done' || state.slip.at === 'printing') return;
    this.state.set({ ...state, slip: { at: 'printing' } });
    const outcome = await this.#ports.print(state.refund, state.underWay ?? []);
    const slip: SlipState =
      outcome.kind === 'confirmed' ? { at: 'printed' } : { at: outcome.kind, reason: outcome.reason };
    const now = this.state.value;
    if (now.at === 'done') this.state.set({ ...now, slip });
  }

  #set(model: RefundModel): void {
    const before = this.#model?.at;
    this.#model = model;
    this.#show();
    if (model.at === 'done' && before !== 'done') void this.#print();
  }

  #show(): void {
    const model = this.#model;
    if (model === undefined) return;
    if (model.at === 'done') {
      const { value } = this.state;
      const isShown = value.at === 'done' && value.refund.refundId === model.refund.refundId;
      if (isShown && value.underWay === model.underWay) return;
      return this.state.set({ ...model, slip: isShown ? value.slip : { at: 'idle' } });
    }
    if (model.at !== 'running') return this.state.set(model);
    const { refund, part, done } = model;
    const live = this.#ports.desk.state.value.find(({ attempt }) => attempt.attemptId === part.attemptId);
    this.state.set({ at: 'running', refund, done, ...(live === undefined ? {} : { live }) });
  }
}

const codeOf = (error: unknown): string =>
  error instanceof FlowError || error instanceof JournalError ? error.code : 'not-stored';
