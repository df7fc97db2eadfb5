import { CURRENCY_EXPONENTS, minor } from '../../../../src/domain/money.ts';
import { shopOf } from '../../storage/merchants.ts';
import type { Acquirer } from '../acquirer.ts';
import { type AccountChange, type AccountRefusal, changeAccount } from './accounts.ts';
import { createStoredValue, type StoredValueWorld } from './adapter.ts';
import { type AccountRow, type AccountSum, accountSums, type BookKey, newestAccounts } from './rows.ts';

/** What demo mode begins with, so that there is something to try: 1,000.00 on this account. */
const DEMO_ACCOUNT = '8888';
const DEMO_WHOLE_UNITS = 1_000;
const DEMO_REFERENCE = 'demo-account';

export interface AccountList {
  /** The newest, as many as were asked for. */
  readonly accounts: readonly AccountRow[];
  /** All of them, and what the shop owes on them. */
  readonly sums: readonly AccountSum[];
}

/** The shop's own cards (储值卡): their acquirer for the tills, their accounts for the office. */
export class StoredValue {
  readonly #world: StoredValueWorld;
  readonly #book: BookKey['book'];

  constructor(world: StoredValueWorld, isDemo: boolean) {
    this.#world = world;
    this.#book = isDemo ? 'demo' : 'real';
  }

  async acquirerOf(merchant: string): Promise<Acquirer> {
    await this.#begin(merchant);
    return createStoredValue(this.#world, this.#keyOf(merchant));
  }

  async list(merchant: string, limit: number): Promise<AccountList> {
    await this.#begin(merchant);
    const key = this.#keyOf(merchant);
    return this.#world.database.read(async (sql) => ({
      accounts: await newestAccounts(sql, key, limit),
      sums: await accountSums(sql, key),
    }));
  }

  change(merchant: string, change: AccountChange): Promise<'done' | AccountRefusal> {
    const { database, clock } = this.#world;
    const how = { nowMs: clock.now(), by: 'office' } as const;
    return database.transaction((sql) => changeAccount(sql, this.#keyOf(merchant), change, how));
  }

  #keyOf(merchant: string): BookKey {
    return { merchant, book: this.#book };
  }

  /** In demo mode, the first look at a shop's accounts makes one. A later look finds it made. */
  async #begin(merchant: string): Promise<void> {
    if (this.#book !== 'demo') return;
    const { database, clock } = this.#world;
    await database.transaction(async (sql) => {
      const shop = await shopOf(sql, merchant);
      if (shop === undefined) return;
      const { currency } = shop;
      const amount = minor(DEMO_WHOLE_UNITS * 10 ** CURRENCY_EXPONENTS[currency]);
      const change = { kind: 'issue', reference: DEMO_REFERENCE, account: DEMO_ACCOUNT } as const;
      const how = { nowMs: clock.now(), by: 'server' } as const;
      await changeAccount(sql, this.#keyOf(merchant), { ...change, amount, currency }, how);
    });
  }
}
