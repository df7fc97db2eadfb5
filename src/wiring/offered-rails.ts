import * as z from 'zod/mini';
import { type Rails, RailsSchema } from '../contract/api.ts';
import {
  CODE_TABLE,
  type CodeTable,
  type RailOffer,
  type RailTimingsData,
  timingsOf,
  walletOf,
} from '../domain/rails.ts';
import type { Method, Tender, Wallet } from '../domain/tender.ts';

const RAILS_KEY = 'rails';
const NONE: Rails = { demo: false, rails: [], codeTable: CODE_TABLE };

export interface OfferedRailsPorts {
  readonly vault: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  /** Undefined when the server cannot be asked. */
  fetch(): Promise<Rails | undefined>;
  changed(): void;
}

/** What the shop's server can take, as it last said: kept, so that a till without it still knows what it lacks. */
export class OfferedRails {
  #known: Rails = NONE;
  #isFresh = false;
  readonly #ports: OfferedRailsPorts;

  constructor(ports: OfferedRailsPorts) {
    this.#ports = ports;
  }

  /** Play money: the page says so on every screen. */
  get demo(): boolean {
    return this.#known.demo;
  }

  get rails(): readonly RailOffer[] {
    return this.#known.rails;
  }

  get codeTable(): CodeTable {
    return this.#known.codeTable;
  }

  timings(tender: Tender, method: Method | undefined): RailTimingsData {
    const offered = this.#known.rails.find((rail) => rail.tender === tender && rail.method === method);
    return offered?.timings ?? timingsOf(tender, method);
  }

  walletOf(code: string): Wallet | undefined {
    return walletOf(code, this.#known.codeTable);
  }

  async load(): Promise<void> {
    const kept = z.safeParse(RailsSchema, await this.#ports.vault.get(RAILS_KEY));
    if (kept.success) this.#known = kept.data;
  }

  /** Asks the server once in a page; again when `again` says that something may have changed. */
  async refresh(again = false): Promise<void> {
    if (this.#isFresh && !again) return;
    const told = await this.#ports.fetch();
    if (told === undefined) return;
    this.#isFresh = true;
    if (JSON.stringify(told) === JSON.stringify(this.#known)) return;
    this.#known = told;
    this.#ports.changed();
    await this.#ports.vault.set(RAILS_KEY, told);
  }
}
