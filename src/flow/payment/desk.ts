import type { Approval } from '../../domain/approval.ts';
import type { Attempt, AttemptState } from '../../domain/attempt.ts';
import type { Clock } from '../../domain/clock.ts';
import type { EntryDraft, SignedEntry } from '../../domain/entry.ts';
import type { OperatorId, SaleId } from '../../domain/ids.ts';
import type { AttemptRecord, Journal } from '../../domain/journal.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { Attempts, LivePayment, ManagerDecision } from '../attempts-service.ts';
import type { Timer } from '../ports.ts';
import { FlowError } from '../services.ts';
import { Store } from '../store.ts';
import { AttemptEntries, movedEntries } from './attempt-entries.ts';
import { isDefinite, mayStillCharge, newPayment, type Payment } from './payment.ts';
import type { Rail, Secret } from './rail.ts';
import { PaymentRunner, type SentAt } from './runner.ts';
import { storedAttempt } from './stored-attempt.ts';

/** Most attempts of unknown end beside each other: more is a channel that is down, and cash is the way out. */
export const ATTEMPTS_MAX = 50;
/** With those whose money is on its way back, which need nobody: WeChat Pay takes days for some of them. */
const PLACES_MAX = 500;
/** Shortest and longest evidence of a manager's decision, characters; the longest is the entry's. */
const EVIDENCE_MIN = 3;
const EVIDENCE_MAX = 200;

/** What an attempt is part of: a sale, a refund, a pre-authorisation. It says what each move is written as, and is told. */
export interface AttemptPlan {
  readonly tenderSale?: OpenSale;
  /** All of one move are one commit. `movedEntries` (attempt-entries.ts) are those of the attempt itself. */
  drafts(next: Payment, before: Payment): readonly EntryDraft[];
  /** After every stored move, the definite one included. */
  shown?(payment: Payment): void;
  /** Once, at a definite state, after `shown`. */
  ended(payment: Payment): void;
  /** A known answer cannot be stored; called again with each further try. */
  saveRefused?(payment: Payment, error: unknown, tries: number): void;
  /** True when what the attempt was for has been paid, or given up, otherwise: an approval found late must go back. */
  superseded?(payment: Payment): boolean;
}

export interface DeskPorts {
  readonly journal: Journal;
  readonly timer: Timer;
  readonly clock: Clock;
  operator(): OperatorId;
  /** How this attempt's money travels. Must not throw: a rail that cannot be had answers so. */
  rails(attempt: Attempt): Rail;
  /** Whose PIN this is, if he may `override`. Rejects with FlowError `wrong-pin` or `forbidden` where it can tell them apart. */
  mayOverride(pin: string): Promise<OperatorId | undefined>;
  alarm(error: unknown): void;
}

interface Place {
  readonly runner: PaymentRunner;
  readonly plan: AttemptPlan;
  /** Clock ms. */
  readonly startedAt: number;
  /** Goes with the move that a manager decides. */
  override: readonly EntryDraft[];
}

/** Runs any number of attempts beside each other, each on its own, and shows every one that is not definite. */
export class AttemptDesk implements Attempts {
  readonly state: Store<readonly LivePayment[]> = new Store<readonly LivePayment[]>([]);
  readonly #places = new Map<string, Place>();
  readonly #ports: DeskPorts;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  /**
   * Stores the intent, then sends. Resolves when SENDING is on disk; what comes of it is told to the plan. Rejects with
   * JournalError when the intent cannot be stored, with FlowError `attempt-open` when another attempt may still charge the
   * same sale, `too-many-open` at the desk's bound: then nothing was sent and no money moved.
   */
  async begin(attempt: Attempt, plan: AttemptPlan, secret: Secret = {}): Promise<void> {
    const { attemptId, saleId } = attempt;
    if (this.#places.has(attemptId) || this.mayStillCharge(saleId)) throw new FlowError('attempt-open');
    if (this.#doubtful >= ATTEMPTS_MAX || this.#places.size >= PLACES_MAX)
      throw new FlowError('too-many-open');
    const place = this.#place(newPayment(attempt), plan, { startedAt: this.#ports.clock.now(), secret });
    try {
      await place.runner.send({ type: 'prepare' });
      await place.runner.send({ type: 'send' });
    } catch (error) {
      this.#places.delete(attemptId);
      this.#refresh();
      throw error;
    }
  }

  /** Takes up an attempt that the journal holds: asks, undoes or calls a manager, never sends. */
  async adopt(record: AttemptRecord, plan: AttemptPlan): Promise<void> {
    const { attemptId, saleId } = record.attempt;
    if (this.#places.has(attemptId)) return;
    const { payment, sentAt } = storedAttempt(record, await this.#ports.journal.entriesOf(saleId));
    const { timings } = this.#ports.rails(record.attempt);
    const { now, mono } = { now: this.#ports.clock.now(), mono: this.#ports.clock.mono() };
    // The wall clock may have jumped: at most the whole window has passed, and undoing waits its full time from now on.
    const passed = Math.min(Math.max(0, now - sentAt), timings.windowMs);
    const sent: SentAt = { mono: mono - passed, latest: mono };
    if (this.#places.has(attemptId)) return;
    await this.#place(payment, plan, { startedAt: sentAt, sent }).runner.recover();
  }

  /** Takes up every unresolved attempt of the journal. Without a plan of its own it is at least seen and asked about. */
  async recover(planOf: (record: AttemptRecord) => Promise<AttemptPlan | undefined>): Promise<void> {
    for (const record of await this.#ports.journal.unresolved()) {
      const plan = await planOf(record);
      await this.adopt(record, plan ?? { drafts: movedEntries, ended: () => undefined });
    }
  }

  /** True while an attempt of the sale may still take the customer's money: another one must not begin. */
  mayStillCharge(saleId: SaleId): boolean {
    return this.#of(saleId).some(({ runner }) => mayStillCharge(runner.payment));
  }

  /** The attempt of a sale that is to be shown: the one that may still take money before those that are being undone. */
  liveOf(saleId: SaleId): LivePayment | undefined {
    const places = this.#of(saleId);
    const charging = places.filter(({ runner }) => mayStillCharge(runner.payment));
    return [...charging, ...places].flatMap((place) => this.#look(place))[0];
  }

  #of(saleId: SaleId): readonly Place[] {
    return [...this.#places.values()].filter(({ runner }) => runner.payment.attempt.saleId === saleId);
  }

  /** Attempts of which nobody knows where the money is. */
  get #doubtful(): number {
    return [...this.#places.values()].filter(({ runner }) => runner.payment.at !== 'accepted').length;
  }

  /** An attempt that is not definite yet. */
  payment(attemptId: string): Payment | undefined {
    return this.#places.get(attemptId)?.runner.payment;
  }

  inquireNow(attemptId: string): void {
    this.#places.get(attemptId)?.runner.hurry();
  }

  /** The page has woken, or the link is back: everybody who waits asks at once. */
  wake(): void {
    for (const { runner } of this.#places.values()) runner.hurry();
  }

  async reverse(attemptId: string): Promise<void> {
    await this.#places.get(attemptId)?.runner.undo('operator');
  }

  async decide(attemptId: string, { as, evidence, pin }: ManagerDecision): Promise<void> {
    const place = this.#places.get(attemptId);
    if (place?.runner.payment.at !== 'stuck') throw new FlowError('not-stuck');
    const seen = evidence.trim().slice(0, EVIDENCE_MAX);
    if (seen.length < EVIDENCE_MIN) throw new FlowError('evidence-missing');
    const grantedBy = await this.#ports.mayOverride(pin);
    if (grantedBy === undefined) throw new FlowError('forbidden');
    if (place.runner.payment.at !== 'stuck') throw new FlowError('not-stuck');
    const { saleId } = place.runner.payment.attempt;
    place.override = [
      { type: 'override.granted', body: { right: 'override', grantedBy, saleId, reason: `attempt-${as}` } },
    ];
    const isLate = as === 'approved' && place.plan.superseded?.(place.runner.payment) === true;
    await place.runner.send({ type: 'decided', as: isLate ? 'booked' : as, evidence: seen });
  }

  async evidence(attemptId: string): Promise<readonly SignedEntry[]> {
    const attempt = this.#places.get(attemptId)?.runner.payment.attempt;
    if (attempt === undefined) return [];
    return (await this.#ports.journal.entriesOf(attempt.saleId)).filter(
      ({ entry }) => 'attempt' in entry.body && entry.body.attempt.attemptId === attemptId,
    );
  }

  #place(
    payment: Payment,
    plan: AttemptPlan,
    { startedAt, ...more }: { startedAt: number; secret?: Secret; sent?: SentAt },
  ): Place {
    const { journal, timer, clock, operator, alarm, rails } = this.#ports;
    const { attempt } = payment;
    const entries = new AttemptEntries(journal, attempt.saleId);
    const told = (tell: () => void): void => {
      try {
        tell();
      } catch (error) {
        alarm(error);
      }
    };
    const runner: PaymentRunner = new PaymentRunner(
      payment,
      rails(attempt),
      {
        timer,
        clock,
        save: (next, before) => {
          const override = next.evidence === undefined ? [] : place.override;
          return entries.append([...override, ...plan.drafts(next, before)], operator());
        },
        show: (next) => {
          if (isDefinite(next)) this.#places.delete(attempt.attemptId);
          this.#refresh();
          told(() => plan.shown?.(next));
          if (isDefinite(next)) told(() => plan.ended(next));
        },
        changed: () => this.#refresh(),
        saveRefused: (next, error, tries) => told(() => plan.saveRefused?.(next, error, tries)),
        alarm,
      },
      more,
    );
    const place: Place = { runner, plan, startedAt, override: [] };
    this.#places.set(attempt.attemptId, place);
    return place;
  }

  #refresh(): void {
    this.state.set([...this.#places.values()].flatMap((place) => this.#look(place)));
  }

  #look({ runner, startedAt }: Place): readonly LivePayment[] {
    const { payment, rail, elapsedMs, nextAt } = runner;
    if (payment.at === 'draft' || isDefinite(payment)) return [];
    const { attempt, approval, reason } = payment;
    const asking = payment.at === 'sending' || payment.at === 'unknown' || payment.at === 'inquiring';
    const left = rail.timings.windowMs - elapsedMs;
    // Before a card is presented a refund can still be called off, though it can never be undone.
    const isStoppable =
      payment.at === 'sending' && (attempt.method === 'reader' || attempt.method === 'terminal');
    const isOpen = asking || (payment.at === 'stuck' && payment.during !== 'decision');
    return [
      {
        attempt,
        state: payment.at satisfies AttemptState,
        ...(reason === undefined ? {} : { reason }),
        ...optionalApproval(approval),
        waiting: runner.waiting,
        startedAt,
        ...(asking && Number.isSafeInteger(left)
          ? { untilAt: this.#ports.clock.now() + Math.max(0, left) }
          : {}),
        ...(nextAt === undefined ? {} : { nextAt }),
        tries: 'tries' in payment ? payment.tries : 0,
        canReverse: rail.undo === 'reverse' ? isOpen || payment.at === 'reversing' : isStoppable,
      },
    ];
  }
}

const optionalApproval = (approval: Approval | undefined) => (approval === undefined ? {} : { approval });
