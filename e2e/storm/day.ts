import { createHash } from 'node:crypto';
import { BUGS, type BugName } from './bugs.ts';
import { checkDay } from './check/day-end.ts';
import type { EndedDay, Shown } from './check/ended-day.ts';
import { type Violation, Watch } from './check/watch.ts';
import { Shop } from './shop/shop.ts';
import { Counted } from './sim/counted.ts';
import { simulatedCrypto } from './sim/crypto.ts';
import { inSurroundings } from './sim/globals.ts';
import { never } from './sim/never.ts';
import { Rng } from './sim/rng.ts';
import { Time } from './sim/time.ts';
import type { Counter } from './till/cashier.ts';
import { Till } from './till/till.ts';

export interface DayOptions {
  readonly seed: number;
  readonly sales: number;
  readonly bug: BugName;
  /** Errors say where they were made: slower. */
  readonly isTracing?: boolean;
}

export interface DayReport {
  readonly seed: number;
  readonly sales: number;
  readonly faults: number;
  readonly faultCounts: Readonly<Record<string, number>>;
  readonly alarms: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  /** Of everything that is in the journals at the end: the same for the same seed. */
  readonly digest: string;
  readonly events: number;
}

const TILLS = ['A1', 'A2', 'A3'] as const;
/** One seed in so many signs with real Ed25519. */
const REAL_KEYS_EVERY = 40;
/** One seed in so many may damage both copies at once. */
const RUTHLESS_EVERY = 10;
/** Longest day, and longest closing of it, ms. */
const DAY_MS = 12 * 3_600_000;
const CLOSING_MS = 5 * 3_600_000;
const VIOLATIONS_MAX = 20;

/** One trading day of three tills, from the first customer until everything is at the server. Runs to its end at once. */
export class Day implements EndedDay {
  readonly time = new Time();
  readonly faults = new Counted();
  /** Alarms of the server at the end. */
  readonly alarms = new Counted();
  readonly violations: Violation[] = [];
  readonly shown = new Map<string, Shown>();
  /** Whether the cash of an attempt came, as the cashier was asked. */
  readonly cash = new Map<string, boolean>();
  readonly shop: Shop;
  readonly tills: readonly Till[];
  readonly isRuthless: boolean;
  #customers = 0;
  readonly #rng: Rng;
  readonly #options: DayOptions;

  constructor(options: DayOptions) {
    this.#options = options;
    this.#rng = new Rng(options.seed);
    this.isRuthless = options.seed % RUTHLESS_EVERY === 7;
    this.shop = new Shop(this.time, this.#rng.fork('shop'), this.faults);
    this.tills = TILLS.map((name) => this.#till(name));
  }

  /** Must be called from a task of its own. */
  run(): DayReport {
    const { seed } = this.#options;
    const crypto = simulatedCrypto(this.#rng.fork('keys'), seed % REAL_KEYS_EVERY === 3);
    const root = {
      getDirectoryHandle: (name: string) => this.#folder(name),
    } as unknown as FileSystemDirectoryHandle;
    const { stackTraceLimit } = Error;
    // Finding out where an error was made costs more than everything else about it.
    Error.stackTraceLimit = this.#options.isTracing ? stackTraceLimit : 0;
    try {
      return inSurroundings({ time: this.time, crypto, root }, () => this.#run());
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  fail(invariant: string, what: string): void {
    if (this.violations.length < VIOLATIONS_MAX) this.violations.push({ invariant, what });
  }

  #run(): DayReport {
    this.#opened();
    this.#weather();
    const until = (end: number, isOver: () => boolean) =>
      this.time.run(() => this.time.mono() > end || this.violations.length > 0 || isOver());
    until(DAY_MS, () => this.tills.every(({ isIdle }) => isIdle));
    this.#calm();
    until(this.time.mono() + CLOSING_MS, () => this.tills.every((till) => isClosed(till)));
    if (this.violations.length === 0) this.time.run(() => this.#checked());
    const { seed } = this.#options;
    return {
      seed,
      sales: this.shown.size,
      faults: this.faults.total,
      faultCounts: this.faults.counts,
      alarms: this.alarms.counts,
      violations: this.violations,
      digest: this.#digest(),
      events: this.time.events,
    };
  }

  /** Enrols the tills one after the other, before anything goes wrong. */
  #opened(): void {
    let isOpen = false;
    const open = async (): Promise<void> => {
      await this.shop.begin();
      for (const till of this.tills) await till.start();
      for (const till of this.tills) till.arm();
      isOpen = true;
    };
    open().catch((error: unknown) => this.fail('harness', `does not open: ${(error as Error).stack}`));
    this.time.run(() => isOpen || this.violations.length > 0);
  }

  /** Cables are cut and the server dies, at any time. */
  #weather(): void {
    const rng = this.#rng.fork('weather');
    const { time, faults } = this;
    for (const { cable } of this.tills)
      for (let cuts = rng.between(0, 3); cuts > 0; cuts -= 1)
        time.after(rng.between(10_000, 2_400_000), () => {
          if (cable.isCalm) return;
          faults.add('cable-cut');
          cable.isCut = true;
          time.after(rng.between(2_000, 400_000), () => {
            cable.isCut = false;
          });
        });
    for (let kills = rng.between(0, 3); kills > 0; kills -= 1)
      time.after(rng.between(10_000, 2_400_000), () => {
        if (this.tills[0]?.cable.isCalm !== true) this.shop.kill();
      });
  }

  /** The evening: nothing goes wrong any more. One till may die while it closes (K18). */
  #calm(): void {
    const rng = this.#rng.fork('evening');
    for (const channel of this.shop.channels) channel.isCalm = true;
    for (const { cable, hardware } of this.tills) {
      cable.isCalm = true;
      cable.isCut = false;
      hardware.isCalm = true;
      hardware.terminal.plug();
      hardware.reader.plug();
    }
    const last = rng.pick(this.tills);
    if (rng.chance(0.3)) last.life?.die(rng.pick(['killed', 'power-cut']));
    for (const till of this.tills) {
      till.deaths = 0;
      if (till.life !== undefined) till.life.trap = undefined;
    }
  }

  #check: 'no' | 'under way' | 'done' = 'no';
  #checked(): boolean {
    if (this.#check === 'no') {
      this.#check = 'under way';
      checkDay(this).then(
        () => {
          this.#check = 'done';
        },
        (error: unknown) => {
          this.fail('harness', `the check failed: ${(error as Error).stack}`);
          this.#check = 'done';
        },
      );
    }
    return this.#check === 'done';
  }

  #till(name: string): Till {
    const watch = new Watch(name, ({ invariant, what }) => this.fail(invariant, what));
    const rng = this.#rng.fork(name);
    const counter: Counter = {
      nextCustomer: () => {
        if (this.#customers >= this.#options.sales) return false;
        this.#customers += 1;
        return true;
      },
      hasCash: (attemptId) => {
        const known = this.cash.get(attemptId) ?? rng.chance(0.75);
        this.cash.set(attemptId, known);
        return known;
      },
      shown: ({ saleId, number, total }) => {
        const copies = this.tills.find((till) => till.name === name)?.journal?.status.copies;
        this.shown.set(saleId, { number, total, till: name, isSafe: copies === 'both' });
      },
    };
    const { time, shop, faults, isRuthless } = this;
    return new Till(name, rng, watch, {
      time,
      shop,
      faults,
      counter,
      isRuthless,
      bug: BUGS[this.#options.bug],
    });
  }

  /** Folders are named after the till and the page that asks: one that has died gets no answer. */
  #folder(name: string): Promise<FileSystemDirectoryHandle> {
    const [, tillName, life] = /^(\w+)~(\d+)-main$/.exec(name) ?? [];
    return this.tills.find((till) => till.name === tillName)?.folder(Number(life)) ?? never();
  }

  #digest(): string {
    const digest = createHash('sha256');
    for (const { watch } of this.tills) for (const { hash } of watch.entries) digest.update(hash);
    return digest.update(JSON.stringify(this.faults.counts)).digest('hex').slice(0, 16);
  }
}

/** Nothing is open, nothing is unsent. */
const isClosed = ({ isIdle, flows, journal }: Till): boolean =>
  isIdle &&
  flows?.desk.state.value.length === 0 &&
  flows.checkout.openSales.state.value.length === 0 &&
  journal?.status.unsynced === journal?.status.parked;

/** Runs a day in a task of its own. */
export function runDay(options: DayOptions): Promise<DayReport> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(new Day(options).run());
      } catch (error) {
        reject(error);
      }
    });
  });
}
