import { violations } from '../../src/flow/testing/invariants.ts';
import { BUGS, type Bug } from '../storm/bugs.ts';
import { checkDay } from '../storm/check/day-end.ts';
import type { EndedDay } from '../storm/check/ended-day.ts';
import { Shop } from '../storm/shop/shop.ts';
import { Counted } from '../storm/sim/counted.ts';
import { simulatedCrypto } from '../storm/sim/crypto.ts';
import { inSurroundings } from '../storm/sim/globals.ts';
import { never } from '../storm/sim/never.ts';
import { Rng } from '../storm/sim/rng.ts';
import { Time } from '../storm/sim/time.ts';
import type { Death, Trap } from '../storm/till/life.ts';
import { CellTill, OLD_TAB_MS } from './cell-till.ts';
import { type Cell, nameOf } from './cells.ts';
import { CellCashier } from './counter.ts';
import { scriptChannel, scriptTerminal } from './host.ts';

const MINUTE = 60_000;
/** How long a till has stood before it is used: its files have settled, and the server holds what it wrote when it was enrolled. */
const SETTLED_MS = 2 * MINUTE;
/** How long a till is down, ms. */
const DOWN_MS: Readonly<Record<Death, number>> = {
  killed: 2_000,
  'power-cut': 10 * MINUTE,
  reload: 300,
  'second-tab': 0,
};
/** Cells that share a shop: its schema is made once for them. */
const CELLS_PER_SHOP = 40;
const SEED = 1;
/** Longest a cell takes, simulated. */
const CELL_MS = 24 * 60 * MINUTE;

/** Where the first page dies in a cell whose point is not on the way of a payment: the request is out, or the intent is stored. */
const firstPoint = ({ rail }: Cell): Trap['point'] => (rail === 'cash' ? 'K2' : 'K5');

/** Lives through the cells, one after the other; what must not be and was, by cell. Call it from a task of its own. */
class Run {
  readonly found: string[] = [];
  readonly #time = new Time();
  readonly #rng: Rng;
  readonly #shop: Shop;
  readonly #tills: CellTill[] = [];
  readonly #alarms = new Counted();
  #cell = '';

  readonly #bug: Bug;

  constructor(seed: number, bug: Bug) {
    this.#rng = new Rng(seed);
    this.#bug = bug;
    this.#shop = new Shop(this.#time, this.#rng.fork('shop'), new Counted());
  }

  run(cells: readonly Cell[]): void {
    const root = {
      getDirectoryHandle: (name: string) => {
        const [, tillName, life] = /^(\w+)~(\d+)-main$/.exec(name) ?? [];
        return this.#tills.find(({ folderName }) => folderName === tillName)?.folder(Number(life)) ?? never();
      },
    } as unknown as FileSystemDirectoryHandle;
    const crypto = simulatedCrypto(this.#rng.fork('keys'), false);
    inSurroundings({ time: this.#time, crypto, root }, () => {
      this.#until(this.#shop.begin());
      for (const cell of cells) this.#until(this.#live(cell));
    });
  }

  #until(work: Promise<unknown>): void {
    let isOver = false;
    const end = this.#time.mono() + CELL_MS;
    work.then(
      () => {
        isOver = true;
      },
      (error: unknown) => {
        this.#report(`harness: ${(error as Error).stack}`);
        isOver = true;
      },
    );
    this.#time.run(() => isOver || this.#time.mono() > end);
    if (!isOver) this.#report('harness: it never ends');
  }

  #report(what: string): void {
    this.found.push(`${this.#cell}: ${what}`);
  }

  async #live(cell: Cell): Promise<void> {
    this.#cell = nameOf(cell);
    const time = this.#time;
    const shop = this.#shop;
    const till = new CellTill(`T${this.#tills.length}`, this.#rng.fork(this.#cell), {
      time,
      shop,
      bug: this.#bug,
      report: (what) => this.#report(what),
    });
    this.#tills.push(till);
    const known = new Set(shop.channels.flatMap(({ books }) => [...books.keys()]));
    const cashier = new CellCashier(cell, till, time);
    await till.start();
    await time.wait(SETTLED_MS);
    await cashier.finish();
    for (const channel of shop.channels)
      scriptChannel(channel, time, {
        truth: cell.truth,
        isMute: cell.point === 'K15' || cell.point === 'K16',
      });
    if (cell.rail === 'terminal') scriptTerminal(till.hardware, cell.truth);
    till.isOutOfPaper = cell.point === 'K11';
    await this.#firstPage(cell, till, cashier);
    if (till.died === undefined) this.#report('the point was not reached');
    await this.#restarts(cell, till, cashier);
    for (const channel of shop.channels) scriptChannel(channel, time, { truth: cell.truth, isMute: false });
    if (!(await cashier.finish())) this.#report('it does not come to its end');
    // Whatever is still under way at the host or in the old tab comes in now.
    await time.wait(cell.death === 'second-tab' ? OLD_TAB_MS + MINUTE : MINUTE);
    await this.#check(till, cashier, known);
    till.die('killed');
  }

  /** The page that is used, until it dies. */
  async #firstPage(cell: Cell, till: CellTill, cashier: CellCashier): Promise<void> {
    const { point, death, rail } = cell;
    const isElsewhere = point === 'K17' || point === 'K19' || cell.again !== undefined;
    const trapped = isElsewhere ? firstPoint(cell) : point === 'K18' ? undefined : point;
    if (trapped !== undefined && till.life !== undefined)
      till.life.trap = { point: trapped, death, times: 1 };
    await cashier.sell(codeOf(rail, this.#tills.length));
    if (point !== 'K18') return void (await cashier.finish());
    // The evening: the customer has gone, and what is open is brought to its end while the till dies.
    await this.#time.wait(3_000);
    void till.flows?.checkout.send({ type: 'set-aside' });
    till.flows?.sync.poke(true);
    await this.#time.wait(1_500);
    till.die(death);
  }

  /** The pages after it: the last one stays. */
  async #restarts(cell: Cell, till: CellTill, cashier: CellCashier): Promise<void> {
    const { death, again } = cell;
    await this.#time.wait(DOWN_MS[death]);
    if (cell.damage !== undefined) till.damage(cell.damage);
    const second = cell.point === 'K17' ? 'K17' : again;
    if (second !== undefined) {
      const opened = till.start({ point: second, death, times: 1 });
      await Promise.race([opened, this.#time.wait(MINUTE)]);
      if (till.died === undefined) await cashier.finish();
      if (till.died === undefined) return; // There was nothing of the kind to do.
      await this.#time.wait(DOWN_MS[death]);
    }
    await till.start();
  }

  /** `known`: what the hosts had before this cell. */
  async #check(till: CellTill, cashier: CellCashier, known: ReadonlySet<string>): Promise<void> {
    const { flows, journal, watch, hardware, name } = till;
    const last = journal?.writer.last ?? 0;
    const entries =
      (await journal?.writer.core.books.entries(0, last, last))?.map(({ signed }) => signed) ?? [];
    const shown = flows?.desk.state.value ?? [];
    for (const each of violations({ journal: { entries }, shown, charges: till.charges })) this.#report(each);
    const day: EndedDay = {
      tills: [{ name, watch, hardware, flows, journal }],
      shop: {
        database: this.#shop.database,
        logs: this.#shop.logs,
        // The books of this cell only.
        channels: this.#shop.channels.map((channel) =>
          Object.create(channel, {
            books: { value: new Map([...channel.books].filter(([reference]) => !known.has(reference))) },
            net: { value: (reference: string) => channel.net(reference) },
          }),
        ),
      },
      shown: cashier.shown,
      cash: cashier.cash,
      alarms: this.#alarms,
      fail: (invariant, what) => this.#report(`${invariant} ${what}`),
    };
    await checkDay(day);
    this.#checkSale(
      till,
      entries.map(({ entry }) => entry.type),
    );
  }

  /** The sale is completed once when it was paid, and not at all when it was not; the host's truth decides which. */
  #checkSale(till: CellTill, types: readonly string[]): void {
    const completed = types.filter((type) => type === 'sale.completed').length;
    const approved = types.filter((type) => type === 'attempt.approved').length;
    if (completed !== approved || completed > 1)
      this.#report(`I3 ${approved} approved, ${completed} completed [${types.join(' ')}]`);
    const rows = this.#shop.database.rows('SELECT sale_id FROM sale WHERE till = ?', till.name);
    if (rows.length !== completed) this.#report(`I1 ${completed} completed, ${rows.length} at the server`);
  }
}

/** A pay code that nobody has used. */
const codeOf = (rail: string, count: number): string =>
  `${rail === 'alipay' ? '28' : '13'}77007700${String(count).padStart(8, '0')}`;

/** Lives through all cells; what must not be and was. */
export async function runCells(cells: readonly Cell[], bug: Bug = BUGS.none): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < cells.length; from += CELLS_PER_SHOP) {
    const run = new Run(SEED + from, bug);
    await new Promise<void>((resolve) => {
      setImmediate(() => {
        run.run(cells.slice(from, from + CELLS_PER_SHOP));
        resolve();
      });
    });
    found.push(...run.found);
  }
  return found;
}
