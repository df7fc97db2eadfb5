import type { Shop } from '../shop/shop.ts';
import type { Counted } from '../sim/counted.ts';
import type { Till } from '../till/till.ts';

/** What was shown to a customer as paid. */
export interface Shown {
  readonly number: string;
  readonly total: number;
  readonly till: string;
  /** Both copies held it when it was shown. */
  readonly isSafe: boolean;
}

/** What the checks look at when the day is over. */
export interface EndedDay {
  readonly tills: readonly EndedTill[];
  readonly shop: Pick<Shop, 'channels' | 'database' | 'logs'>;
  /** By sale. */
  readonly shown: ReadonlyMap<string, Shown>;
  /** Whether the cash of an attempt came, as the cashier was asked. */
  readonly cash: ReadonlyMap<string, boolean>;
  /** Alarms of the server, to be counted here. */
  readonly alarms: Counted;
  fail(invariant: string, what: string): void;
}

export type EndedTill = Pick<Till, 'name' | 'watch' | 'flows' | 'journal' | 'hardware'>;
