import type { Approval } from '../../domain/approval.ts';
import type { Purpose } from '../../domain/attempt.ts';
import type { Currency, Minor } from '../../domain/money.ts';
import type { TerminalReason } from '../reasons.ts';

/** What the till knows of one order it gave to a payment terminal. Plain JSON, without any card data but a masked number. */
export interface OrderNote {
  /** The attempt's id. */
  readonly reference: string;
  /** Which driver gave it: another kind of terminal knows nothing of it. */
  readonly driver: string;
  /** Grows with every change of any note: the largest is the one that changed last. */
  readonly turn: number;
  /** When it was about to be sent, ms. */
  readonly at: number;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly purpose: Purpose;
  /** The order that this one undoes, completes or pays back. */
  readonly original?: string;
  /** `sent`: it may have been sent, and how it ended is not known here. */
  readonly state: 'sent' | 'approved' | 'declined' | 'reversed';
  /** The terminal has said that it took the order. */
  readonly accepted?: boolean;
  /** The terminal's own number or serial, when it says one. */
  readonly unit?: string;
  /** Where the terminal's books ended when this order was sent, in the driver's own words. */
  readonly before?: string;
  /** The newest record of the terminal's books about this order, in the driver's own words. */
  readonly record?: string;
  readonly approval?: Approval;
  readonly reason?: TerminalReason;
  /** An undo was sent, and its answer has not been heard. */
  readonly undoing?: boolean;
}

/** Keeps notes where a reload and a crash cannot reach them. */
export interface OrderNoteStore {
  /** Resolves when the note is durable: an order leaves only after that. `dropped` are references that may be deleted. */
  save(note: OrderNote, dropped: readonly string[]): Promise<void>;
}

/** Orders remembered. The oldest settled one makes room; one that is open is never forgotten. */
export const ORDER_NOTES_MAX = 500;

/**
 * The memory of the orders given to terminals. Some terminals cannot be asked by our own number, so what an inquiry can
 * promise rests on these notes: an order without a note was never sent, as long as no notes were lost.
 */
export class OrderNotes {
  /** False when notes may have been lost: then a missing note proves nothing. */
  readonly isComplete: boolean;
  readonly #store: OrderNoteStore;
  readonly #notes = new Map<string, OrderNote>();
  #turn: number;

  /** `remembered`: all notes of the store; an empty list when a terminal was just paired; undefined when they were lost. */
  constructor(store: OrderNoteStore, remembered: readonly OrderNote[] | undefined) {
    this.#store = store;
    this.isComplete = remembered !== undefined;
    const notes = [...(remembered ?? [])].sort((a, b) => a.turn - b.turn);
    for (const note of notes) this.#notes.set(note.reference, note);
    this.#turn = notes.at(-1)?.turn ?? 0;
  }

  find(reference: string): OrderNote | undefined {
    return this.#notes.get(reference);
  }

  /** The notes of a driver, the one that changed last at the end. */
  of(driver: string): readonly OrderNote[] {
    return [...this.#notes.values()].filter((note) => note.driver === driver);
  }

  /** Begins a note. Rejects when it cannot be kept: the order must not leave then. */
  async begin(note: Omit<OrderNote, 'turn'>): Promise<void> {
    const dropped = this.#makeRoom();
    await this.#write({ ...note, turn: this.#next() }, dropped);
  }

  /** Changes a note that was begun; nothing happens without one. Rejects when it cannot be kept, and is changed all the same. */
  async change(reference: string, change: Partial<Omit<OrderNote, 'reference' | 'turn'>>): Promise<void> {
    const note = this.#notes.get(reference);
    if (note === undefined) return;
    const changed = { ...note, ...change, turn: this.#next() };
    this.#notes.delete(reference);
    this.#notes.set(reference, changed);
    await this.#store.save(changed, []);
  }

  async #write(note: OrderNote, dropped: readonly string[]): Promise<void> {
    await this.#store.save(note, dropped);
    this.#notes.set(note.reference, note);
  }

  #makeRoom(): readonly string[] {
    if (this.#notes.size < ORDER_NOTES_MAX) return [];
    const oldest = [...this.#notes.values()].find(({ state }) => state !== 'sent');
    if (oldest === undefined) throw new RangeError('too many open orders');
    this.#notes.delete(oldest.reference);
    return [oldest.reference];
  }

  #next(): number {
    this.#turn += 1;
    return this.#turn;
  }
}
