import { PURPOSES } from '../../../src/domain/attempt.ts';
import type { CardData } from '../../../src/domain/card-data.ts';
import { type Minor, minor } from '../../../src/domain/money.ts';
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
} from '../acquirers/acquirer.ts';

/** What happens to one request: whether the channel acts on it, and what comes back. */
export type Act =
  | 'honest'
  /** Done, but no answer arrives. */
  | 'silent'
  /** Lost on the way there: not done, no answer. */
  | 'lost'
  /** On its way for long: no answer now, done when the test calls `arrive`. */
  | 'late'
  | 'decline'
  /** The customer must type a password; `confirm` types it. */
  | 'waiting'
  /** Of a refund: accepted, and on its way until the test calls `finish`. */
  | 'accept'
  /** Neither done nor answered until the signal is aborted. */
  | 'hang'
  | 'throw'
  | { readonly say: Outcome };

type Operation = 'pay' | 'query' | 'reverse' | 'refund' | 'close';

interface Booked {
  readonly amount: number;
  state: 'paid' | 'waiting' | 'declined' | 'closed' | 'on-its-way' | 'held';
  readonly refunds: Map<string, number>;
}

const NO_ANSWER: Outcome = { state: 'unknown', reason: 'no-answer' };

/** A channel with books of its own, which can be told to lie, delay and lose, request by request. */
export class FakeAcquirer implements Acquirer {
  readonly id: string;
  readonly carries: Acquirer['carries'];
  readonly books = new Map<string, Booked>();
  /** Every request that reached it, in order. */
  readonly calls: string[] = [];
  readonly orders: PayOrder[] = [];
  readonly #acts: Partial<Record<Operation, Act[]>> = {};
  #late: (() => void)[] = [];
  #look: () => Promise<void> = async () => undefined;
  isStopped = false;

  constructor(
    id = 'wechatpay',
    rails: readonly Omit<Acquirer['carries'][number], 'purposes'>[] = [
      { tender: 'wechat', method: 'customer-code' },
      { tender: 'wechat', method: 'shop-code' },
    ],
  ) {
    this.id = id;
    this.carries = rails.map((rail) => ({ ...rail, purposes: PURPOSES }));
  }

  /** How the next requests of this kind go, one after the other; after that honestly. */
  next(operation: Operation, ...acts: readonly Act[]): this {
    this.#acts[operation] = [...(this.#acts[operation] ?? []), ...acts];
    return this;
  }

  /** Requests that were late arrive now. */
  arrive(): void {
    const late = this.#late;
    this.#late = [];
    for (const action of late) action();
  }

  /** What was told to go wrong and has not yet, goes right. */
  forget(): void {
    for (const acts of Object.values(this.#acts)) acts.length = 0;
  }

  /** Calls `look` while a request is there and before anything is done about it. */
  watch(look: () => Promise<void>): void {
    this.#look = look;
  }

  /** Books an order that was closed. */
  breakItsWord(reference: string): void {
    const booked = this.books.get(reference);
    if (booked !== undefined) booked.state = 'paid';
  }

  /** The customer types the password, or scans the code and pays. False when there is nothing to pay any more. */
  confirm(reference: string): boolean {
    const booked = this.books.get(reference);
    if (booked?.state !== 'waiting') return false;
    booked.state = 'paid';
    return true;
  }

  /** A refund that was accepted ends: it has arrived, it was closed and the shop has the money back, or nobody can take it. */
  finish(reference: string, as: 'paid' | 'declined' | 'held'): void {
    const booked = this.books.get(reference);
    if (booked === undefined) throw new Error('no such refund');
    booked.state = as;
    if (as === 'declined') for (const { refunds } of this.books.values()) refunds.delete(reference);
  }

  /** What the channel has taken and not given back, minor units. */
  held(reference: string): number {
    const booked = this.books.get(reference);
    if (booked?.state !== 'paid') return 0;
    return booked.amount - [...booked.refunds.values()].reduce((all, each) => all + each, 0);
  }

  pay(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    this.orders.push(order);
    return this.#do('pay', order, signal, (act) => this.#pay(order, act));
  }

  query(order: Order, signal: AbortSignal): Promise<Outcome> {
    return this.#do('query', order, signal, () => this.#truth(order.reference));
  }

  reverse(order: Order, _reason: string, signal: AbortSignal): Promise<Outcome> {
    return this.#do('reverse', order, signal, () => {
      const booked = this.books.get(order.reference);
      if (booked?.state === 'declined') return { state: 'declined', reason: 'nothing-to-reverse' };
      // Also for an order it never saw: the payment that comes later is refused.
      this.books.set(order.reference, { amount: order.amount, state: 'closed', refunds: new Map() });
      return { state: 'reversed' };
    });
  }

  refund(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    this.orders.push(order);
    return this.#do('refund', order, signal, (act) => this.#refund(order, act));
  }

  close(order: Order, signal: AbortSignal): Promise<Outcome> {
    return this.#do('close', order, signal, () => {
      const booked = this.books.get(order.reference);
      if (booked?.state === 'paid')
        return { state: 'approved', approval: { channelId: `fake-${order.reference}` } };
      this.books.set(order.reference, { amount: order.amount, state: 'closed', refunds: new Map() });
      return { state: 'reversed' };
    });
  }

  async statement(): Promise<readonly StatementLine[]> {
    return [];
  }

  async balance(_card: CardData): Promise<{ readonly balance: Minor; readonly currency: 'CNY' }> {
    return { balance: minor(12_345), currency: 'CNY' };
  }

  /** A body is JSON `{reference, amount, refused?}`: a verified word that the order is paid. */
  async notice({
    body,
  }: NoticeRequest): Promise<{ readonly notice: Notice } | { readonly refused: NoticeRefusal }> {
    const said = JSON.parse(body) as { reference: string; amount: number; refused?: NoticeRefusal };
    if (said.refused !== undefined) return { refused: said.refused };
    const outcome: Outcome = { state: 'approved', approval: { channelId: `fake-${said.reference}` } };
    return { notice: { reference: said.reference, amount: minor(said.amount), outcome } };
  }

  noticeReply(taken: boolean): NoticeReply {
    return { status: taken ? 200 : 500, body: taken ? 'success' : 'fail', contentType: 'text/plain' };
  }

  async stop(): Promise<void> {
    this.isStopped = true;
  }

  async #do(
    operation: Operation,
    { reference }: Order,
    signal: AbortSignal,
    action: (act: Act) => Outcome,
  ): Promise<Outcome> {
    this.calls.push(`${operation} ${reference}`);
    await this.#look();
    const act = this.#acts[operation]?.shift() ?? 'honest';
    if (typeof act === 'object') return act.say;
    if (act === 'throw') throw new Error('the adapter broke');
    if (act === 'hang') await new Promise((settle) => signal.addEventListener('abort', settle));
    if (act === 'late') this.#late.push(() => action('honest'));
    if (act === 'lost' || act === 'late' || act === 'hang') return NO_ANSWER;
    const outcome = action(act);
    return act === 'silent' ? NO_ANSWER : outcome;
  }

  #pay({ reference, amount, method, purpose, at }: PayOrder, act: Act): Outcome {
    const known = this.books.get(reference);
    if (known !== undefined)
      return known.state === 'paid' ? this.#truth(reference) : { state: 'declined', reason: 'order-closed' };
    const isShown = method === 'shop-code' && purpose === 'sale';
    const state = act === 'decline' ? 'declined' : act === 'waiting' || isShown ? 'waiting' : 'paid';
    this.books.set(reference, { amount, state, refunds: new Map() });
    const truth = this.#truth(reference);
    if (!isShown || truth.state !== 'waiting') return truth;
    return { state: 'waiting', code: { text: `weixin://pay/${reference}`, expiresAt: at + 120_000 } };
  }

  #refund({ reference, amount, original }: PayOrder, act: Act): Outcome {
    const paid = this.books.get(original?.reference ?? '');
    if (act === 'decline' || paid?.state !== 'paid') return { state: 'declined', reason: 'refund-refused' };
    const isDone = paid.refunds.has(reference);
    if (!isDone && this.held(original?.reference ?? '') < amount)
      return { state: 'declined', reason: 'too-much' };
    paid.refunds.set(reference, amount);
    const known = this.books.get(reference);
    const state = act === 'accept' ? 'on-its-way' : 'paid';
    if (known === undefined) this.books.set(reference, { amount: -amount, state, refunds: new Map() });
    return this.#truth(reference);
  }

  #truth(reference: string): Outcome {
    const booked = this.books.get(reference);
    switch (booked?.state) {
      case undefined:
        return { state: 'not-found' };
      case 'paid': {
        const isRefunded = booked.amount > 0 && this.held(reference) === 0;
        return isRefunded
          ? { state: 'reversed' }
          : { state: 'approved', approval: { channelId: `fake-${reference}` } };
      }
      case 'waiting':
        return { state: 'waiting', reason: 'customer-password' };
      case 'on-its-way':
        return { state: 'waiting', reason: 'refund-processing' };
      case 'held':
        return { state: 'unknown', reason: 'refund-abnormal' };
      case 'declined':
        return { state: 'declined', reason: booked.amount < 0 ? 'refund-closed' : 'not-enough-money' };
      default:
        return { state: 'reversed' };
    }
  }
}
