import type { AmountKey } from '../../src/domain/amount-entry.ts';
import type { SaleId } from '../../src/domain/ids.ts';
import type { Shown } from '../storm/check/ended-day.ts';
import type { Time } from '../storm/sim/time.ts';
import type { CellTill } from './cell-till.ts';
import type { Cell } from './cells.ts';

const MINUTE = 60_000;
/** Longest a payment takes until it is definite: windows, then twenty undo requests at most a minute apart. */
const LIMIT_MS = 60 * MINUTE;
const LOOK_MS = 2_000;

/** The person at the till of a cell: charges once, and brings to an end what a page left behind. */
export class CellCashier {
  readonly shown = new Map<string, Shown>();
  readonly cash = new Map<string, boolean>();
  readonly #cell: Cell;
  readonly #till: CellTill;
  readonly #time: Time;

  constructor(cell: Cell, till: CellTill, time: Time) {
    this.#cell = cell;
    this.#till = till;
    this.#time = time;
  }

  get #checkout() {
    return this.#till.flows?.checkout;
  }

  /** Charges one sale, and waits until the page has died, or the customer has gone. */
  async sell(code: string): Promise<void> {
    const checkout = this.#checkout;
    if (checkout === undefined) return;
    const send = checkout.send.bind(checkout);
    for (const key of '12.5') void send({ type: 'key', key: key as AmountKey });
    await send({ type: 'charge' });
    const { rail } = this.#cell;
    if (rail === 'cash') void send({ type: 'confirm-cash' });
    else if (rail === 'terminal') {
      await send({ type: 'choose', way: 'terminal' });
      void send({ type: 'confirm' });
    } else void send({ type: 'scanned', text: code });
  }

  /** Until the page has died, or everything is at its end and at the server. True: it came to its end. */
  async finish(): Promise<boolean> {
    const until = this.#time.mono() + LIMIT_MS;
    while (this.#till.died === undefined && this.#time.mono() < until) {
      if (await this.#turn()) return true;
      await this.#time.wait(LOOK_MS);
    }
    return false;
  }

  /** One look at the screen, and what it asks for. True when there is nothing left to do. */
  async #turn(): Promise<boolean> {
    const checkout = this.#checkout;
    const { journal, flows, isRecovered } = this.#till;
    if (checkout === undefined || journal === undefined || flows === undefined) return false;
    const { value } = checkout.state;
    switch (value.at) {
      case 'editing': {
        const [open] = checkout.openSales.state.value;
        if (open !== undefined && open.live === undefined)
          await checkout.openSales.resume(open.sale.saleId as SaleId);
        const isOver = open === undefined && isRecovered && flows.desk.state.value.length === 0;
        return isOver && journal.status.unsynced === 0;
      }
      case 'tendering':
        void checkout.send({ type: 'give-up' });
        return false;
      case 'asking': {
        const received = this.#cell.truth === 'approved';
        this.cash.set(value.attempt.attemptId, received);
        void checkout.send({ type: 'answer', received });
        return false;
      }
      case 'refused':
        void checkout.send({ type: 'next' });
        return false;
      case 'done': {
        const isSafe = journal.status.copies === 'both';
        const { number, total, saleId } = value;
        this.shown.set(saleId, { number, total, till: this.#till.name, isSafe });
        // Paper and drawer are effects: they come while the page says 'paid'.
        if (value.slip.at !== 'printing') void checkout.send({ type: 'next' });
        return false;
      }
      default:
        return false;
    }
  }
}
