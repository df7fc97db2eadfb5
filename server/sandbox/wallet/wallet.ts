import type { Minor } from '../../../src/domain/money.ts';
import type { Behaviour, HostId } from '../behaviour.ts';
import {
  type BookedOrder,
  type BookedRefund,
  type Books,
  bookPayment,
  bookRefund,
  draft,
  refundable,
  undoRefund,
} from '../books.ts';
import type { SandboxWorld } from '../world.ts';

/** A wallet takes at most this many refunds of one order (WeChat Pay's rule, used for all). */
const REFUNDS_MAX = 50;
/** A refund that was only accepted is done after this time, ms. */
const REFUND_DONE_MS = 60_000;

export interface PayRequest {
  readonly order: string;
  readonly amount: Minor;
  readonly kind: 'code' | 'qr';
  /** The scanned pay code; '' for a code that the shop shows. */
  readonly code: string;
  readonly providerId: string;
  readonly expiresAt: number;
  readonly notifyUrl: string;
  readonly subject: string;
  readonly attach: string;
}

export interface WalletOrder {
  readonly book: BookedOrder;
  readonly request: PayRequest;
  readonly behaviour: Behaviour;
  queriesLeft: number;
  retriesLeft: number;
  /** What ended it without a sale: closed by the shop, by time, given back, or refused. */
  end: '' | 'closed' | 'expired' | 'refunded' | 'declined' | 'cancelled';
  /** Set by a customer who pays a code that the shop shows. */
  scanned: boolean;
  refundQueries: number;
}

export type PayOutcome =
  | { readonly kind: 'taken'; readonly order: WalletOrder }
  | { readonly kind: 'declined'; readonly code: string }
  | { readonly kind: 'exists'; readonly order: WalletOrder }
  | { readonly kind: 'code-used' | 'dead' | 'full' };

export type ReverseOutcome = 'unknown' | 'again' | 'refused' | 'closed' | 'refunded';
export type RefundOutcome =
  | { readonly kind: 'done' | 'processing'; readonly order: WalletOrder; readonly refund: BookedRefund }
  | { readonly kind: 'unknown' | 'not-paid' | 'too-much' | 'too-many' | 'refused' | 'differs' };
export type CustomerAction = 'pay' | 'password' | 'cancel';

export interface WalletParts {
  readonly host: HostId;
  readonly books: Books;
  readonly world: SandboxWorld;
  /** Called once when an order becomes paid. */
  readonly onPaid: (order: WalletOrder) => void;
}

/** What every wallet does with an order, before it is put into the words of one provider. */
export class Wallet {
  readonly #parts: WalletParts;
  readonly #orders = new Map<string, WalletOrder>();
  readonly #codes = new Map<string, string>();
  readonly #dead = new Set<string>();

  constructor(parts: WalletParts) {
    this.#parts = parts;
  }

  pay(request: PayRequest, behaviour: Behaviour): PayOutcome {
    const known = this.find(request.order);
    if (known !== undefined) return { kind: 'exists', order: known };
    if (this.#dead.has(request.order)) return { kind: 'dead' };
    if (request.code !== '' && this.#codes.has(request.code)) return { kind: 'code-used' };
    if (!this.#parts.books.open) return { kind: 'full' };
    const order = this.#open(request, behaviour);
    if (request.code !== '') this.#codes.set(request.code, request.order);
    if (behaviour.decline !== '') {
      this.#end(order, 'declined', 'declined');
      order.book.reason = behaviour.decline;
      return { kind: 'declined', code: behaviour.decline };
    }
    if (request.kind === 'code' && behaviour.booking === 'now') this.#markPaid(order);
    if (behaviour.booking === 'late') this.#later(order, false);
    return { kind: 'taken', order };
  }

  /** An order that looks paid but is in nobody's books: for a forged answer. */
  pretend(request: PayRequest, behaviour: Behaviour): WalletOrder {
    const order = this.#record(request, behaviour, draft(this.#newOrder(request)));
    bookPayment(order.book, this.#parts.world.clock.now());
    return order;
  }

  find(id: string): WalletOrder | undefined {
    const order = this.#orders.get(id);
    if (order !== undefined) this.#expire(order);
    return order;
  }

  /** A query of the shop: the customer may finish while it waits. */
  query(id: string): WalletOrder | undefined {
    const order = this.find(id);
    if (order !== undefined && order.book.state === 'waiting' && order.behaviour.booking === 'waiting') {
      if (order.queriesLeft > 0) {
        order.queriesLeft -= 1;
        if (order.queriesLeft === 0) this.#markPaid(order);
      }
    }
    return order;
  }

  /** Closes what is unpaid, gives back what is paid. An unknown number can never be paid afterwards. */
  reverse(id: string): ReverseOutcome {
    const order = this.find(id);
    if (order === undefined) {
      this.#dead.add(id);
      return 'unknown';
    }
    if (order.behaviour.reverseRefused) return 'refused';
    if (order.retriesLeft > 0) {
      order.retriesLeft -= 1;
      return 'again';
    }
    if (order.book.state === 'waiting' && order.behaviour.booking === 'at-reverse') this.#markPaid(order);
    if (order.book.state === 'paid') {
      const left = refundable(order.book);
      const at = this.#parts.world.clock.now();
      if (left > 0) bookRefund(order.book, { id: `reversal-${id}`, kind: 'reversal', amount: left, at });
      this.#end(order, 'reversed', 'refunded');
    } else if (order.book.state === 'waiting') {
      this.#end(order, 'closed', 'closed');
      if (order.behaviour.booking === 'after-reverse') this.#later(order, true);
    }
    return order.end === 'refunded' ? 'refunded' : 'closed';
  }

  /** Closes an unpaid order. */
  close(id: string): 'unknown' | 'paid' | 'closed' {
    const order = this.find(id);
    if (order === undefined) return 'unknown';
    if (order.book.state === 'waiting' && order.behaviour.booking === 'at-reverse') this.#markPaid(order);
    if (order.book.state === 'paid') return 'paid';
    if (order.book.state === 'waiting') {
      this.#end(order, 'closed', 'closed');
      if (order.behaviour.booking === 'after-reverse') this.#later(order, true);
    }
    return 'closed';
  }

  /** The same refund number again is the same refund. */
  refund(id: string, refundId: string, amount: Minor): RefundOutcome {
    const order = this.find(id);
    if (order === undefined) return { kind: 'unknown' };
    const before = order.book.refunds.find((each) => each.id === refundId);
    if (before !== undefined) {
      if (before.amount !== amount) return { kind: 'differs' };
      return { kind: before.state === 'done' ? 'done' : 'processing', order, refund: before };
    }
    if (order.book.state !== 'paid') return { kind: 'not-paid' };
    if (order.book.refunds.length >= REFUNDS_MAX) return { kind: 'too-many' };
    if (amount <= 0 || amount > refundable(order.book)) return { kind: 'too-much' };
    if (order.behaviour.refund === 'refused') return { kind: 'refused' };
    const state = order.behaviour.refund === 'normal' ? 'done' : 'processing';
    const at = this.#parts.world.clock.now();
    order.refundQueries = order.behaviour.queries;
    const refund = bookRefund(order.book, { id: refundId, kind: 'refund', amount, at }, state);
    return { kind: state, order, refund };
  }

  refundQuery(refundId: string): { readonly order: WalletOrder; readonly refund: BookedRefund } | undefined {
    for (const order of this.#orders.values()) {
      const refund = order.book.refunds.find((each) => each.id === refundId && each.kind === 'refund');
      if (refund === undefined) continue;
      if (refund.state === 'processing') {
        order.refundQueries -= 1;
        const old = this.#parts.world.clock.now() - refund.at >= REFUND_DONE_MS;
        if (order.refundQueries <= 0 || old) this.#endRefund(order, refund);
      }
      return { order, refund };
    }
    return undefined;
  }

  #endRefund(order: WalletOrder, refund: BookedRefund): void {
    const fate = order.behaviour.refund;
    if (fate === 'failing') undoRefund(order.book, refund.id, 'failed');
    else refund.state = fate === 'held' ? 'held' : 'done';
  }

  /** The person with the phone. False when there is nothing to do. */
  customer(id: string, action: CustomerAction): boolean {
    const order = this.find(id);
    if (order === undefined || order.book.state !== 'waiting') return false;
    if (action === 'cancel') {
      order.book.reason = 'customer-cancelled';
      this.#end(order, 'declined', 'cancelled');
      return true;
    }
    if (action === 'password' && order.request.kind === 'qr' && !order.scanned) return false;
    if (order.request.kind === 'qr' && action === 'pay') {
      order.scanned = true;
      if (order.behaviour.booking !== 'now') return true;
    }
    this.#markPaid(order);
    return true;
  }

  /** The open order behind a shown code. */
  byProviderId(providerId: string): WalletOrder | undefined {
    for (const order of this.#orders.values()) if (order.book.providerId === providerId) return order;
    return undefined;
  }

  list(): readonly WalletOrder[] {
    return [...this.#orders.values()];
  }

  #open(request: PayRequest, behaviour: Behaviour): WalletOrder {
    const order = this.#record(request, behaviour, this.#parts.books.create(this.#newOrder(request)));
    this.#orders.set(request.order, order);
    return order;
  }

  #newOrder(request: PayRequest): Parameters<Books['create']>[0] {
    const { order, kind, amount, providerId } = request;
    return {
      host: this.#parts.host,
      order,
      kind,
      amount,
      providerId,
      createdAt: this.#parts.world.clock.now(),
    };
  }

  #record(request: PayRequest, behaviour: Behaviour, book: BookedOrder): WalletOrder {
    return {
      book,
      request,
      behaviour,
      queriesLeft: behaviour.queries,
      retriesLeft: behaviour.reverseRetries,
      end: '',
      scanned: false,
      refundQueries: 0,
    };
  }

  #markPaid(order: WalletOrder): void {
    bookPayment(order.book, this.#parts.world.clock.now());
    order.end = '';
    this.#parts.onPaid(order);
  }

  /** `force` pays even an order that was closed meanwhile. */
  #later(order: WalletOrder, force: boolean): void {
    this.#parts.world.timer.after(order.behaviour.delayMs, () => {
      this.#expire(order);
      if (force || order.book.state === 'waiting') this.#markPaid(order);
    });
  }

  #expire(order: WalletOrder): void {
    if (order.book.state !== 'waiting' || this.#parts.world.clock.now() < order.request.expiresAt) return;
    this.#end(order, 'closed', 'expired');
  }

  #end(order: WalletOrder, state: 'closed' | 'reversed' | 'declined', end: WalletOrder['end']): void {
    order.book.state = state;
    order.book.closedAt = this.#parts.world.clock.now();
    order.end = end;
  }
}
