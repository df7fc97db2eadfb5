import { add, type Minor, minor, subtract, ZERO } from '../../src/domain/money.ts';
import type { HostId } from './behaviour.ts';

/** More orders than a storm day or a demo makes; beyond it a host says that it is out of order. */
const ORDERS_MAX = 200_000;

export type OrderState = 'waiting' | 'held' | 'paid' | 'declined' | 'closed' | 'reversed';

export type OrderKind = 'code' | 'qr' | 'sale' | 'authorisation' | 'completion';

export interface BookedRefund {
  readonly id: string;
  readonly kind: 'refund' | 'reversal' | 'void';
  readonly amount: Minor;
  /** `failed`: accepted, and then not made; `held`: accepted, and no account takes it. */
  state: 'processing' | 'done' | 'undone' | 'failed' | 'held';
  readonly at: number;
}

/** One order as the provider knows it. Never holds a card number. */
export interface BookedOrder {
  readonly host: HostId;
  /** The merchant's order number; for the bank `terminal-batch-trace`. */
  readonly order: string;
  readonly kind: OrderKind;
  /** What was asked for; a tip raises it. */
  amount: Minor;
  state: OrderState;
  /** Money taken from the customer. */
  paid: Minor;
  /** Money given back, reversals and voids included. */
  refunded: Minor;
  /** The provider's own number, 参考号 or transaction id. */
  readonly providerId: string;
  readonly createdAt: number;
  paidAt: number | undefined;
  closedAt: number | undefined;
  reason: string;
  readonly refunds: BookedRefund[];
}

export type NewOrder = Pick<BookedOrder, 'host' | 'order' | 'kind' | 'amount' | 'providerId' | 'createdAt'>;

/** A copy for the outside; `net` is what the provider owes the shop for it. */
export type BookView = Omit<BookedOrder, 'paidAt' | 'closedAt' | 'refunds'> & {
  readonly paidAt: number | null;
  readonly closedAt: number | null;
  readonly refunds: readonly Readonly<BookedRefund>[];
  readonly net: Minor;
};

/** Thrown when a host tries to do what no honest ledger allows; always a fault of the sandbox. */
export class BooksError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BooksError';
  }
}

/** The truth about money at all sandbox hosts: what tests compare the shop's own view with. */
export class Books {
  readonly #orders = new Map<string, BookedOrder>();

  find(host: HostId, order: string): BookedOrder | undefined {
    return this.#orders.get(key(host, order));
  }

  /** True while there is room for one more order. */
  get open(): boolean {
    return this.#orders.size < ORDERS_MAX;
  }

  /** Throws BooksError for a number that is taken. */
  create(order: NewOrder): BookedOrder {
    const id = key(order.host, order.order);
    if (this.#orders.has(id)) throw new BooksError(`order-exists: ${id}`);
    if (!this.open) throw new BooksError('books-full');
    const booked = draft(order);
    this.#orders.set(id, booked);
    return booked;
  }

  list(host?: HostId): readonly BookView[] {
    return [...this.#orders.values()].filter((each) => host === undefined || each.host === host).map(view);
  }

  /** Live records of one host, oldest first: for its statements. */
  of(host: HostId): readonly BookedOrder[] {
    return [...this.#orders.values()].filter((each) => each.host === host);
  }
}

/** An order that is in nobody's books: to shape an answer about money that did not move. */
export function draft(order: NewOrder): BookedOrder {
  return {
    ...order,
    state: 'waiting',
    paid: ZERO,
    refunded: ZERO,
    paidAt: undefined,
    closedAt: undefined,
    reason: '',
    refunds: [],
  };
}

export function bookPayment(order: BookedOrder, at: number): void {
  if (order.paid !== ZERO) throw new BooksError(`paid-twice: ${order.order}`);
  order.paid = order.amount;
  order.paidAt = at;
  order.state = 'paid';
}

/** What can still be given back. */
export function refundable(order: BookedOrder): Minor {
  return subtract(order.paid, order.refunded);
}

export function bookRefund(
  order: BookedOrder,
  refund: Pick<BookedRefund, 'id' | 'kind' | 'amount' | 'at'>,
  state: 'processing' | 'done' = 'done',
): BookedRefund {
  if (refund.amount > refundable(order)) throw new BooksError(`refund-too-large: ${order.order}`);
  const booked: BookedRefund = { ...refund, state };
  order.refunds.push(booked);
  order.refunded = add(order.refunded, refund.amount);
  return booked;
}

/** Takes a refund back (the reversal of a void), or closes one that was only accepted. */
export function undoRefund(order: BookedOrder, id: string, state: 'undone' | 'failed' = 'undone'): void {
  const refund = order.refunds.find((each) => each.id === id && !isGone(each));
  if (refund === undefined) return;
  refund.state = state;
  order.refunded = subtract(order.refunded, refund.amount);
}

const isGone = ({ state }: BookedRefund): boolean => state === 'undone' || state === 'failed';

/** Refunds that a statement lists: one that was accepted and then not made is none. */
export const listedRefunds = ({ refunds }: BookedOrder): readonly BookedRefund[] =>
  refunds.filter(({ state }) => state !== 'failed');

/** Changes what was taken (a tip). */
export function adjustPayment(order: BookedOrder, amount: Minor): void {
  order.amount = amount;
  order.paid = amount;
}

function view(order: BookedOrder): BookView {
  return {
    ...order,
    paidAt: order.paidAt ?? null,
    closedAt: order.closedAt ?? null,
    refunds: order.refunds.map((each) => ({ ...each })),
    net: minor(order.paid - order.refunded),
  };
}

const key = (host: HostId, order: string): string => `${host}/${order}`;
