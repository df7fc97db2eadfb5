import type { OperatorId, SaleId } from '../../domain/ids.ts';
import type { Journal } from '../../domain/journal.ts';
import type { LivePayment, OpenSaleView } from '../attempts-service.ts';
import { movedEntries } from '../payment/attempt-entries.ts';
import type { AttemptPlan } from '../payment/desk.ts';
import { Store } from '../store.ts';
import { type SaleStory, saleStory } from './sale-story.ts';
import { remainingOf } from './tendering-model.ts';

/** Most sales that may be open beside the one in hand: a counter that has more has lost its way. */
export const OPEN_SALES_MAX = 50;

/** Ended sales remembered: an attempt of theirs is undone within the day. */
const CLOSED_MAX = 500;

export interface OpenSalesPorts {
  readonly journal: Journal;
  operator(): OperatorId;
  live(saleId: SaleId): LivePayment | undefined;
  /** The ids of sales to look at after a restart. A hint only: the journal says what became of them. */
  keepIds(ids: readonly SaleId[]): Promise<void>;
  keptIds(): Promise<readonly SaleId[]>;
}

/** Sales that were begun and are neither paid nor voided: part-paid, or waiting for an attempt of unknown end. */
export class OpenSalesBook {
  readonly state = new Store<readonly OpenSaleView[]>([]);
  readonly #stories = new Map<SaleId, SaleStory>();
  /** Sales that ended while an attempt of theirs was still being undone. */
  readonly #closed = new Set<SaleId>();
  #ids: readonly SaleId[] = [];
  readonly #ports: OpenSalesPorts;

  constructor(ports: OpenSalesPorts) {
    this.#ports = ports;
  }

  get isFull(): boolean {
    return this.#ids.length >= OPEN_SALES_MAX;
  }

  /** Writes down that the sale must be looked at after a restart. Before its first attempt that a crash could leave part-paid. */
  async watch(saleId: SaleId): Promise<void> {
    if (this.#ids.includes(saleId)) return;
    await this.#keep([...this.#ids, saleId]);
  }

  async #keep(ids: readonly SaleId[]): Promise<void> {
    await this.#ports.keepIds(ids);
    this.#ids = ids;
  }

  /** Reads a watched sale again: it is listed while it is open, and let go when it has ended. */
  async look(saleId: SaleId): Promise<SaleStory | undefined> {
    const story = saleStory(await this.#ports.journal.entriesOf(saleId));
    if (story === undefined || story.end !== 'open') {
      this.#stories.delete(saleId);
      this.#noteClosed(saleId);
      if (this.#ids.includes(saleId)) await this.#keep(this.#ids.filter((id) => id !== saleId));
    } else if (this.#ids.includes(saleId)) this.#stories.set(saleId, story);
    this.refresh();
    return story;
  }

  story(saleId: SaleId): SaleStory | undefined {
    return this.#stories.get(saleId);
  }

  /** True when the sale has been completed or voided as far as is known here. */
  isClosed(saleId: SaleId): boolean {
    return this.#closed.has(saleId);
  }

  #noteClosed(saleId: SaleId): void {
    this.#closed.add(saleId);
    const oldest = this.#closed.values().next();
    if (this.#closed.size > CLOSED_MAX && !oldest.done) this.#closed.delete(oldest.value);
  }

  /** Voids a sale that nothing was paid for. */
  async voidUnpaid(saleId: SaleId, reason: string): Promise<void> {
    const draft = { type: 'sale.voided', body: { saleId, reason } } as const;
    await this.#ports.journal.append([draft], this.#ports.operator());
    await this.look(saleId);
  }

  /** After a restart: what was paid in part is listed again, what was not paid at all is voided. */
  async recover(): Promise<void> {
    this.#ids = (await this.#ports.keptIds()).slice(0, OPEN_SALES_MAX);
    for (const saleId of this.#ids) {
      const story = await this.look(saleId);
      const isIdle = story?.end === 'open' && story.paid.length === 0 && story.unresolved === undefined;
      if (isIdle) await this.voidUnpaid(saleId, 'restart');
    }
  }

  /** Puts the list together again, with what the desk says of the attempts under way. */
  refresh(): void {
    this.state.set(
      [...this.#stories.values()].map((story) => {
        const { sale, paid } = story;
        const open = this.#ports.live(sale.saleId);
        return { sale, paid, remaining: remainingOf(story), ...(open === undefined ? {} : { live: open }) };
      }),
    );
  }
}

/** An attempt whose sale has ended without it goes on being undone; money that is found all the same must go back. */
export const PAID_OTHERWISE: AttemptPlan = {
  drafts: movedEntries,
  ended: () => undefined,
  superseded: () => true,
};
