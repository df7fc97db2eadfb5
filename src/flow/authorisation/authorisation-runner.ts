import type { PrintOutcome } from '../../devices/ports.ts';
import type { Approval } from '../../domain/approval.ts';
import { type Attempt, type Purpose, purposeOf } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { Random } from '../../domain/clock.ts';
import {
  newAttemptId,
  newLineId,
  newRefundId,
  newSaleId,
  type OperatorId,
  type SaleId,
} from '../../domain/ids.ts';
import { type AttemptRecord, type Journal, JournalError } from '../../domain/journal.ts';
import type { Currency, Minor } from '../../domain/money.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type {
  Authorisation,
  AuthorisationEvent,
  AuthorisationState,
  Authorisations,
} from '../authorisation-service.ts';
import { movedEntries } from '../payment/attempt-entries.ts';
import type { AttemptDesk, AttemptPlan } from '../payment/desk.ts';
import type { Payment } from '../payment/payment.ts';
import { adoptAttempt, runAttempt } from '../payment/run-attempt.ts';
import { refundStories } from '../refund/refund-story.ts';
import { saleStory } from '../sale/sale-story.ts';
import { FlowError } from '../services.ts';
import { Store } from '../store.ts';
import {
  completionEntries,
  hasTip,
  saleOfCompletion,
  tipEntries,
  voidEntries,
  voidOfCompletion,
} from './authorisation-entries.ts';
import { authorisationStory, completionLimit } from './authorisation-story.ts';

/** Most pre-authorisations kept in the list; ended ones leave first. */
export const AUTHORISATIONS_MAX = 100;

export interface AuthorisationPorts {
  readonly journal: Journal;
  readonly desk: Pick<AttemptDesk, 'begin' | 'adopt' | 'reverse' | 'state'>;
  readonly random: Random;
  operator(): OperatorId;
  currency(): Currency;
  today(): BusinessDay;
  /** Who the PIN belongs to. Rejects with FlowError: `wrong-pin`, `pin-wait`, `forbidden`. */
  grantedBy(pin: string): Promise<OperatorId>;
  /** Reads a card and asks its bank. Rejects with FlowError. */
  balance(): Promise<{ readonly balance: Minor; readonly currency: Currency }>;
  /** Groups to look at for the list. A hint: the journal says what became of them. */
  keepIds(ids: readonly SaleId[]): Promise<void>;
  keptIds(): Promise<readonly SaleId[]>;
  print(attempt: Attempt, approval: Approval): Promise<PrintOutcome>;
  alarm(error: unknown): void;
}

/** Holds money on a card, takes it later, or lets it go. */
export class AuthorisationRunner implements Authorisations {
  readonly state = new Store<AuthorisationState>({ at: 'idle' });
  readonly #ports: AuthorisationPorts;

  constructor(ports: AuthorisationPorts) {
    this.#ports = ports;
    ports.desk.state.subscribe(() => this.#live());
  }

  async list(): Promise<readonly Authorisation[]> {
    const found: Authorisation[] = [];
    for (const id of await this.#ports.keptIds()) {
      const story = authorisationStory(await this.#ports.journal.entriesOf(id));
      if (story === undefined) continue;
      const live = this.#ports.desk.state.value.find(({ attempt }) => attempt.saleId === id);
      found.push(live === undefined ? story : { ...story, live });
    }
    return found.reverse();
  }

  async send(event: AuthorisationEvent): Promise<void> {
    try {
      await this.#do(event);
    } catch (error) {
      const isCoded = error instanceof JournalError || error instanceof FlowError;
      this.state.set({ at: 'idle', problem: isCoded ? error.code : 'not-stored' });
    }
  }

  async #do(event: AuthorisationEvent): Promise<void> {
    switch (event.type) {
      case 'authorise':
        return this.#authorise(event);
      case 'complete':
        return this.#complete(event);
      case 'cancel':
      case 'cancel-completion':
        return this.#cancel(event);
      case 'tip':
        return this.#tip(event);
      case 'balance':
        return this.state.set({ at: 'balance', ...(await this.#ports.balance()) });
      case 'stop':
        return this.#stop();
      case 'print':
        return this.#print();
      case 'close':
        return this.state.set({ at: 'idle' });
      default:
        return event satisfies never;
    }
  }

  async #authorise({ amount, method }: Extract<AuthorisationEvent, { type: 'authorise' }>): Promise<void> {
    if (amount <= 0 || this.state.value.at === 'running') return;
    const { random, currency, keptIds, keepIds } = this.#ports;
    const saleId = newSaleId(random);
    const attempt = {
      attemptId: newAttemptId(random),
      saleId,
      tender: 'card',
      method,
      purpose: 'authorisation',
      amount,
      currency: currency(),
    } as const;
    await keepIds([...(await keptIds()), saleId].slice(-AUTHORISATIONS_MAX));
    await this.#run(attempt, movedEntries);
  }

  async #complete({ original, amount }: Extract<AuthorisationEvent, { type: 'complete' }>): Promise<void> {
    const held = await this.#find(original, 'held');
    if (amount <= 0 || amount > completionLimit(held.attempt.amount)) throw new FlowError('more-than-held');
    const attempt = this.#following(held.attempt, 'completion', amount);
    const sale = saleOfCompletion(attempt, this.#ports.today(), newLineId(this.#ports.random));
    await this.#run(attempt, (next, before) => completionEntries(next, before, sale), held.approval);
  }

  async #cancel(event: Extract<AuthorisationEvent, { type: 'cancel' | 'cancel-completion' }>): Promise<void> {
    const grantedBy = await this.#ports.grantedBy(event.pin);
    if (event.type === 'cancel') {
      const { attempt: held, approval } = await this.#find(event.original, 'held');
      return this.#run(this.#following(held, 'authorisation-cancel', held.amount), movedEntries, approval);
    }
    const { completed } = await this.#find(event.original, 'completed');
    if (completed === undefined) throw new FlowError('authorisation-unknown');
    const attempt = this.#following(completed.attempt, 'completion-cancel', completed.attempt.amount);
    const day = this.#ports.today();
    const refund = voidOfCompletion(attempt, { refundId: newRefundId(this.#ports.random), day, grantedBy });
    await this.#run(attempt, (next, before) => voidEntries(next, before, refund), completed.approval);
  }

  /** A tip after the sale: only where the payment was by card, and once for each payment. */
  async #tip({ saleId, original, amount }: Extract<AuthorisationEvent, { type: 'tip' }>): Promise<void> {
    const { journal, random, today } = this.#ports;
    const record = await journal.sale(saleId);
    const paid = record?.sale.payments.find((payment) => payment.attemptId === original);
    if (record === undefined || paid?.tender !== 'card') throw new FlowError('tip-not-possible');
    const before = await journal.entriesOf(saleId);
    if (amount <= 0 || amount > paid.amount || hasTip(before, original))
      throw new FlowError('tip-not-possible');
    const { tender, method, approval } = paid;
    const { currency } = record.sale;
    const how = method === undefined ? { tender } : { tender, method };
    const attempt: Attempt = {
      attemptId: newAttemptId(random),
      saleId,
      ...how,
      purpose: 'tip',
      original: paid.attemptId,
      amount,
      currency,
    };
    const day = today();
    await this.#run(attempt, (next, earlier) => tipEntries(next, earlier, { day, currency }), approval);
  }

  /** `original` is the attempt that held the money. */
  async #find(original: string, state: Authorisation['state']): Promise<Authorisation> {
    const found = (await this.list()).find((each) => each.attempt.attemptId === original);
    if (found === undefined) throw new FlowError('authorisation-unknown');
    if (found.state !== state || found.live !== undefined) throw new FlowError('authorisation-moved');
    return found;
  }

  #following(from: Attempt, purpose: Purpose, amount: Minor): Attempt {
    const { saleId, tender, method, currency, attemptId: original } = from;
    const attemptId = newAttemptId(this.#ports.random);
    const how = method === undefined ? { tender } : { tender, method };
    return { attemptId, saleId, ...how, purpose, original, amount, currency };
  }

  async #run(attempt: Attempt, drafts: AttemptPlan['drafts'], original?: Approval): Promise<void> {
    this.state.set({ at: 'running', attempt });
    const secret = original === undefined ? undefined : { original };
    const end = await runAttempt(this.#ports.desk, attempt, { drafts, secret });
    const { value } = this.state;
    // Left meanwhile: the list says how it ended.
    if (value.at !== 'running' || value.attempt.attemptId !== attempt.attemptId) return;
    this.#show(end);
    if (end.at === 'approved') await this.#print();
  }

  #show(end: Payment): void {
    const { attempt, approval = {} } = end;
    if (end.at === 'approved') return this.state.set({ at: 'done', attempt, approval, slip: { at: 'idle' } });
    const reason = 'reason' in end && end.reason !== undefined ? end.reason : end.at;
    this.state.set({ at: 'refused', attempt, reason });
  }

  /** Takes up one of its attempts that a crash left behind. */
  async adopt(record: AttemptRecord): Promise<void> {
    const { desk, journal, alarm } = this.#ports;
    const entries = await journal.entriesOf(record.attempt.saleId);
    const drafts = draftsAgain(record.attempt, saleStory(entries)?.sale, entries, this.#ports.today());
    adoptAttempt(desk, record, drafts).catch(alarm);
  }

  #live(): void {
    const { value } = this.state;
    if (value.at !== 'running') return;
    const live = this.#ports.desk.state.value.find(
      ({ attempt }) => attempt.attemptId === value.attempt.attemptId,
    );
    if (live !== undefined) this.state.set({ at: 'running', attempt: value.attempt, live });
  }

  async #stop(): Promise<void> {
    const { value } = this.state;
    if (value.at === 'running') await this.#ports.desk.reverse(value.attempt.attemptId);
  }

  async #print(): Promise<void> {
    const { value } = this.state;
    if (value.at !== 'done' || value.slip.at === 'printing') return;
    this.state.set({ ...value, slip: { at: 'printing' } });
    const outcome = await this.#ports.print(value.attempt, value.approval);
    if (this.state.value.at !== 'done') return;
    const slip =
      outcome.kind === 'confirmed'
        ? ({ at: 'printed' } as const)
        : { at: outcome.kind, reason: outcome.reason };
    this.state.set({ ...value, slip });
  }
}

/** What the journal must be told when an attempt found after a restart ends. */
function draftsAgain(
  attempt: Attempt,
  sale: OpenSale | undefined,
  entries: Parameters<typeof refundStories>[0],
  today: BusinessDay,
): AttemptPlan['drafts'] {
  if (purposeOf(attempt) === 'completion' && sale !== undefined)
    return (next, before) => completionEntries(next, before, sale);
  if (purposeOf(attempt) === 'tip') {
    const { currency } = attempt;
    return (next, before) => tipEntries(next, before, { day: today, currency });
  }
  const refund = refundStories(entries).find((each) =>
    each.refund.parts.some((part) => part.attemptId === attempt.attemptId),
  )?.refund;
  return refund === undefined ? movedEntries : (next, before) => voidEntries(next, before, refund);
}
