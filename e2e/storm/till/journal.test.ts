import { describe, expect, test } from 'vitest';
import { newSigner } from '../../../src/domain/chain.ts';
import type { SaleId } from '../../../src/domain/ids.ts';
import { BUGS } from '../bugs.ts';
import { Disk } from '../disk/disk.ts';
import type { User } from '../disk/files.ts';
import { simulatedCrypto } from '../sim/crypto.ts';
import { inSurroundings } from '../sim/globals.ts';
import { Rng } from '../sim/rng.ts';
import { Time } from '../sim/time.ts';
import { CASHIER } from './flows.ts';
import { TillJournal } from './journal.ts';
import { type Death, Life, type Trap } from './life.ts';
import { SHOP } from './shop-facts.ts';

/** A repair of both copies flushes this often, at most. */
const FLUSHES_MAX = 8;
/** And takes so long. */
const REPAIR_MS = 40;
const MERCHANT = 'm-0000000000' as never;
const draft = (n: number) =>
  ({
    type: 'sale.voided',
    body: { saleId: n.toString(16).padStart(32, '0') as SaleId, reason: 'x' },
  }) as const;

/** One disk and the pages that use it, one after the other, in simulated time that this test drives. */
class Bench {
  readonly time = new Time();
  readonly rng = new Rng(5);
  readonly disk = new Disk(this.time, this.rng.fork('disk'));
  life = new Life(0, 0, () => undefined);
  #lives = 0;
  readonly #crypto = simulatedCrypto(this.rng.fork('keys'), false);

  /** A page opens the journal. Undefined: it died on the way. */
  open(trap?: Trap, diesAfterMs?: number): TillJournal | undefined {
    this.#lives += 1;
    const died = (death: Death): void => this.disk.end(death === 'power-cut');
    const life = new Life(this.#lives, this.time.mono(), died);
    this.life = life;
    life.trap = trap;
    if (diesAfterMs !== undefined) this.time.after(diesAfterMs, () => life.die('killed'));
    const journal = new TillJournal({
      life,
      disk: this.disk,
      prefix: `A1~${this.#lives}`,
      clock: this.time,
      rng: this.rng.fork(`journal-${this.#lives}`),
      bug: BUGS.none,
      timer: this.time,
      stored: () => undefined,
    });
    return this.does(() => journal.open()) ? journal : undefined;
  }

  /** True when the work came to its end within a minute. */
  does(work: () => Promise<unknown>): boolean {
    const root = { getDirectoryHandle: async () => this.disk.folder.handle(this.life.asWriter) };
    const surroundings = {
      time: this.time,
      crypto: this.#crypto,
      root: root as unknown as FileSystemDirectoryHandle,
    };
    const until = this.time.mono() + 60_000;
    let isDone = false;
    this.time.after(60_000, () => undefined);
    inSurroundings(surroundings, () => {
      work().then(
        () => {
          isDone = true;
        },
        () => undefined,
      );
      this.time.run(() => isDone || this.time.mono() >= until);
    });
    return isDone;
  }
}

/** In a task of its own: simulated time runs promises itself. */
const inTask = <T>(work: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    });
  });

const ENROLMENT = {
  merchant: MERCHANT,
  till: 'A1' as never,
  training: false,
  shop: SHOP,
  operator: CASHIER,
} as const;

/** A till of thirty entries that is closed: whatever happens to its disk next, no number may be given twice. */
class Loss extends Bench {
  readonly numbers = new Map<string, string>();

  constructor() {
    super();
    const journal = this.open();
    this.does(async () => {
      await journal?.enrolling.createKey();
      await journal?.enrol({ ...ENROLMENT, serverKey: (await newSigner()).key });
    });
    this.sell(journal, 1, 30);
    expect(this.numbers.size).toBe(30);
    this.life.die('killed');
  }

  /** Cuts the last record in two. */
  tear(): void {
    const user: User = { alive: true, isFull: false, passes: () => true };
    this.does(async () => {
      for await (const [name, found] of this.disk.folder.handle(user).entries()) {
        if (!name.startsWith('segment')) continue;
        const file = await (found as FileSystemFileHandle).createSyncAccessHandle();
        const bytes = new Uint8Array(file.getSize());
        file.read(bytes);
        const end = bytes.findLastIndex((byte) => byte !== 0);
        if (end >= 0) file.write(new Uint8Array(20), { at: end - 20 });
      }
    });
  }

  /** The next page sells on. */
  goOn(): void {
    this.life.die('killed');
    this.sell(this.open(), 100, 5);
    expect(this.numbers.size).toBe(35);
  }

  /** Every number is given once, in whatever life. */
  sell(into: TillJournal | undefined, from: number, count: number): void {
    for (let n = from; n < from + count; n += 1)
      this.does(async () => {
        const entries = (await into?.append([draft(n)], CASHIER)) ?? [];
        for (const { entry, hash } of entries) {
          const number = `${entry.epoch}-${entry.seq}`;
          expect(this.numbers.get(number) ?? hash, `${number} twice`).toBe(hash);
          this.numbers.set(number, hash);
        }
      });
  }
}

describe('a repair that is cut short does not forget that the end was not proved', () => {
  test.each(
    (['flush-before', 'flush-torn', 'flush-after'] as const).flatMap((point) =>
      (['killed', 'power-cut'] as const).map((death) => [death, point] as const),
    ),
  )('%s at %s, without the files and the end of the database', (death, point) =>
    inTask(() => {
      let deaths = 0;
      for (let at = 1; at <= FLUSHES_MAX; at += 1) {
        const loss = new Loss();
        loss.disk.damage('files-gone');
        loss.disk.damage('database-tail');
        deaths += Number(loss.open({ point, times: at, death }) === undefined);
        loss.goOn();
      }
      expect(deaths).toBeGreaterThan(1);
    }),
  );

  test('killed at any time, without the database and the last record of the files', () =>
    inTask(() => {
      let deaths = 0;
      for (let ms = 0; ms < REPAIR_MS; ms += 1) {
        const loss = new Loss();
        loss.disk.damage('database-gone');
        loss.tear();
        deaths += Number(loss.open(undefined, ms) === undefined);
        loss.goOn();
      }
      expect(deaths).toBeGreaterThan(5);
    }));
});
