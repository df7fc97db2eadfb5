import type { TillBooks } from './books.ts';
import type { Cashier } from './cashier.ts';
import { within } from './deadline.ts';
import type { PowerDisk } from './disk.ts';
import { Life, type World } from './life.ts';
import { DURABILITIES } from './peers.ts';
import type { Seeded } from './random.ts';

export type Death = { readonly kind: 'kill' } | { readonly kind: 'cut'; readonly disk: PowerDisk };

const STORES = ['indexeddb', 'opfs', ...DURABILITIES] as const;
type StoreName = (typeof STORES)[number];

interface Count {
  acknowledged: number;
  lost: number;
}
/** What one store held after deaths of each kind, looked at before anything was repaired. */
type StoreCount = Record<Death['kind'], Count>;

export interface Report {
  readonly kills: number;
  readonly cuts: number;
  /** Sales whose receipt number was on the screen. */
  readonly acknowledged: number;
  /** Of those, missing on the till or on the server. */
  readonly lost: number;
  readonly doubled: number;
  /** Records of the relaxed writer that power cuts took. */
  readonly relaxedLost: number;
  readonly stores: Readonly<Record<StoreName, StoreCount>> & {
    readonly till: {
      readonly sales: number;
      readonly unshown: number;
      readonly asked: number;
      /** Times that the browser did not open IndexedDB when it was read before the till. */
      readonly unopened: number;
      /** Times that the till had lost its key with its database, and was given a new one by a code of the office. */
      readonly restored: number;
      /** Times that the server did not hold every sale of the till soon after it had been opened. */
      readonly late: number;
      readonly repairs: Readonly<Record<string, number>>;
    };
    readonly server: { readonly sales: number; readonly quarantined: number; readonly alarms: number };
  };
}

/** Time that the till sells before a death, ms. */
const SELL_MS = [1_000, 5_000] as const;
/**
 * Share of deaths that wait for the next tap on 'cash received', and the longest time after it at which they strike, ms.
 * Most strike in the first milliseconds, while the journal is being written.
 */
const AIMED = 0.6;
const AIM_MS = 30;
/** Share of rounds in which the server is dead while the till sells. */
const SERVERLESS = 0.35;
/** Share of rounds in which both copies are read before the till is. In the others the till meets its disk first. */
const LOOKED_AT = 0.5;
const ROUND_MS = 180_000;
/** Amounts of a round, in whole units: every tap of a run has an amount of its own. */
const AMOUNTS_A_ROUND = 100;
const KEYS_A_ROUND = 100_000;

/** Deaths, one after another, of one till with one profile: what a shop's tablet goes through in its years. */
export class Rounds {
  readonly #world: World;
  readonly #random: Seeded;
  readonly #say: (text: string) => void;
  readonly #stores = Object.fromEntries(
    STORES.map((name) => [name, { kill: { acknowledged: 0, lost: 0 }, cut: { acknowledged: 0, lost: 0 } }]),
  ) as Record<StoreName, StoreCount>;
  readonly #died = { kill: 0, cut: 0 };
  #books: TillBooks | undefined;
  #asked = 0;
  #unopened = 0;
  #restored = 0;
  #late = 0;
  /** The run did not come to its end. */
  failed = false;

  constructor(world: World, random: Seeded, say: (text: string) => void) {
    this.#world = world;
    this.#random = random;
    this.#say = say;
  }

  async run(deaths: readonly Death[]): Promise<void> {
    let life = await Life.begin(this.#world);
    await within(ROUND_MS, 'the first run', life.setUp());
    await life.kill();
    life = await Life.begin(this.#world);
    let { cashier } = await life.reopen(true);
    for (const [at, death] of deaths.entries()) {
      const next = await within(
        ROUND_MS,
        `round ${at + 1}`,
        this.#round(at + 1, deaths.length, { life, cashier, death }),
      );
      ({ life, cashier } = next);
    }
    await life.kill();
    this.#asked += life.asked;
  }

  async #round(
    round: number,
    rounds: number,
    { life, cashier, death }: { readonly life: Life; readonly cashier: Cashier; readonly death: Death },
  ): Promise<{ readonly life: Life; readonly cashier: Cashier }> {
    const { server, ledger } = this.#world;
    const random = this.#random;
    const ms = random.between(...SELL_MS);
    const aim = AIM_MS * random.between(0, 1) ** 3;
    const aimed = random.chance(AIMED);
    const serverless = random.chance(SERVERLESS);
    const received = random.chance(0.5);
    const looked = random.chance(LOOKED_AT);
    if (serverless) await server.kill();
    const plan = {
      firstAmount: round * AMOUNTS_A_ROUND,
      firstKey: round * KEYS_A_ROUND,
      ms,
      ...(aimed ? { aimMs: aim } : {}),
    };
    await life.sellUntil(cashier, plan);
    await this.#die(life, death);
    this.#asked += life.asked;
    await server.start();
    const next = await Life.begin(this.#world);
    let counts = looked ? await this.#inspect(death.kind, life, next) : '';
    for (const durability of DURABILITIES) {
      const keys = await next.peerKeys(durability);
      counts += `${this.#count(durability, death.kind, life.acks[durability], keys)}, `;
    }
    const opened = await next.reopen(received);
    this.#books = opened.books;
    if (next.restored) this.#restored += 1;
    if (next.isLate) this.#late += 1;
    ledger.check(opened.books, server.books().sales);
    const how = `${death.kind}${aimed ? ` ${aim.toFixed(1)} ms after a tap` : ''}${serverless ? ', server dead' : ''}`;
    const question = next.asked > 0 ? `, asked and answered ${received ? 'yes' : 'no'}` : '';
    const restored = `${next.restored ? ', restored by a code' : ''}${next.isLate ? ', sync late' : ''}`;
    this.#say(
      `round ${round}/${rounds} ${how}: ${counts}shown ${life.shown.length}${question}${restored}; lost ${ledger.lost.length}, doubled ${ledger.doubled.length}`,
    );
    return { life: next, cashier: opened.cashier };
  }

  async #die(life: Life, death: Death): Promise<void> {
    this.#died[death.kind] += 1;
    if (death.kind === 'kill') return life.kill();
    life.stop();
    await death.disk.cut();
    await life.kill();
    await death.disk.powerUp();
  }

  /** Looks at both copies before the till does, and adds up what each of them lost. */
  async #inspect(kind: Death['kind'], dead: Life, life: Life): Promise<string> {
    const { indexeddb, opfs } = await life.inspect();
    if (indexeddb === undefined) this.#unopened += 1;
    const numbers = (books: TillBooks | undefined) => new Set(books?.sales.map(({ number }) => number));
    const words = [
      this.#count('indexeddb', kind, dead.shown, numbers(indexeddb)),
      this.#count('opfs', kind, dead.shown, numbers(opfs)),
    ];
    return `${words.join(', ')}${indexeddb === undefined ? ' (IndexedDB does not open)' : ''}, `;
  }

  #count<T>(store: StoreName, kind: Death['kind'], acknowledged: readonly T[], held: ReadonlySet<T>): string {
    const lost = acknowledged.filter((each) => !held.has(each)).length;
    const count = this.#stores[store][kind];
    count.acknowledged += acknowledged.length;
    count.lost += lost;
    return `${store} lost ${lost}/${acknowledged.length}`;
  }

  report(): Report {
    const { ledger, server } = this.#world;
    for (const what of ledger.lostFrom) this.#say(`lost: ${what}`);
    for (const what of ledger.doubled) this.#say(`doubled: ${what}`);
    const sales = this.#books?.sales ?? [];
    const repairs: Record<string, number> = {};
    for (const reason of this.#books?.repairs ?? []) repairs[reason] = (repairs[reason] ?? 0) + 1;
    const books = server.books();
    return {
      kills: this.#died.kill,
      cuts: this.#died.cut,
      acknowledged: ledger.acknowledged,
      lost: ledger.lost.length,
      doubled: ledger.doubled.length,
      relaxedLost: this.#stores.relaxed.cut.lost,
      stores: {
        ...this.#stores,
        till: {
          sales: sales.length,
          unshown: sales.filter(({ number }) => !ledger.wasShown(number)).length,
          asked: this.#asked,
          unopened: this.#unopened,
          restored: this.#restored,
          late: this.#late,
          repairs,
        },
        server: { sales: books.sales.length, quarantined: books.quarantined, alarms: books.alarms },
      },
    };
  }
}
