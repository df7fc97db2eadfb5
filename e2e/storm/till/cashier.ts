import type { AmountKey } from '../../../src/domain/amount-entry.ts';
import type { SaleId } from '../../../src/domain/ids.ts';
import { minor } from '../../../src/domain/money.ts';
import { WALLETS } from '../../../src/domain/tender.ts';
import type { CheckoutEvent, CheckoutState, TenderWay } from '../../../src/flow/checkout-service.ts';
import type { Rng } from '../sim/rng.ts';
import { AfterSales } from './after-sales.ts';
import type { Flows } from './flows.ts';
import { CANARY, type Hardware } from './hardware.ts';

/** What the cashier does at one till, whichever page is open; the world counts and remembers. */
export interface Counter {
  /** True when another customer comes. Counts her. */
  nextCustomer(): boolean;
  /** Whether the cash of an attempt is in the drawer: what the cashier saw, the same however often it is asked. */
  hasCash(attemptId: string): boolean;
  /** A sale was shown as paid. */
  shown(done: Extract<CheckoutState, { at: 'done' }>): void;
}

/** How customers pay, out of a hundred. */
const WAYS = {
  cash: 34,
  'customer-code': 26,
  'shop-code': 8,
  reader: 10,
  terminal: 8,
  'static-code': 5,
  credit: 5,
} as const satisfies Partial<Record<TenderWay, number>>;

/** How often the cashier looks at what is open when nobody comes any more, and how many times: a whole evening. */
const LOOK_MS = 30_000;
const LOOKS_MAX = 600;
/** Turns of one sale before the cashier takes the next customer. */
const TURNS_MAX = 80;

/** A cashier with habits, haste and doubts, in front of the product's own screens. */
export class Cashier {
  readonly #flows: Flows;
  readonly #rng: Rng;
  readonly #hardware: Hardware;
  readonly #counter: Counter;
  readonly #after: AfterSales;

  constructor(flows: Flows, rng: Rng, hardware: Hardware, counter: Counter) {
    this.#flows = flows;
    this.#rng = rng;
    this.#hardware = hardware;
    this.#counter = counter;
    this.#after = new AfterSales(flows, rng, hardware);
  }

  get #state(): CheckoutState {
    return this.#flows.checkout.state.value;
  }

  /** Works until nobody comes any more and nothing is open. */
  async work(): Promise<void> {
    await this.#finish(false);
    while (this.#counter.nextCustomer()) {
      await this.#flows.timer.wait(this.#rng.between(2_000, 20_000));
      const kind = this.#rng.weighted({ sale: 88, refund: 8, hold: 4 });
      if (kind === 'refund') await this.#after.refund();
      else if (kind === 'hold') await this.#after.hold();
      await this.#sell();
      if (this.#rng.chance(0.3)) await this.#resumeOne();
    }
  }

  /** Everything open is brought to an end, and so is what the till has not taken up yet. */
  async tidy(isRecovered: () => boolean): Promise<void> {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      await this.#finish(false);
      const { openSales } = this.#flows.checkout;
      const isNothingOpen = openSales.state.value.length === 0 && this.#flows.desk.state.value.length === 0;
      if (isNothingOpen && isRecovered()) return;
      await this.#resumeOne();
      await this.#flows.timer.wait(LOOK_MS);
    }
  }

  async #resumeOne(): Promise<void> {
    const open = this.#flows.checkout.openSales.state.value;
    const sale = open.find(({ live }) => live === undefined) ?? open[0];
    if (sale === undefined || this.#state.at !== 'editing') return;
    await this.#flows.checkout.openSales.resume(sale.sale.saleId as SaleId);
    await this.#finish(false);
  }

  #send(event: CheckoutEvent): void {
    void this.#flows.checkout.send(event);
  }

  async #do(event: CheckoutEvent): Promise<void> {
    this.#send(event);
    await this.#flows.timer.wait(this.#rng.between(5, 60));
  }

  async #type(keys: string): Promise<void> {
    for (const key of keys) this.#send({ type: 'key', key: key as AmountKey });
    await this.#flows.timer.wait(this.#rng.between(200, 1_500));
  }

  async #sell(): Promise<void> {
    if (this.#state.at !== 'editing') await this.#finish(false);
    if (this.#state.at !== 'editing') return;
    const rng = this.#rng;
    this.#send({ type: 'clear' });
    for (let lines = rng.between(1, 3); lines > 0; lines -= 1) {
      await this.#type(
        `${rng.between(1, 300)}${rng.chance(0.3) ? `.${rng.between(1, 9)}` : ''}${rng.chance(0.1) ? '×2' : ''}`,
      );
      if (lines > 1 || rng.chance(0.3)) this.#send({ type: 'add' });
    }
    if (rng.chance(0.08)) {
      this.#send({ type: 'add' });
      await this.#type('1');
      this.#send({ type: 'discount' });
    }
    await this.#do({ type: 'charge' });
    if (rng.chance(0.05)) {
      this.#send({ type: 'type-into', field: 'tip' });
      await this.#type(String(rng.between(1, 20)));
      this.#send({ type: 'confirm' });
    }
    await this.#finish(true);
  }

  /** Turns until the sale in hand is paid, given up or set aside. */
  async #finish(isFresh: boolean): Promise<void> {
    let isSplit = isFresh && this.#rng.chance(0.08);
    for (let turn = 0; turn < TURNS_MAX; turn += 1) {
      const state = this.#state;
      switch (state.at) {
        case 'editing':
          return;
        case 'tendering':
          await this.#tender(state, isSplit, turn);
          isSplit &&= this.#rng.chance(0.3);
          break;
        case 'paying':
          await this.#wait(state);
          break;
        case 'asking':
          await this.#flows.timer.wait(this.#rng.between(500, 5_000));
          await this.#do({ type: 'answer', received: this.#counter.hasCash(state.attempt.attemptId) });
          break;
        case 'refused':
          await this.#do({ type: 'next' });
          break;
        case 'unsaved':
          await this.#flows.timer.wait(2_000);
          break;
        case 'done':
          return this.#done(state);
        default:
          state satisfies never;
      }
    }
  }

  async #done(state: Extract<CheckoutState, { at: 'done' }>): Promise<void> {
    this.#counter.shown(state);
    await this.#flows.timer.wait(this.#rng.between(800, 4_000));
    if (state.recovered ? this.#rng.chance(0.5) : this.#rng.chance(0.05)) {
      await this.#do({ type: 'print' });
      await this.#flows.timer.wait(2_000);
    }
    await this.#do({ type: 'next' });
  }

  async #tender(
    state: Extract<CheckoutState, { at: 'tendering' }>,
    isSplit: boolean,
    turn: number,
  ): Promise<void> {
    const rng = this.#rng;
    if (rng.chance(0.03)) return this.#do({ type: 'give-up' });
    if (state.paid.length > 0 && rng.chance(0.05)) return this.#do({ type: 'set-aside' });
    if (isSplit && state.asked > 2 && state.asked === state.remaining) {
      this.#send({ type: 'type-into', field: 'part' });
      const part = rng.between(1, state.asked - 1);
      await this.#type(`${Math.floor(part / 100)}.${String(part % 100).padStart(2, '0')}`);
      await this.#do({ type: 'confirm' });
    }
    const way = turn > 12 || state.problem !== undefined ? 'cash' : rng.weighted(WAYS);
    await this.#do({ type: 'choose', way });
    await this.#pay(way);
  }

  async #pay(way: keyof typeof WAYS): Promise<void> {
    const rng = this.#rng;
    const { value } = this.#flows.checkout.state;
    if (value.at !== 'tendering') return;
    switch (way) {
      case 'cash':
        if (rng.chance(0.3)) return this.#do({ type: 'tendered', amount: minor(value.asked + 500) });
        this.#send({ type: 'confirm-cash' });
        return this.#do({ type: 'confirm-cash' }); // A finger that taps twice.
      case 'customer-code':
        return this.#do({ type: 'scanned', text: payCode(rng) });
      case 'shop-code':
        return this.#do({ type: 'confirm', wallet: rng.pick(WALLETS) });
      case 'credit':
        return this.#do({ type: 'confirm', account: '王师傅' });
      case 'reader':
        this.#hardware.play(rng);
        return this.#do({ type: 'confirm' });
      case 'terminal':
        this.#hardware.plan(rng);
        return this.#do({ type: 'confirm' });
      default:
        return this.#do({ type: 'confirm' });
    }
  }

  /** The money is on its way, or somewhere. */
  async #wait(state: Extract<CheckoutState, { at: 'paying' }>): Promise<void> {
    const rng = this.#rng;
    await this.#changed(rng.between(3_000, 30_000));
    if (this.#state !== state) return;
    const what = rng.weighted({ wait: 60, 'inquire-now': 12, reverse: 10, 'set-aside': 12, back: 12 });
    if (what !== 'wait') await this.#do({ type: what });
  }

  /** Until the screen changes, or so many ms. */
  async #changed(ms: number): Promise<void> {
    const { checkout, timer } = this.#flows;
    const stop = new AbortController();
    let leave = (): void => undefined;
    await Promise.race([
      new Promise<void>((resolve) => {
        leave = checkout.state.subscribe(resolve);
      }),
      timer.wait(ms, stop.signal).catch(() => undefined),
    ]);
    leave();
    stop.abort(new DOMException('over', 'AbortError'));
  }
}

/** Eighteen digits, or nineteen for UnionPay (facts: devices 5.2), the canary among them. */
const payCode = (rng: Rng): string => {
  const wallet = rng.pick(['13', '28', '62']);
  return `${wallet}${CANARY}${digits(rng, wallet === '62' ? 9 : 8)}`;
};

const digits = (rng: Rng, count: number): string =>
  Array.from({ length: count }, () => rng.between(0, 9)).join('');
