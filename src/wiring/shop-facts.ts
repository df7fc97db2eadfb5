import * as z from 'zod/mini';
import { type BusinessDay, type DayRule, DEFAULT_DAY_RULE, dayTeller } from '../domain/business-day.ts';
import type { TillIdentity } from '../domain/journal.ts';
import { type Currency, DEFAULT_CURRENCY } from '../domain/money.ts';
import { type Shop, ShopSchema } from '../domain/shop.ts';
import type { JournalClient } from '../store/journal-client.ts';
import { OPENING_KEYS } from '../store/vault-keys.ts';

const SHOP_KEY = OPENING_KEYS.shop;
/** From here on the server's clock is believed rather than the device's when a trading day is named. */
const SKEW_BELIEVED_MS = 120_000;

/** What is known of the shop and this till, for everything that must ask without waiting. */
export class ShopFacts {
  shop: Shop | undefined;
  identity: TillIdentity | undefined;
  /** The key this till was enrolled with is gone; what it writes now, the server cannot attribute yet. */
  needsRekey = false;
  /** Server time minus device time, ms. */
  skewMs = 0;
  readonly #journal: JournalClient;
  #days: { readonly rule: DayRule; readonly tell: (atMs: number) => BusinessDay } | undefined;

  constructor(journal: JournalClient) {
    this.#journal = journal;
  }

  async load(): Promise<void> {
    const { vault } = this.#journal;
    // Asked at once: each answer is a trip to another thread, and the lock screen waits for both.
    const [standing, shop] = await Promise.all([this.#journal.standing(), vault.get(SHOP_KEY)]);
    this.identity = standing.identity;
    this.needsRekey = standing.needsRekey;
    if (this.identity === undefined) return;
    const kept = z.safeParse(ShopSchema, shop);
    this.shop = kept.success ? kept.data : await this.#shopInJournal();
  }

  async keep(shop: Shop, identity: TillIdentity): Promise<void> {
    this.shop = shop;
    this.identity = identity;
    this.needsRekey = false;
    await this.#journal.vault.set(SHOP_KEY, shop);
  }

  get currency(): Currency {
    return this.shop?.currency ?? DEFAULT_CURRENCY;
  }

  today(): BusinessDay {
    const skew = Math.abs(this.skewMs) >= SKEW_BELIEVED_MS ? this.skewMs : 0;
    return this.#dayAt(Date.now() + skew);
  }

  /** Asked at every key. */
  #dayAt(atMs: number): BusinessDay {
    const rule = this.shop ?? DEFAULT_DAY_RULE;
    if (this.#days?.rule !== rule) this.#days = { rule, tell: dayTeller(rule) };
    return this.#days.tell(atMs);
  }

  /** The vault may lose a write in a power cut; the enrolment entry does not. */
  async #shopInJournal(): Promise<Shop | undefined> {
    for await (const { entry } of this.#journal.exportAll()) {
      if (entry.type === 'enrolment.completed' || entry.type === 'enrolment.rekeyed') return entry.body.shop;
    }
    return undefined;
  }
}
