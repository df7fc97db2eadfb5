import type { Clock } from '../../domain/clock.ts';
import { JournalError } from '../../domain/journal.ts';
import type { Waiting } from '../attempts-service.ts';
import type { Timer } from '../ports.ts';
import { Pause } from './pause.ts';
import {
  type Conditions,
  isDefinite,
  type Payment,
  type PaymentEffect,
  type PaymentEvent,
  type PaymentStep,
  type Question,
} from './payment.ts';
import type { Rail, RailAnswer, Secret } from './rail.ts';
import { recover, step } from './step.ts';
import { untilStored } from './until-stored.ts';

/** How long a rail may take to end a charge that the cashier stops, ms. Then it counts as not answered. */
export const STOP_GRACE_MS = 5_000;
/** Longest reason an entry holds. */
const REASON_MAX = 64;

export interface PaymentPorts {
  readonly timer: Timer;
  readonly clock: Clock;
  /** Resolves when the state is durable in both copies; rejects when it is not. `before` is where it came from. */
  save(payment: Payment, before: Payment): Promise<void>;
  /** After every stored move. */
  show(payment: Payment): void;
  /** Something beside the state changed: what is waited for, when the next question goes out. */
  changed(): void;
  /** A known answer cannot be stored. Shown loudly, never as paid; called again with each further try. */
  saveRefused(payment: Payment, error: unknown, tries: number): void;
  alarm(error: unknown): void;
}

/** When the attempt was sent, by the clock that never runs backwards: as far as anybody knows, and at the latest. */
export interface SentAt {
  readonly mono: number;
  readonly latest: number;
}

/** Store, then show, then act; one event at a time, so that a double tap is one payment. */
export class PaymentRunner {
  #payment: Payment;
  #turn: Promise<void> = Promise.resolve();
  #sent: SentAt;
  #waiting: Waiting;
  /** Questions on their way: none is asked twice at a time. */
  readonly #asked = new Set<Question>();
  #stopSending: AbortController | undefined;
  #sending: Promise<void> | undefined;
  readonly #pause: Pause;
  #secret: Secret | undefined;
  readonly #unlink: () => void;
  readonly #rail: Rail;
  readonly #ports: PaymentPorts;

  constructor(
    payment: Payment,
    rail: Rail,
    ports: PaymentPorts,
    more: { secret?: Secret; sent?: SentAt } = {},
  ) {
    this.#payment = payment;
    this.#rail = rail;
    this.#ports = ports;
    this.#secret = more.secret;
    const now = ports.clock.mono();
    this.#sent = more.sent ?? { mono: now, latest: now };
    this.#waiting = rail.waits;
    const { timer, clock, changed } = ports;
    this.#pause = new Pause({ timer, clock, link: rail.link, changed });
    this.#unlink = rail.link?.subscribe(() => this.#linkChanged()) ?? (() => undefined);
  }

  get payment(): Payment {
    return this.#payment;
  }

  get rail(): Rail {
    return this.#rail;
  }

  /** What is waited for now. */
  get waiting(): Waiting {
    if (this.#payment.at === 'stuck') return { for: 'manager' };
    const { link } = this.#rail;
    return link !== undefined && this.#pause.isCutOff ? link.waiting : this.#waiting;
  }

  /** Clock ms of the next question or undo request; undefined while one is on its way or the link is waited for. */
  get nextAt(): number | undefined {
    return this.#pause.nextAt;
  }

  /** Ms since SENDING. */
  get elapsedMs(): number {
    return Math.max(0, this.#ports.clock.mono() - this.#sent.mono);
  }

  /** Rejects only when the *intent* cannot be stored: then nothing was sent and no money moved. */
  send(event: PaymentEvent): Promise<void> {
    return this.#queue(() => step(this.#payment, event, this.#given()));
  }

  /** Takes up an attempt found in the journal after a restart. */
  recover(): Promise<void> {
    return this.#queue(() => {
      const [next, effects] = recover(this.#payment, this.#given());
      // A state that stays as it was stored is news all the same to a screen that has just opened.
      if (next === this.#payment) this.#ports.show(next);
      return [next, effects];
    });
  }

  /** Ends a pause: asks, undoes or pays back at once. Nothing happens while an answer is awaited. */
  hurry(): void {
    if (this.#pause.isOn) return this.#pause.hurry();
    if (this.#payment.at === 'stuck') this.#due();
  }

  /** Begins or repeats the undoing. A charge under way is stopped first: it may not have left yet. */
  async undo(reason: string): Promise<void> {
    await this.#turn;
    if (this.#sending !== undefined) {
      this.#stopSending?.abort(new DOMException('stopped', 'AbortError'));
      await Promise.race([this.#sending, this.#ports.timer.wait(STOP_GRACE_MS)]);
      await this.#turn;
    }
    if (this.#payment.at === 'reversing') return this.hurry();
    await this.send({ type: 'reverse', reason });
  }

  #given(): Conditions {
    const { timings, undo } = this.#rail;
    const surelyMs = Math.max(0, this.#ports.clock.mono() - this.#sent.latest);
    return { timings, undo, elapsedMs: this.elapsedMs, surelyMs };
  }

  #queue(next: () => PaymentStep): Promise<void> {
    const turn = this.#turn.then(() => this.#take(next()));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #take([next, effects]: PaymentStep): Promise<void> {
    const before = this.#payment;
    if (next !== before) {
      if (next.at !== before.at) {
        await this.#save(next, before);
        this.#pause.end();
      }
      this.#payment = next;
      if (next.at !== before.at) this.#moved(next);
      // Stored as such, and gone on from at once: the next state says what is done about it.
      if (next.at === 'not-found' || next.at === 'approved-late')
        return this.#take(step(next, { type: 'due' }, this.#given()));
    }
    // Not awaited: an answer is an event of its own, and must find the queue free.
    for (const effect of effects) void this.#perform(effect).catch(this.#ports.alarm);
    this.#ports.changed();
  }

  #moved(next: Payment): void {
    if (next.at === 'sending') {
      const now = this.#ports.clock.mono();
      this.#sent = { mono: now, latest: now };
    }
    if (next.at === 'accepted' || next.at === 'reversing' || next.at === 'refund-due')
      this.#waiting = { for: 'answer' };
    if (isDefinite(next)) {
      this.#secret = undefined;
      this.#unlink();
    }
    this.#ports.show(next);
  }

  /** An intent that cannot be stored is given up; an answer that cannot be stored is tried until it can. */
  #save(next: Payment, before: Payment): Promise<void> {
    const isIntent = before.at === 'draft' || before.at === 'prepared';
    const { timer, save, saveRefused } = this.#ports;
    return untilStored(() => save(next, before), timer, {
      // A manager's word that is certainly not stored can be given again; one that may be stored must not be.
      givesUp: (error) => isIntent || (next.evidence !== undefined && !isMaybeStored(error)),
      refused: (error, tries) => saveRefused(next, error, tries),
    });
  }

  #perform(effect: PaymentEffect): Promise<void> {
    switch (effect.type) {
      case 'send':
        this.#sending = this.#charge();
        return this.#sending;
      case 'inquire':
      case 'reverse':
      case 'refund':
        return this.#asked.has(effect.type) ? Promise.resolve() : this.#ask(effect.type);
      case 'pause':
        return this.#rest(effect.ms);
      case 'call-manager':
        return Promise.resolve(); // STUCK is on every screen; there is nothing else to do.
      default:
        return effect satisfies never;
    }
  }

  async #charge(): Promise<void> {
    const stop = new AbortController();
    this.#stopSending = stop;
    const secret = this.#secret ?? {};
    this.#secret = undefined;
    await this.#hear('send', (attempt) =>
      this.#rail.send(attempt, {
        secret,
        signal: stop.signal,
        waiting: (show) => this.#show(show),
        sent: () => {
          const now = this.#ports.clock.mono();
          this.#sent = { mono: now, latest: now };
          this.#show(this.#rail.waits);
        },
      }),
    );
    this.#stopSending = undefined;
    this.#sending = undefined;
  }

  #ask(question: Exclude<Question, 'send'>): Promise<void> {
    const { attempt, approval, reason } = this.#payment;
    return this.#hear(question, () => {
      if (question === 'inquire') return this.#rail.inquire(attempt);
      return question === 'reverse'
        ? this.#rail.reverse(attempt, reason ?? 'no-answer')
        : this.#rail.refund(attempt, approval);
    });
  }

  async #hear(to: Question, call: (attempt: Payment['attempt']) => Promise<RailAnswer>): Promise<void> {
    this.#asked.add(to);
    let answer: RailAnswer;
    try {
      answer = clipped(await call(this.#payment.attempt));
    } catch (error) {
      answer = { kind: 'no-answer', reason: error instanceof Error ? error.name : 'error' };
    }
    this.#asked.delete(to);
    if (answer.kind === 'waiting' && answer.show !== undefined) this.#waiting = answer.show;
    await this.send({ type: 'answer', to, answer });
  }

  #show(show: Waiting): void {
    this.#waiting = show;
    this.#ports.changed();
  }

  async #rest(ms: number): Promise<void> {
    if (await this.#pause.rest(ms)) this.#due();
  }

  #due(): void {
    this.send({ type: 'due' }).catch(this.#ports.alarm);
  }

  #linkChanged(): void {
    this.#ports.changed();
    if (this.#rail.link?.online() !== true) return;
    if (this.#payment.at === 'stuck') this.hurry();
    else this.#pause.linkIsBack();
  }
}

const isMaybeStored = (error: unknown): boolean => error instanceof JournalError && error.maybeStored;

/** A host's words may be long; an entry's are not. */
function clipped(answer: RailAnswer): RailAnswer {
  return 'reason' in answer && answer.reason !== undefined && answer.reason.length > REASON_MAX
    ? { ...answer, reason: answer.reason.slice(0, REASON_MAX) }
    : answer;
}
