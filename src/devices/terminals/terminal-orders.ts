import type { Approval } from '../../domain/approval.ts';
import type { Currency } from '../../domain/money.ts';
import type { DeviceSession } from '../driver.ts';
import type { TerminalSession } from '../kept/kept-terminal.ts';
import type { DeviceHealth, TerminalAnswer, TerminalOrder } from '../ports.ts';
import type { TerminalReason } from '../reasons.ts';
import type { OrderNote, OrderNotes } from './order-notes.ts';
import type { TerminalSettings } from './terminal-settings.ts';

export const declined = (reason: TerminalReason): TerminalAnswer => ({ kind: 'declined', reason });
export const noAnswer = (reason: TerminalReason): TerminalAnswer => ({ kind: 'no-answer', reason });

/** What a dialect has while an order runs. */
export interface OrderWork {
  /** The cashier, or the rail's patience, wants it to stop. */
  readonly signal: AbortSignal;
  /** Adds to the order's note. Resolves when that is durable; rejects when it cannot be kept. */
  note(change: Pick<Partial<OrderNote>, 'accepted' | 'before' | 'record'>): Promise<void>;
}

/** One language of terminals on one open link. No method rejects, none moves money but `charge` and `undo`. */
export interface TerminalDialect extends DeviceSession {
  readonly driver: string;
  readonly storesOffline: boolean;
  /** The terminal's own number or serial, once it has said one. */
  readonly unit: string | undefined;
  /** Why it cannot be given at all, before anything is written or sent; undefined when it can. */
  refuses(order: TerminalOrder): TerminalReason | undefined;
  /**
   * Before anything else is asked: begins to talk and learns which terminal it is. Resolves to why that is not possible.
   * `currency`: of the order that is meant, when it is known.
   */
  meet(currency: Currency | undefined): Promise<TerminalReason | undefined>;
  /** Gives the order once. `declined` only for a definite refusal, or when surely no byte of it was taken. */
  charge(order: TerminalOrder, work: OrderWork): Promise<TerminalAnswer>;
  /** Looks into the terminal's books. `note` is absent for an order that this till has no note of. */
  ask(reference: string, note: OrderNote | undefined): Promise<TerminalAnswer>;
  /** Undoes an order that is known to be booked. `approved` when that is definitely not possible any more. */
  undo(reference: string, note: OrderNote | undefined, approval: Approval): Promise<TerminalAnswer>;
}

/**
 * The promises of a payment terminal, whatever it speaks: a reference is sent once and asked about for ever after, one order
 * runs at a time, a note is durable before the first byte leaves, and what was heard for certain is not asked again.
 */
export class TerminalOrders implements TerminalSession {
  readonly #dialect: TerminalDialect;
  readonly #settings: TerminalSettings;
  #paying: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dialect: TerminalDialect, settings: TerminalSettings) {
    this.#dialect = dialect;
    this.#settings = settings;
  }

  get lost(): Promise<void> {
    return this.#dialect.lost;
  }

  get health(): DeviceHealth {
    return this.#dialect.health ?? {};
  }

  get storesOffline(): boolean {
    return this.#dialect.storesOffline;
  }

  subscribe(listener: () => void): () => void {
    return this.#dialect.subscribe?.(listener) ?? (() => undefined);
  }

  close(): Promise<void> {
    return this.#dialect.close();
  }

  async pay(order: TerminalOrder, signal: AbortSignal): Promise<TerminalAnswer> {
    // A reference is used once: an order that is known is asked about and never sent again.
    if (this.#notes.find(order.reference) !== undefined) return this.inquire(order.reference);
    if (signal.aborted) return declined('cancelled');
    if (this.#paying !== undefined) return declined('busy');
    // What was paid with play money is not paid back with real money.
    if (order.original?.approval.demo === true) return declined('original-unknown');
    const refusal = this.#dialect.refuses(order);
    if (refusal !== undefined) return declined(refusal);
    this.#paying = order.reference;
    try {
      return await this.#inTurn(() => this.#charge(order, signal));
    } finally {
      this.#paying = undefined;
    }
  }

  async inquire(reference: string): Promise<TerminalAnswer> {
    const known = this.#known(reference);
    if (known !== undefined) return known;
    if (this.#paying !== undefined) return noAnswer(this.#paying === reference ? 'running' : 'busy');
    return this.#inTurn(async () => {
      const note = this.#notes.find(reference);
      const answer =
        this.#known(reference) ?? (await this.#met(note)) ?? (await this.#dialect.ask(reference, note));
      await this.#settle(reference, answer);
      return answer;
    });
  }

  async reverse(reference: string): Promise<TerminalAnswer> {
    const note = this.#notes.find(reference);
    const booked =
      note?.state === 'approved' && note.approval !== undefined
        ? ({ kind: 'approved', approval: note.approval } as const)
        : await this.inquire(reference);
    if (booked.kind !== 'approved') return booked;
    if (this.#paying !== undefined) return noAnswer('busy');
    return this.#inTurn(async () => {
      const now = this.#notes.find(reference);
      if (now?.state === 'reversed') return { kind: 'reversed' };
      const away = await this.#met(now);
      if (away !== undefined) return away;
      const kept = await this.#kept(reference, { undoing: true });
      if (!kept) return noAnswer('not-noted');
      const answer = await this.#dialect.undo(reference, this.#notes.find(reference), booked.approval);
      await this.#settle(reference, answer);
      return answer;
    });
  }

  async #charge(order: TerminalOrder, signal: AbortSignal): Promise<TerminalAnswer> {
    const { reference, amount, currency, purpose, original } = order;
    const { driver } = this.#dialect;
    try {
      await this.#notes.begin({
        reference,
        driver,
        at: this.#settings.now(),
        amount,
        currency,
        purpose,
        state: 'sent',
        ...(original === undefined ? {} : { original: original.reference }),
      });
    } catch {
      return declined('not-noted');
    }
    const away = await this.#dialect.meet(currency);
    const { unit } = this.#dialect;
    const refusal = away ?? (signal.aborted ? 'cancelled' : undefined);
    if (refusal !== undefined || (unit !== undefined && !(await this.#kept(reference, { unit })))) {
      const answer = declined(refusal ?? 'not-noted');
      await this.#settle(reference, answer);
      return answer;
    }
    const note: OrderWork['note'] = (change) => this.#notes.change(reference, change);
    const answer = await this.#dialect.charge(order, { signal, note });
    await this.#settle(reference, answer);
    return answer;
  }

  /** What needs no question. */
  #known(reference: string): TerminalAnswer | undefined {
    const note = this.#notes.find(reference);
    switch (note?.state) {
      case 'approved':
        // One that waits to be forwarded may have been, and one whose undo was not answered may be gone.
        return note.approval === undefined || note.approval.offline === true || note.undoing === true
          ? this.#elsewhere(note)
          : { kind: 'approved', approval: note.approval };
      case 'declined':
        return declined(note.reason ?? 'declined');
      case 'reversed':
        return { kind: 'reversed' };
      default:
        return this.#elsewhere(note);
    }
  }

  async #met(note: OrderNote | undefined): Promise<TerminalAnswer | undefined> {
    const away = await this.#dialect.meet(note?.currency);
    return away === undefined ? this.#elsewhere(note) : noAnswer(away);
  }

  /** Another terminal than the one that had the order cannot say that it was not paid. */
  #elsewhere(note: OrderNote | undefined): TerminalAnswer | undefined {
    const { driver, unit } = this.#dialect;
    if (note === undefined) return undefined;
    const isOther = note.unit !== undefined && unit !== undefined && note.unit !== unit;
    return note.driver !== driver || isOther ? noAnswer('other-terminal') : undefined;
  }

  async #settle(reference: string, answer: TerminalAnswer): Promise<void> {
    switch (answer.kind) {
      case 'approved':
        await this.#kept(reference, { state: 'approved', approval: answer.approval, undoing: false });
        return;
      case 'declined':
        await this.#kept(reference, { state: 'declined', reason: answer.reason });
        return;
      case 'reversed':
        await this.#kept(reference, { state: 'reversed', undoing: false });
        return;
      default:
        return;
    }
  }

  /** What was heard is true whether or not it can be written down; it would be asked again after a reload. */
  async #kept(reference: string, change: Parameters<OrderNotes['change']>[1]): Promise<boolean> {
    return this.#notes.change(reference, change).then(
      () => true,
      () => false,
    );
  }

  get #notes() {
    return this.#settings.notes;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
