/** A completed sale as some book tells it. */
export interface SoldSale {
  readonly saleId: string;
  /** The receipt number. */
  readonly number: string;
  /** In minor units. Every tap of a run has an amount of its own, so it also says which tap it was. */
  readonly total: number;
}

/** What the till's journal holds after it was opened again. */
export interface LocalBooks {
  readonly sales: readonly SoldSale[];
  /** Sales of the attempts that were approved, one for each approval. */
  readonly approvals: readonly string[];
}

/**
 * What the screens said and people did, remembered outside the browser, and what the books say afterwards. It trusts
 * neither the till nor the server: only that which was shown.
 */
export class Ledger {
  /** Total by receipt number that was shown as done. */
  readonly #shown = new Map<string, number>();
  /** Totals of which a person said that no cash was taken. */
  readonly #denied = new Set<number>();
  /** Receipt number → the book that misses it, as of the last check. */
  #lost = new Map<string, string>();
  readonly #doubled = new Set<string>();

  get acknowledged(): number {
    return this.#shown.size;
  }

  /** Receipt numbers that were shown and were missing somewhere at the last check: what is only late comes back from here. */
  get lost(): readonly string[] {
    return [...this.#lost.keys()];
  }

  /** The book that misses each of them. */
  get lostFrom(): readonly string[] {
    return [...this.#lost].map(([number, book]) => `${book}: ${number} is missing`);
  }

  /** What stands somewhere twice, or once too often, and why. */
  get doubled(): readonly string[] {
    return [...this.#doubled];
  }

  /** The till said 'done' with this number. A second showing of the same sale changes nothing. */
  shown(number: string, total: number): void {
    const before = this.#shown.get(number);
    if (before !== undefined && before !== total) this.#doubled.add(`${number}: one number, two sales`);
    this.#shown.set(number, total);
  }

  /** Asked whether the cash was taken, the cashier said no. */
  denied(total: number): void {
    this.#denied.add(total);
  }

  wasShown(number: string): boolean {
    return this.#shown.has(number);
  }

  /** Compares everything shown so far with both books. */
  check(local: LocalBooks, server: readonly SoldSale[]): void {
    this.#lost = new Map();
    this.#checkBook('till', local.sales);
    this.#checkBook('server', server);
    for (const saleId of repeated(local.approvals)) this.#doubled.add(`till: ${saleId} was approved twice`);
  }

  #checkBook(book: string, sales: readonly SoldSale[]): void {
    const totals = new Map(sales.map(({ number, total }) => [number, total]));
    // Another total under the number that was shown is another sale: the one that was shown is gone.
    for (const [number, total] of this.#shown) {
      if (totals.get(number) !== total && !this.#lost.has(number)) this.#lost.set(number, book);
    }
    for (const key of ['saleId', 'number', 'total'] as const) {
      for (const value of repeated(sales.map((sale) => sale[key]))) {
        this.#doubled.add(`${book}: ${key} ${value} stands there twice`);
      }
    }
    for (const { number, total } of sales) {
      if (this.#denied.has(total)) this.#doubled.add(`${book}: ${number} was sold without its cash`);
    }
  }
}

function repeated<T>(values: readonly T[]): ReadonlySet<T> {
  const seen = new Set<T>();
  const twice = new Set<T>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return twice;
}
