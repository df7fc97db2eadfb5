import type {
  Acquirer,
  Notice,
  NoticeRefusal,
  NoticeReply,
  NoticeRequest,
  Order,
  Outcome,
  PayOrder,
  StatementLine,
} from '../../../server/src/acquirers/acquirer.ts';
import { PURPOSES } from '../../../src/domain/attempt.ts';
import { minor } from '../../../src/domain/money.ts';
import type { Counted } from '../sim/counted.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';

/** Most a request is on its way and still counts, ms: shorter than the shortest window. */
const LATE_MAX_MS = 25_000;
/** Most an answer is on its way, ms. */
const ANSWER_MAX_MS = 600_000;
/** When a channel closes an order that waits for a password, ms. */
const PASSWORD_MS = 45_000;
/** Longest time in which the shop's balance does not cover a refund, ms. */
const SHORT_MAX_MS = 60_000;
/** How long a shown code lives, ms. */
const SHOWN_MS = 120_000;

/** What the channel holds of one payment. */
export interface Booked {
  readonly amount: number;
  /** `held`: a pre-authorisation. */
  state: 'waiting' | 'paid' | 'held' | 'declined' | 'closed';
  /** What has gone back of it, by the number of the refund. */
  readonly refunds: Map<string, number>;
  readonly kind: 'payment' | 'hold' | 'refund';
}

export interface ChannelWorld {
  readonly time: Time;
  readonly rng: Rng;
  readonly faults: Counted;
  /** Sends a callback to the shop's server. */
  notify(channel: string, body: string): void;
}

/** A wallet or a bank with books of its own, slow and lossy lines to it, and customers who think. */
export class Channel implements Acquirer {
  readonly id: string;
  readonly carries: Acquirer['carries'];
  readonly books = new Map<string, Booked>();
  /** Nothing goes wrong any more. */
  isCalm = false;
  #shortUntil = 0;
  readonly #world: ChannelWorld;

  constructor(
    id: string,
    rails: readonly Omit<Acquirer['carries'][number], 'purposes'>[],
    world: ChannelWorld,
  ) {
    this.id = id;
    this.carries = rails.map((rail) => ({ ...rail, purposes: PURPOSES }));
    this.#world = world;
  }

  /** Money of a payment that the channel holds for the shop. */
  net(reference: string): number {
    const booked = this.books.get(reference);
    if (booked?.kind !== 'payment') return 0;
    const back = [...booked.refunds.values()].reduce((all, each) => all + each, 0);
    return (booked.state === 'paid' ? booked.amount : 0) - back;
  }

  pay(order: PayOrder): Promise<Outcome> {
    const { purpose } = order;
    if (purpose === 'authorisation-cancel' || purpose === 'completion-cancel')
      return this.#call(() => this.#giveBack(order));
    return this.#call(() => this.#charge(order));
  }

  query(order: Order): Promise<Outcome> {
    return this.#call(() => this.#truth(order.reference));
  }

  reverse(order: Order): Promise<Outcome> {
    return this.#call(() => this.#undo(order, true));
  }

  refund(order: PayOrder): Promise<Outcome> {
    return this.#call(() => this.#giveBack(order));
  }

  close(order: Order): Promise<Outcome> {
    return this.#call(() => this.#undo(order, false));
  }

  async statement(): Promise<readonly StatementLine[]> {
    return [];
  }

  async notice({
    body,
  }: NoticeRequest): Promise<{ readonly notice: Notice } | { readonly refused: NoticeRefusal }> {
    const said = JSON.parse(body) as { reference: string; amount: number; signed: boolean };
    if (!said.signed) return { refused: 'signature-invalid' };
    const outcome: Outcome = { state: 'approved', approval: approvalOf(said.reference) };
    return { notice: { reference: said.reference, amount: minor(said.amount), outcome } };
  }

  noticeReply(taken: boolean): NoticeReply {
    return { status: taken ? 200 : 500, body: '', contentType: 'text/plain' };
  }

  async stop(): Promise<void> {}

  #fault(name: string, probability: number): boolean {
    if (this.isCalm || !this.#world.rng.chance(probability)) return false;
    this.#world.faults.add(name);
    return true;
  }

  /** A request that travels, is acted upon whatever becomes of whoever asked, and its answer. */
  #call(act: () => Outcome): Promise<Outcome> {
    const { time, rng } = this.#world;
    if (this.#fault('host-lost', 0.02)) return never();
    const isLate = this.#fault('host-late', 0.015);
    const isTwice = this.#fault('host-twice', 0.01);
    const isSilent = this.#fault('host-silent', 0.025);
    const isForged = this.#fault('host-bad-signature', 0.01);
    const answerMs = this.#fault('host-late-answer', 0.015)
      ? rng.between(1_000, ANSWER_MAX_MS)
      : rng.between(20, 400);
    return new Promise((resolve) => {
      time.after(isLate ? rng.between(1_000, LATE_MAX_MS) : rng.between(20, 300), () => {
        const outcome = act();
        if (isTwice) act();
        if (isSilent) return;
        time.after(answerMs, () =>
          resolve(isForged ? { state: 'unknown', reason: 'bad-signature' } : outcome),
        );
      });
    });
  }

  #charge(order: PayOrder): Outcome {
    const { reference, amount, purpose, method } = order;
    const known = this.books.get(reference);
    if (known !== undefined)
      return known.state === 'closed'
        ? { state: 'declined', reason: 'order-closed' }
        : this.#truth(reference);
    const { time, rng } = this.#world;
    const isShown = method === 'shop-code' && purpose === 'sale';
    const booked: Booked = {
      amount,
      state: 'declined',
      refunds: new Map(),
      kind: purpose === 'authorisation' ? 'hold' : 'payment',
    };
    this.books.set(reference, booked);
    const paid = purpose === 'authorisation' ? 'held' : 'paid';
    if (isShown) this.#shown(order, booked);
    else if (this.#fault('declined', 0.04)) booked.state = 'declined';
    else if (method === 'customer-code' && rng.chance(0.06)) {
      booked.state = 'waiting';
      const isTyped = rng.chance(0.75);
      time.after(isTyped ? rng.between(2_000, PASSWORD_MS - 1) : PASSWORD_MS, () => {
        if (booked.state === 'waiting') booked.state = isTyped ? paid : 'closed';
      });
    } else booked.state = paid;
    if (!isShown) return this.#truth(reference);
    return { state: 'waiting', code: { text: `sim://pay/${reference}`, expiresAt: time.now() + SHOWN_MS } };
  }

  /** The customer scans the code, or does not; the channel tells the shop by itself. */
  #shown({ reference, amount }: PayOrder, booked: Booked): void {
    const { time, rng, notify } = this.#world;
    booked.state = 'waiting';
    const isScanned = rng.chance(0.85);
    time.after(isScanned ? rng.between(3_000, 40_000) : SHOWN_MS, () => {
      if (booked.state !== 'waiting') return;
      booked.state = isScanned ? 'paid' : 'closed';
      if (!isScanned || this.#fault('notice-lost', 0.1)) return;
      const body = JSON.stringify({ reference, amount, signed: !this.#fault('notice-forged', 0.03) });
      const times = this.#fault('notice-twice', 0.1) ? 2 : 1;
      for (let at = 0; at < times; at += 1) time.after(rng.between(50, 3_000), () => notify(this.id, body));
    });
  }

  #undo({ reference, amount }: Order, mayRefuse: boolean): Outcome {
    const booked = this.books.get(reference);
    // An undo of what never came is a tombstone: the payment that comes later is refused.
    if (booked === undefined)
      this.books.set(reference, { amount, state: 'closed', refunds: new Map(), kind: 'payment' });
    else if (booked.kind === 'refund') {
      const of = [...this.books.values()].find((each) => each.refunds.has(reference));
      of?.refunds.delete(reference);
      booked.state = 'closed';
    } else if (booked.state === 'declined') return { state: 'declined', reason: 'nothing-to-reverse' };
    else if (!mayRefuse && booked.state === 'paid')
      return { state: 'approved', approval: approvalOf(reference) };
    else if (booked.state === 'paid' && booked.refunds.size > 0)
      return { state: 'declined', reason: 'refunded' };
    else if (booked.state === 'paid' && booked.kind === 'payment' && this.#fault('undo-refused', 0.03))
      return { state: 'declined', reason: 'too-late' };
    else booked.state = 'closed';
    return { state: 'reversed' };
  }

  #giveBack({ reference, amount, original }: PayOrder): Outcome {
    const done = this.books.get(reference);
    if (done !== undefined)
      return done.state === 'closed' ? { state: 'declined', reason: 'order-closed' } : this.#truth(reference);
    const of = this.books.get(original?.reference ?? '');
    const refuse = (reason: string): Outcome => {
      this.books.set(reference, { amount: -amount, state: 'declined', refunds: new Map(), kind: 'refund' });
      return { state: 'declined', reason };
    };
    if (of?.state === 'held') of.state = 'closed';
    else if (of?.state !== 'paid' || this.net(original?.reference ?? '') < amount)
      return refuse('refund-refused');
    else if (this.#isShort()) return { state: 'declined', reason: 'not-enough' };
    else of.refunds.set(reference, amount);
    this.books.set(reference, { amount: -amount, state: 'paid', refunds: new Map(), kind: 'refund' });
    return { state: 'approved', approval: approvalOf(reference) };
  }

  /** The shop's balance does not cover refunds for a while. The same number may be tried again later, as the wallets allow. */
  #isShort(): boolean {
    const { time, rng } = this.#world;
    if (!this.isCalm && time.mono() < this.#shortUntil) return true;
    if (!this.#fault('refund-declined', 0.03)) return false;
    this.#shortUntil = time.mono() + rng.between(1, SHORT_MAX_MS);
    return true;
  }

  #truth(reference: string): Outcome {
    const booked = this.books.get(reference);
    switch (booked?.state) {
      case undefined:
        return { state: 'not-found' };
      case 'paid':
        return booked.kind === 'payment' && this.net(reference) === 0
          ? { state: 'reversed' }
          : { state: 'approved', approval: approvalOf(reference) };
      case 'held':
        return { state: 'approved', approval: approvalOf(reference) };
      case 'waiting':
        return { state: 'waiting', reason: 'customer-password' };
      case 'declined':
        return { state: 'declined', reason: 'not-enough-money' };
      default:
        return { state: 'reversed' };
    }
  }
}

const approvalOf = (reference: string) => ({ channelId: `sim-${reference.slice(0, 12)}` });
