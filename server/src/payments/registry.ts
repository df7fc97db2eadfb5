import type { Rails } from '../../../src/contract/api.ts';
import type { Purpose } from '../../../src/domain/attempt.ts';
import { CODE_TABLE, type CodeTable, type RailOffer, timingsOf } from '../../../src/domain/rails.ts';
import type { Method, Tender } from '../../../src/domain/tender.ts';
import type { Acquirer } from '../acquirers/acquirer.ts';

/** Makes one acquirer for a shop; without `merchant` for every shop of this server. */
export interface Maker {
  readonly merchant?: string;
  /** Rejects when the keys cannot be read. */
  make(merchant: string): Promise<Acquirer>;
}

interface Rail {
  readonly tender: Tender;
  readonly method?: Method | undefined;
  readonly purpose: Purpose;
}

const DEMO = 'demo:';

/** The acquirers of one shop. */
export class ShopAcquirers {
  readonly #acquirers: readonly Acquirer[];
  readonly codeTable: CodeTable;
  readonly #isDemo: boolean;

  constructor(acquirers: readonly Acquirer[], codeTable: CodeTable, isDemo: boolean) {
    this.#acquirers = acquirers;
    this.codeTable = codeTable;
    this.#isDemo = isDemo;
  }

  /** The first acquirer that carries the rail. A rail without a method is carried by whoever has the tender. */
  forRail(rail: Rail): Acquirer | undefined {
    return this.#acquirers.find((acquirer) => carriesRail(acquirer, rail));
  }

  byId(id: string): Acquirer | undefined {
    return this.#acquirers.find((acquirer) => acquirer.id === id);
  }

  /** What an order remembers of its acquirer. Play money and real money never meet: a sandbox has names of its own. */
  nameOf(acquirer: Acquirer): string {
    return this.#isDemo ? `${DEMO}${acquirer.id}` : acquirer.id;
  }

  byName(name: string): Acquirer | undefined {
    return this.#acquirers.find((acquirer) => this.nameOf(acquirer) === name);
  }

  /** The first acquirer that answers balance inquiries. */
  forBalance(): Acquirer | undefined {
    return this.#acquirers.find((acquirer) => acquirer.balance !== undefined);
  }

  rails(): Rails {
    const offers = new Map<string, RailOffer>();
    for (const { tender, method, purposes } of this.#acquirers.flatMap((each) => each.carries)) {
      const key = `${tender}/${method ?? ''}`;
      if (!purposes.includes('sale') || offers.has(key)) continue;
      offers.set(key, {
        tender,
        ...(method === undefined ? {} : { method }),
        timings: timingsOf(tender, method),
      });
    }
    return { demo: this.#isDemo, rails: [...offers.values()], codeTable: this.codeTable };
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#acquirers.map((acquirer) => acquirer.stop()));
  }
}

/** Which acquirers move the money of which shop. They are made when the shop first needs them: callbacks name the shop. */
export class Registry {
  readonly #makers: readonly Maker[];
  readonly #codeTable: CodeTable;
  readonly demo: boolean;
  /** Bounded by the number of shops: callers are tills, or name a shop that exists. */
  readonly #shops = new Map<string, Promise<ShopAcquirers>>();

  constructor(
    makers: readonly Maker[],
    options: { readonly demo?: boolean; readonly codeTable?: CodeTable } = {},
  ) {
    this.#makers = makers;
    this.demo = options.demo ?? false;
    this.#codeTable = options.codeTable ?? CODE_TABLE;
  }

  /** Rejects when one of the shop's acquirers cannot be made; the next call tries again. */
  of(merchant: string): Promise<ShopAcquirers> {
    const known = this.#shops.get(merchant);
    if (known !== undefined) return known;
    const made = this.#make(merchant);
    this.#shops.set(merchant, made);
    made.catch(() => this.#shops.delete(merchant));
    return made;
  }

  async #make(merchant: string): Promise<ShopAcquirers> {
    const makers = this.#makers.filter((each) => each.merchant === undefined || each.merchant === merchant);
    const acquirers = await Promise.all(makers.map((each) => each.make(merchant)));
    return new ShopAcquirers(acquirers, this.#codeTable, this.demo);
  }

  /** Frees the sockets of all of them. */
  async stop(): Promise<void> {
    const shops = await Promise.allSettled(this.#shops.values());
    for (const shop of shops) if (shop.status === 'fulfilled') await shop.value.stop();
  }
}

export const carriesRail = (acquirer: Acquirer, { tender, method, purpose }: Rail): boolean =>
  acquirer.carries.some(
    (each) =>
      each.tender === tender &&
      (method === undefined || each.method === method) &&
      each.purposes.includes(purpose),
  );
