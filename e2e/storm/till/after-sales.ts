import { minor } from '../../../src/domain/money.ts';
import type { RefundChoice } from '../../../src/domain/refund-quote.ts';
import type { Rng } from '../sim/rng.ts';
import { type Flows, PIN } from './flows.ts';
import type { Hardware } from './hardware.ts';

/** Longest the cashier stands before a refund or a hold, in looks. */
const LOOKS_MAX = 20;
const LOOK_MS = 5_000;

/** Refunds, voids and pre-authorisations, as they come in between. */
export class AfterSales {
  readonly #flows: Flows;
  readonly #rng: Rng;
  readonly #hardware: Hardware;

  constructor(flows: Flows, rng: Rng, hardware: Hardware) {
    this.#flows = flows;
    this.#rng = rng;
    this.#hardware = hardware;
  }

  /** Gives back one of the last sales, or part of it. */
  async refund(): Promise<void> {
    const { refunds, timer } = this.#flows;
    const records = await this.#flows.sales(12);
    if (records.length === 0) return;
    const { sale } = this.#rng.pick(records);
    const isVoid = this.#rng.chance(0.3);
    const choice = isVoid ? ({ by: 'all' } as const) : this.#choice(sale.lines, sale.total);
    if (this.#rng.chance(0.5)) this.#hardware.play(this.#rng);
    void refunds.send({ type: 'start', saleId: sale.saleId, choice, kind: isVoid ? 'void' : 'refund' });
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      await timer.wait(this.#rng.between(300, LOOK_MS));
      const { value } = refunds.state;
      if (value.at === 'granting')
        void refunds.send({ type: 'grant', pin: this.#rng.chance(0.9) ? PIN : '0' });
      else if (value.at === 'part-refused')
        void refunds.send(this.#rng.chance(0.6) ? { type: 'pay-cash', pin: PIN } : { type: 'leave' });
      else if (value.at === 'running') void refunds.send({ type: 'inquire-now' });
      else break;
    }
    await refunds.send({ type: 'close' });
  }

  #choice(
    lines: readonly { readonly id: string; readonly quantityMilli: number }[],
    total: number,
  ): RefundChoice {
    const by = this.#rng.pick(['all', 'lines', 'amount'] as const);
    if (by === 'amount') return { by, amount: minor(this.#rng.between(1, total)) };
    if (by === 'all') return { by };
    const line = this.#rng.pick(lines);
    return { by, lines: [{ lineId: line.id, quantityMilli: line.quantityMilli }] };
  }

  /** A pre-authorisation is made, or one that was made is completed or let go. */
  async hold(): Promise<void> {
    const { authorisations, timer } = this.#flows;
    const list = await authorisations.list();
    const rng = this.#rng;
    const one = list.find(({ live }) => live === undefined && rng.chance(0.5));
    const original = one?.attempt.attemptId;
    this.#hardware.play(rng);
    if (one === undefined || original === undefined) {
      const method = rng.pick(['reader', 'terminal'] as const);
      void authorisations.send({ type: 'authorise', amount: minor(rng.between(1_000, 50_000)), method });
    } else if (one.state === 'held' && rng.chance(0.6)) {
      const amount = minor(rng.between(1, one.attempt.amount));
      void authorisations.send({ type: 'complete', original, amount });
    } else {
      const type = one.state === 'held' ? 'cancel' : 'cancel-completion';
      void authorisations.send({ type, original, pin: PIN });
    }
    for (let look = 0; look < LOOKS_MAX && authorisations.state.value.at === 'running'; look += 1)
      await timer.wait(LOOK_MS);
    await authorisations.send({ type: 'close' });
    await timer.wait(LOOK_MS);
  }
}
